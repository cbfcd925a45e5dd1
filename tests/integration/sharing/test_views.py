"""Views of people: kept, shared, used; and nothing they say lets anybody see more."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from tests.integration.handover.leaving import API, House

from zhike.hub import export

BOOKS = [
    {"title": "贵书", "price": "500.00", "pages": 100, "remark": "机密"},
    {"title": "廉书", "price": "5.00", "pages": 200},
]


async def view(client, **given):
    body = {"object": "book", "label": "我的书", "select": ["title"], **given}
    return await client.post(f"{API}/views", json=body)


async def test_a_view_is_kept_changed_and_forgotten(house: House) -> None:
    client = await house.login(await house.hire("clerk"))

    made = await view(client, where="pages > 150", order=["-pages"])
    at = made.headers["location"]
    changed = await client.patch(at, json={"label": "厚书"})
    listed = (await client.get(f"{API}/views?object=book")).json()["items"]

    assert made.status_code == 201
    assert changed.json() | {"updated_at": 0} == made.json() | {
        "label": "厚书", "version": 2, "updated_at": 0,
    }  # fmt: skip
    assert [one["label"] for one in listed] == ["厚书"]
    assert (listed[0]["where"], listed[0]["level"]) == ("pages > 150", "own")
    assert (await client.delete(at)).status_code == 204
    assert (await client.get(at)).status_code == 404


async def test_a_view_keeps_how_it_groups(house: House) -> None:
    client = await house.login(await house.hire("clerk"))
    said = {
        "group": "created_at by month", "group_order": "-SUM(pages)", "measures": ["SUM(pages)"],
    }  # fmt: skip

    made = (await view(client, **said)).json()
    off = (await client.patch(f"{API}/views/{made['id']}", json={"group": ""})).json()
    wrong = [
        await view(client, group="title by month"),
        await view(client, group="nothing"),
        await view(client, **said | {"measures": ["SUM(title)"]}),
        await view(client, group="pages", group_order="price"),
    ]

    assert {name: made[name] for name in said} == said
    assert (off["group"], off["measures"]) == (None, said["measures"])
    assert {one.status_code for one in wrong} == {422}


async def test_a_shared_view_groups_by_nothing_that_its_reader_does_not_see(house: House) -> None:
    author = await house.login(await house.hire("author"))
    reader = await house.hire("guest")
    kept = (await view(author, group="remark", measures=[])).json()
    assert kept["group"] == "remark"
    shared = {"to": {"user": str(reader)}}
    assert (await author.post(f"{API}/views/{kept['id']}/shares", json=shared)).status_code == 201

    seen = (await (await house.login(reader)).get(f"{API}/views/{kept['id']}")).json()

    assert (seen["group"], seen["measures"]) == (None, None)


async def test_a_query_is_filled_in_from_a_view(house: House) -> None:
    person = await house.hire("clerk")
    client = await house.login(person)
    await house.own(person, "book", *BOOKS)
    made = (await view(client, where="owner = ME()", order=["-pages"])).json()

    page = (await client.get(f"{API}/records/book?view={made['id']}")).json()
    body = {"view": made["id"], "where": "pages < 150", "count": "exact"}
    narrowed = (await client.post(f"{API}/records/book/query", json=body)).json()
    first = (await client.get(f"{API}/records/book?view={made['id']}&limit=1")).json()
    following = {"view": made["id"], "limit": 1, "cursor": first["next"]}
    rest = await client.get(f"{API}/records/book", params=following)

    assert page["items"] == [{"title": "廉书"}, {"title": "贵书"}]
    assert (narrowed["items"], narrowed["count"]["value"]) == ([{"title": "贵书"}], 1)
    assert rest.json()["items"] == [{"title": "贵书"}]


async def test_views_of_others_are_not_there_until_shared(house: House) -> None:
    mine = await house.login(await house.hire("clerk"))
    friend = await house.hire("author")
    theirs = await house.login(friend)
    made = (await view(mine)).json()
    at = f"{API}/views/{made['id']}"

    hidden = [
        await theirs.get(at),
        await theirs.patch(at, json={"label": "x"}),
        await theirs.delete(at),
        await theirs.get(f"{at}/shares"),
        await theirs.post(f"{at}/shares", json={"to": {"role": "author"}}),
    ]
    used = await theirs.get(f"{API}/records/book?view={made['id']}")
    absent = await theirs.get(f"{API}/records/book?view=01900000-0000-7000-8000-000000000000")

    assert {one.status_code for one in hidden} == {404}
    assert used.status_code == absent.status_code
    assert used.json()["errors"][0]["code"] == absent.json()["errors"][0]["code"]
    shared = await mine.post(f"{at}/shares", json={"to": {"user": friend}})
    assert shared.status_code == 201
    assert (await theirs.get(at)).json()["level"] == "read"
    assert (await theirs.get(f"{API}/records/book?view={made['id']}")).status_code == 200
    refused = [
        await theirs.patch(at, json={"label": "x"}),
        await theirs.delete(at),
        await theirs.get(f"{at}/shares"),
        await theirs.post(f"{at}/shares", json={"to": {"role": "author"}}),
    ]
    assert {one.status_code for one in refused} == {403}
    assert (await mine.delete(f"{at}/shares/{shared.json()['id']}")).status_code == 204
    assert (await theirs.get(at)).status_code == 404


async def test_a_shared_view_shows_nobody_a_record(house: House) -> None:
    person = await house.hire("clerk")
    mine, theirs = await house.login(person), await house.login(await house.hire("author"))
    await house.own(person, "book", *BOOKS)
    made = (await view(mine, where="owner is not empty")).json()
    await mine.post(f"{API}/views/{made['id']}/shares", json={"to": {"role": "author"}})

    page = await theirs.get(f"{API}/records/book?view={made['id']}&count=exact")

    assert page.json()["items"] == []
    assert page.json()["count"] == {"value": 0, "exact": True}


async def test_a_shared_view_says_nothing_of_hidden_fields(house: House) -> None:
    """Neither its columns, its order, its condition nor an error names them, or what they held."""
    person, guest = await house.hire("clerk"), await house.hire("guest")
    mine, theirs = await house.login(person), await house.login(guest)
    await house.own(guest, "book", *BOOKS)
    telling = (
        await view(
            mine,
            label="大额",
            select=["title", "price", "worth", "price * 3 AS triple"],
            where='price > 123.45 and remark = "机密"',
            order=["-price", "remark", "title"],
        )
    ).json()
    await mine.post(f"{API}/views/{telling['id']}/shares", json={"to": {"role": "guest"}})

    told = await theirs.get(f"{API}/views/{telling['id']}")
    listed = await theirs.get(f"{API}/views?object=book")
    used = await theirs.get(f"{API}/records/book?view={telling['id']}")

    assert told.json()["select"] == ["title"]
    assert told.json()["order"] == ["title"]
    assert (told.json()["where"], told.json()["usable"]) == (None, False)
    assert used.status_code == 422
    assert [one["code"] for one in used.json()["errors"]] == ["view_beyond_sight"]
    for answer in (told, listed, used):
        for word in ("price", "worth", "triple", "123.45", "机密", "remark", "定价"):
            assert word not in answer.text, (word, answer.text)
    nonsense = (await view(mine, where="pages > 1")).json()
    await mine.post(f"{API}/views/{nonsense['id']}/shares", json={"to": {"role": "guest"}})
    assert (await theirs.get(f"{API}/views/{nonsense['id']}")).json()["where"] is None


async def test_a_masked_field_cannot_be_asked_through_a_view(house: House) -> None:
    person, guest = await house.hire("clerk"), await house.hire("guest")
    mine, theirs = await house.login(person), await house.login(guest)
    await house.own(guest, "book", *BOOKS)
    made = (await view(mine, where='remark = "机密"')).json()
    await mine.post(
        f"{API}/views/{made['id']}/shares", json={"to": {"role": "guest"}, "level": "write"}
    )

    told = (await theirs.get(f"{API}/views/{made['id']}")).json()
    used = await theirs.get(f"{API}/records/book?view={made['id']}&count=exact")
    renamed = await theirs.patch(f"{API}/views/{made['id']}", json={"label": "改名"})

    assert (told["where"], told["usable"], told["level"]) == (None, False, "write")
    assert used.status_code == 422
    assert (renamed.status_code, renamed.json()["where"]) == (200, None)
    assert (await mine.get(f"{API}/views/{made['id']}")).json()["where"] == 'remark = "机密"'


async def test_nobody_keeps_a_view_of_what_they_do_not_see(house: House) -> None:
    theirs = await house.login(await house.hire("guest"))
    nobody = await house.login(await house.hire("nobody"))
    wrong = [
        {"where": "price > 1"},
        {"where": 'remark = "x"'},
        {"select": ["price"]},
        {"order": ["remark"]},
        {"where": "(("},
        {"where": {"op": "x"}},
        {"label": " "},
        {"object": ""},
    ]

    for given in wrong:
        answer = await view(theirs, **given)
        assert answer.status_code == 422, (given, answer.text)
    hidden, unknown = await view(theirs, where="price > 1"), await view(theirs, where="xyzzy > 1")
    assert hidden.json()["errors"][0]["code"] == unknown.json()["errors"][0]["code"]
    assert (await view(nobody)).status_code == 403
    assert (await view(theirs, object="nothing")).status_code == 404


async def test_an_export_takes_what_the_view_says_when_it_is_asked_for(house: House) -> None:
    person = await house.hire("clerk")
    client = await house.login(person)
    await house.own(person, "book", *BOOKS)
    made = (await view(client, where="pages < 150", order=["-pages"])).json()
    query = {"view": made["id"], "where": "owner = ME()"}

    asked = await client.post(f"{API}/exports", json={"object": "book", "query": query})
    other = await house.login(await house.hire("clerk"))
    refused = await other.post(f"{API}/exports", json={"object": "book", "query": query})
    wrong = {**query, "where": "pages = 1) or (pages = 2"}
    torn = await client.post(f"{API}/exports", json={"object": "book", "query": wrong})
    served = house.served
    id_ = UUID(asked.json()["id"])
    done = await export.run(served.system.hands, id_, workspace=served.workspace)

    assert (asked.status_code, refused.status_code, torn.status_code) == (202, 404, 422)
    assert (done.state, done.count) == ("done", 1)


async def test_a_key_that_may_only_read_changes_no_views_and_leaves_no_team(house: House) -> None:
    person, owner = await house.hire("clerk"), await house.hire("author")
    client = await house.login(person)
    (book,) = await house.own(owner, "book", {"title": "合作"})
    await house.ada.post(f"{API}/records/book/{book}/team", json={"user": person})
    made = await view(client)
    at = made.headers["location"]
    asked = {"name": "只读", "scopes": ["*:read"]}
    key = (await client.post(f"{API}/api-keys", json=asked)).json()["key"]
    reader = house.served.client(authorization=f"Bearer {key}")

    refused = [
        await view(reader),
        await reader.patch(at, json={"label": "x"}),
        await reader.delete(at),
        await reader.post(f"{at}/shares", json={"to": {"role": "guest"}}),
        await reader.delete(f"{API}/records/book/{book}/team/{person}"),
        await reader.post(
            f"{API}/records/book/transfer", json={"ids": [book], "to": person, "reason": ""}
        ),
    ]

    assert {one.status_code for one in refused} == {403}
    assert (await reader.get(at)).status_code == 200


async def test_a_view_is_shared_until_a_moment(house: House) -> None:
    mine = await house.login(await house.hire("clerk"))
    made = (await view(mine)).json()
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    at = f"{API}/views/{made['id']}/shares"

    fine = await mine.post(at, json={"to": {"role": "guest"}, "until": soon})
    late = await mine.post(at, json={"to": {"role": "guest"}, "until": past})

    assert (fine.status_code, late.status_code) == (201, 422)
    assert len((await mine.get(at)).json()["items"]) == 1


async def test_views_of_the_configuration_are_listed_and_leak_as_little(house: House) -> None:
    document = {
        "kind": "view", "key": "dear", "object": "book", "label": "贵重",
        "select": ["title", "price"], "where": "price > 321", "order": ["-price"],
    }  # fmt: skip
    put = await house.ada.put(f"{API}/config/view/dear", json=document)
    assert put.is_success, put.text
    theirs = await house.login(await house.hire("guest"))

    (told,) = [
        one
        for one in (await theirs.get(f"{API}/views?object=book")).json()["items"]
        if one["key"] == "dear"
    ]
    used = await theirs.get(f"{API}/records/book?view=dear")
    seen = await house.ada.get(f"{API}/records/book?view=dear")

    assert (told["select"], told["where"], told["order"]) == (["title"], None, [])
    assert [one["code"] for one in used.json()["errors"]] == ["view_beyond_sight"]
    assert "price" not in used.text
    assert seen.status_code == 200
    await house.ada.delete(f"{API}/config/view/dear")
