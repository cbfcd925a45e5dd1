"""Somebody leaves: everything goes by rule, nothing is left without an owner, and back again."""

from tests.integration.handover.leaving import API, House

BOOKS = [{"title": f"书{n}", "genre": "小说" if n % 3 else "历史"} for n in range(10)]


def codes(answer: dict) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in answer["errors"]]


async def test_what_there_is_is_told_in_numbers(house: House) -> None:
    boss = await house.hire()
    person = await house.hire(name="小王", manager=boss)
    report = await house.hire(name="小李", manager=person)
    await house.own(person, "book", *BOOKS)

    told = (await house.ada.get(f"{API}/users/{person}/handover")).json()

    counts = {one["key"]: one["count"] for one in told["objects"]}
    assert told["person"] == {"id": person, "name": "小王", "active": True, "absent": False}
    assert counts | {"book": 10, "reader": 0, "card": 0, "loan": 0} == counts
    assert told["reports"] == [{"id": report, "name": "小李"}]
    assert {one: told[one] for one in ("teams", "views", "keys", "imports", "exports")} == {
        "teams": 0, "views": 0, "keys": 0, "imports": 0, "exports": 0,
    }  # fmt: skip


async def test_records_go_to_the_first_rule_they_fit(house: House) -> None:
    person, historian, rest = await house.hire(), await house.hire(), await house.hire()
    books = await house.own(person, "book", *BOOKS)
    rules = [{"where": 'genre = "历史"', "to": {"user": historian}}, {"to": {"user": rest}}]

    preview = (await house.preview(person, objects={"book": rules})).json()
    state = await house.hand_over(person, objects={"book": rules})

    told = next(one for one in preview["objects"] if one["key"] == "book")
    assert [one["targets"][0]["count"] for one in told["rules"]] == [4, 6]
    assert (told["total"], told["left"], preview["left"]) == (10, 0, 0)
    assert (state["state"], state["outcomes"]) == ("done", {"moved": 10})
    assert await house.owners("book", books) == {historian: 4, rest: 6}


async def test_a_preview_changes_nothing(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    books = await house.own(person, "book", *BOOKS)

    answer = await house.preview(person, others={"user": other}, disable=True)

    assert answer.status_code == 200
    assert await house.owners("book", books) == {person: 10}
    assert (await house.ada.get(f"{API}/handovers?user={person}")).json()["items"] == []


async def test_those_who_take_turns_get_the_same_number_to_within_one(house: House) -> None:
    person = await house.hire()
    three = [await house.hire() for _ in range(3)]
    books = await house.own(person, "book", *BOOKS)

    await house.hand_over(person, objects={"book": [{"to": {"users": three}}]})

    assert sorted((await house.owners("book", books)).values()) == [3, 3, 4]


async def test_history_says_who_did_it_and_keeps_the_old_name(house: House) -> None:
    person, other = await house.hire(name="老张"), await house.hire(name="小陈")
    (book,) = await house.own(person, "book", {"title": "围城"})

    state = await house.hand_over(person, others={"user": other}, disable=True, reason="离职")

    (event, _) = (await house.ada.get(f"{API}/records/book/{book}/history")).json()["items"]
    changes = {one["field"]: one for one in event["changes"]}
    assert (event["source"], event["cause"]) == ("handover", state["id"])
    assert event["actor"]["name"] == "Ada"
    assert (changes["owner"]["old"], changes["owner"]["new"]) == (person, other)
    assert (await house.ada.get(f"{API}/users/{person}")).json()["name"] == "老张"
    assert state["reason"] == "离职"


async def test_nothing_may_be_left_without_an_owner(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    await house.own(person, "book", *BOOKS)
    await house.own(person, "loan", {"note": "借"}, {"note": "还"})
    rules = [{"where": 'genre = "历史"', "to": {"user": other}}]

    preview = (await house.preview(person, objects={"book": rules})).json()
    refused = await house.ada.post(
        f"{API}/users/{person}/handover", json={"objects": {"book": rules}}
    )

    assert {one["key"]: one["left"] for one in preview["objects"]} == {"book": 6, "loan": 2}
    assert preview["left"] == 8
    assert refused.status_code == 422
    assert codes(refused.json()) == [
        ("objects.book", "left_without_owner"),
        ("objects.loan", "left_without_owner"),
    ]
    assert (await house.ada.get(f"{API}/handovers?user={person}")).json()["items"] == []


async def test_a_pool_takes_records_without_an_owner(house: House) -> None:
    person = await house.hire()
    hall = (await house.ada.post(f"{API}/departments", json={"name": "公海部"})).json()["id"]
    books = await house.own(person, "book", *BOOKS)

    state = await house.hand_over(person, others={"pool": hall})

    assert state["state"] == "done"
    assert await house.owners("book", books) == {None: 10}
    assert {str(one) for one in await house.departments("book", books)} == {hall}
    undone = await house.undo(state["id"])
    assert undone["outcomes"] == {"undone": 10}
    assert await house.owners("book", books) == {person: 10}


async def test_records_follow_what_they_point_at(house: House) -> None:
    person, other, one, two = [await house.hire() for _ in range(4)]
    books = await house.own(person, "book", *BOOKS[:4])
    (foreign,) = await house.own(other, "book", {"title": "别人的"})
    loans = await house.own(
        person, "loan", *({"note": "借", "book": book} for book in (*books, foreign)), {"note": "?"}
    )
    plan = {
        "book": [{"to": {"users": [one, two]}}],
        "loan": [{"to": {"parent": "book"}}, {"to": {"user": one}}],
    }

    await house.hand_over(person, objects=plan)

    assert await house.owners("book", books) == {one: 2, two: 2}
    assert await house.owners("loan", loans) == {one: 3, two: 2, other: 1}


async def test_to_the_manager_and_into_the_managers_department(house: House) -> None:
    hall = (await house.ada.post(f"{API}/departments", json={"name": "总部"})).json()["id"]
    boss = await house.hire(departments=[{"id": hall, "main": True}])
    person = await house.hire(manager=boss)
    books = await house.own(person, "book", *BOOKS)

    await house.hand_over(person, others={"manager": True})

    assert await house.owners("book", books) == {boss: 10}
    assert {str(one) for one in await house.departments("book", books)} == {hall}


async def test_a_person_is_disabled_at_the_end_and_the_line_closes(house: House) -> None:
    boss = await house.hire()
    person = await house.hire("librarian", manager=boss)
    report = await house.hire(manager=person)
    hall = await house.ada.post(f"{API}/departments", json={"name": "阅览室", "head": person})
    theirs = await house.login(person)
    key = (await theirs.post(f"{API}/api-keys", json={"name": "脚本"})).json()["key"]

    state = await house.hand_over(person, others={"user": boss}, disable=True)

    assert state["state"] == "done"
    assert state["beside"]["disabled"] is True
    assert (await house.ada.get(f"{API}/users/{report}")).json()["manager"] == boss
    assert (await house.ada.get(hall.headers["location"])).json()["head"] == boss
    assert (await house.ada.get(f"{API}/users/{person}")).json()["active"] is False
    assert (await theirs.get(f"{API}/me")).status_code == 401
    with_key = house.served.client(authorization=f"Bearer {key}")
    assert (await with_key.get(f"{API}/me")).status_code == 401


async def test_it_is_taken_back_as_a_whole_but_for_what_changed_since(house: House) -> None:
    boss = await house.hire()
    person, other, third = await house.hire(manager=boss), await house.hire(), await house.hire()
    report = await house.hire(manager=person)
    books = await house.own(person, "book", *BOOKS)
    state = await house.hand_over(person, others={"user": other}, disable=True)
    await house.ada.patch(f"{API}/records/book/{books[0]}", json={"owner": third})
    await house.ada.patch(f"{API}/records/book/{books[1]}", json={"title": "新书名"})
    await house.ada.delete(f"{API}/records/book/{books[2]}")

    undone = await house.undo(state["id"])

    assert undone["state"] == "undone"
    assert undone["outcomes"] == {"undone": 8, "kept": 2}
    why = {one["record"]: one["why"] for one in await house.exceptions(state["id"])}
    assert why == {books[0]: "changed", books[2]: "deleted"}
    assert await house.owners("book", books) == {person: 8, third: 1, other: 1}
    assert (await house.ada.get(f"{API}/users/{person}")).json()["active"] is True
    assert (await house.ada.get(f"{API}/users/{report}")).json()["manager"] == person
    changed = (await house.ada.get(f"{API}/records/book/{books[1]}")).json()
    assert changed["title"] == "新书名"


async def test_it_is_taken_back_once_only(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    await house.own(person, "book", *BOOKS)
    state = await house.hand_over(person, others={"user": other})
    await house.undo(state["id"])

    again = await house.ada.post(f"{API}/handovers/{state['id']}/undo")

    assert again.status_code == 409
    assert codes(again.json()) == [("", "not_undoable")]


async def test_who_is_gone_may_not_take_over(house: House) -> None:
    person, gone = await house.hire(), await house.hire(name="已走")
    await house.ada.patch(f"{API}/users/{gone}", json={"active": False})

    answer = await house.preview(
        person,
        objects={"book": [{"to": {"user": gone}}], "nothing": [], "book.title": []},
        others={"user": person},
        reports={"user": "00000000-0000-0000-0000-000000000001"},
    )

    assert answer.status_code == 422
    assert sorted(codes(answer.json())) == [
        ("objects.book.title", "not_handed_over"),
        ("objects.book[0].to.user", "target_departed"),
        ("objects.nothing", "not_handed_over"),
        ("others.user", "target_is_person"),
        ("reports.user", "unknown_target"),
    ]


async def test_those_below_cannot_become_their_own_managers(house: House) -> None:
    person = await house.hire()
    report = await house.hire(manager=person)
    below = await house.hire(manager=report)

    answer = await house.preview(person, reports={"user": below})

    assert codes(answer.json()) == [("reports.user", "takes_over_reports")]


async def test_words_that_make_no_sense_are_refused(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    wrong = [
        {"others": {}},
        {"others": {"user": other, "manager": True}},
        {"others": {"manager": False}},
        {"others": {"users": []}},
        {"objects": {"book": [{"where": "titel = 1", "to": {"user": other}}]}},
        {"objects": {"book": [{"where": "price", "to": {"user": other}}]}},
        {"objects": {"book": [{"where": "((", "to": {"user": other}}]}},
        {"objects": {"loan": [{"to": {"parent": "due"}}]}},
        {"others": {"parent": "book"}},
        {"others": {"manager": True}},
        {"strange": 1},
    ]

    for plan in wrong:
        answer = await house.preview(person, **plan)
        assert answer.status_code == 422, (plan, answer.text)
