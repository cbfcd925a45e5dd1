"""A full disk: said clearly, nothing acknowledged is lost, and room is all it takes to go on."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from zhike.db import Database, DiskFull, migrate
from zhike.kernel.faults import Unavailable
from zhike.kernel.settings import Settings
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

MEGABYTE = 1024 * 1024


def mounted(*words: str) -> bool:
    return subprocess.run(["mount", *words], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 150 MB."""
    place = tmp_path / "disk"
    place.mkdir()
    if os.getuid() != 0 or not mounted("-t", "tmpfs", "-o", "size=150M", "tmpfs", str(place)):
        pytest.skip("only root may mount a small disk")
    tmp_path.chmod(0o755)
    yield place
    subprocess.run(["umount", "-l", place], check=True)


@pytest.mark.slow
async def test_a_full_disk_is_named_and_loses_nothing(small_disk: Path) -> None:
    here = Settings(home=small_disk / "home", pool_size=2)

    async with Database(here) as database:
        await migrate(database)
        async with database.transaction(platform(), "") as tx:
            await tx.script("CREATE TABLE zhike.fill (text text)")
        kept = await filled(database)

    assert mounted("-o", "remount,size=400M", str(small_disk))
    async with Database(here) as database, database.reading(platform(), "") as tx:
        there = await tx.value(sql("SELECT count(*) FROM zhike.fill"))
    assert 10 < kept <= there <= kept + 1


async def filled(database: Database) -> int:
    """Write until the disk is said to be full; give how often that was acknowledged."""
    kept = 0
    line = sql("INSERT INTO zhike.fill VALUES ({text})", text=param(noise(), "text"))
    for _ in range(1000):
        try:
            async with database.transaction(platform(), "") as tx:
                await tx.run(line)
            kept += 1
        except DiskFull:
            return kept
        except Unavailable:
            continue
    raise AssertionError("the disk was never full")


def noise() -> str:
    """Text that compresses badly."""
    return os.urandom(MEGABYTE // 2).hex()
