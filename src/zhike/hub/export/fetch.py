"""
Fetching the file: only by whoever asked, while it is kept, and while he still sees what is in it.
"""

from asyncio import to_thread
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from zhike.access import Policy
from zhike.hub.export import shelf
from zhike.hub.export.ask import allowed, noted
from zhike.hub.export.decide import own
from zhike.hub.export.faults import FileGone, NotReady, RightsChanged
from zhike.hub.export.kinds import FORMATS
from zhike.hub.export.ledger import Export
from zhike.hub.export.standing import standing
from zhike.kernel.faults import NotAllowed
from zhike.kernel.tx import Tx
from zhike.store.files import Files
from zhike.store.read import read_query


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A file that may be sent."""

    path: Path
    name: str
    media: str
    size: int


async def fetched(tx: Tx, policy: Policy, id: UUID, *, files: Files) -> Ready:  # noqa: A002 - what it is
    """Give the file of an export; that it was fetched is noted before it is sent."""
    export = await own(tx, policy, id)
    if policy.viewer.seen_by is not None:
        raise NotAllowed  # whoever looks through somebody's eyes takes nothing along
    if export.state != "done" or export.expires_at is None:
        raise FileGone(until=_day(export)) if export.expires_at else NotReady(state=export.state)
    if not export.here:
        raise FileGone(until=_day(export))
    allowed(policy, export.object, read_query(export.query))
    if export.standing != standing(policy):
        raise RightsChanged
    path = shelf.path(files, tx.workspace, export)
    if not await to_thread(path.is_file):
        raise FileGone(until=_day(export))
    noted(tx, "downloaded", export, {"count": export.count, "digest": export.digest})
    return Ready(
        path=path,
        name=name(policy, export),
        media=FORMATS[export.format].media,
        size=export.size or 0,
    )


def name(policy: Policy, export: Export) -> str:
    """Call a file by what is in it, when it was taken, and its trace id."""
    known = policy.snapshot.objects.get(export.object)
    label = known.label.said(policy.viewer.language) if known else export.object
    return f"{label}-{export.created_at:%Y%m%d}-{export.trace}.{export.format}"


def _day(export: Export) -> str:
    return f"{export.expires_at:%Y-%m-%d}" if export.expires_at else ""
