"""
Hand-overs (交接): everything a person was in charge of goes to others by rule, as one job that can
be taken back as a whole.

Only those who keep people may look, start or take back; they learn numbers, never a record's
contents.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from zhike.hub.handover.beside import Access
from zhike.hub.handover.faults import PersonDeparted, StillOwning
from zhike.hub.handover.ledger import Handover, found, outcomes, some
from zhike.hub.handover.people import QUERIES
from zhike.hub.handover.run import run, run_undo
from zhike.hub.handover.spec import HandoverSpec
from zhike.hub.handover.start import Settled, preview, start, undo
from zhike.hub.handover.survey import survey
from zhike.kernel.tx import Tx
from zhike.meta import Json

__all__ = [
    "Access",
    "Handover",
    "HandoverSpec",
    "PersonDeparted",
    "Settled",
    "StillOwning",
    "exceptions",
    "found",
    "preview",
    "progress",
    "run",
    "run_undo",
    "some",
    "start",
    "survey",
    "undo",
]


async def progress(tx: Tx, id: UUID) -> Mapping[str, Json]:  # noqa: A002 - what it is
    """Say how many records there are, and what became of them so far."""
    counts = await outcomes(tx, id)
    records = {name: count for name, count in counts.items() if name != "joined"}
    total = sum(records.values())
    done = total - records.pop("waiting", 0)
    return {"total": total, "done": done, "outcomes": records}


TOLD = ("position", "object", "field", "record", "target", "outcome", "why")


async def exceptions(
    tx: Tx,
    id: UUID,  # noqa: A002 - what it is
    *,
    after: int,
    limit: int,
) -> Sequence[Mapping[str, Json]]:
    """Give a page of the records that did not go as settled."""
    rows = await tx.rows(QUERIES["exceptions"](id=id, after=after, limit=limit))
    return [dict(zip(TOLD, row, strict=True)) for row in rows]
