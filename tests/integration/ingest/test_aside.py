"""Stories of indexes that are put aside for a large import, and always come back."""

from contextlib import AsyncExitStack
from dataclasses import replace

from tests.integration.ingest.club import Club

from zhike.db import Database
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform
from zhike.store.bulk import restored, without_indexes

COMING = 100_000


async def _indexes(club: Club) -> list[tuple[str, str]]:
    asked = sql(
        "SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = current_schema()"
        " AND tablename = 'member' ORDER BY 1"
    )
    async with club.hands.db.reading(platform(), club.workspace) as tx:
        return [(name, made) for name, made in await tx.rows(asked)]


async def _marked(club: Club) -> bool:
    """Say whether the table is marked; only then is it left alone by who looks it over."""
    asked = sql(
        "SELECT obj_description(oid, 'pg_class') IS NOT NULL FROM pg_class"
        " WHERE oid = 'member'::regclass"
        " AND (obj_description(oid, 'pg_class') IS NULL) = (reloptions IS NULL)"
    )
    async with club.hands.db.reading(platform(), club.workspace) as tx:
        return bool(await tx.value(asked))


async def test_what_can_be_spared_is_aside_and_comes_back_as_it_was(club: Club) -> None:
    before = await _indexes(club)
    hands, snapshot = club.hands, await club.hands.catalog.snapshot(club.workspace)

    async with without_indexes(
        hands.db, hands.catalog, club.workspace, snapshot.objects["member"], coming=COMING
    ) as aside:
        during = {name for name, _ in await _indexes(club)}
        # Somebody else who starts now leaves them aside: whoever imports brings them back.
        await restored(hands.db, hands.catalog, club.workspace)
        assert {name for name, _ in await _indexes(club)} == during
        assert await _marked(club)

    assert aside
    assert {name for name, _ in before} - during >= {
        "member__zk_search__index",
        "member__created_at__index",
    }
    assert during >= {"member__id", "member__zk_match__index", "member__branch__index"}
    assert await _indexes(club) == before
    assert not await _marked(club)


async def test_the_planner_knows_at_once_what_has_come(club: Club) -> None:
    hands, snapshot = club.hands, await club.hands.catalog.snapshot(club.workspace)
    member = snapshot.objects["member"]
    counted = sql("SELECT reltuples FROM pg_class WHERE oid = 'member'::regclass")

    async with (
        without_indexes(hands.db, hands.catalog, club.workspace, member, coming=COMING),
        hands.db.transaction(platform("import"), club.workspace) as tx,
    ):
        await tx.run(sql("INSERT INTO member (name) SELECT n::text FROM generate_series(1, 500) n"))

    async with hands.db.reading(platform(), club.workspace) as tx:
        assert int(await tx.value(counted)) == 500


async def test_whoever_starts_after_a_crash_brings_them_back(
    club: Club, database: Database
) -> None:
    before = await _indexes(club)
    hands, snapshot = club.hands, await club.hands.catalog.snapshot(club.workspace)
    other = Database(replace(database.settings, database_url=database.url))
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(other)
        importing = without_indexes(
            other, hands.catalog, club.workspace, snapshot.objects["member"], coming=COMING
        )
        assert await importing.__aenter__()
    assert len(await _indexes(club)) < len(before)
    asked = sql(
        "SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l WHERE l.locktype = 'advisory'"
        " AND l.pid <> pg_backend_pid() AND l.database ="
        " (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND l.objid = (hashtextextended({name}, 0) & 4294967295)::bigint::oid",
        name=param(f"zhike indexes ws_{club.workspace} member", "text"),
    )
    async with hands.db.reading(platform(), club.workspace) as tx:
        await tx.rows(asked)

    await restored(hands.db, hands.catalog, club.workspace)

    assert await _indexes(club) == before
    assert not await _marked(club)


async def test_a_table_that_hardly_grows_keeps_its_indexes(club: Club) -> None:
    before = await _indexes(club)
    hands, snapshot = club.hands, await club.hands.catalog.snapshot(club.workspace)

    for coming in (10, 49_999):
        async with without_indexes(
            hands.db, hands.catalog, club.workspace, snapshot.objects["member"], coming=coming
        ) as aside:
            assert not aside
            assert await _indexes(club) == before
