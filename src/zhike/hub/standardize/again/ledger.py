"""The books of runs that bring the base to the standard of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import orjson

from zhike.hub.jobs import reasons
from zhike.hub.standardize.again.faults import NotReady, UnknownStandardRun
from zhike.hub.standardize.again.spec import AgainSpec
from zhike.kernel.faults import Fault
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.meta import Json

QUERIES = load(Path(__file__).with_name("queries.sql"))
State = Literal["looking", "ready", "running", "done", "failed", "undoing", "undone"]
INWARD = ("cursor", "seq")
"""What of the counts only the run itself needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardRun:
    """One run as the books have it."""

    id: UUID
    object: str
    state: State
    spec: AgainSpec
    counts: Mapping[str, Any]
    samples: Mapping[str, Mapping[str, Sequence[str]]]
    """For each field and verdict the ids of some records; what stands in them is looked at anew."""
    stopped: Mapping[str, str] | None
    actor: UUID | None
    actor_name: str | None
    narrowed: Sequence[str] | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    def described(self) -> dict[str, Json]:
        """Give the run as the API shows it, without its samples."""
        return {
            "id": str(self.id),
            "object": self.object,
            "state": self.state,
            "fields": list(self.spec.fields),
            "where": self.spec.where,
            "counts": {key: one for key, one in self.counts.items() if key not in INWARD},
            "stopped": self.stopped,
            "actor": {"id": str(self.actor), "name": self.actor_name} if self.actor else None,
            "created_at": self.created_at.isoformat(),
            "started_at": self.started_at.isoformat() if self.started_at else None,
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


async def add(tx: Tx, obj: str, spec: AgainSpec) -> UUID:
    """Keep what was asked."""
    made: UUID = await tx.value(
        QUERIES["add_standard_run"](
            object=obj,
            spec=spec.model_dump_json(),
            actor=tx.viewer.id,
            narrowed=tx.viewer.limits,
        )
    )
    return made


async def found(tx: Tx, id: UUID) -> StandardRun:  # noqa: A002 - what it is
    """Give one run, which must exist."""
    rows = await some(tx, id=id, limit=1)
    if not rows:
        raise UnknownStandardRun
    return rows[0]


async def some(
    tx: Tx,
    *,
    id: UUID | None = None,  # noqa: A002 - what it is
    object: str | None = None,  # noqa: A002 - what it is
    after: UUID | None = None,
    limit: int,
) -> Sequence[StandardRun]:
    """Give runs, newest first."""
    asked = QUERIES["standard_runs"](id=id, object=object, after=after, limit=limit)
    return [_run(row) for row in await tx.rows(asked)]


def _run(row: Sequence[Any]) -> StandardRun:
    known = dict(zip(StandardRun.__slots__, row, strict=True))
    stopped = known["stopped"]
    return StandardRun(
        **{
            **known,
            "spec": AgainSpec.model_validate_json(known["spec"]),
            "counts": orjson.loads(known["counts"]),
            "samples": orjson.loads(known["samples"]),
            "stopped": orjson.loads(stopped) if stopped else None,
        }
    )


async def busy(tx: Tx, run: StandardRun) -> bool:
    """Say whether another run over the same object changes records."""
    return await tx.row(QUERIES["open_standard_run"](object=run.object, id=run.id)) is not None


async def turn(tx: Tx, run: StandardRun, state: State, *, since: Sequence[State]) -> None:
    """Have a run go on to another state; refused if it is in none of those it may come from."""
    asked = QUERIES["turn_standard_run"](id=run.id, state=state, **{"from": list(since)})
    if await tx.row(asked) is None:
        raise NotReady(state=run.state)


async def held(tx: Tx, id: UUID, state: State) -> StandardRun | None:  # noqa: A002 - what it is
    """Keep others from working on a run until this transaction ends; None if it is not its turn."""
    if await tx.value(QUERIES["lock_standard_run"](id=id)) != state:
        return None
    return await found(tx, id)


async def advance(
    tx: Tx,
    id: UUID,  # noqa: A002 - what it is
    counts: Mapping[str, Any],
    samples: Mapping[str, Any] | None = None,
) -> None:
    """Keep how far a run came."""
    told = orjson.dumps(samples).decode() if samples is not None else None
    await tx.run(
        QUERIES["advance_standard_run"](id=id, counts=orjson.dumps(counts).decode(), samples=told)
    )


async def end(tx: Tx, id: UUID, state: State, fault: Fault | None = None) -> None:  # noqa: A002
    """Close the books, with why if it did not come to its end."""
    stopped = orjson.dumps(reasons(fault)).decode() if fault else None
    await tx.run(QUERIES["end_standard_run"](id=id, state=state, stopped=stopped))


async def fail(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    """Close the books, with why it stopped."""
    await end(tx, id, "failed", fault)
