"""The books of renewals: how many records there are to derive anew, and how far that came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import orjson

from zhike.hub.jobs import Books, reasons
from zhike.kernel.faults import Fault
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.packs.renewal.chunk import QUERIES

SOURCE = "renewal"
State = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """One renewal as the books have it."""

    id: UUID
    state: State
    total: int | None
    """Records; None: not counted yet."""
    done: int
    stopped: Mapping[str, str] | None
    """Why it stopped before its end, in both languages."""
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    stale: Sequence[str]
    """What is not yet right for all records: `match`, `search`, `title`."""
    met: int
    """Records written meanwhile that may have been there; 0 once a run looked for duplicates."""

    def described(self) -> dict[str, Json]:
        """Give it as the API shows it."""
        return {
            "id": str(self.id),
            "state": self.state,
            "total": self.total,
            "done": self.done,
            "stale": list(self.stale),
            "met": self.met,
            "stopped": self.stopped,
            "created_at": self.created_at.isoformat(),
            "started_at": self.started_at.isoformat() if self.started_at else None,
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


async def latest(tx: Tx, id: UUID | None = None) -> Renewal | None:  # noqa: A002 - what it is
    """Give a renewal, or the last one of the workspace; None where there never was one."""
    row = await tx.row(QUERIES["renewal"](id=id))
    if row is None:
        return None
    known = dict(zip(Renewal.__slots__, row, strict=True))
    stopped = known["stopped"]
    return Renewal(**{**known, "stopped": orjson.loads(stopped) if stopped else None})


async def _begun(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    return await tx.row(QUERIES["begin_renewal"](id=id)) is not None


async def _found(tx: Tx, id: UUID) -> Renewal:  # noqa: A002 - what it is
    known = await latest(tx, id)
    assert known is not None  # noqa: S101 - nobody removes them
    return known


async def _failed(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    stopped = orjson.dumps(reasons(fault)).decode()
    await tx.run(QUERIES["end_renewal"](id=id, state="failed", stopped=stopped, met=None))


BOOKS = Books(name="renewal", source=SOURCE, begin=_begun, found=_found, fail=_failed)
