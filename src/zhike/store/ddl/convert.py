"""
Carries the values of a column over into another kind.

Every different value is read once by the new kind, as if somebody had typed it; what it cannot
read is counted, shown, and left where it was put aside.
"""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass

import orjson

from zhike.kernel.faults import Fault
from zhike.kernel.sql import Sql, ident, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.meta import Field, Json, Object, Reading, Unreadable
from zhike.store.ddl import columns
from zhike.store.ddl.step import Convert

AT_ONCE = 20_000
EXAMPLES = 5

ONE = frozenset({"record", "user", "department"})
"""Types whose values are one record of another table: they are read and shown by its name."""

NAMED = frozenset({"option", "options", "boolean"})
"""Types whose values people know by another word than the one that is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a conversion would lose."""

    lost: int
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One old value, how often it is there, and what it becomes."""

    old: str
    """As JSON text, the way PostgreSQL says it."""
    count: int
    new: Json
    whole: bool
    """Whether nothing of it is lost."""


async def survey(tx: Tx, told: Convert) -> Survey:
    """Say what a conversion would lose, without doing it."""
    lost = 0
    examples: list[str] = []
    async for some in _carried(tx, told):
        for one in some:
            if not one.whole:
                lost += one.count
                if len(examples) < EXAMPLES:
                    examples.append(_shown(one.old))
    return Survey(lost=lost, examples=tuple(examples))


async def carry(tx: Tx, told: Convert) -> None:
    """Fill the new column from the old one."""
    await tx.run(sql("CREATE TEMPORARY TABLE zk_carried (old text, new json) ON COMMIT DROP"))
    async for some in _carried(tx, told):
        rows = [(one.old, orjson.dumps(one.new).decode()) for one in some if one.new is not None]
        await tx.copy_in(ident("zk_carried"), ("old", "new"), rows)
    type_ = columns.column_type(told.new).partition(" COLLATE")[0]
    await tx.run(
        sql(
            "UPDATE {table} AS t SET {column} = r.v FROM zk_carried AS c,"
            " LATERAL json_to_record(json_build_object('v', c.new)) AS r (v {type})"
            " WHERE t.{place} IS NOT NULL AND c.old = to_json({shown})::text",
            table=ident(told.object.table),
            column=ident(told.new.key),
            type=vetted(type_),
            place=ident(told.place),
            shown=_as_people_know_it(told, "t"),
        )
    )
    await tx.run(sql("DROP TABLE zk_carried"))


async def _carried(tx: Tx, told: Convert) -> AsyncIterator[Sequence[Carried]]:
    statement = sql(
        "SELECT v, count(*) FROM (SELECT to_json({shown})::text AS v FROM {table} AS t"
        " WHERE t.{place} IS NOT NULL) AS held GROUP BY v",
        shown=_as_people_know_it(told, "t"),
        table=ident(told.object.table),
        place=ident(told.place),
    )
    async for rows in tx.stream(statement, size=AT_ONCE):
        raws = [orjson.loads(text) if text is not None else None for text, _ in rows]
        found = await _found(tx, told, raws)
        yield [
            _read(text, count, raw, told=told, found=found)
            for (text, count), raw in zip(rows, raws, strict=True)
            if text is not None
        ]


def _as_people_know_it(told: Convert, alias: str) -> Sql:
    column = ident(alias, told.place)
    target = _target(told.old, told)
    if target is None:
        return told.old.kind.out(column, told.old.settings)
    return sql(
        "(SELECT e.{title}::text FROM {target} AS e WHERE e.id = {column})",
        title=ident(target.title),
        target=ident(target.table),
        column=column,
    )


def _target(field: Field, told: Convert) -> Object | None:
    return told.snapshot.objects.get(field.target or "") if field.kind.type in ONE else None


async def _found(tx: Tx, told: Convert, raws: Iterable[Json]) -> Mapping[str, str] | None:
    """Find records by what they are called; a name that several have finds none."""
    target = _target(told.new, told)
    if target is None:
        return None
    named = [one for one in raws if isinstance(one, str)]
    rows = await tx.rows(
        sql(
            "SELECT e.{title}::text, min(e.id::text) FROM {target} AS e"
            " WHERE e.deleted_at IS NULL AND e.{title}::text = ANY ({named})"
            " GROUP BY 1 HAVING count(*) = 1",
            title=ident(target.title),
            target=ident(target.table),
            named=param(named, "text[]"),
        )
    )
    return dict(rows)


def _read(
    text: str, count: int, raw: Json, *, told: Convert, found: Mapping[str, str] | None
) -> Carried:
    new, whole = raw, True
    try:
        if found is not None:
            new = _looked_up(raw, told, found)
        else:
            new, whole = _understood(raw, told)
    except Fault:
        return Carried(old=text, count=count, new=None, whole=False)
    return Carried(old=text, count=count, new=new, whole=whole)


def _looked_up(raw: Json, told: Convert, found: Mapping[str, str]) -> str:
    if not isinstance(raw, str) or raw not in found:
        raise Unreadable(value=raw, kind=told.new.kind.label)
    return found[raw]


def _understood(raw: Json, told: Convert) -> tuple[Json, bool]:
    old, new = told.old, told.new
    if old.kind.type in NAMED and new.kind.type not in NAMED:
        raw = old.kind.cell(raw, old.settings)
    read = new.kind.read(raw, new.settings)
    if not isinstance(read, Reading):
        read = Reading(value=read)
    if new.kind.validate(read.value, new.settings) is not None:
        raise Unreadable(value=raw, kind=new.kind.label)
    return read.value, not read.rest and read.remark is None


def _shown(text: str) -> str:
    value = orjson.loads(text)
    return value if isinstance(value, str) else text
