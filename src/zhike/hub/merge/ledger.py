"""The books of merges: what it takes to part the records again, and who answers for them now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from zhike.hub.merge.faults import UnknownMerge
from zhike.kernel.queries import load
from zhike.kernel.tx import Row, Tx
from zhike.meta import Json

QUERIES = load(Path(__file__).with_name("queries.sql"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One link that led to a merged record and leads to the survivor, or could not be moved."""

    object: str
    field: str
    record: UUID
    was: UUID
    held: bool
    """Whether a list named the survivor before."""
    why: str = ""

    @property
    def place(self) -> tuple[tuple[str, str], UUID]:
        """The field and the record."""
        return (self.object, self.field), self.record


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge:
    """One merge as the books have it."""

    id: UUID
    seq: int
    object: str
    survivor: UUID
    actor: UUID | None
    at: datetime
    taken: Mapping[str, Any]
    before: Mapping[str, Json]
    after: Mapping[str, Json]
    shares: Mapping[str, Any]
    undone_at: datetime | None
    batch: UUID | None
    parts: tuple[UUID, ...] = ()
    moves: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What is written down about a new merge."""

    id: UUID
    survivor: UUID
    parts: Sequence[UUID]
    taken: Mapping[str, Any]
    before: Mapping[str, Json]
    after: Mapping[str, Json]
    moves: Sequence[Move]
    shares: Mapping[str, Any]


async def add(tx: Tx, obj: str, some: Sequence[Written], *, batch: UUID | None) -> None:
    """Write merges down."""
    merges = [
        {"id": one.id, "survivor": one.survivor, "taken": one.taken, "before": one.before,
         "after": one.after, "shares": one.shares}
        for one in some
    ]  # fmt: skip
    parts = [
        {"merge": one.id, "record": part, "survivor": one.survivor}
        for one in some
        for part in one.parts
    ]
    moves = [
        {"merge": one.id, "object": move.object, "field": move.field, "record": move.record,
         "was": move.was, "held": move.held, "why": move.why, "survivor": one.survivor}
        for one in some
        for move in one.moves
    ]  # fmt: skip
    fresh = [one for one in moves if not one["held"] and not one["why"]]
    await tx.several(
        [
            QUERIES["drop_stale"](places=written(fresh)),
            QUERIES["add_merges"](
                object=obj, batch=batch, actor=tx.viewer.id, merges=written(merges)
            ),
            QUERIES["add_parts"](object=obj, parts=written(parts)),
            QUERIES["add_moves"](moves=written(moves)),
        ]
    )


async def add_moves(tx: Tx, moves: Mapping[tuple[UUID, UUID], Sequence[Move]]) -> None:
    """Write down more links that some merges moved to their survivors."""
    rows = [
        {"merge": merge, "object": one.object, "field": one.field, "record": one.record,
         "was": one.was, "held": one.held, "why": one.why, "survivor": survivor}
        for (merge, survivor), some in moves.items()
        for one in some
    ]  # fmt: skip
    if rows:
        fresh = [one for one in rows if not one["held"]]
        await tx.several(
            [
                QUERIES["drop_stale"](places=written(fresh)),
                QUERIES["add_moves"](moves=written(rows)),
            ]
        )


async def found(tx: Tx, ids: Sequence[UUID]) -> Sequence[Merge]:
    """Give merges, which must exist, locked until the transaction ends."""
    rows = await tx.rows(QUERIES["merges"](ids=list(ids)))
    if len(rows) < len(set(ids)):
        raise UnknownMerge
    merges = {row[0]: _merge(row) for row in rows}
    parts, moves = await tx.several(
        [QUERIES["parts"](ids=list(ids)), QUERIES["moves"](ids=list(ids))]
    )
    held: dict[UUID, list[UUID]] = {}
    moved: dict[UUID, list[Move]] = {}
    for merge, record in parts:
        held.setdefault(merge, []).append(record)
    for merge, obj, field, record, was, kept in moves:
        one = Move(object=obj, field=field, record=record, was=was, held=kept)
        moved.setdefault(merge, []).append(one)
    return [
        replace(one, parts=tuple(held.get(id_, ())), moves=tuple(moved.get(id_, ())))
        for id_, one in merges.items()
    ]


def _merge(row: Sequence[Any]) -> Merge:
    id_, seq, obj, survivor, actor, at, *said, undone, batch = row
    taken, before, after, shares = (orjson.loads(one) for one in said)
    return Merge(
        id=id_, seq=seq, object=obj, survivor=survivor, actor=actor, at=at, taken=taken,
        before=before, after=after, shares=shares, undone_at=undone, batch=batch,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Later:
    """A merge since, into the same survivor, that stands."""

    id: UUID
    seq: int
    survivor: UUID
    before: Mapping[str, Json]
    after: Mapping[str, Json]


async def later(tx: Tx, obj: str, survivors: Sequence[UUID]) -> Sequence[Later]:
    """Give the merges with these survivors that stand, in their order."""
    return read_later(await tx.rows(QUERIES["grown"](object=obj, survivors=list(survivors))))


def read_later(rows: Sequence[Row]) -> Sequence[Later]:
    """Read merges as the books give them in their order."""
    return [
        Later(id=id_, seq=seq, survivor=survivor, before=orjson.loads(b), after=orjson.loads(a))
        for id_, seq, survivor, b, a in rows
    ]


async def rewrite(tx: Tx, some: Sequence[Later]) -> None:
    """Say what later merges found, now that an earlier one is taken out from under them."""
    if some:
        rows = [{"id": one.id, "before": one.before, "after": one.after} for one in some]
        await tx.run(QUERIES["rewrite"](merges=written(rows)))


def written(value: Any) -> str:
    """Give something as JSON."""
    return orjson.dumps(value, default=str).decode()
