"""What is given away, thrown away, brought back or changed together is taken back together."""

import asyncio
from typing import Any

import httpx
import pytest
from tests.integration.handover.leaving import House
from tests.integration.sweep.shelves import API, BOOKS, MANY, Shelves, begun
from tests.killed import killed_in

from zhike.doors.system import SWEEP_UNDO
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

GIVE = f"{BOOKS}/transfer"


async def done(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Do something to some records so that it can be taken back."""
    method = "PATCH" if path.count("/") == BOOKS.count("/") else "POST"
    answer = await client.request(method, path, json={**body, "undo": True})
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_who_gives_records_away_takes_them_back_with_what_went_along(
    shelves: Shelves, house: House
) -> None:
    hall = (await house.ada.post(f"{API}/departments", json={"name": "新部"})).json()["id"]
    old, third = await house.hire("author"), await house.hire("author")
    new = await house.hire("author", departments=[{"id": hall, "main": True}])
    book, other = await house.own(old, "book", {"title": "甲"}, {"title": "乙"})
    loans = await house.own(old, "loan", {"note": "1", "book": book})
    theirs = await house.own(third, "loan", {"note": "2", "book": book})
    client = await house.login(old)

    told = await done(client, GIVE, {"ids": [book, other], "to": new, "with": ["loans"]})
    given = await house.owners("book", [book, other])
    unseen = await client.get(f"{BOOKS}/{book}")
    undone = await shelves.undo(told["undo"], client=client)
    again = await client.post(f"{API}/sweeps/{told['undo']}/undo")

    assert (given, unseen.status_code) == ({new: 2}, 404)
    assert (undone["state"], undone["undone"], undone["kept"]) == ("undone", 3, 0)
    assert await house.owners("book", [book, other]) == {old: 2}
    assert await house.owners("loan", [*loans, *theirs]) == {old: 1, third: 1}
    assert await house.departments("book", [book, other]) == [None, None]
    assert (again.status_code, again.json()["type"][-12:]) == (409, "not_undoable")
    (event, *_) = (await client.get(f"{BOOKS}/{book}/history")).json()["items"]
    assert event["cause"] == f"sweep {told['undo']} undone"


async def test_what_somebody_touched_since_is_not_taken_from_them(
    shelves: Shelves, house: House
) -> None:
    old, new, third = [await house.hire("author") for _ in range(3)]
    kept, changed, passed, gone = await house.own(
        old, "book", *({"title": f"丙 {n}"} for n in range(4))
    )
    client, theirs = await house.login(old), await house.login(new)
    told = await done(client, GIVE, {"ids": [kept, changed, passed, gone], "to": new})
    await theirs.patch(f"{BOOKS}/{changed}", json={"remark": "看过"})
    await theirs.patch(f"{BOOKS}/{passed}", json={"owner": third})
    await theirs.delete(f"{BOOKS}/{gone}")

    undone = await shelves.undo(told["undo"], client=client)
    left = (await client.get(f"{API}/sweeps/{told['undo']}/refusals")).json()["items"]

    assert (undone["undone"], undone["kept"]) == (1, 3)
    assert await house.owners("book", [kept]) == {old: 1}
    assert await house.owners("book", [changed, passed]) == {new: 1, third: 1}
    assert [one["record"] for one in left] == [None] * 3
    assert {one["errors"][0]["code"] for one in left} == {"no_such_record"}


async def test_whoever_sees_more_gives_back_whatever_is_still_where_it_went(
    shelves: Shelves, house: House
) -> None:
    old, new, third = [await house.hire("author") for _ in range(3)]
    changed, passed = await house.own(old, "book", {"title": "丁 1"}, {"title": "丁 2"})
    (nobodys,) = await house.own(old, "book", {"title": "丁 3"})
    await house.ada.patch(f"{BOOKS}/{nobodys}", json={"owner": None})
    told = await done(house.ada, GIVE, {"ids": [changed, passed, nobodys], "to": new})
    theirs = await house.login(new)
    await theirs.patch(f"{BOOKS}/{changed}", json={"remark": "看过"})
    await theirs.patch(f"{BOOKS}/{passed}", json={"owner": third})

    undone = await shelves.undo(told["undo"])

    assert (undone["undone"], undone["kept"]) == (2, 1)
    assert await shelves.left(told["undo"]) == {passed: "changed_since"}
    assert await house.owners("book", [changed, passed, nobodys]) == {old: 1, third: 1, None: 1}


async def test_nobody_who_left_gets_anything_back(shelves: Shelves, house: House) -> None:
    old, new = await house.hire("author"), await house.hire("author")
    (book,) = await house.own(old, "book", {"title": "戊"})
    told = await done(house.ada, GIVE, {"ids": [book], "to": new})
    await house.ada.patch(f"{API}/users/{old}", json={"active": False})

    undone = await shelves.undo(told["undo"])

    assert (undone["undone"], undone["kept"]) == (0, 1)
    assert await shelves.left(told["undo"]) == {book: "departed"}
    assert await house.owners("book", [book]) == {new: 1}


async def test_who_may_give_nothing_away_any_more_takes_nothing_back(
    shelves: Shelves, house: House
) -> None:
    old, new = await house.hire("giver"), await house.hire("author")
    (book,) = await house.own(old, "book", {"title": "己"})
    client = await house.login(old)
    told = await done(client, GIVE, {"ids": [book], "to": new})
    await house.ada.patch(f"{API}/users/{old}", json={"roles": ["onlooker"]})

    refused = await client.post(f"{API}/sweeps/{told['undo']}/undo")
    strange = await (await house.login(new)).post(f"{API}/sweeps/{told['undo']}/undo")
    await house.ada.patch(f"{API}/users/{old}", json={"roles": ["giver"]})
    kept = await shelves.state(told["undo"], client=client)
    undone = await shelves.undo(told["undo"], client=client)

    assert (refused.status_code, strange.status_code) == (403, 404)
    assert (kept["state"], kept["undoable"]) == ("done", True)
    assert undone["undone"] == 1
    assert await house.owners("book", [book]) == {old: 1}


async def test_what_is_given_away_by_a_change_comes_back_too(
    shelves: Shelves, house: House
) -> None:
    old, new = await house.hire("author"), await house.hire("author")
    books = await house.own(old, "book", {"title": "庚 1"}, {"title": "庚 2"})
    client = await house.login(old)

    told = await done(client, BOOKS, {"ids": books, "set": {"owner": new}})
    undone = await shelves.undo(told["undo"], client=client)

    assert (undone["undone"], undone["fields"]) == (2, ["owner"])
    assert await house.owners("book", books) == {old: 2}


async def test_a_job_that_gave_records_away_goes_on_giving_them_back_where_it_was_killed(
    shelves: Shelves, house: House
) -> None:
    old, new = await house.hire("author"), await house.hire("author")
    where = await shelves.fill(owner=old)
    shelf, served = where.split('"')[1].strip(), shelves.served
    loans = sql(
        "INSERT INTO loan (note, book, owner) SELECT {shelf}, id, owner FROM book"
        " WHERE title LIKE {shelf} || ' %' AND pages = 0",
        shelf=param(shelf, "text"),
    )
    async with served.system.db.transaction(platform(), served.workspace) as tx:
        went = await tx.run(loans)
    body = {"where": where, "to": new, "with": ["loans"], "expected": MANY}

    id_ = begun(await shelves.ada.post(GIVE, json=body))
    await shelves.run(id_, chunk=500)
    given = await shelves.state(id_)
    asked = await shelves.ada.post(f"{API}/sweeps/{id_}/undo")
    await killed_in(served.system, served.workspace, (SWEEP_UNDO, id_), chunk=500, batch=2)
    halfway = await shelves.state(id_)
    await shelves.run_undo(id_)
    undone = await shelves.state(id_)

    assert (given["changed"], given["along"], given["undoable"]) == (MANY, went, True)
    assert (asked.status_code, halfway["state"], halfway["undone"]) == (202, "undoing", 500)
    assert (undone["state"], undone["total"], undone["undone"]) == (
        "undone",
        MANY + went,
        MANY + went,
    )
    assert await shelves.count(f'{where} and owner = "{old}"') == MANY
    loans_where = {"where": f'note = "{shelf}" and owner = "{old}"', "count": "exact", "limit": 1}
    counted = (await shelves.ada.post(f"{API}/records/loan/query", json=loans_where)).json()
    assert counted["count"]["value"] == went


async def test_what_was_brought_back_goes_again_unless_it_was_touched(
    shelves: Shelves, house: House
) -> None:
    person = await house.hire("binner")
    books = await house.own(person, "book", *({"title": f"辛 {n}"} for n in range(3)))
    client = await house.login(person)
    await client.post(f"{BOOKS}/delete", json={"ids": books})

    told = await done(client, f"{BOOKS}/restore", {"ids": books})
    await house.ada.patch(f"{BOOKS}/{books[1]}", json={"remark": "看过"})
    undone = await shelves.undo(told["undo"], client=client)

    assert (told["restored"], undone["undone"], undone["kept"]) == (3, 2, 1)
    assert await shelves.left(told["undo"], client=client) == {books[1]: "changed_since"}
    there = [(await client.get(f"{BOOKS}/{one}")).status_code for one in books]
    assert there == [404, 200, 404]


async def test_what_others_threw_away_since_stays_away(shelves: Shelves, house: House) -> None:
    person = await house.hire("binner")
    books = await house.own(person, "book", *({"title": f"壬 {n}"} for n in range(3)))
    client = await house.login(person)
    told = await done(client, f"{BOOKS}/delete", {"ids": books})
    await house.ada.post(f"{BOOKS}/{books[0]}/restore")
    await house.ada.post(f"{BOOKS}/{books[1]}/restore")
    await house.ada.delete(f"{BOOKS}/{books[1]}")

    undone = await shelves.undo(told["undo"], client=client)

    assert (undone["undone"], undone["kept"]) == (1, 2)
    there = [(await client.get(f"{BOOKS}/{one}")).status_code for one in books]
    assert there == [200, 404, 200]


async def test_few_changed_records_keep_what_somebody_wrote_since(
    shelves: Shelves, house: House
) -> None:
    person = await house.hire("keeper")
    books = await house.own(person, "book", *({"title": f"癸 {n}", "pages": n} for n in range(3)))

    told = await done(house.ada, BOOKS, {"ids": books, "set": {"pages": 7}})
    await house.ada.patch(f"{BOOKS}/{books[0]}", json={"pages": 50})
    nothing = await done(house.ada, BOOKS, {"ids": books[1:], "set": {"pages": 7}})
    two = await asyncio.gather(
        *(house.ada.post(f"{API}/sweeps/{told['undo']}/undo") for _ in range(2))
    )

    assert sorted(one.status_code for one in two) == [200, 409]
    assert nothing["undo"] is None
    assert await shelves.left(told["undo"]) == {books[0]: "changed_since"}
    pages = [(await house.ada.get(f"{BOOKS}/{one}")).json()["pages"] for one in books]
    assert pages == [50, 1, 2]


async def test_a_record_that_became_part_of_another_is_taken_back_there(
    shelves: Shelves, house: House
) -> None:
    person = await house.hire("keeper")
    client = await house.login(person)
    word = person[-12:]
    ids = await house.own(person, "reader", {"name": f"{word} 1"}, {"name": f"{word} 2"})
    at = f"{API}/records/reader/{ids[0]}"
    merged = await client.post(f"{at}/merge", json={"duplicates": [ids[1]]})
    assert merged.is_success, merged.text
    padding = [f"00000000-0000-7000-8000-{n:012}" for n in range(1_000)]
    body = {"ids": [ids[1], *padding], "set": {"joined": "2020-01-01"}}

    id_ = begun(await client.patch(f"{API}/records/reader", json=body))
    await shelves.run(id_)
    state = await shelves.state(id_, client=client)
    joined = (await client.get(at)).json()["joined"]
    undone = await shelves.undo(id_, client=client)

    assert (state["changed"], state["refused"], joined) == (1, 1_000, "2020-01-01")
    assert (undone["undone"], undone["kept"]) == (1, 0)
    assert (await client.get(at)).json()["joined"] is None


VALUES: dict[str, Any] = {
    "title": "改过的", "isbn": None, "genre": "历史", "price": "123456789012345.67",
    "pages": 7, "published": "2026-02-03", "rare": True, "tags": ["a", "b"],
}  # fmt: skip


@pytest.mark.parametrize("key", VALUES)
async def test_values_of_every_kind_come_back_though_something_else_was_changed_since(
    shelves: Shelves, house: House, key: str
) -> None:
    person = await house.hire("keeper")
    isbn = person.replace("-", "")
    had = {
        "title": "原来的", "isbn": isbn, "genre": "小说", "price": "987654321098765.43",
        "pages": 3, "published": "2025-02-03", "rare": False, "tags": ["z"],
    }  # fmt: skip
    (book,) = await house.own(person, "book", had)

    told = await done(house.ada, BOOKS, {"ids": [book], "set": {key: VALUES[key]}})
    await house.ada.patch(f"{BOOKS}/{book}", json={"remark": "看过"})
    undone = await shelves.undo(told["undo"])

    assert (undone["undone"], undone["kept"]) == (1, 0)
    now = (await house.ada.get(f"{BOOKS}/{book}")).json()
    assert {one: now[one] for one in had} == had


async def test_what_points_at_others_comes_back_though_something_else_was_changed_since(
    shelves: Shelves, house: House
) -> None:
    person = await house.hire("keeper")
    one, other = await house.own(person, "book", {"title": "甲"}, {"title": "乙"})
    readers = await house.own(
        person, "reader", {"name": f"{person} 1", "favourites": [one]}, {"name": f"{person} 2"}
    )
    at = f"{API}/records/reader"

    told = await done(house.ada, at, {"ids": readers, "set": {"favourites": [other]}})
    await house.ada.patch(f"{at}/{readers[0]}", json={"grade": "金卡"})
    await house.ada.patch(f"{at}/{readers[1]}", json={"favourites": [one, other]})
    undone = await shelves.undo(told["undo"])

    assert (undone["undone"], undone["kept"]) == (1, 1)
    assert await shelves.left(told["undo"]) == {readers[1]: "changed_since"}
    now = [(await house.ada.get(f"{at}/{each}")).json()["favourites"] for each in readers]
    assert [now[0], sorted(now[1])] == [[one], sorted([one, other])]
