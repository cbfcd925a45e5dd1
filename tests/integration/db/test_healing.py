"""A database that restarts is an interruption, not an end."""

import asyncio
import os
import shutil
import signal
import tempfile
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from tests.integration.db.homes import answers, killed, postmaster, soon

from zhike.db import Database, create_workspace, migrate
from zhike.kernel.faults import Unavailable
from zhike.kernel.settings import Settings
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

QUICK = "fsync = off\nshared_buffers = 16MB\n"


@pytest.fixture(scope="module")
async def alone() -> AsyncIterator[Database]:
    """A database on a server of its own, which may be ill-treated."""
    home = Path(tempfile.mkdtemp(prefix="zhike-home-"))
    (home / "pg").mkdir()
    (home / "pg" / "local.conf").write_text(QUICK, encoding="ascii")
    async with Database(Settings(home=home, pool_size=4)) as opened:
        await migrate(opened)
        await create_workspace(opened, "main")
        yield opened
    assert postmaster(home) is None
    shutil.rmtree(home)


async def test_under_load_a_restart_costs_unavailable_answers_and_nothing_written(
    alone: Database,
) -> None:
    async with alone.transaction(platform(), "main") as tx:
        await tx.script("CREATE TABLE loan (number integer PRIMARY KEY)")
    stop = time.monotonic() + 20
    told: list[Unavailable] = []
    kept, again = list[int](), list[int]()
    restarted = asyncio.Event()

    async def lend(first: int) -> None:
        number = first
        while time.monotonic() < stop and len(again) < 20:
            number += 8
            try:
                async with alone.transaction(platform(), "main") as tx:
                    await tx.run(sql("INSERT INTO loan VALUES ({n})", n=param(number)))
                (again if restarted.is_set() else kept).append(number)
            except Unavailable as fault:
                told.append(fault)

    async def restart() -> None:
        await asyncio.sleep(0.5)
        server = postmaster(alone.settings.home)
        assert server
        os.kill(server.pid, signal.SIGQUIT)
        await asyncio.to_thread(server.wait)
        restarted.set()

    await asyncio.gather(restart(), *(lend(first) for first in range(8)))
    async with alone.reading(platform(), "main") as tx:
        written = {number for (number,) in await tx.rows(sql("SELECT number FROM loan"))}

    assert kept
    assert len(again) >= 20
    assert {*kept, *again} <= written
    assert len(written) <= len(kept) + len(again) + len(told)


async def test_the_first_request_after_a_quiet_restart_succeeds(alone: Database) -> None:
    async with alone.reading(platform(), "main") as tx:
        before = await tx.value(sql("SELECT pg_backend_pid()"))

    killed(postmaster(alone.settings.home))
    await soon(lambda: answers(alone.url))

    async with alone.reading(platform(), "main") as tx:
        assert await tx.value(sql("SELECT pg_backend_pid()")) != before


async def test_a_listener_hears_again_and_knows_that_it_may_have_missed_something(
    alone: Database,
) -> None:
    heard: list[str] = []
    await alone.listen("zhike", heard.append)
    await _say(alone, "main config")
    await soon(lambda: heard == ["main config"])

    killed(postmaster(alone.settings.home))

    await soon(lambda: "" in heard)
    await _say(alone, "main people")
    await soon(lambda: heard[-1] == "main people")


async def _say(database: Database, payload: str) -> None:
    async with database.transaction(platform(), "main") as tx:
        await tx.run(sql("SELECT pg_notify('zhike', {said})", said=param(payload)))
