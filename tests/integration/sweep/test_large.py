"""A hundred thousand records are changed in one job, whose memory does not grow with them."""

import asyncio
import time

import psutil
import pytest
from tests.integration.sweep.shelves import BOOKS, Shelves, begun
from tests.memory import largest

pytestmark = pytest.mark.slow

MANY = 100_000
ROOM = 60 * 1024 * 1024
"""Bytes the process may grow by; the records alone would fill more."""


async def test_a_hundred_thousand_records_in_flat_memory(shelves: Shelves) -> None:
    small = await shelves.fill(3_000)
    warm = begun(await shelves.ada.patch(BOOKS, json={"where": small, "set": {"pages": 7}}))
    await shelves.run(warm)
    await shelves.undo(warm)
    where = await shelves.fill(MANY)
    body = {"where": where, "set": {"pages": 7}, "expected": MANY}

    asked = time.monotonic()
    id_ = begun(await shelves.ada.patch(BOOKS, json=body))
    answered = time.monotonic()
    before, over = psutil.Process().memory_info().rss, asyncio.Event()
    watching = asyncio.create_task(largest(over))
    await shelves.run(id_)
    ran = time.monotonic()
    undone = await shelves.undo(id_)
    taken_back = time.monotonic()
    over.set()
    grown = await watching - before

    assert undone["undone"] == MANY
    assert grown < ROOM
    seconds = {"asked": answered - asked, "ran": ran - answered, "undone": taken_back - ran}
    print({**{k: round(v, 1) for k, v in seconds.items()}, "grown MB": grown // 2**20})  # noqa: T201
