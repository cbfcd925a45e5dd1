"""The books of an export: what was asked, how far it came, which file it became."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.export.faults import UnknownExport
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.meta import Json

QUERIES = load(Path(__file__).with_name("queries.sql"))
State = Literal["waiting", "running", "done", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One export as the books have it."""

    id: UUID
    object: str
    state: State
    query: Mapping[str, Json]
    format: str
    file: UUID | None
    count: int
    actor: UUID | None
    created_at: datetime
    ended_at: datetime | None

    def described(self) -> Mapping[str, Json]:
        """Give the state as the API shows it."""
        return {
            "id": str(self.id),
            "object": self.object,
            "state": self.state,
            "format": self.format,
            "count": self.count,
            "file": str(self.file) if self.file else None,
            "created_at": self.created_at.isoformat(),
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


async def add(tx: Tx, *, obj: str, query: Mapping[str, Json], format: str) -> UUID:  # noqa: A002 - what it is
    """Keep what was asked."""
    written = json.dumps(query, ensure_ascii=False)
    made: UUID = await tx.value(
        QUERIES["add_export"](object=obj, query=written, format=format, actor=tx.viewer.id)
    )
    return made


async def found(tx: Tx, id: UUID, *, policy: Policy | None = None) -> Export:  # noqa: A002 - what it is
    """Give an export; with a policy, only to whoever asked for it or may configure."""
    row = await tx.row(QUERIES["export"](id=id))
    if row is None:
        raise UnknownExport
    names = (
        "id", "object", "state", "query", "format", "file", "count", "actor", "created_at",
        "ended_at",
    )  # fmt: skip
    facts = dict(zip(names, row, strict=True))
    export = Export(**{**facts, "query": orjson.loads(facts["query"])})
    if policy is not None and not policy.configures and export.actor != policy.viewer.id:
        raise UnknownExport
    return export


async def begin(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Run it; says no if it is long done."""
    return await tx.row(QUERIES["begin_export"](id=id)) is not None


async def advance(tx: Tx, id: UUID, count: int) -> None:  # noqa: A002 - what it is
    """Keep how far it came."""
    await tx.run(QUERIES["advance_export"](id=id, count=count))


async def end(tx: Tx, export: Export, *, state: State, file: UUID | None, count: int) -> None:
    """Close the books."""
    await tx.run(QUERIES["end_export"](id=export.id, state=state, file=file, count=count))
