"""Jobs exist when their data does, run, and outlive their worker."""

import asyncio
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.jobs import Job
from tests.integration.db.homes import soon

from zhike.db import Database, Jobs
from zhike.db import worker as working
from zhike.db.faults import ConnectionLost, DiskFull
from zhike.db.jobs import Stuck
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

KILLER = """
import asyncio, sys
from zhike.db import Database, Jobs
from zhike.db.worker import run_worker
from zhike.kernel.settings import Settings

jobs = Jobs()

@jobs.task("remind")
async def remind(args):
    print("working", flush=True)
    await asyncio.sleep(60)

async def main():
    async with Database(Settings(database_url=sys.argv[1])) as database:
        await run_worker(jobs, database, stop=asyncio.Event())

asyncio.run(main())
"""


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Find lost jobs sooner than one would in earnest."""
    monkeypatch.setattr(working, "HEARTBEAT_SECONDS", 0.2)
    monkeypatch.setattr(working, "LOST_SECONDS", 1.0)


@asynccontextmanager
async def _working(jobs: Jobs, database: Database) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(working.run_worker(jobs, database, stop=stop))
    yield
    stop.set()
    await asyncio.wait_for(task, 60)


async def test_a_job_runs_with_its_args(database: Database, quick: None) -> None:
    jobs = Jobs()
    done: list[Mapping[str, object]] = []

    @jobs.task("remind")
    async def remind(args: Mapping[str, object]) -> None:
        done.append(args)

    async with _working(jobs, database):
        async with database.transaction(platform(), "main") as tx:
            await jobs.defer(tx, "remind", args={"reader": "安娜", "days": [1, 2]})
        await soon(lambda: bool(done))

    assert done == [{"reader": "安娜", "days": [1, 2]}]


async def test_a_job_of_an_undone_transaction_never_was(database: Database) -> None:
    jobs = Jobs()
    jobs.task("remind")(_nothing)

    async def regret() -> None:
        async with database.transaction(platform(), "main") as tx:
            assert await jobs.defer(tx, "remind", args={})
            raise ZeroDivisionError

    async with database.reading(platform(), "main") as tx:
        before = await jobs.counts(tx)
    with pytest.raises(ZeroDivisionError):
        await regret()

    async with database.reading(platform(), "main") as tx:
        assert await jobs.counts(tx) == before


async def test_what_is_to_happen_once_is_queued_once(database: Database) -> None:
    jobs = Jobs()
    jobs.task("remind")(_nothing)
    later = datetime.now(UTC) + timedelta(days=1)

    async with database.transaction(platform(), "main") as tx:
        first = await jobs.defer(tx, "remind", args={}, once="remind anna", at=later)
        second = await jobs.defer(tx, "remind", args={}, once="remind anna", at=later)
        await tx.run(sql("DELETE FROM procrastinate_jobs WHERE id = {id}", id=param(first)))

    assert first
    assert second is None


async def test_a_job_that_fails_is_tried_again(
    database: Database, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs = Jobs()
    tries: list[int] = []

    @jobs.task("remind", attempts=3)
    async def remind(_: Mapping[str, object]) -> None:
        tries.append(1)
        if len(tries) < 2:
            raise ZeroDivisionError

    async with _working(jobs, database):
        async with database.transaction(platform(), "main") as tx:
            await jobs.defer(tx, "remind", args={})
        await soon(lambda: len(tries) == 2)


def test_a_job_that_lacks_its_surroundings_is_tried_until_they_are_back() -> None:
    """A database may be away for an hour; whoever waits for an import finds it done then."""
    often = Job(
        id=1, status="doing", queue="q", lock=None, queueing_lock=None, task_name="remind",
        attempts=99,
    )  # fmt: skip
    pauses = working.Pauses(attempts=5)

    lacking = pauses.get_retry_decision(exception=ConnectionLost(), job=often)
    failing = pauses.get_retry_decision(exception=ZeroDivisionError(), job=often)

    assert lacking is not None
    assert lacking.retry_at is not None
    assert lacking.retry_at - datetime.now(UTC) <= timedelta(minutes=2)
    assert failing is None


async def test_a_job_that_gets_nowhere_is_told_of_and_tried_on(
    database: Database, quick: None
) -> None:
    jobs = Jobs()
    tries: list[int] = []
    told: list[Stuck] = []

    async def tell(one: Stuck) -> None:
        told.append(one)
        raise DiskFull

    @jobs.task("remind", attempts=1, stuck=tell)
    async def remind(_: Mapping[str, object]) -> None:
        tries.append(1)
        if len(tries) < 2:
            raise ConnectionLost

    async with _working(jobs, database):
        async with database.transaction(platform(), "main") as tx:
            number = await jobs.defer(tx, "remind", args={"reader": "anna"})
        await soon(lambda: len(tries) == 2)

    (one,) = told
    assert (one.number, one.args, type(one.fault)) == (number, {"reader": "anna"}, ConnectionLost)


def test_a_job_that_is_lost_again_and_again_is_tried_more_and_more_seldom() -> None:
    """It may be what kills the worker, and with it the jobs of others; it is never forgotten."""
    pauses = [working.lost_pause(attempts) for attempts in range(40)]

    assert pauses[:3] == [timedelta()] * 3
    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)


async def test_a_job_whose_worker_was_killed_is_begun_again(
    database: Database, database_url: str, quick: None
) -> None:
    jobs = Jobs()
    done = asyncio.Event()

    @jobs.task("remind")
    async def remind(_: Mapping[str, object]) -> None:
        done.set()

    async with database.transaction(platform(), "main") as tx:
        await jobs.defer(tx, "remind", args={})
    killer = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLER, database_url, stdout=asyncio.subprocess.PIPE
    )
    assert killer.stdout
    assert await killer.stdout.readline() == b"working\n"
    killer.kill()
    await killer.communicate()

    async with _working(jobs, database):
        await asyncio.wait_for(done.wait(), 60)


async def test_a_worker_that_is_told_to_stop_gives_its_job_back(
    database: Database, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(working, "GRACE_SECONDS", 0.1)
    jobs = Jobs()
    begun: list[int] = []

    @jobs.task("remind")
    async def remind(_: Mapping[str, object]) -> None:
        begun.append(1)
        if len(begun) == 1:
            await asyncio.sleep(60)

    async with _working(jobs, database):
        async with database.transaction(platform(), "main") as tx:
            await jobs.defer(tx, "remind", args={})
        await soon(lambda: len(begun) == 1)

    async with _working(jobs, database):
        await soon(lambda: len(begun) == 2)


async def _nothing(_: Mapping[str, object]) -> None:
    """Do the work of a job that is never run."""
