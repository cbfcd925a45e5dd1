"""Hidden columns written for the records that are there: a chunk of them, or all."""

from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from zhike.kernel.queries import load
from zhike.kernel.sql import NOTHING, Sql, ident, joined, param, sql, vetted
from zhike.kernel.tx import Row, Tx
from zhike.meta import Object, Snapshot
from zhike.packs.renewal.columns import Column, columns
from zhike.store.ddl import title_index
from zhike.store.write.shape import OWN_COLUMNS

QUERIES = load(Path(__file__).with_name("queries.sql"))
CHUNK = 500
"""Records in one transaction: whoever wants to change one of them waits for less than a second."""
AT_ONCE = 5_000


async def stale(tx: Tx, objects: Iterable[Object], wanted: Collection[str]) -> None:
    """Note that some columns of some objects are to be derived anew for all records."""
    tables = [one.table for one in objects]
    await tx.run(QUERIES["make_stale"](tables=tables, columns=list(wanted)))


async def one_chunk(tx: Tx, snapshot: Snapshot, *, size: int = CHUNK) -> int | None:
    """
    Derive anew for the next records what is stale of them; None if nothing is.

    Gives how many records were looked at. What was removed and is kept has its turn when it is
    taken back. The configuration must stay as the snapshot has it until the transaction ends.
    """
    row = await tx.row(QUERIES["stale"]())
    if row is None:
        return None
    table, wanted, after = row
    object_ = next((one for one in snapshot.objects.values() if one.table == table), None)
    if object_ is None:
        await tx.run(QUERIES["made_fresh"](table=table, columns=wanted))
        return 0
    known = columns(snapshot, object_, wanted)
    rows = await tx.rows(_next(object_, known, after=after, size=size))
    await _write(tx, object_, known, rows)
    if len(rows) == size:
        await tx.run(QUERIES["came_to"](table=table, columns=wanted, after=rows[-1][0]))
        return size
    # The migration that brought the column left its index to whoever fills it.
    if "title" in wanted and (index := title_index(object_)):
        await tx.run(index)
    await tx.run(QUERIES["made_fresh"](table=table, columns=wanted))
    return len(rows)


async def whole(tx: Tx, snapshot: Snapshot, object_: Object, what: str) -> None:
    """Derive a column for all records of an object."""
    known = columns(snapshot, object_, (what,))
    if known:
        async for rows in tx.stream(_records(object_, known), size=AT_ONCE):
            await _write(tx, object_, known, rows)
    await tx.run(QUERIES["made_fresh"](table=object_.table, columns=[what]))


def _next(object_: Object, known: Sequence[Column], *, after: UUID | None, size: int) -> Sql:
    # Held, so that nobody changes a record between what is read of it and what is derived from it;
    # in the order in which everybody holds records.
    beyond = sql(" WHERE t.id > {after}", after=param(after, "uuid")) if after else NOTHING
    return sql(
        "{records}{beyond} ORDER BY t.id LIMIT {size} FOR NO KEY UPDATE OF t",
        records=_records(object_, known),
        beyond=beyond,
        size=param(size, "integer"),
    )


def _records(object_: Object, known: Iterable[Column]) -> Sql:
    reads = sorted({key for one in known for key in one.reads})
    return sql(
        "SELECT t.id, (SELECT row_to_json(v) FROM (SELECT {values}) AS v)::text FROM {table} AS t",
        values=joined(ident("t", key) for key in reads if object_.fields[key].column is not None),
        table=ident(object_.table),
    )


async def _write(tx: Tx, object_: Object, known: Sequence[Column], rows: Sequence[Row]) -> None:
    if not rows or not known:
        return
    names = [ident(one.name) for one in known]
    await tx.run(
        sql(
            "UPDATE {table} AS t SET {sets}"
            " FROM json_to_recordset({rows}) AS r (id uuid, {typed})"
            " WHERE t.id = r.id AND ({old}) IS DISTINCT FROM ({new})",
            table=ident(object_.table),
            sets=joined(sql("{name} = r.{name}", name=one) for one in names),
            rows=param(orjson.dumps([_derived(known, row) for row in rows]).decode(), "json"),
            typed=joined(
                sql("{name} {type}", name=ident(one.name), type=vetted(OWN_COLUMNS[one.name]))
                for one in known
            ),
            old=sql("ROW({all})", all=joined(sql("t.{name}", name=one) for one in names)),
            new=sql("ROW({all})", all=joined(sql("r.{name}", name=one) for one in names)),
        )
    )


def _derived(known: Sequence[Column], row: Row) -> dict[str, Any]:
    values = orjson.loads(row[1])
    return {"id": str(row[0]), **{one.name: one.derive(values) for one in known}}
