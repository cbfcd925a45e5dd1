"""What happens meanwhile: others hand over, change, leave, arrive; the process is killed."""

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest
from tests.integration.handover.leaving import API, House
from tests.killed import killed_in

from zhike.doors.system import HANDOVER
from zhike.hub import handover
from zhike.kernel.faults import Unavailable

BOOKS = [{"title": f"书{n}"} for n in range(25)]


async def test_a_killed_hand_over_goes_on_where_it_was(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    books = await house.own(person, "book", *BOOKS)
    id_ = await house.start(person, others={"user": other}, disable=True)
    system, workspace = house.served.system, house.served.workspace
    await killed_in(system, workspace, (HANDOVER, id_), chunk=4, batch=3)

    halfway = await house.state(id_)
    await house.run(id_, chunk=4)
    state = await house.state(id_)

    assert (halfway["state"], halfway["outcomes"]) == ("running", {"moved": 8})
    assert (halfway["done"], halfway["total"]) == (8, 25)
    assert (state["state"], state["outcomes"]) == ("done", {"moved": 25})
    assert await house.owners("book", books) == {other: 25}
    history = (await house.ada.get(f"{API}/records/book/{books[0]}/history")).json()["items"]
    assert [one["kind"] for one in history] == ["updated", "created"]


async def test_two_processes_that_run_the_same_do_nothing_twice(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    books = await house.own(person, "book", *BOOKS)
    id_ = await house.start(person, others={"user": other})

    await asyncio.gather(*(house.run(id_, chunk=3) for _ in range(3)))

    assert (await house.state(id_))["outcomes"] == {"moved": 25}
    for book in books:
        history = (await house.ada.get(f"{API}/records/book/{book}/history")).json()["items"]
        assert len(history) == 2


async def test_one_hand_over_of_a_person_at_a_time(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    await house.own(person, "book", *BOOKS)
    plan = {"others": {"user": other}}

    answers = await asyncio.gather(
        *(house.ada.post(f"{API}/users/{person}/handover", json=plan) for _ in range(5))
    )

    assert sorted(one.status_code for one in answers) == [202, 409, 409, 409, 409]
    assert (await house.preview(person, **plan)).status_code == 409


async def test_nobody_takes_over_while_being_handed_over(house: House) -> None:
    person, other, third = [await house.hire() for _ in range(3)]
    await house.own(other, "book", *BOOKS)
    await house.start(other, others={"user": third})

    answer = await house.ada.post(
        f"{API}/users/{person}/handover", json={"others": {"user": other}}
    )

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "target_leaving"


async def test_who_leaves_meanwhile_takes_nothing_over(house: House) -> None:
    person, stays, leaves = [await house.hire() for _ in range(3)]
    books = await house.own(person, "book", *BOOKS[:10])
    id_ = await house.start(
        person, objects={"book": [{"to": {"users": [stays, leaves]}}]}, disable=True
    )
    await house.ada.patch(f"{API}/users/{leaves}", json={"active": False})

    with pytest.raises(handover.StillOwning):
        await house.run(id_)

    state = await house.state(id_)
    assert (state["state"], state["outcomes"]) == ("failed", {"moved": 5, "refused": 5})
    assert "book 5" in state["stopped"]["en"]
    assert await house.owners("book", books) == {stays: 5, person: 5}
    assert {one["why"] for one in await house.exceptions(id_)} == {"departed"}
    assert (await house.ada.get(f"{API}/users/{person}")).json()["active"] is True
    again = await house.hand_over(person, others={"user": stays}, disable=True)
    assert again["state"] == "done"
    assert await house.owners("book", books) == {stays: 10}


async def test_what_somebody_else_took_meanwhile_is_theirs(house: House) -> None:
    person, other, third = [await house.hire() for _ in range(3)]
    books = await house.own(person, "book", *BOOKS[:5])
    id_ = await house.start(person, others={"user": other}, disable=True)
    await house.ada.patch(f"{API}/records/book/{books[0]}", json={"owner": third})
    await house.ada.patch(f"{API}/records/book/{books[1]}", json={"title": "改名"})
    await house.ada.delete(f"{API}/records/book/{books[2]}")

    await house.run(id_)

    state = await house.state(id_)
    assert (state["state"], state["outcomes"]) == ("done", {"moved": 3, "changed": 1, "gone": 1})
    assert await house.owners("book", books) == {other: 3, third: 1, person: 1}
    assert (await house.ada.get(f"{API}/records/book/{books[1]}")).json()["title"] == "改名"


async def test_what_comes_to_the_person_meanwhile_goes_on(house: House) -> None:
    person, one, two = [await house.hire() for _ in range(3)]
    books = await house.own(person, "book", *BOOKS[:3])
    id_ = await house.start(person, objects={"book": [{"to": {"users": [one, two]}}]}, disable=True)
    books += await house.own(person, "book", *BOOKS[3:8])

    await house.run(id_)

    assert (await house.state(id_))["outcomes"] == {"moved": 8}
    assert await house.owners("book", books) == {one: 4, two: 4}


async def test_an_object_without_a_rule_that_fills_meanwhile_stops_the_end(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    await house.own(person, "book", *BOOKS[:3])
    id_ = await house.start(person, objects={"book": [{"to": {"user": other}}]}, disable=True)
    await house.own(person, "loan", {"note": "刚借"})

    with pytest.raises(handover.StillOwning):
        await house.run(id_)

    assert (await house.state(id_))["state"] == "failed"
    assert (await house.ada.get(f"{API}/users/{person}")).json()["active"] is True


async def test_a_lost_database_is_no_end(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    books = await house.own(person, "book", *BOOKS[:9])
    id_ = await house.start(person, others={"user": other})
    hands = house.served.system.hands
    calls = 0

    async def failing(batch, tx):
        nonlocal calls
        calls += 1
        if calls == 2:
            raise Unavailable(reason="gone")
        return await hands.take_in(batch, tx)

    lame = replace(hands, take_in=failing)
    with pytest.raises(Unavailable):
        await handover.run(lame, UUID(id_), workspace=house.served.workspace, chunk=3)
    assert (await house.state(id_))["state"] == "running"
    await house.run(id_, chunk=3)

    assert await house.owners("book", books) == {other: 9}


async def test_two_who_take_it_back_at_once(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    books = await house.own(person, "book", *BOOKS)
    state = await house.hand_over(person, others={"user": other})

    answers = await asyncio.gather(
        *(house.ada.post(f"{API}/handovers/{state['id']}/undo") for _ in range(4))
    )
    system, workspace = house.served.system, house.served.workspace
    await asyncio.gather(
        *(
            handover.run_undo(system.hands, UUID(state["id"]), workspace=workspace, chunk=4)
            for _ in range(2)
        )
    )

    assert sorted(one.status_code for one in answers) == [202, 409, 409, 409]
    assert (await house.state(state["id"]))["outcomes"] == {"undone": 25}
    assert await house.owners("book", books) == {person: 25}


async def test_to_somebody_who_was_disabled_since_nothing_comes_back(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    await house.own(person, "book", *BOOKS[:3])
    state = await house.hand_over(person, others={"user": other})
    await house.ada.patch(f"{API}/users/{person}", json={"active": False})
    await house.ada.post(f"{API}/handovers/{state['id']}/undo")
    system, workspace = house.served.system, house.served.workspace

    with pytest.raises(handover.PersonDeparted):
        await handover.run_undo(system.hands, UUID(state["id"]), workspace=workspace)

    assert (await house.state(state["id"]))["state"] == "failed"
    await house.ada.patch(f"{API}/users/{person}", json={"active": True})
    assert (await house.undo(state["id"]))["outcomes"] == {"undone": 3}
