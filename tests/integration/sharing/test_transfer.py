"""Records given to somebody else, and what goes along."""

from tests.integration.handover.leaving import API, House

AT = f"{API}/records/book/transfer"


def codes(answer) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in answer.json()["errors"]]


async def test_records_change_hands_with_what_the_owner_had_beside_them(house: House) -> None:
    hall = (await house.ada.post(f"{API}/departments", json={"name": "新部"})).json()["id"]
    old, third = await house.hire("author"), await house.hire("author")
    new = await house.hire("author", departments=[{"id": hall, "main": True}])
    book, other = await house.own(old, "book", {"title": "甲"}, {"title": "乙"})
    mine = await house.own(old, "loan", {"note": "1", "book": book}, {"note": "2", "book": other})
    theirs = await house.own(third, "loan", {"note": "3", "book": book})
    client = await house.login(old)

    done = await client.post(
        AT, json={"ids": [book], "to": new, "with": ["loans"], "reason": "换区"}
    )

    assert done.status_code == 200, done.text
    assert done.json() == {
        "changed": 1, "unchanged": 0, "errors": [],
        "with": {"loans": {"changed": 1, "unchanged": 0, "errors": []}},
    }  # fmt: skip
    assert await house.owners("book", [book, other]) == {new: 1, old: 1}
    assert await house.owners("loan", [*mine, *theirs]) == {new: 1, old: 1, third: 1}
    assert [str(one) for one in await house.departments("book", [book])] == [hall]
    (event, *_) = (await house.ada.get(f"{API}/records/book/{book}/history")).json()["items"]
    assert (event["kind"], event["cause"]) == ("updated", "换区")


async def test_the_right_is_that_of_a_transfer_and_nothing_else(house: House) -> None:
    owner, new = await house.hire("author"), await house.hire("author")
    (book,) = await house.own(owner, "book", {"title": "甲"})
    may, keeper, stranger = [
        await house.login(await house.hire(one)) for one in ("giver", "lender", "author")
    ]
    body = {"ids": [book], "to": new}

    unseen = await stranger.post(AT, json=body)
    lent = await keeper.post(AT, json=body)
    given = await may.post(AT, json=body)

    assert (unseen.status_code, lent.status_code, given.status_code) == (200, 403, 200)
    assert unseen.json()["errors"][0]["errors"][0]["code"] == "no_such_record"
    assert (given.json()["changed"], given.json()["errors"]) == (1, [])
    assert (await may.patch(f"{API}/records/book/{book}", json={"title": "x"})).status_code == 403


async def test_who_may_not_change_the_owner_gives_nothing_away(house: House) -> None:
    keeper, new = await house.hire("keeper"), await house.hire("author")
    (book,) = await house.own(keeper, "book", {"title": "甲"})
    client = await house.login(keeper)

    done = await client.post(AT, json={"ids": [book], "to": new})

    assert await house.owners("book", [book]) == {keeper: 1}
    assert done.status_code in (200, 403)
    assert done.status_code == 403 or done.json()["changed"] == 0


async def test_only_those_of_a_condition_that_one_sees(house: House) -> None:
    owner, other, new = [await house.hire("author") for _ in range(3)]
    mine = await house.own(owner, "book", *({"title": "x", "pages": n} for n in range(4)))
    theirs = await house.own(other, "book", {"title": "x", "pages": 3})
    client = await house.login(owner)

    done = (await client.post(AT, json={"where": "pages >= 2", "to": new})).json()

    assert (done["changed"], done["errors"]) == (2, [])
    assert await house.owners("book", [*mine, *theirs]) == {owner: 2, new: 2, other: 1}


async def test_what_makes_no_sense_is_refused(house: House) -> None:
    owner, gone = await house.hire("author"), await house.hire("author")
    await house.ada.patch(f"{API}/users/{gone}", json={"active": False})
    (book,) = await house.own(owner, "book", {"title": "甲"})
    client = await house.login(owner)
    nobody = "01900000-0000-7000-8000-000000000000"

    answers = [
        await client.post(AT, json=body)
        for body in (
            {"ids": [book], "to": gone},
            {"ids": [book], "to": nobody},
            {"ids": [book], "to": owner, "with": ["nothing"]},
            {"ids": [book], "to": owner, "with": ["fans"]},
            {"to": owner},
            {"ids": [book]},
            {"ids": [book], "to": owner, "where": "pages = 1"},
        )
    ]

    assert {one.status_code for one in answers} == {422}
    assert [codes(one)[0] for one in answers[:4]] == [
        ("to", "departed"), ("to", "unknown_record"), ("with[0]", "not_carried"),
        ("with[0]", "not_carried"),
    ]  # fmt: skip
    same = await client.post(AT, json={"ids": [book], "to": owner, "with": ["loans"]})
    assert (same.json()["changed"], same.json()["unchanged"]) == (0, 1)


async def test_only_as_many_change_hands_as_were_confirmed(house: House) -> None:
    old, new = await house.hire("author"), await house.hire("author")
    books = await house.own(old, "book", {"title": "丙 1"}, {"title": "丙 2"}, {"title": "丁"})
    client = await house.login(old)
    kept = {"object": "book", "label": "丙", "where": 'title starts with "丙"'}
    view = (await client.post(f"{API}/views", json=kept)).json()["id"]

    wrong = await client.post(AT, json={"view": view, "to": new, "expected": 3})
    right = await client.post(AT, json={"view": view, "to": new, "expected": 2})

    assert (wrong.status_code, right.status_code) == (409, 200)
    assert right.json()["changed"] == 2
    assert await house.owners("book", books) == {new: 2, old: 1}
