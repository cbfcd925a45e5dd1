"""The books of hand-overs: what was asked, what was settled, how far it came."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from zhike.hub.handover.faults import HandoverUnderWay, UnknownHandover
from zhike.hub.handover.people import QUERIES
from zhike.hub.handover.spec import HandoverSpec
from zhike.hub.jobs import reasons
from zhike.kernel.faults import Fault
from zhike.kernel.tx import Tx
from zhike.meta import Json

State = Literal["waiting", "running", "done", "failed", "undoing", "undone"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """One hand-over as the books have it."""

    id: UUID
    person: UUID
    name: str
    actor: UUID | None
    actor_name: str | None
    state: State
    spec: HandoverSpec
    reason: str
    beside: Mapping[str, Any]
    stopped: Mapping[str, str] | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    narrowed: Sequence[str] | None
    """What the key it was started with leaves of the rights."""

    def described(self) -> dict[str, Json]:
        """Give the hand-over as the API shows it, without how far it came."""
        return {
            "id": str(self.id),
            "person": {"id": str(self.person), "name": self.name},
            "actor": {"id": str(self.actor), "name": self.actor_name} if self.actor else None,
            "state": self.state,
            "reason": self.reason,
            "plan": self.spec.model_dump(mode="json", exclude_defaults=True),
            "beside": self.beside,
            "stopped": self.stopped,
            "created_at": self.created_at.isoformat(),
            "started_at": self.started_at.isoformat() if self.started_at else None,
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record and what was settled about it."""

    position: int
    object: str
    field: str
    record: UUID
    target: UUID | None
    department: UUID | None
    was: UUID | None
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one record."""

    position: int
    outcome: str
    why: str = ""


async def add(tx: Tx, person: UUID, spec: HandoverSpec) -> UUID:
    """Keep what was asked; one hand-over of a person at a time."""
    if await tx.row(QUERIES["open_handover"](person=person)):
        raise HandoverUnderWay
    made: UUID = await tx.value(
        QUERIES["add_handover"](
            person=person,
            actor=tx.viewer.id,
            plan=spec.model_dump_json(),
            reason=spec.reason,
            narrowed=tx.viewer.limits,
        )
    )
    return made


async def found(tx: Tx, id: UUID) -> Handover:  # noqa: A002 - what it is
    """Give one hand-over, which must exist."""
    rows = await some(tx, id=id, limit=1)
    if not rows:
        raise UnknownHandover
    return rows[0]


async def some(
    tx: Tx,
    *,
    id: UUID | None = None,  # noqa: A002 - what it is
    person: UUID | None = None,
    after: UUID | None = None,
    limit: int,
) -> Sequence[Handover]:
    """Give hand-overs, newest first."""
    rows = await tx.rows(QUERIES["handovers"](id=id, person=person, after=after, limit=limit))
    return [_handover(row) for row in rows]


def _handover(row: Sequence[Any]) -> Handover:
    names = Handover.__slots__
    known = dict(zip(names, row, strict=True))
    stopped = known["stopped"]
    return Handover(
        **{
            **known,
            "spec": HandoverSpec.model_validate_json(known["spec"]),
            "beside": orjson.loads(known["beside"]),
            "stopped": orjson.loads(stopped) if stopped else None,
        }
    )


async def outcomes(tx: Tx, id: UUID) -> Mapping[str, int]:  # noqa: A002 - what it is
    """Count the records by what became of them."""
    return dict(await tx.rows(QUERIES["outcomes"](id=id)))


async def begin(tx: Tx, id: UUID, state: State, *, since: Sequence[State]) -> bool:  # noqa: A002
    """Say that it runs, or runs on; says no if that is not its turn."""
    asked = QUERIES["begin_handover"](id=id, state=state, **{"from": list(since)})
    return await tx.row(asked) is not None


async def held(tx: Tx, id: UUID, state: State) -> bool:  # noqa: A002 - what it is
    """Keep others from running it until this transaction ends; says no if it runs no more."""
    return bool(await tx.value(QUERIES["lock_handover"](id=id)) == state)


async def items(
    tx: Tx,
    id: UUID,  # noqa: A002 - what it is
    *,
    outcome: str,
    limit: int,
) -> Sequence[Item]:
    """Give the next records with an outcome, those of one lot only."""
    names = Item.__slots__
    rows = await tx.rows(QUERIES["waiting_items"](id=id, outcome=outcome, limit=limit))
    some_ = [Item(**dict(zip(names, row, strict=True))) for row in rows]
    return [one for one in some_ if (one.object, one.field) == (some_[0].object, some_[0].field)]


async def write(tx: Tx, id: UUID, done: Sequence[Outcome]) -> None:  # noqa: A002 - what it is
    """Keep what became of some records."""
    told = [{"position": one.position, "outcome": one.outcome, "why": one.why} for one in done]
    await tx.run(QUERIES["set_outcomes"](id=id, items=orjson.dumps(told).decode()))


async def keep_beside(tx: Tx, id: UUID, beside: Mapping[str, Json]) -> None:  # noqa: A002
    """Keep what was done beside the records."""
    await tx.run(QUERIES["keep_beside"](id=id, beside=json.dumps(beside)))


async def end(tx: Tx, id: UUID, state: State, fault: Fault | None = None) -> None:  # noqa: A002
    """Close the books, with why if it did not come to its end."""
    stopped = json.dumps(reasons(fault), ensure_ascii=False) if fault else None
    await tx.run(QUERIES["end_handover"](id=id, state=state, stopped=stopped))


async def fail(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    """Close the books, with why it stopped."""
    await end(tx, id, "failed", fault)
