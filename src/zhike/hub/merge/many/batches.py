"""The books of many merges asked for at once: what was settled, how far it came."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

import orjson

from zhike.hub.identity.runs import Run
from zhike.hub.jobs import Books, reasons
from zhike.hub.merge.faults import MergesUnderWay, NotUndoable, RunNotDone, UnknownMerge
from zhike.hub.merge.ledger import QUERIES, written
from zhike.hub.merge.links import SOURCE
from zhike.kernel.faults import Fault
from zhike.kernel.sql import Sql, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store import trail

State = Literal["waiting", "running", "done", "failed", "undoing", "undone"]
OPEN = ("waiting", "running", "undoing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Many merges as the books have them."""

    id: UUID
    object: str
    run: UUID | None
    min_score: float
    state: State
    actor: UUID | None
    stopped: Mapping[str, str] | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None

    def described(self) -> dict[str, Json]:
        """Give it as the API shows it, without how far it came."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "actor"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One cluster, and its merge once there is one."""

    position: int
    records: tuple[UUID, ...]
    merge: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one cluster."""

    position: int
    outcome: str
    why: str = ""
    merge: UUID | None = None


async def start(tx: Tx, run: Run, *, min_score: float) -> Batch:
    """Settle which clusters of a run are merged, and keep it; a job does the rest."""
    if run.state != "done":
        raise RunNotDone
    await tx.run(QUERIES["lock_run"](run=run.id))
    last = await of_run(tx, run.id)
    if last is not None and last.state in OPEN:
        raise MergesUnderWay
    id_: UUID = await tx.value(
        QUERIES["add_batch"](object=run.object, run=run.id, min_score=min_score, actor=tx.viewer.id)
    )
    count = await tx.run(
        sql(
            "INSERT INTO zk_merge_batch_item (batch, position, records)"
            " SELECT {batch}, row_number() OVER (ORDER BY f.number), f.records"
            " FROM ({found}) AS f",
            batch=param(id_, "uuid"),
            found=_mergeable(run, min_score),
        )
    )
    told = {"run": run.id, "min_score": min_score, "clusters": count}
    trail.note(tx, "merges.started", object=run.object, target=id_, new=told)
    return await found(tx, id_)


async def would(tx: Tx, run: Run, *, min_score: float) -> int:
    """Count the clusters of a run that `start` would settle."""
    asked = sql("SELECT count(*) FROM ({found}) AS f", found=_mergeable(run, min_score))
    count: int = await tx.value(asked)
    return count


def _mergeable(run: Run, min_score: float) -> Sql:
    return QUERIES["mergeable"](run=run.id, object=run.object, min_score=min_score)


async def start_undo(tx: Tx, batch: Batch) -> Batch:
    """Begin to take many merges back; a job does it, with the rights of whoever asked for that."""
    since = ["done", "failed"]
    asked = QUERIES["begin_batch"](
        id=batch.id, state="undoing", actor=tx.viewer.id, **{"from": since}
    )
    if batch.state not in since or await tx.row(asked) is None:
        raise NotUndoable(state=batch.state)
    trail.note(tx, "merges.undone", object=batch.object, target=batch.id)
    return await found(tx, batch.id)


async def found(tx: Tx, id: UUID) -> Batch:  # noqa: A002 - what it is
    """Give many merges by their id."""
    row = await tx.row(QUERIES["batches"](id=id, run=None))
    if row is None:
        raise UnknownMerge
    return _batch(row)


async def of_run(tx: Tx, run: UUID) -> Batch | None:
    """Give the last merges of a run."""
    row = await tx.row(QUERIES["batches"](id=None, run=run))
    return _batch(row) if row else None


def _batch(row: Sequence[Any]) -> Batch:
    known = dict(zip(Batch.__slots__, row, strict=True))
    stopped = known["stopped"]
    return Batch(**{**known, "stopped": orjson.loads(stopped) if stopped else None})


async def progress(tx: Tx, id: UUID) -> Mapping[str, Json]:  # noqa: A002 - what it is
    """Say how many clusters there are, and what became of them so far."""
    counts: dict[str, int] = dict(await tx.rows(QUERIES["outcomes"](id=id)))
    total = sum(counts.values())
    waiting = counts.pop("waiting", 0)
    return {"total": total, "done": total - waiting, "outcomes": counts}


async def begin(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Say that it runs, or runs on; says no if that is not its turn."""
    since = ["waiting", "running", "failed"]
    asked = QUERIES["begin_batch"](id=id, state="running", actor=None, **{"from": since})
    return await tx.row(asked) is not None


async def held(tx: Tx, id: UUID, state: State) -> bool:  # noqa: A002 - what it is
    """Keep others from running it until this transaction ends; says no if it runs no more."""
    return bool(await tx.value(QUERIES["lock_batch"](id=id)) == state)


async def items(tx: Tx, id: UUID, *, outcome: str, limit: int) -> Sequence[Item]:  # noqa: A002
    """Give the next clusters with an outcome."""
    rows = await tx.rows(QUERIES["items"](id=id, outcome=outcome, limit=limit))
    return [Item(position=row[0], records=tuple(row[1]), merge=row[2]) for row in rows]


async def write(tx: Tx, id: UUID, done: Sequence[Outcome]) -> None:  # noqa: A002 - what it is
    """Keep what became of some clusters."""
    told = [
        {"position": one.position, "outcome": one.outcome, "why": one.why[:200],
         "merge": one.merge}
        for one in done
    ]  # fmt: skip
    await tx.run(QUERIES["set_outcomes"](id=id, items=written(told)))


async def undoing(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Say whether it is being taken back."""
    return await held(tx, id, "undoing")


async def end(tx: Tx, id: UUID, state: State, fault: Fault | None = None) -> None:  # noqa: A002
    """Close the books, with why if it did not come to its end."""
    stopped = json.dumps(reasons(fault), ensure_ascii=False) if fault else None
    await tx.run(QUERIES["end_batch"](id=id, state=state, stopped=stopped))


async def fail(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    """Close the books, with why it stopped."""
    await end(tx, id, "failed", fault)


BOOKS = Books(name="merge", source=SOURCE, begin=begin, found=found, fail=fail)
UNDO_BOOKS = replace(BOOKS, name="undo of merge", begin=undoing)
