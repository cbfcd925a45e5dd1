"""What a process leaves on the disk that is killed before it commits: it goes after a day."""

import os
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from tests.killed import killed
from tests.served import Served

from zhike.hub.orphans import AGE, remove_orphans
from zhike.kernel.viewer import platform
from zhike.store import files
from zhike.store.files import Files

KILLED = """
import asyncio, sys
from pathlib import Path
from zhike.bootstrap import build
from zhike.kernel.settings import Settings
from zhike.kernel.viewer import platform
from zhike.store import files

async def content(text):
    yield text.encode()

async def main(url, home, workspace, text):
    system = build(Settings(database_url=url, home=Path(home)))
    async with system, system.db.transaction(platform(), workspace) as tx:
        stored = await system.files.keep(content(text), limit=1000)
        await files.add(tx, stored, name="a.txt", type="text/plain")
        print(stored.hash, flush=True)
        await asyncio.sleep(600)

asyncio.run(main(*sys.argv[1:]))
"""


async def written(text: str) -> AsyncIterator[bytes]:
    yield text.encode()


def aged(path: Path, *, by: timedelta = AGE) -> None:
    """Make a file look as if it had been written so long ago, and a bit."""
    moment = (datetime.now(UTC) - by - timedelta(hours=1)).timestamp()
    os.utime(path, (moment, moment))


async def left_by_killed(library: Served, text: str) -> Path:
    """Have a process keep a content and die before it commits; gives where the content is."""
    system = library.system
    home = str(system.settings.home)
    return system.files.path(await killed(KILLED, system.db.url, home, library.workspace, text))


async def known(library: Served, text: str) -> Path:
    """Keep a content and name it."""
    system = library.system
    stored = await system.files.keep(written(text), limit=1000)
    async with system.db.transaction(platform(), library.workspace) as tx:
        await files.add(tx, stored, name="b.txt", type="text/plain")
    return stored.path


async def test_what_a_killed_process_left_goes_after_a_day_and_nothing_else(
    library: Served,
) -> None:
    kept = await known(library, f"kept {uuid4()}")
    left = await left_by_killed(library, f"left {uuid4()}")
    aged(kept)

    await remove_orphans(library.system.hands)
    young = left.exists()
    aged(left)
    await remove_orphans(library.system.hands)

    assert young
    assert not left.exists()
    assert kept.exists()


async def test_what_is_brought_again_meanwhile_stays(library: Served) -> None:
    text = f"twice {uuid4()}"
    left = await left_by_killed(library, text)
    aged(left)

    kept = await known(library, text)
    await remove_orphans(library.system.hands)

    assert kept == left
    assert kept.exists()


async def content(store: Files, text: str) -> Path:
    return (await store.keep(written(text), limit=1000)).path


@pytest.fixture
def store(tmp_path: Path) -> Files:
    return Files(tmp_path)


async def test_a_content_that_comes_between_looking_and_removing_is_put_back(store: Files) -> None:
    """It was old and nobody's when it was looked up; then somebody wrote it anew."""
    place = await content(store, "late")
    before = datetime.now(UTC) - AGE

    removed = store.remove([place.name], before=before)

    assert removed == 0
    assert place.read_bytes() == b"late"


async def test_what_was_broken_off_is_tidied_up(store: Files) -> None:
    place = await content(store, "aside")
    inbox = store.folder / "inbox"
    half, fresh = inbox / "tmphalf", inbox / "tmpfresh"
    half.write_bytes(b"half")
    fresh.write_bytes(b"fre")
    aged(half)
    place.replace(inbox / place.name)

    store.tidy_up(before=datetime.now(UTC) - AGE)

    assert place.exists()
    assert not half.exists()
    assert fresh.exists()


async def test_contents_are_given_once_each_and_only_old_ones(store: Files) -> None:
    old = [await content(store, f"old {number}") for number in range(5)]
    for one in old:
        aged(one)
    await content(store, "new")

    found = [one for some in store.old(before=datetime.now(UTC) - AGE) for one in some]

    assert sorted(found) == sorted(one.name for one in old)
