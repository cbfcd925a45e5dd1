"""Records that many want at the same moment: made at once, and each caller is told of their own."""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import httpx
import pytest
from tests.served import Served

from zhike.doors.http import create
from zhike.doors.together import ABREAST, Together
from zhike.hub.intake import GATHERING, INTAKE, Step, persist
from zhike.kernel.sql import param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.store.batch import Batch

READERS = "/api/v1/records/reader"
LOANS = "/api/v1/records/loan"
BOOKS = "/api/v1/records/book"
AT_THE_DOOR: Mapping[str, Mapping[str, str]] = {
    READERS: {"name": "At the door"},
    BOOKS: {"title": "At the door"},
    LOANS: {},
}
PHONES = count(13_300_000_001)
PATIENCE_SECONDS = 120.0


def phone() -> str:
    return str(next(PHONES))


def holding(door: asyncio.Event) -> Step:
    """Give a step that lets nobody pass before a door is opened."""

    async def held(batch: Batch, tx: Tx) -> Batch:
        await door.wait()
        return batch

    return held


@dataclass(frozen=True, kw_only=True)
class Rush:
    """A library at whose door some stand, so that whoever comes meanwhile goes in together."""

    library: Served
    door: asyncio.Event

    async def told(
        self, client: httpx.AsyncClient, bodies: Sequence[Mapping[str, Any]], at: str = READERS
    ) -> list[httpx.Response]:
        """Have some want records at the same moment, and give what each is told."""
        return list(await asyncio.gather(*await self.begun(client, bodies, at)))

    async def begun(
        self, client: httpx.AsyncClient, bodies: Sequence[Mapping[str, Any]], at: str = READERS
    ) -> list[asyncio.Task[httpx.Response]]:
        """Have some want records; they have come when the door opens."""
        first = [asyncio.create_task(self.stand(client, at)) for _ in range(ABREAST)]
        await self.waiting(0)
        tasks = [asyncio.create_task(client.post(at, json=one)) for one in bodies]
        await self.waiting(len(bodies))
        self.door.set()
        await asyncio.gather(*first)
        return tasks

    async def stand(self, client: httpx.AsyncClient, at: str) -> None:
        answer = await client.post(at, json=AT_THE_DOOR[at.partition("?")[0]])
        assert answer.status_code == 201, answer.text

    async def waiting(self, number: int) -> None:
        """Wait until so many stand at the door, and so many wait for them; nobody says when."""
        together = self.library.system.together
        async with asyncio.timeout(PATIENCE_SECONDS):
            while together.going < ABREAST or together.waiting < number:  # noqa: ASYNC110
                await asyncio.sleep(0.005)


def rush(library: Served, *, gathering: Sequence[Step] = GATHERING) -> Rush:
    door = asyncio.Event()
    system = replace(
        library.system,
        intake=(holding(door), *INTAKE),
        gathering=tuple(gathering),
        together=Together(patience=600),
    )
    app = create(system)
    return Rush(library=replace(library, system=system, app=app), door=door)


async def transactions(library: Served, ids: Sequence[str]) -> Counter[str]:
    """Count the events of some records by the transaction that wrote them."""
    async with library.system.db.reading(platform(), library.workspace) as tx:
        rows = await tx.rows(
            sql(
                "SELECT xid::text, record FROM zk_event WHERE record = ANY({ids})",
                ids=param(list(ids), "uuid[]"),
            )
        )
    return Counter(row[0] for row in rows)


async def named(client: httpx.AsyncClient, name: str) -> int:
    answer = await client.get(READERS, params={"where": f'name = "{name}"'})
    assert answer.status_code == 200, answer.text
    return len(answer.json()["items"])


async def test_each_is_told_of_their_own_record_and_nothing_else(library: Served) -> None:
    met = rush(library)
    lin = await met.library.signed_in("lin")
    bodies = [{"name": f"Reader {n}", "grade": "银卡"} for n in range(8)]

    answers = await met.told(lin, bodies)

    assert [one.status_code for one in answers] == [201] * 8
    records = [one.json() for one in answers]
    assert [one["name"] for one in records] == [one["name"] for one in bodies]
    assert [one.headers["etag"] for one in answers] == ['"1"'] * 8
    assert [one.headers["location"] for one in answers] == [
        f"{READERS}/{one['id']}" for one in records
    ]
    assert not any("balance" in one for one in records), "a librarian sees none"
    assert list((await transactions(library, [one["id"] for one in records])).values()) == [8]
    for one in records:
        again = await lin.get(f"{READERS}/{one['id']}")
        assert again.json() == one
        history = (await lin.get(f"{READERS}/{one['id']}/history")).json()["items"]
        assert [event["kind"] for event in history] == ["created"]


async def test_what_is_wrong_with_one_concerns_nobody_else(library: Served) -> None:
    ada = await library.signed_in("ada")
    known = phone()
    there = await ada.post(READERS, json={"name": "Already there", "phone": known})
    double = phone()
    bodies: list[dict[str, Any]] = [
        {"name": "Good", "phone": phone()},
        {"name": "No such field", "wings": 2},
        {"phone": phone()},
        {"name": "Good with a card", "cards": [{"number": "1"}]},
        {"name": "Bad card", "cards": [{"number": "1", "valid_until": "some day"}]},
        {"name": "Twice", "phone": double},
        {"name": "Twice", "phone": double},
        {"name": "Here before", "phone": known},
        {"name": "Likes nothing there is", "favourites": ["01999999-0000-7000-8000-000000000000"]},
        {"name": "Good too", "grade": "金卡"},
    ]
    met = rush(library)

    answers = await met.told(await met.library.signed_in("ada"), bodies)

    status = [one.status_code for one in answers]
    assert status[:5] == [201, 422, 422, 201, 422]
    assert sorted(status[5:7]) == [201, 409]
    assert status[7:] == [409, 422, 201]
    assert answers[1].json()["errors"][0]["path"] == "wings"
    assert answers[2].json()["errors"][0]["path"] == "name"
    assert answers[4].json()["errors"][0]["path"] == "cards[0].valid_until"
    won, lost = sorted(answers[5:7], key=lambda one: one.status_code)
    assert [one["id"] for one in lost.json()["duplicates"]] == [won.json()["id"]]
    assert [one["id"] for one in answers[7].json()["duplicates"]] == [there.json()["id"]]
    made = [one.json()["id"] for one in answers if one.status_code == 201]
    assert max((await transactions(library, made)).values()) >= 3


@pytest.mark.parametrize("rule", ["skip", "update", "create"])
async def test_the_rule_for_duplicates_holds_among_those_who_come_at_once(
    library: Served, rule: str
) -> None:
    double = phone()
    bodies = [
        {"name": f"{rule} {n}", "phone": double if n % 2 else phone(), "joined": f"2026-01-0{n}"}
        for n in range(1, 7)
    ]
    met = rush(library)

    answers = await met.told(
        await met.library.signed_in("ada"), bodies, f"{READERS}?on_duplicate={rule}"
    )

    doubles = [one for n, one in enumerate(answers, 1) if n % 2]
    ids = {one.json()["id"] for one in doubles}
    assert len(ids) == (3 if rule == "create" else 1)
    made = {"create": [201, 201, 201]}.get(rule, [200, 200, 201])
    assert sorted(one.status_code for one in doubles) == made
    assert {one.status_code for n, one in enumerate(answers, 1) if not n % 2} == {201}


async def test_what_a_connection_takes_with_it_is_done_one_by_one(library: Served) -> None:
    async def killed(batch: Batch, tx: Tx) -> Batch:
        await tx.run(sql("SELECT pg_terminate_backend(pg_backend_pid())"))
        return batch

    met = rush(library, gathering=(*GATHERING, killed))
    ada = await met.library.signed_in("ada")

    answers = await met.told(ada, [{"name": "Survivor", "phone": phone()} for _ in range(5)])

    assert [one.status_code for one in answers] == [201] * 5
    assert await named(ada, "Survivor") == 5


async def test_who_takes_a_value_past_the_intake_meanwhile_takes_one_record(
    library: Served,
) -> None:
    taken = f"978-{phone()}"

    async def meanwhile(batch: Batch, tx: Tx) -> Batch:
        async with library.system.db.transaction(platform(), library.workspace) as other:
            await other.run(
                sql(
                    "INSERT INTO book (title, isbn) VALUES ('From elsewhere', {isbn})"
                    " ON CONFLICT DO NOTHING",
                    isbn=param(taken, "text"),
                )
            )
        return batch

    before = GATHERING.index(persist)
    met = rush(library, gathering=(*GATHERING[:before], meanwhile, *GATHERING[before:]))
    ada = await met.library.signed_in("ada")
    bodies = [{"title": f"Book {n}", "isbn": taken if n == 2 else phone()} for n in range(5)]

    answers = await met.told(ada, bodies, BOOKS)

    assert [one.status_code for one in answers] == [201, 201, 409, 201, 201], answers[2].text
    assert answers[2].json()["errors"][0]["code"] == "taken"


async def test_what_may_be_committed_is_not_made_again(library: Served) -> None:
    async def killed(batch: Batch, tx: Tx) -> Batch:
        tx.soon(sql("SELECT pg_terminate_backend(pg_backend_pid())"))
        return batch

    met = rush(library, gathering=(*GATHERING, killed))
    ada = await met.library.signed_in("ada")

    answers = await met.told(ada, [{"name": "In doubt"} for _ in range(5)])

    assert [one.status_code for one in answers] == [503] * 5
    assert await named(ada, "In doubt") == 0


async def test_a_mistake_of_ours_is_told_to_whom_it_concerns(library: Served) -> None:
    async def broken(batch: Batch, tx: Tx) -> Batch:
        return batch.having([one.having(record=None) for one in batch.entries if 1 / 0])

    met = rush(library, gathering=(*GATHERING, broken))
    ada = await met.library.signed_in("ada")

    answers = await met.told(ada, [{"name": "None the worse"} for _ in range(4)])

    assert [one.status_code for one in answers] == [201] * 4


async def test_who_goes_away_takes_nobody_along(library: Served) -> None:
    met = rush(library)
    ada = await met.library.signed_in("ada")
    first = [asyncio.create_task(met.stand(ada, READERS)) for _ in range(ABREAST)]
    await met.waiting(0)
    tasks = [
        asyncio.create_task(ada.post(READERS, json={"name": f"Goes or stays {n}"}))
        for n in range(4)
    ]
    await met.waiting(4)

    tasks[1].cancel()
    met.door.set()
    done = await asyncio.gather(*tasks, return_exceptions=True)

    await asyncio.gather(*first)
    assert isinstance(done[1], asyncio.CancelledError)
    assert [one.status_code for one in done if isinstance(one, httpx.Response)] == [201] * 3


async def test_who_has_to_wait_for_a_lock_waits_alone(library: Served) -> None:
    ada = await library.signed_in("ada")
    busy = (await ada.post(READERS, json={"name": "Being changed"})).json()["id"]
    met = rush(library)
    client = await met.library.signed_in("ada")

    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(sql("SELECT FROM reader WHERE id = {id} FOR UPDATE", id=param(busy, "uuid")))
        bodies = [{"note": f"{n}"} | ({"reader": busy} if n == 2 else {}) for n in range(5)]
        tasks = await met.begun(client, bodies, LOANS)
        waits = tasks.pop(2)
        answers = await asyncio.gather(*tasks)
        assert not waits.done()

    assert [one.status_code for one in answers] == [201] * 4
    assert (await waits).status_code == 201


async def test_people_do_not_go_together(library: Served) -> None:
    """Two who come at once walk apart: what one may see and do is nothing to the other."""
    met = rush(library)
    lin, vic = await met.library.signed_in("lin"), await met.library.signed_in("vic")
    met.door.set()

    answers = await asyncio.gather(
        *(
            one.post(READERS, json={"name": "Mixed", **more})
            for _ in range(5)
            for one, more in ((vic, {}), (lin, {"balance": "1"}))
        )
    )

    assert {one.status_code for one in answers[::2]} == {201}
    assert {one.status_code for one in answers[1::2]} <= {403, 422}
    owners = {one.json()["owner"] for one in answers[::2]}
    assert len(owners) == 1
