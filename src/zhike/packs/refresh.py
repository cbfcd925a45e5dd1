"""
Derives anew, for the records that are already there, what programs derive at every write.

Search words, identity keys, places in lists by title, roll-ups, automatic numbers; nothing else of
a record changes, and nobody is told.
"""

import orjson

from zhike.kernel.sql import Sql, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.lang import FULL_SIGHT, told
from zhike.meta import Field, Object
from zhike.packs import renewal
from zhike.store import numbers
from zhike.store.catalog import Settled
from zhike.store.ddl import Refresh, Refresher

AT_ONCE = 5_000


def refresher(settled: Settled, *, later: bool) -> Refresher:
    """
    Give what does the `Refresh` deeds of a plan under the configuration it leads to.

    `later`: hidden columns are only noted as stale, for a renewal.
    """

    async def refresh(tx: Tx, deed: Refresh) -> None:
        object_ = settled.snapshot.objects[deed.object]
        match deed.what:
            case "search" | "match" | "title" as what if later:
                await renewal.stale(tx, [object_], [what])
            case "search" | "match" | "title" as what:
                await renewal.whole(tx, settled.snapshot, object_, what)
            case "rollup":
                for key in deed.fields:
                    await tx.run(_rolled_up(settled, object_, object_.fields[key]))
            case "number":
                for key in deed.fields:
                    await _number(tx, object_, object_.fields[key])

    return refresh


def _rolled_up(settled: Settled, object_: Object, field: Field) -> Sql:
    value = told(settled.checked[object_.key, field.key], alias="t", sight=FULL_SIGHT)
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
