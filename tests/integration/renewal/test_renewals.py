"""Hidden columns that a newer version derives by other rules: in chunks, while people work."""

import asyncio
import os
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest
from tests.killed import killed
from tests.served import Served, served

from zhike.db import drop_workspace
from zhike.doors.system import System
from zhike.hub.identity import runs
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.packs import renewal

API = "/api/v1"
READERS = f"{API}/records/reader"
MANY, CHUNK = 250, 60

JOB = """
import asyncio, sys
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID
from zhike.bootstrap import build
from zhike.db import Database
from zhike.kernel.settings import Settings
from zhike.packs import renewal

class Lame(Database):
    begun = 0

    @asynccontextmanager
    async def transaction(self, *words, **more):
        async with super().transaction(*words, **more) as tx:
            yield tx
            self.begun += 1
            if self.begun == int(sys.argv[6]):
                print("in the middle", flush=True)
                await asyncio.sleep(600)

async def main(url, home, workspace, id, chunk, last):
    settings = Settings(database_url=url, home=Path(home))
    async with Lame(settings) as lame:
        hands = replace(build(settings).hands, db=lame)
        await renewal.run(hands, UUID(id), workspace=workspace, chunk=int(chunk))

asyncio.run(main(*sys.argv[1:]))
"""

Kept = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, kw_only=True)
class Upgraded:
    """A library whose hidden columns were derived by other rules than those of today."""

    library: Served
    ada: httpx.AsyncClient
    fresh: Kept
    """What the columns of its readers hold by the rules of today."""

    async def begun(self) -> UUID:
        async with self.library.system.db.transaction(platform(), self.library.workspace) as tx:
            left = await renewal.begin(tx, at_start=0)
        assert left is not None
        return left

    async def run(self, id_: UUID) -> renewal.Renewal:
        work = self.library.system.hands, id_
        return await renewal.run(*work, workspace=self.library.workspace, chunk=CHUNK)

    async def kept(self) -> Kept:
        return await kept(self.library)

    async def told(self) -> Mapping[str, object]:
        answer = await self.ada.get(f"{API}/renewal")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())


async def kept(library: Served) -> Kept:
    """Give what the hidden columns of the readers hold, by their ids."""
    async with library.system.db.reading(platform(), library.workspace) as tx:
        rows = await tx.rows(
            sql("SELECT id::text, zk_search::text, zk_match::text, zk_title FROM reader")
        )
    return {row[0]: tuple(row[1:]) for row in rows}


@pytest.fixture
async def upgraded(system: System) -> AsyncIterator[Upgraded]:
    library = await served(system, "renewing_" + os.urandom(4).hex())
    ada = await library.signed_in("ada")
    people = [{"name": f"读者{n}", "phone": f"138{n:08}"} for n in range(MANY)]
    made = await ada.post(READERS, json=people)
    assert made.status_code == 201, made.text
    fresh = await kept(library)
    async with system.db.transaction(platform(), library.workspace) as tx:
        await renewal.begin(tx)
        await tx.script(
            "UPDATE reader SET zk_search = '', zk_match = '{phone:old}', zk_title = '';"
            " UPDATE zk_derived SET version = 0"
        )
    yield Upgraded(library=library, ada=ada, fresh=fresh)
    await drop_workspace(system.db, library.workspace)


@pytest.mark.slow
async def test_killed_in_the_middle_it_goes_on_from_there(upgraded: Upgraded) -> None:
    library = upgraded.library
    id_ = await upgraded.begun()
    before = await upgraded.told()
    # The claim, the count, and of the tables only one has more records than a chunk.
    words = (library.system.db.url, str(library.system.settings.home), library.workspace)
    said = await killed(JOB, *words, str(id_), str(CHUNK), "7")
    halfway, stood = await upgraded.kept(), await upgraded.told()
    done = await upgraded.run(id_)
    after = await upgraded.told()

    assert said == "in the middle"
    assert (before["state"], before["stale"]) == ("waiting", ["match", "search", "title"])
    right = sum(halfway[one] == upgraded.fresh[one] for one in upgraded.fresh)
    assert (stood["state"], stood["done"], stood["total"]) == ("running", right, MANY)
    assert 0 < right < MANY
    assert right % CHUNK == 0
    assert (done.state, done.done, after["stale"]) == ("done", MANY, [])
    assert await upgraded.kept() == upgraded.fresh


async def test_people_work_meanwhile_by_the_rules_of_today(upgraded: Upgraded) -> None:
    id_ = await upgraded.begun()
    one, other = sorted(upgraded.fresh)[:2]
    # Nobody is recognised by old keys: that is what the card, the doctor and the probe say.
    known = await upgraded.ada.post(f"{READERS}/check", json={"phone": "13800000003"})
    renamed = await upgraded.ada.patch(f"{READERS}/{one}", json={"name": "改名"})
    again = await upgraded.ada.post(READERS, json={"name": "新读者", "phone": "13911112222"})

    working = asyncio.create_task(upgraded.run(id_))
    moved = await upgraded.ada.patch(f"{READERS}/{other}", json={"phone": "13933334444"})
    done = await working
    found = await upgraded.ada.post(READERS, json={"name": "另一位", "phone": "13933334444"})
    listed = await upgraded.ada.get(READERS, params={"search": "改名"})

    assert known.json()["duplicates"] == []
    assert [one.status_code for one in (renamed, again, moved)] == [200, 201, 200]
    assert done.state == "done"
    assert found.status_code == 409, found.text
    assert [record["id"] for record in listed.json()["items"]] == [one]
    same = upgraded.fresh.keys() - {one, other}
    now = await upgraded.kept()
    assert {id_: now[id_] for id_ in same} == {id_: upgraded.fresh[id_] for id_ in same}
    assert now[one][1] == upgraded.fresh[one][1]
    assert now[other][1] != upgraded.fresh[other][1]


@pytest.mark.slow
async def test_whoever_was_let_in_twice_meanwhile_is_counted_until_somebody_looks(
    upgraded: Upgraded,
) -> None:
    id_ = await upgraded.begun()
    twice = {"name": "又一位", "phone": "13800000003"}
    made = await upgraded.ada.post(READERS, json=twice)
    once = await upgraded.ada.post(READERS, json={"name": "新来的", "phone": "13977778888"})

    done = await upgraded.run(id_)
    told = await upgraded.told()
    refused = await upgraded.ada.post(READERS, json=twice)
    run = await upgraded.ada.post(f"{API}/identity/reader/runs", json={})
    work = upgraded.library.system.hands, UUID(run.json()["id"])
    await runs.run(*work, workspace=upgraded.library.workspace)
    looked = await upgraded.told()

    assert [one.status_code for one in (made, once, refused)] == [201, 201, 409]
    assert (done.met, told["met"], looked["met"]) == (1, 1, 0)


async def test_two_workers_derive_nothing_twice(upgraded: Upgraded) -> None:
    id_ = await upgraded.begun()

    done = await asyncio.gather(*(upgraded.run(id_) for _ in range(3)))

    assert {one.done for one in done} == {MANY}
    assert await upgraded.kept() == upgraded.fresh


async def test_newer_rules_come_while_it_runs(upgraded: Upgraded) -> None:
    id_ = await upgraded.begun()
    await upgraded.run(id_)
    async with upgraded.library.system.db.transaction(platform(), upgraded.library.workspace) as tx:
        await tx.script("UPDATE zk_derived SET version = 0 WHERE what = 'match'")
        second = await renewal.begin(tx, at_start=0)
        await tx.script("UPDATE zk_derived SET version = 0 WHERE what = 'search'")
        third = await renewal.begin(tx, at_start=0)
        fourth = await renewal.begin(tx, at_start=0)
        told = await renewal.latest(tx)

    assert second == third == fourth != id_
    assert told is not None
    assert told.stale == ["match", "search"]


async def test_only_who_configures_sees_it(upgraded: Upgraded) -> None:
    vic = await upgraded.library.signed_in("vic")
    reg = await upgraded.library.signed_in("reg")

    assert (await vic.get(f"{API}/renewal")).status_code == 403
    assert (await reg.get(f"{API}/renewal")).status_code == 403
    assert (await upgraded.told())["state"] == "none"
