"""Migrations run once each, whoever runs them and however often."""

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql as text

from zhike.db import Database, Jobs, create_workspace, drop_workspace, migrate, pending
from zhike.db.faults import DatabaseUnreachable, MigrationChanged, NewerSchema
from zhike.db.migrate import make_event_months, migrations
from zhike.kernel.settings import Settings
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform


@pytest.fixture
async def empty(database_url: str) -> AsyncIterator[Database]:
    """A database in which nothing was ever done."""
    name = f"nothing_{os.getpid()}"  # the workers of one run share the server
    with psycopg.connect(database_url, autocommit=True) as connection:
        connection.execute(text.SQL("CREATE DATABASE {}").format(text.Identifier(name)))
    url = psycopg.conninfo.make_conninfo(database_url, dbname=name)
    async with Database(Settings(database_url=url)) as opened:
        yield opened
    with psycopg.connect(database_url, autocommit=True) as connection:
        drop = text.SQL("DROP DATABASE {} WITH (FORCE)").format(text.Identifier(name))
        connection.execute(drop)


async def test_several_processes_may_migrate_at_once_and_again(empty: Database) -> None:
    assert await pending(empty) == len(migrations("system"))

    await asyncio.gather(*(migrate(empty) for _ in range(4)))
    made = await asyncio.gather(*(create_workspace(empty, "library") for _ in range(4)))
    await migrate(empty)

    assert sorted(made) == [False, False, False, True]
    assert await pending(empty) == 0
    async with empty.reading(platform(), "library") as tx:
        assert await tx.value(sql("SELECT count(*) FROM zk_event")) == 0


async def test_a_migration_that_was_changed_afterwards_is_refused(empty: Database) -> None:
    await migrate(empty)
    async with empty.transaction(platform(), "") as tx:
        await tx.run(sql("UPDATE zhike.migration SET checksum = 'other' WHERE number = 1"))

    with pytest.raises(MigrationChanged):
        await migrate(empty)


async def test_a_database_of_a_newer_release_is_refused(empty: Database) -> None:
    await migrate(empty)
    async with empty.transaction(platform(), "") as tx:
        await tx.run(sql("INSERT INTO zhike.migration VALUES ('zhike', 9999, 'future', '')"))

    with pytest.raises(NewerSchema):
        await migrate(empty)


async def test_a_workspace_goes_with_everything_in_it(database: Database) -> None:
    await create_workspace(database, "gone")
    await drop_workspace(database, "gone")

    async with database.reading(platform(), "") as tx:
        assert await tx.value(sql("SELECT to_regnamespace('ws_gone')")) is None
    assert await create_workspace(database, "gone")
    await drop_workspace(database, "gone")


async def test_nothing_is_done_for_a_workspace_that_has_gone(database: Database) -> None:
    jobs = Jobs()
    jobs.task("remind")(_nothing)
    await create_workspace(database, "gone")
    async with database.transaction(platform(), "") as tx:
        of_it = await jobs.defer(tx, "remind", args={"workspace": "gone"})
        of_all = await jobs.defer(tx, "remind", args={})

    await drop_workspace(database, "gone")

    async with database.transaction(platform(), "") as tx:
        left = await tx.rows(sql("DELETE FROM zhike.procrastinate_jobs RETURNING id"))
    assert (of_all,) in left
    assert (of_it,) not in left


async def test_events_of_a_month_without_a_partition_move_into_it_later(
    database: Database, workspace: str
) -> None:
    event = """
        INSERT INTO zk_event (at, source, object, record, kind)
        VALUES ({at}::timestamptz, 'test', 'book', uuidv7(), 'created')"""
    async with database.transaction(platform(), workspace) as tx:
        for at in ("2020-05-01Z", "2020-05-31 23:59Z", "2020-06-01Z"):
            await tx.run(sql(event, at=param(at)))
        before = await tx.value(sql("SELECT count(*) FROM zk_event_rest"))
        month = sql(
            "SELECT zhike.make_event_month({workspace}, '2020-05-17')", workspace=param(workspace)
        )
        made = [await tx.value(month), await tx.value(month)]

    async with database.reading(platform(), workspace) as tx:
        counts = await tx.row(
            sql(
                "SELECT (SELECT count(*) FROM zk_event), (SELECT count(*) FROM zk_event_2020_05), "
                "(SELECT count(*) FROM zk_event_rest)"
            )
        )
    assert (before, made, counts) == (3, [True, False], (3, 2, 1))
    assert await make_event_months(database, workspace) == 0


async def test_a_database_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnreachable):
        await Database(Settings(database_url=f"host={tmp_path} dbname=none")).open()


async def _nothing(_: object) -> None:
    """Do the work of a job that is never run."""
