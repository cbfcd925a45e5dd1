"""What happens meanwhile: rights are taken away, somebody breaks it off, the process is killed."""

import asyncio
from dataclasses import replace

import pytest
from tests.integration.sweep.shelves import API, BOOKS, MANY, Shelves, begun
from tests.killed import killed_in

from zhike.doors.system import SWEEP
from zhike.hub.faults import AskerGone
from zhike.hub.hands import Hands
from zhike.kernel.faults import NotAllowed, Unavailable
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch
from zhike.store.read.faults import FoundOthers
from zhike.store.write import Departed

READERS = f"{API}/records/reader"


async def test_a_killed_sweep_goes_on_where_it_was(shelves: Shelves) -> None:
    where = await shelves.fill()
    id_ = begun(await shelves.ada.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))
    system, workspace = shelves.served.system, shelves.served.workspace
    await killed_in(system, workspace, (SWEEP, id_), chunk=300, batch=3)

    halfway = await shelves.state(id_)
    await shelves.run(id_)
    done = await shelves.state(id_)
    page = await shelves.ada.get(BOOKS, params={"where": where, "select": "id,version", "limit": 1})

    assert (halfway["state"], halfway["passed"], halfway["total"]) == ("running", 600, MANY)
    assert (done["state"], done["changed"], done["passed"]) == ("done", MANY, MANY)
    assert page.json()["items"][0]["version"] == 2
    assert await shelves.count(f"{where} and version = 2") == MANY


async def test_two_workers_that_run_the_same_do_nothing_twice(shelves: Shelves) -> None:
    where = await shelves.fill()
    id_ = begun(await shelves.ada.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))

    await asyncio.gather(*(shelves.run(id_, chunk=300) for _ in range(3)))

    assert (await shelves.state(id_))["changed"] == MANY
    assert await shelves.count(f"{where} and version = 2") == MANY


async def test_it_is_broken_off_and_what_was_done_is_taken_back(shelves: Shelves) -> None:
    where = await shelves.fill()
    id_ = begun(await shelves.ada.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))
    cancelled = []

    async def hearing(batch: Batch, tx: Tx) -> Batch:
        done = await shelves.hands.take_in(batch, tx)
        if not cancelled:
            # It waits for the chunk that holds the books.
            cancelled.append(asyncio.create_task(shelves.ada.post(f"{API}/sweeps/{id_}/cancel")))
        return done

    await shelves.run(id_, chunk=300, hands=replace(shelves.hands, take_in=hearing))
    answer = await cancelled[0]
    state = await shelves.state(id_)
    again = await shelves.ada.post(f"{API}/sweeps/{id_}/cancel")
    changed = await shelves.count(f"{where} and pages = 7")
    undone = await shelves.undo(id_)

    assert answer.status_code == 200, answer.text
    assert state["state"] == "cancelled"
    assert 0 < changed == state["changed"] < MANY
    assert again.status_code == 409
    assert (undone["state"], undone["undone"]) == ("undone", changed)
    assert await shelves.count(f"{where} and pages = 7") == 0


def demoting(shelves: Shelves, person: str, demoted: list[int]) -> Hands:
    """Give hands that take somebody's rights away after their first chunk; note the answer."""

    async def take_in(batch: Batch, tx: Tx) -> Batch:
        done = await shelves.hands.take_in(batch, tx)
        if not demoted:
            told = await shelves.ada.patch(f"{API}/users/{person}", json={"roles": ["volunteer"]})
            demoted.append(told.status_code)
        return done

    return replace(shelves.hands, take_in=take_in)


async def test_who_loses_the_right_meanwhile_changes_nothing_more(shelves: Shelves) -> None:
    where = await shelves.fill()
    person, client = await shelves.hire("librarian")
    id_ = begun(await client.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))
    demoted: list[int] = []

    with pytest.raises(NotAllowed):
        await shelves.run(id_, chunk=300, hands=demoting(shelves, person, demoted))

    state = await shelves.state(id_, client=client)
    assert state["state"] == "failed"
    assert demoted == [200]
    assert state["changed"] == await shelves.count(f"{where} and pages = 7") == 300
    assert state["stopped"]["zh"]


async def test_who_loses_the_right_on_the_way_back_goes_on_when_it_is_given_again(
    shelves: Shelves,
) -> None:
    where = await shelves.fill()
    person, client = await shelves.hire("librarian")
    id_ = begun(await client.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))
    await shelves.run(id_)
    asked = await client.post(f"{API}/sweeps/{id_}/undo")
    meanwhile = await client.post(f"{API}/sweeps/{id_}/undo")
    demoted: list[int] = []

    with pytest.raises(NotAllowed):
        await shelves.run_undo(id_, chunk=300, hands=demoting(shelves, person, demoted))
    stopped = await shelves.state(id_, client=client)
    refused = await client.post(f"{API}/sweeps/{id_}/undo")
    await shelves.ada.patch(f"{API}/users/{person}", json={"roles": ["librarian"]})
    undone = await shelves.undo(id_, client=client)

    assert (asked.status_code, meanwhile.status_code) == (202, 409)
    assert "撤销中" in meanwhile.json()["detail"]
    assert (stopped["state"], stopped["undone"], stopped["passed"]) == ("failed", 300, 300)
    assert (stopped["total"], stopped["undoable"]) == (MANY, True)
    assert refused.status_code == 403
    assert (undone["state"], undone["undone"], undone["kept"]) == ("undone", MANY, 0)
    assert await shelves.count(f"{where} and pages = 7") == 0


async def test_who_is_gone_when_it_begins_gets_nothing(shelves: Shelves) -> None:
    where = await shelves.fill()
    person, _ = await shelves.hire("librarian")
    id_ = begun(await shelves.ada.post(f"{BOOKS}/transfer", json={"where": where, "to": person}))
    await shelves.ada.patch(f"{API}/users/{person}", json={"active": False})

    with pytest.raises(Departed):
        await shelves.run(id_)

    state = await shelves.state(id_)
    assert (state["state"], state["changed"], state["undoable"]) == ("failed", 0, False)
    assert await shelves.count(f'{where} and owner = "{person}"') == 0


async def test_who_has_left_changes_nothing(shelves: Shelves) -> None:
    where = await shelves.fill()
    person, client = await shelves.hire("librarian")
    id_ = begun(await client.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))
    await shelves.ada.patch(f"{API}/users/{person}", json={"active": False})

    with pytest.raises(AskerGone):
        await shelves.run(id_)

    assert await shelves.count(f"{where} and pages = 7") == 0


async def test_records_that_may_not_be_changed_are_listed_with_why(shelves: Shelves) -> None:
    person, client = await shelves.hire("volunteer")
    mine = [{"name": f"{person} {n}"} for n in range(1_010)]
    made = await client.post(f"{READERS}?on_duplicate=create", json=mine)
    assert made.status_code == 201, made.text
    body = {"where": f'name starts with "{person}"', "set": {"joined": "2020-01-01"}}
    id_ = begun(await client.patch(READERS, json={**body, "expected": len(mine)}))
    lost = [one["id"] for one in made.json()["items"][:2]]
    gone = await shelves.ada.patch(READERS, json={"ids": lost, "set": {"owner": None}})
    assert gone.status_code == 200, gone.text

    # He sees two less now, and they are not as many as he confirmed.
    with pytest.raises(FoundOthers):
        await shelves.run(id_)
    named = {"ids": [one["id"] for one in made.json()["items"]], "set": body["set"]}
    second = begun(await client.patch(READERS, json=named))
    await shelves.run(second)
    told = (await client.get(f"{API}/sweeps/{second}/refusals")).json()["items"]
    done = await shelves.state(second, client=client)

    assert (done["state"], done["changed"], done["refused"]) == ("done", len(mine) - 2, 2)
    assert [one["record"] for one in told] == [None, None]
    assert all(one["errors"][0]["message"] for one in told)


async def test_a_lost_database_is_no_end(shelves: Shelves) -> None:
    where = await shelves.fill()
    id_ = begun(await shelves.ada.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))
    lost = []

    async def failing(batch: Batch, tx: Tx) -> Batch:
        done = await shelves.hands.take_in(batch, tx)
        lost.append(1)
        if len(lost) == 2:
            raise Unavailable(reason="gone")
        return done

    await shelves.run(id_, chunk=300, hands=replace(shelves.hands, take_in=failing))

    assert (await shelves.state(id_))["changed"] == MANY
    assert await shelves.count(f"{where} and version = 2") == MANY


async def test_nobody_sees_the_sweeps_of_others(shelves: Shelves) -> None:
    where = await shelves.fill()
    _, client = await shelves.hire("librarian")
    id_ = begun(await shelves.ada.patch(BOOKS, json={"where": where, "set": {"pages": 7}}))

    told = [
        await client.get(f"{API}/sweeps/{id_}"),
        await client.get(f"{API}/sweeps/{id_}/refusals"),
        await client.post(f"{API}/sweeps/{id_}/cancel"),
        await client.post(f"{API}/sweeps/{id_}/undo"),
    ]
    listed = (await client.get(f"{API}/sweeps")).json()["items"]
    open_ = (await shelves.ada.get(f"{API}/sweeps", params={"open": True, "object": "book"})).json()
    await shelves.ada.post(f"{API}/sweeps/{id_}/cancel")

    assert [one.status_code for one in told] == [404] * 4
    assert listed == []
    assert id_ in [one["id"] for one in open_["items"]]


async def test_five_at_a_time(shelves: Shelves) -> None:
    where = await shelves.fill()
    _, client = await shelves.hire("librarian")
    body = {"where": where, "set": {"pages": 7}}

    answers = [await client.patch(BOOKS, json=body) for _ in range(6)]
    ids = [begun(one) for one in answers[:5]]
    for one in ids:
        await client.post(f"{API}/sweeps/{one}/cancel")
    after = await client.patch(BOOKS, json=body)

    assert answers[5].status_code == 429, answers[5].text
    assert after.status_code == 202
