"""
Derives anew, for the records that are already there, what programs derive at every write.

Search words, identity keys, places in lists by title, roll-ups, automatic numbers; nothing else of
a record changes, and nobody is told.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from typing import LiteralString

import orjson

from zhike.hub import identity
from zhike.kernel.sql import Sql, ident, joined, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.lang import FULL_SIGHT, told
from zhike.meta import Field, Json, Object, Snapshot
from zhike.store import numbers
from zhike.store.catalog import Settled, snapshot_of
from zhike.store.ddl import Refresh, Refresher, title_index
from zhike.store.search import searching
from zhike.store.titles import titling
from zhike.store.write.shape import OWN_COLUMNS

LOG = logging.getLogger("zhike.packs")

AT_ONCE = 5_000
VERSIONS: Mapping[str, int] = {"search": 1, "match": 1, "title": 1}
"""
The version of the rules by which each hidden column is derived.

Whoever changes what the rules give raises it; then every installation derives the column anew at
its next start, or it would look for people by words and keys that nobody has.
"""

LEFT = sql('DELETE FROM zk_stale RETURNING "table", what')
KNOWN = sql("SELECT what, version FROM zk_derived")
NOTED: LiteralString = (
    "INSERT INTO zk_derived SELECT key, value::integer FROM json_each_text({versions})"
    " ON CONFLICT (what) DO UPDATE SET version = excluded.version"
)

Values = Mapping[str, Json]


def refresher(whole: Settled) -> Refresher:
    """Give what does the `Refresh` deeds of a plan under the configuration it leads to."""

    async def refresh(tx: Tx, deed: Refresh) -> None:
        object_ = whole.snapshot.objects[deed.object]
        match deed.what:
            case "search" | "match" | "title" as column:
                await COLUMNS[column](tx, whole.snapshot, object_)
            case "rollup":
                for key in deed.fields:
                    await tx.run(_rolled_up(whole, object_, object_.fields[key]))
            case "number":
                for key in deed.fields:
                    await _number(tx, object_, object_.fields[key])

    return refresh


async def caught_up(tx: Tx) -> None:
    """
    Derive what a migration left to be derived, and what is derived by other rules by now: once,
    for whoever comes first; others wait for it.

    What was removed and is kept has its turn when it is taken back.
    """
    stale = {(table, what) for table, what in await tx.rows(LEFT)}
    outdated = await _outdated(tx)
    if not stale and not outdated:
        return
    snapshot = await snapshot_of(tx)
    # The tables of the platform (people, departments) have no hidden columns.
    for object_ in (one for one in snapshot.objects.values() if not one.system):
        for what in VERSIONS:
            if what in outdated or (object_.table, what) in stale:
                LOG.info("deriving %s of every %s anew", what, object_.key)
                await COLUMNS[what](tx, snapshot, object_)
        if (object_.table, "title") in stale and (index := title_index(object_)):
            await tx.run(index)


async def _outdated(tx: Tx) -> frozenset[str]:
    """Name the columns that were derived by other rules than those of today, and note that."""
    if dict(await tx.rows(KNOWN)) == VERSIONS:
        return frozenset()
    await tx.run(sql("LOCK TABLE zk_derived IN EXCLUSIVE MODE"))
    known: dict[str, int] = dict(await tx.rows(KNOWN))
    await tx.run(sql(NOTED, versions=param(orjson.dumps(VERSIONS).decode(), "json")))
    return frozenset(what for what, version in VERSIONS.items() if known.get(what) != version)


async def _search(tx: Tx, snapshot: Snapshot, object_: Object) -> None:
    known = searching(snapshot, object_)
    await _derive(tx, object_, column="zk_search", reads=known.fields, derive=known.tokens)


async def _match(tx: Tx, snapshot: Snapshot, object_: Object) -> None:
    ways = identity.plan(snapshot, object_.key)
    await _derive(
        tx,
        object_,
        column="zk_match",
        reads=ways.fields,
        derive=lambda values: list(ways.keys(values)),
    )


async def _title(tx: Tx, _: Snapshot, object_: Object) -> None:
    known = titling(object_)
    if known is not None:
        reads = (known.field,)
        await _derive(tx, object_, column="zk_title", reads=reads, derive=known.place)


COLUMNS: Mapping[str, Callable[[Tx, Snapshot, Object], Awaitable[None]]] = {
    "search": _search,
    "match": _match,
    "title": _title,
}


async def _derive(
    tx: Tx,
    object_: Object,
    *,
    column: str,
    reads: Collection[str],
    derive: Callable[[Values], Json],
) -> None:
    async for records in _records(tx, object_, sorted(reads)):
        rows = [{"id": id_, "v": derive(values)} for id_, values in records]
        await tx.run(
            sql(
                "UPDATE {table} AS t SET {column} = r.v"
                " FROM json_to_recordset({rows}) AS r (id uuid, v {type})"
                " WHERE t.id = r.id AND t.{column} IS DISTINCT FROM r.v",
                table=ident(object_.table),
                column=ident(column),
                rows=param(orjson.dumps(rows).decode(), "json"),
                type=vetted(OWN_COLUMNS[column]),
            )
        )


async def _records(
    tx: Tx, object_: Object, reads: Sequence[str]
) -> AsyncIterator[Sequence[tuple[str, Values]]]:
    pairs = joined(
        sql("{key}, {column}", key=param(key, "text"), column=ident(key))
        for key in reads
        if object_.fields[key].column is not None
    )
    statement = sql(
        "SELECT id::text, json_build_object({pairs})::text FROM {table}",
        pairs=pairs,
        table=ident(object_.table),
    )
    async for rows in tx.stream(statement, size=AT_ONCE):
        yield [(row[0], orjson.loads(row[1])) for row in rows]


def _rolled_up(whole: Settled, object_: Object, field: Field) -> Sql:
    value = told(whole.checked[object_.key, field.key], alias="t", sight=FULL_SIGHT)
    return sql(
        "UPDATE {table} AS p SET {column} = v.value"
        " FROM (SELECT t.id, ({value}) AS value FROM {table} AS t) AS v"
        " WHERE p.id = v.id AND p.{column} IS DISTINCT FROM v.value",
        table=ident(object_.table),
        column=ident(field.key),
        value=value,
    )


async def _number(tx: Tx, object_: Object, field: Field) -> None:
    """Number the records that have none, the oldest first."""
    table, column = ident(object_.table), ident(field.key)
    statement = sql(
        "SELECT id::text FROM {table} WHERE {column} IS NULL ORDER BY created_at, id",
        table=table,
        column=column,
    )
    async for rows in tx.stream(statement, size=AT_ONCE):
        count = param(len(rows), "integer")
        answer = await tx.value(sql("SELECT {drawn}", drawn=numbers.draw(object_, field, count)))
        drawn = await numbers.settled(tx, object_, numbers.told(field, orjson.loads(answer)))
        written = [
            {"id": row[0], "v": number} for row, number in zip(rows, drawn.written(), strict=True)
        ]
        await tx.run(
            sql(
                "UPDATE {table} AS t SET {column} = r.v"
                " FROM json_to_recordset({rows}) AS r (id uuid, v text) WHERE t.id = r.id",
                table=table,
                column=column,
                rows=param(orjson.dumps(written).decode(), "json"),
            )
        )
