"""The mark of an export: what its file says about itself."""

from datetime import datetime
from zoneinfo import ZoneInfo

from zhike.hub.export.kinds import Mark
from zhike.hub.export.ledger import Export
from zhike.hub.export.trace import shown
from zhike.kernel.viewer import Viewer


def of(export: Export, viewer: Viewer, *, visible: bool) -> Mark:
    """Give the mark of an export that is written now."""
    who = export.name or viewer.name
    return Mark(
        trace=shown(export.trace),
        who=f"{who}({export.number})" if export.number else who,
        at=datetime.now(ZoneInfo(viewer.zone)),
        language=viewer.language,
        visible=visible,
    )
