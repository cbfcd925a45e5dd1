"""A hundred thousand records change hands in one job, whose memory does not grow with them."""

import asyncio
import time
from uuid import UUID

import psutil
import pytest
from tests.integration.handover.leaving import House
from tests.memory import largest

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

pytestmark = pytest.mark.slow

MANY = 100_000
ROOM = 60 * 1024 * 1024
"""Bytes the process may grow by; the records alone would fill more."""


async def fill(house: House, owner: str) -> None:
    statement = sql(
        "INSERT INTO book (title, genre, pages, owner) SELECT '书' || n,"
        " (ARRAY['小说', '历史', '科学'])[1 + n % 3], n % 900, {owner}"
        " FROM generate_series(1, {many}) AS n",
        owner=param(UUID(owner), "uuid"),
        many=param(MANY, "integer"),
    )
    served = house.served
    async with served.system.db.transaction(platform(), served.workspace) as tx:
        await tx.run(statement)


async def test_a_hundred_thousand_records_in_flat_memory(house: House) -> None:
    person, historian = await house.hire(), await house.hire()
    three = [await house.hire() for _ in range(3)]
    small = await house.hire()
    await house.own(small, "book", *({"title": str(n)} for n in range(3000)))
    await house.hand_over(small, others={"user": historian})
    await fill(house, person)
    rules = [{"where": 'genre = "历史"', "to": {"user": historian}}, {"to": {"users": three}}]
    plan = {"objects": {"book": rules}, "disable": True}

    begun = time.monotonic()
    preview = (await house.preview(person, **plan)).json()
    previewed = time.monotonic()
    id_ = await house.start(person, **plan)
    started = time.monotonic()
    before, over = psutil.Process().memory_info().rss, asyncio.Event()
    watching = asyncio.create_task(largest(over))
    await house.run(id_)
    ran = time.monotonic()
    undone = await house.undo(id_)
    taken_back = time.monotonic()
    over.set()
    grown = await watching - before

    book = next(one for one in preview["objects"] if one["key"] == "book")
    counts = sorted(one["count"] for one in book["rules"][1]["targets"])
    assert (book["total"], book["left"]) == (MANY, 0)
    assert counts[-1] - counts[0] <= 1
    assert undone["outcomes"] == {"undone": MANY}
    assert grown < ROOM
    seconds = {
        "preview": previewed - begun,
        "start": started - previewed,
        "run": ran - started,
        "undo": taken_back - ran,
    }
    print({**{k: round(v, 1) for k, v in seconds.items()}, "grown MB": grown // 2**20})  # noqa: T201
    assert seconds["run"] < 300
