"""Who may hand over, and what they learn by it: numbers, and nothing that stands in a record."""

from tests.integration.handover.leaving import API, House

BOOKS = [{"title": f"书{n}", "pages": n, "price": f"{n}.00"} for n in range(6)]


def codes(answer) -> set[str]:
    return {one["code"] for one in answer.json()["errors"]}


async def test_only_those_who_keep_people_come_in(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    await house.own(person, "book", *BOOKS)
    state = await house.hand_over(person, others={"user": other})
    boss = await house.hire("librarian")
    await house.ada.patch(f"{API}/users/{other}", json={"manager": boss})

    for client in (await house.login(other), await house.login(boss)):
        refused = [
            await client.get(f"{API}/users/{other}/handover"),
            await client.post(f"{API}/users/{other}/handover/preview", json={}),
            await client.post(f"{API}/users/{other}/handover", json={}),
            await client.get(f"{API}/handovers"),
            await client.get(f"{API}/handovers/{state['id']}"),
            await client.get(f"{API}/handovers/{state['id']}/exceptions"),
            await client.post(f"{API}/handovers/{state['id']}/undo"),
        ]
        assert {one.status_code for one in refused} == {403}
    stranger = house.served.client()
    assert (await stranger.get(f"{API}/users/{other}/handover")).status_code == 401


async def test_a_keeper_who_sees_no_records_hands_over_without_conditions(house: House) -> None:
    keeper = await house.login(await house.hire("registrar"))
    person, other = await house.hire(), await house.hire()
    books = await house.own(person, "book", *BOOKS)
    at = f"{API}/users/{person}/handover"

    asked = await keeper.post(
        f"{at}/preview",
        json={"objects": {"book": [{"where": "price > 3", "to": {"user": other}}]}},
    )
    unknown = await keeper.post(
        f"{at}/preview",
        json={"objects": {"book": [{"where": "xyzzy > 3", "to": {"user": other}}]}},
    )
    started = await keeper.post(at, json={"others": {"user": other}})
    await house.run(started.json()["id"])

    assert (asked.status_code, unknown.status_code) == (422, 422)
    assert codes(asked) == codes(unknown) == {"unknown_field"}
    assert (await keeper.get(f"{API}/records/book")).status_code == 403
    assert await house.owners("book", books) == {other: 6}


async def test_conditions_tell_nothing_of_records_out_of_sight(house: House) -> None:
    """Who sees own books only cannot count a colleague's by price, whichever way he asks."""
    role = {
        "kind": "role", "key": "peeping", "label": "peeping", "people": True,
        "objects": {"book": {"read": "own", "update": "own"}},
    }  # fmt: skip
    assert (await house.ada.put(f"{API}/config/role/peeping", json=role)).is_success
    peeper_id = await house.hire("peeping")
    peeper = await house.login(peeper_id)
    person, other = await house.hire(), await house.hire()
    await house.own(person, "book", *BOOKS)

    for where in ("price > 3", "not price > 3", "price is empty", "pages != 99", "id is not empty"):
        rules = [{"where": where, "to": {"user": other}}, {"to": {"user": peeper_id}}]
        told = await peeper.post(
            f"{API}/users/{person}/handover/preview", json={"objects": {"book": rules}}
        )
        assert told.status_code == 200, told.text
        book = next(one for one in told.json()["objects"] if one["key"] == "book")
        counts = [sum(one["count"] for one in rule["targets"]) for rule in book["rules"]]
        assert counts == [0, 6], where


async def test_nobody_disables_those_above_them_by_a_hand_over(house: House) -> None:
    keeper = await house.login(await house.hire("registrar"))
    boss, other = await house.hire("admin"), await house.hire()

    refused = await keeper.post(
        f"{API}/users/{boss}/handover", json={"others": {"user": other}, "disable": True}
    )

    assert (refused.status_code, codes(refused)) == (403, {"above_you"})
    assert (await house.ada.get(f"{API}/handovers?user={boss}")).json()["items"] == []


async def test_exceptions_name_records_and_nothing_in_them(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    books = await house.own(person, "book", {"title": "绝密书名"})
    id_ = await house.start(person, others={"user": other})
    await house.ada.delete(f"{API}/records/book/{books[0]}")
    await house.run(id_)

    answer = await house.ada.get(f"{API}/handovers/{id_}/exceptions")

    assert [one["outcome"] for one in answer.json()["items"]] == ["gone"]
    assert "绝密书名" not in answer.text


async def test_what_is_not_there_is_not_found(house: House) -> None:
    nobody = "01900000-0000-7000-8000-000000000000"

    for answer in (
        await house.ada.get(f"{API}/users/{nobody}/handover"),
        await house.ada.post(f"{API}/users/{nobody}/handover/preview", json={}),
        await house.ada.post(f"{API}/users/{nobody}/handover", json={}),
        await house.ada.get(f"{API}/handovers/{nobody}"),
        await house.ada.get(f"{API}/handovers/{nobody}/exceptions"),
        await house.ada.post(f"{API}/handovers/{nobody}/undo"),
    ):
        assert answer.status_code == 404, answer.text


async def test_the_operation_log_knows_who_handed_over(house: House) -> None:
    person, other = await house.hire(), await house.hire()
    await house.own(person, "book", *BOOKS)
    state = await house.hand_over(person, others={"user": other}, disable=True)
    await house.undo(state["id"])

    acts = [one["act"] for one in await house.operations(person)]

    assert "handover.started" in acts
    assert "handover.undone" in acts


async def test_teams_views_and_other_fields_go_along(house: House) -> None:
    person, other = await house.hire("librarian"), await house.hire("librarian")
    theirs, keen = await house.login(person), await house.login(other)
    (book,) = await house.own(other, "book", {"title": "合作"})
    (both,) = await house.own(other, "book", {"title": "同在"})
    await house.ada.post(f"{API}/records/book/{book}/team", json={"user": person, "level": "write"})
    for one in (person, (third := await house.hire("librarian"))):
        await house.ada.post(f"{API}/records/book/{both}/team", json={"user": one})
    view = await theirs.post(f"{API}/views", json={"object": "book", "label": "旧人的视图"})

    told = (await house.ada.get(f"{API}/users/{person}/handover")).json()
    state = await house.hand_over(person, teams={"user": third}, views={"user": other})

    assert (told["teams"], told["views"]) == (2, 1)
    assert state["state"] == "done"
    assert await house.team("book", book) == {third: "write"}
    assert await house.team("book", both) == {third: "read"}
    assert (await keen.get(view.headers["location"])).json()["level"] == "own"
    await house.undo(state["id"])
    assert await house.team("book", book) == {person: "write"}
    assert await house.team("book", both) == {third: "read", person: "read"}
    assert (await theirs.get(view.headers["location"])).json()["level"] == "own"
