"""
Indexes put aside while a table grows to a multiple of itself, and made anew at the end.

To make an index of many records costs a third of putting them into it one by one. Meanwhile every
question is answered as ever, only more slowly; what keeps records apart or recognises them, and
what roll-ups and links go by, stays in place.

A mark on the table says that something is missing. It is set in the transaction that drops the
indexes and goes when the last one is back, so that whoever starts after a crash knows. Whoever
holds the lock is about to bring them back.
"""

from asyncio import gather
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import LiteralString

from zhike.db import Database
from zhike.kernel.faults import Fault
from zhike.kernel.sql import Sql, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Object
from zhike.store.bulk.counted import counted
from zhike.store.catalog import Catalog
from zhike.store.ddl import indexes, names

LARGE = 50_000
"""So many new records at least."""
TIMES = 2
"""How many times as many as are there."""
CONNECTIONS = 4
"""Fewer than so many cannot spare one that holds the lock."""
MARK: LiteralString = "zhike: indexes are aside"
LANES = 2
"""So many indexes are made at a time, the one that takes longest first."""
STAYING = frozenset({"lookup", "lookups"})
"""The kinds whose indexes roll-ups and the links between records go by."""


@asynccontextmanager
async def without_indexes(
    db: Database, catalog: Catalog, workspace: str, object_: Object, *, coming: int
) -> AsyncIterator[bool]:
    """
    Have an object's table without the indexes that can be spared, if so many records are worth it.

    They are back at the end, whatever it is; should that fail, `restored` brings them back later.
    Says whether they are aside.
    """
    if coming < LARGE or db.settings.pool_size < CONNECTIONS:
        yield False
        return
    aside = False
    try:
        async with db.reading(platform("import"), workspace) as tx:
            mine = await _taken(tx, object_.table)
            try:
                if mine:
                    with suppress(Fault):
                        aside = await _put_aside(db, workspace, object_, coming=coming)
                yield aside
            finally:
                with suppress(Fault):
                    await _released(tx, object_.table)
    finally:
        if aside:
            with suppress(Fault):
                await gather(restored(db, catalog, workspace), _on_disk(db, workspace))
            with suppress(Fault):
                async with db.transaction(platform("import"), workspace) as tx:
                    await counted(tx, [object_.table])


async def _on_disk(db: Database, workspace: str) -> None:
    """
    Have what was written brought to disk while the indexes are made, which keeps only processors
    busy. Else whoever stops the server next waits for it.

    Who may not ask for that lets it be.
    """
    with suppress(Fault):
        async with db.reading(platform("import"), workspace) as tx:
            await tx.run(sql("CHECKPOINT"))


async def restored(db: Database, catalog: Catalog, workspace: str) -> None:
    """Bring back what a process that is gone had put aside."""
    async with db.reading(platform(), workspace) as tx:
        for (table,) in await tx.rows(_marked()):
            if await _taken(tx, table):
                await _back(db, tx, catalog, table)
                await _released(tx, table)


def spared(object_: Object) -> Mapping[str, Sql]:
    """Give the indexes that can be put aside, by name, with the statements that make them."""
    return {
        name: made
        for field, name, made in indexes(object_)
        if field in ("zk_search", "zk_title")
        or (field in object_.fields and object_.fields[field].kind.name not in STAYING)
    }


async def _put_aside(db: Database, workspace: str, object_: Object, *, coming: int) -> bool:
    table = ident(object_.table)
    async with db.transaction(platform("import"), workspace) as tx:
        most = sql("LIMIT {n}", n=param(coming // TIMES + 1, "bigint"))
        count = sql("SELECT count(*) FROM (SELECT FROM {t} {most}) AS s", t=table, most=most)
        if int(await tx.value(count)) * TIMES > coming:
            return False
        # Whoever reads for long is not worth waiting for, with everybody else behind us.
        tx.soon(sql("SELECT set_config('lock_timeout', '2s', true)"))
        for name in spared(object_):
            tx.soon(sql("DROP INDEX IF EXISTS {name}", name=ident(name)))
        # To look over a table that is another one a minute later is much work for nothing.
        tx.soon(sql("ALTER TABLE {t} SET (autovacuum_enabled = false)", t=table))
        await tx.run(sql("COMMENT ON TABLE {t} IS {mark}", t=table, mark=sql(f"'{MARK}'")))
    return True


async def _back(db: Database, tx: Tx, catalog: Catalog, table: str) -> None:
    """Make what is missing; in between, whoever waits to write may."""
    snapshot = await catalog.snapshot(tx.workspace)
    wanted = next((spared(one) for one in snapshot.objects.values() if one.table == table), {})
    there = sql(
        "SELECT c.relname::text FROM pg_class AS c WHERE c.relnamespace ="
        " current_schema()::regnamespace AND c.relname = ANY({names})",
        names=param(list(wanted), "text[]"),
    )
    known = {row[0] for row in await tx.rows(there)}
    longest = names.index(table, "zk_search")
    missing = sorted(wanted.keys() - known, key=lambda name: name != longest)
    left = iter([wanted[name] for name in missing])
    lanes = LANES if db.settings.pool_size >= CONNECTIONS else 1
    ends = await gather(
        *(_made(db, tx.workspace, left) for _ in range(lanes)), return_exceptions=True
    )
    for failed in filter(None, ends):
        raise failed
    tx.soon(sql("ALTER TABLE {table} RESET (autovacuum_enabled)", table=ident(table)))
    await tx.run(sql("COMMENT ON TABLE {table} IS NULL", table=ident(table)))


async def _made(db: Database, workspace: str, left: Iterator[Sql]) -> None:
    """Make indexes as long as there are some left to make."""
    async with db.reading(platform("import"), workspace) as tx:
        for one in left:
            await tx.run(one)


def _marked() -> Sql:
    return sql(
        "SELECT c.relname::text FROM pg_class AS c WHERE c.relnamespace ="
        " current_schema()::regnamespace AND c.relkind = 'r'"
        " AND obj_description(c.oid, 'pg_class') = {mark}",
        mark=param(MARK, "text"),
    )


KEY = "hashtextextended('zhike indexes ' || current_schema() || ' ' || {table}, 0)"


async def _taken(tx: Tx, table: str) -> bool:
    asked = sql("SELECT pg_try_advisory_lock(" + KEY + ")", table=param(table, "text"))
    return bool(await tx.value(asked))


async def _released(tx: Tx, table: str) -> None:
    await tx.run(sql("SELECT pg_advisory_unlock(" + KEY + ")", table=param(table, "text")))
