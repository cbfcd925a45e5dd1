"""The books of sweeps: what was asked, what was settled, how far it came."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import orjson

from zhike.hub.jobs import Books, reasons, said
from zhike.hub.sweep.faults import UnknownSweep
from zhike.hub.sweep.spec import SweepSpec
from zhike.kernel.faults import Fault, Problem
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.meta import Json

QUERIES = load(Path(__file__).with_name("queries.sql"))
State = Literal["waiting", "running", "done", "failed", "cancelled", "undoing", "undone"]
OPEN: frozenset[State] = frozenset({"waiting", "running", "undoing"})
TOLD = 3
"""How many problems of a record are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """One sweep as the books have it."""

    id: UUID
    object: str
    spec: SweepSpec
    actor: UUID | None
    source: str
    narrowed: Sequence[str] | None
    state: State
    total: int | None
    counts: Mapping[str, int]
    stopped: Mapping[str, str] | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    asked_at: datetime

    @property
    def undoable(self) -> bool:
        """Whether it can be taken back now."""
        return self.state in ("done", "failed", "cancelled") and self.due > 0

    @property
    def going_back(self) -> bool:
        """Whether it was begun to be taken back, to whatever end."""
        back = self.counts.get("undone", 0) + self.counts.get("kept", 0)
        return self.state in ("undoing", "undone") or back > 0

    @property
    def done(self) -> int:
        """How many records it changed, what went along included."""
        return self.counts.get("done", 0) + self.counts.get("along", 0)

    @property
    def due(self) -> int:
        """How many of them were not looked at yet on the way back."""
        return self.done - self.counts.get("undone", 0) - self.counts.get("kept", 0)

    def described(self) -> dict[str, Json]:
        """Give it as the API shows it; `rate` is in records a second, `eta` in seconds."""
        counts, spec, back = self.counts, self.spec, self.going_back
        names = ("undone", "kept") if back else ("done", "unchanged", "refused")
        passed = sum(counts.get(name, 0) for name in names)
        total = self.done if back else self.total
        end = self.ended_at or self.asked_at
        seconds = (end - self.started_at).total_seconds() if self.started_at else 0.0
        rate = passed / seconds if seconds > 0 else 0.0
        going = self.state in OPEN and rate > 0 and total is not None
        return {
            "id": str(self.id),
            "object": self.object,
            "act": spec.act,
            "state": self.state,
            "total": total,
            "passed": passed,
            "changed": counts.get("done", 0),
            "unchanged": counts.get("unchanged", 0),
            "refused": counts.get("refused", 0),
            "undone": counts.get("undone", 0),
            "kept": counts.get("kept", 0),
            "along": counts.get("along", 0),
            "stayed": counts.get("stayed", 0),
            "rate": round(rate, 1),
            "eta": round(((total or 0) - passed) / rate, 1) if going else None,
            "fields": list(spec.keys),
            "to": str(spec.to) if spec.to else None,
            "reason": spec.reason,
            "undoable": self.undoable,
            "stopped": dict(self.stopped) if self.stopped else None,
            "created_at": self.created_at.isoformat(),
            "started_at": self.started_at.isoformat() if self.started_at else None,
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One record, and what it held before and after."""

    position: int
    record: UUID
    object: str
    was: Mapping[str, Json]
    became: Mapping[str, Json]
    version: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one record."""

    outcome: str
    position: int | None = None
    """Where it stands in the books; None: not there yet."""
    record: UUID | None = None
    """Which it is; None: the one that stands there."""
    object: str | None = None
    """What it is a record of; None: of the sweep's own object."""
    problems: Sequence[Problem] = ()
    was: bytes | None = None
    became: bytes | None = None
    version: int | None = None

    def written(self) -> Mapping[str, Any]:
        """Give it as it is kept."""
        return {
            "position": self.position,
            "record": self.record,
            "object": self.object,
            "outcome": self.outcome,
            "why": [said(one) for one in self.problems[:TOLD]] or None,
            "was": orjson.Fragment(self.was) if self.was else None,
            "became": orjson.Fragment(self.became) if self.became else None,
            "version": self.version,
        }


async def add(tx: Tx, obj: str, spec: SweepSpec) -> UUID:
    """Keep what was asked."""
    viewer = tx.viewer
    made: UUID = await tx.value(
        QUERIES["add_sweep"](
            object=obj,
            spec=spec.model_dump_json(),
            actor=viewer.id,
            source=viewer.source,
            narrowed=viewer.limits,
        )
    )
    return made


async def found(tx: Tx, id: UUID) -> Sweep:  # noqa: A002 - what it is
    """Give one sweep, which must exist."""
    rows = await some(tx, id=id, limit=1)
    if not rows:
        raise UnknownSweep
    return rows[0]


async def some(  # noqa: PLR0913 - by what they are looked for
    tx: Tx,
    *,
    id: UUID | None = None,  # noqa: A002 - what it is
    actor: UUID | None = None,
    object: str | None = None,  # noqa: A002 - what it is
    open: bool = False,  # noqa: A002 - what it is
    after: UUID | None = None,
    limit: int,
) -> Sequence[Sweep]:
    """Give sweeps, newest first."""
    asked = {"id": id, "actor": actor, "object": object, "open": open, "after": after}
    return [_sweep(row) for row in await tx.rows(QUERIES["sweeps"](**asked, limit=limit))]


def _sweep(row: Sequence[Any]) -> Sweep:
    known = dict(zip(Sweep.__slots__, row, strict=True))
    stopped = known["stopped"]
    return Sweep(
        **{
            **known,
            "spec": SweepSpec.model_validate_json(known["spec"]),
            "counts": orjson.loads(known["counts"]),
            "stopped": orjson.loads(stopped) if stopped else None,
        }
    )


async def turn(tx: Tx, id: UUID, state: State, *, since: Sequence[State]) -> bool:  # noqa: A002
    """Have it go on to another state; says no if it is in none of those it may come from."""
    asked = QUERIES["turn_sweep"](id=id, state=state, **{"from": list(since)})
    return await tx.row(asked) is not None


async def held(tx: Tx, id: UUID, state: State) -> Sweep | None:  # noqa: A002 - what it is
    """Keep others from running it until this transaction ends; None if it runs no more."""
    if await tx.value(QUERIES["lock_sweep"](id=id)) != state:
        return None
    return await found(tx, id)


async def items(tx: Tx, id: UUID, *, outcome: str, limit: int) -> Sequence[Item]:  # noqa: A002
    """Give the next records with an outcome."""
    rows = await tx.rows(QUERIES["items"](id=id, outcome=outcome, limit=limit))
    return [
        Item(
            position=position,
            record=record,
            object=of,
            was=_exactly(was),
            became=_exactly(became),
            version=version,
        )
        for position, record, of, was, became, version in rows
    ]


def _exactly(kept: str | None) -> Mapping[str, Json]:
    """Read values so that no digit of a number is lost: one with decimals is given as text."""
    loose: Mapping[str, Json] = orjson.loads(kept) if kept else {}
    if not any(isinstance(one, float) for one in loose.values()):
        return loose
    exact = json.loads(kept or "", parse_float=str)
    return {key: exact[key] if isinstance(one, float) else one for key, one in loose.items()}


async def advance(tx: Tx, sweep: Sweep, outcomes: Sequence[Outcome]) -> Sweep:
    """Keep what became of some records, those that are new in the books too; give how it stands."""
    counts = dict(sweep.counts)
    for one in outcomes:
        counts[one.outcome] = counts.get(one.outcome, 0) + 1
    known = [one.written() for one in outcomes if one.position is not None]
    new = [one.written() for one in outcomes if one.position is None]
    for name, items in (("set_outcomes", known), ("add_outcomes", new)):
        if items:
            await tx.run(QUERIES[name](id=sweep.id, items=orjson.dumps(items).decode()))
    await tx.run(QUERIES["advance_sweep"](id=sweep.id, counts=orjson.dumps(counts).decode()))
    return replace(sweep, counts=counts)


async def begin(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Say that it runs, or runs on; says no if that is not its turn."""
    return await turn(tx, id, "running", since=("waiting", "running"))


async def undoing(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Say whether it is being taken back."""
    return bool(await tx.value(QUERIES["lock_sweep"](id=id)) == "undoing")


async def fail(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    """Close the books on one that came to no good end."""
    await tx.run(QUERIES["stop_sweep"](id=id, stopped=orjson.dumps(reasons(fault)).decode()))


BOOKS = Books(name="sweep", source="sweep", begin=begin, found=found, fail=fail)
UNDO_BOOKS = replace(BOOKS, name="undo of sweep", begin=undoing)
