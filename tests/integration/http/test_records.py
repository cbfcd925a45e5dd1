"""Records over HTTP: permissions first, then what the API promises."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

RECORDS = "/api/v1/records"


async def made(client: httpx.AsyncClient, obj: str, **values: Any) -> dict[str, Any]:
    answer = await client.post(f"{RECORDS}/{obj}", json=values)
    assert answer.status_code == 201, answer.text
    return answer.json()


def codes(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(one["path"], one["code"]) for one in answer.json()["errors"]]


async def test_what_one_may_not_see_is_not_there(
    lin: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    record = await made(lin, "reader", name="Out of sight")
    at = f"{RECORDS}/reader/{record['id']}"

    answers = [
        await vic.get(at),
        await vic.patch(at, json={"name": "x"}),
        await vic.get(f"{at}/history"),
        await vic.get(f"{at}/timeline"),
        await vic.get(f"{at}/related/loans"),
        await vic.get(f"{RECORDS}/reader/{uuid4()}"),
        await vic.get(f"{RECORDS}/reader/no-id"),
        await vic.get(f"{RECORDS}/nothing"),
        await vic.get(f"{RECORDS}/user"),
    ]

    assert [one.status_code for one in answers] == [404] * len(answers)


async def test_what_no_role_allows_is_refused(
    vic: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    book = await made(lin, "book", title="Closed")
    at = f"{RECORDS}/book/{book['id']}"

    answers = [
        await vic.post(f"{RECORDS}/book", json={"title": "x"}),
        await vic.patch(at, json={"title": "x"}),
        await vic.patch(f"{RECORDS}/book", json={"where": "", "set": {"title": "x"}}),
        await vic.post(f"{RECORDS}/book/upsert", json={"key": ["isbn"], "rows": []}),
        await vic.post(f"{RECORDS}/book/check", json={"title": "x"}),
        await vic.delete(at),
        await lin.delete(at),
    ]

    assert [one.status_code for one in answers] == [403] * len(answers)
    assert (await lin.get(at)).json()["title"] == "Closed"


async def test_hidden_and_masked_fields_stay_so(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    record = await made(ada, "reader", name="Masked", phone="13912345678", balance="12.50")
    at = f"{RECORDS}/reader/{record['id']}"

    seen = (await lin.get(at)).json()
    assert "balance" not in seen
    assert "12345" not in seen["phone"]
    for where in ("balance > 0", "nonsense > 0"):
        answer = await lin.get(f"{RECORDS}/reader", params={"where": where})
        assert answer.status_code == 422
        assert answer.json()["errors"][0]["code"] == "unknown_field"
    answer = await lin.get(f"{RECORDS}/reader", params={"order": "phone"})
    assert answer.status_code == 422
    answer = await lin.patch(at, json={"balance": "1"})
    assert answer.status_code in {403, 422}
    history = (await lin.get(f"{at}/history")).text
    assert "balance" not in history


async def test_a_record_is_made_read_changed_and_thrown_away(ada: httpx.AsyncClient) -> None:
    created = await ada.post(
        f"{RECORDS}/book", json={"title": "红楼梦", "price": "59.8", "pages": 1606, "tags": ["a"]}
    )
    assert created.status_code == 201
    book = created.json()
    assert created.headers["location"] == f"{RECORDS}/book/{book['id']}"
    assert UUID(book["id"]).version == 7
    assert book["price"] == "59.80"

    read = await ada.get(created.headers["location"])
    assert read.json() == book
    assert read.headers["etag"] == '"1"'
    assert read.headers["cache-control"] == "no-store"

    changed = await ada.patch(created.headers["location"], json={"genre": "小说"})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    assert changed.json()["genre"] == "小说"

    assert (await ada.delete(created.headers["location"])).status_code == 204
    assert (await ada.get(created.headers["location"])).status_code == 404

    restored = await ada.post(f"{created.headers['location']}/restore")
    assert restored.status_code == 200
    assert restored.json()["title"] == "红楼梦"
    kinds = [
        one["kind"]
        for one in (await ada.get(f"{created.headers['location']}/history")).json()["items"]
    ]
    assert kinds == ["restored", "deleted", "updated", "created"]


async def test_two_who_change_one_record_find_out(ada: httpx.AsyncClient) -> None:
    book = await made(ada, "book", title="Contested")
    at = f"{RECORDS}/book/{book['id']}"

    first = await ada.patch(at, json={"pages": 1}, headers={"if-match": '"1"'})
    second = await ada.patch(at, json={"pages": 2}, headers={"if-match": '"1"'})
    strange = await ada.patch(at, json={"pages": 2}, headers={"if-match": '"one"'})
    thrown = await ada.delete(at, headers={"if-match": '"1"'})
    any_ = await ada.patch(at, json={"pages": 3}, headers={"if-match": "*"})

    answers = (first, second, strange, thrown, any_)
    assert [one.status_code for one in answers] == [200, 412, 412, 412, 200]
    assert second.json()["errors"][0]["code"] == "stale"
    unchanged = await ada.get(at, headers={"if-none-match": '"3"'})
    assert unchanged.status_code == 304


async def test_everything_wrong_with_a_record_is_said_at_once(ada: httpx.AsyncClient) -> None:
    answer = await ada.post(
        f"{RECORDS}/book",
        json={"pages": "many", "published": "0000-00-00", "genre": "烹饪", "colour": "red"},
    )

    assert answer.status_code == 422
    assert {path for path, _ in codes(answer)} == {
        "pages", "published", "genre", "colour", "title",
    }  # fmt: skip


async def test_many_are_made_and_the_bad_ones_told(ada: httpx.AsyncClient) -> None:
    rows = [{"title": "A"}, {"pages": "many", "title": "B"}, {"title": "C"}]

    some = await ada.post(f"{RECORDS}/book", json=rows)
    none = await ada.post(f"{RECORDS}/book?atomic=true", json=rows)

    assert some.status_code == 201
    items = some.json()["items"]
    assert ["id" in one for one in items] == [True, False, True]
    assert items[1]["errors"][0]["path"] == "pages"
    assert none.status_code == 422
    assert codes(none)[0][0] == "[1].pages"


async def test_a_second_reader_with_the_same_phone_is_told_of_the_first(
    ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    first = await made(ada, "reader", name="First", phone="13800000001")
    twin = {"name": "Twin", "phone": "138 0000 0001"}

    known = await ada.post(f"{RECORDS}/reader", json=twin)
    secret = await vic.post(f"{RECORDS}/reader", json=twin)
    skipped = await ada.post(f"{RECORDS}/reader?on_duplicate=skip", json=twin)
    updated = await ada.post(f"{RECORDS}/reader?on_duplicate=update", json=twin)
    forced = await ada.post(f"{RECORDS}/reader?on_duplicate=create", json=twin)

    assert known.status_code == 409
    assert known.json()["duplicates"][0]["id"] == first["id"]
    assert known.json()["duplicates"][0]["reasons"] == ["phone"]
    assert secret.status_code == 409
    assert first["id"] not in secret.text
    assert secret.json()["duplicates"][0]["owner"] == "Ada"
    assert (skipped.status_code, skipped.json()["id"]) == (200, first["id"])
    assert (updated.status_code, updated.json()["name"]) == (200, "Twin")
    assert forced.status_code == 201
    assert forced.json()["id"] != first["id"]


async def test_a_check_saves_nothing(ada: httpx.AsyncClient) -> None:
    await made(ada, "reader", name="Known", phone="13800000002")
    count = f"{RECORDS}/reader?limit=1&count=exact"
    before = (await ada.get(count)).json()["count"]

    given = {"name": "  New ", "phone": "138-0000-0002", "joined": "2026/1/5", "grade": "铂金"}
    answer = (await ada.post(f"{RECORDS}/reader/check", json=given)).json()

    assert answer["record"]["joined"] == "2026-01-05"
    assert [one["path"] for one in answer["errors"]] == ["grade"]
    assert answer["duplicates"][0]["title"] == "Known"
    assert (await ada.get(count)).json()["count"] == before


async def test_an_upsert_makes_changes_and_leaves(ada: httpx.AsyncClient) -> None:
    rows = [{"isbn": "u-1", "title": "One"}, {"isbn": "u-2", "title": "Two"}]
    body = {"key": ["isbn"], "rows": rows}
    first = (await ada.post(f"{RECORDS}/book/upsert", json=body)).json()
    rows = [
        {"isbn": "u-1", "title": "One"},
        {"isbn": "u-2", "title": "Two, again"},
        {"isbn": "u-3", "title": "Three"},
        {"isbn": "u-4", "pages": "many"},
    ]
    second = (await ada.post(f"{RECORDS}/book/upsert", json={"key": ["isbn"], "rows": rows})).json()

    assert first == {"created": 2, "updated": 0, "unchanged": 0, "errors": []}
    assert {name: second[name] for name in ("created", "updated", "unchanged")} == {
        "created": 1, "updated": 1, "unchanged": 1,
    }  # fmt: skip
    assert [one["at"] for one in second["errors"]] == ["[3]"]


async def test_many_are_changed_by_condition_or_by_id(ada: httpx.AsyncClient) -> None:
    ids = [(await made(ada, "book", title=f"Bulk {n}", pages=n))["id"] for n in range(1, 6)]
    where = {"where": 'title starts with "Bulk" and pages > 2', "set": {"rare": True}}

    by_where = (await ada.patch(f"{RECORDS}/book", json=where)).json()
    by_ids = (await ada.patch(f"{RECORDS}/book", json={"ids": ids, "set": {"rare": True}})).json()
    neither = await ada.patch(f"{RECORDS}/book", json={"set": {"rare": True}})
    both = await ada.patch(
        f"{RECORDS}/book", json={"ids": ids, "where": "true", "set": {"rare": True}}
    )

    assert (by_where["changed"], by_where["unchanged"]) == (3, 0)
    assert (by_ids["changed"], by_ids["unchanged"]) == (2, 3)
    assert (neither.status_code, both.status_code) == (422, 422)


async def test_a_page_is_asked_for_in_the_address_or_in_a_body(ada: httpx.AsyncClient) -> None:
    for n in range(1, 8):
        await made(ada, "book", title=f"Page {n}", pages=n)
    asked = {
        "select": ["title", "pages * 2 AS double"],
        "where": 'title starts with "Page " and pages >= 2',
        "order": ["-pages"],
        "limit": 4,
        "count": "exact",
    }

    by_body = (await ada.post(f"{RECORDS}/book/query", json=asked)).json()
    address = {
        **asked,
        "select": "title,pages * 2 AS double",
        "order": "-pages",
    }
    by_address = (await ada.get(f"{RECORDS}/book", params=address)).json()
    rest = (
        await ada.post(f"{RECORDS}/book/query", json={**asked, "cursor": by_body["next"]})
    ).json()

    assert by_body == by_address
    assert by_body["items"][0] == {"title": "Page 7", "double": 14}
    assert by_body["count"] == {"value": 6, "exact": True}
    assert [one["title"] for one in rest["items"]] == ["Page 3", "Page 2"]
    assert rest["next"] is None


async def test_decimals_are_texts_unless_floats_are_wanted(ada: httpx.AsyncClient) -> None:
    book = await made(ada, "book", title="Float", price="0.10")
    floats = {"accept": "application/json; numbers=float"}
    at = f"{RECORDS}/book/{book['id']}"

    exact = (await ada.get(at)).json()["price"]
    loose = (await ada.get(at, headers=floats)).json()["price"]
    asked = {"where": f'id = "{book["id"]}"'}
    page = (await ada.get(f"{RECORDS}/book", params=asked, headers=floats)).json()["items"]

    assert (exact, loose, page[0]["price"]) == ("0.10", 0.1, 0.1)


async def test_a_record_as_it_was(ada: httpx.AsyncClient) -> None:
    book = await made(ada, "book", title="Before")
    at = f"{RECORDS}/book/{book['id']}"
    changed = (await ada.patch(at, json={"title": "After"})).json()

    then = await ada.get(at, params={"as_of": book["created_at"]})
    now = await ada.get(at, params={"as_of": changed["updated_at"]})
    earlier = await ada.get(at, params={"as_of": "2001-01-01T00:00:00Z"})
    never = await ada.get(at, params={"as_of": "yesterday"})

    assert then.json()["title"] == "Before"
    assert now.json()["title"] == "After"
    assert earlier.status_code == 404
    assert never.status_code == 422


async def test_what_belongs_to_a_record_and_what_happened_to_it(ada: httpx.AsyncClient) -> None:
    reader = await made(ada, "reader", name="Timely")
    at = f"{RECORDS}/reader/{reader['id']}"
    for n in range(3):
        await made(ada, "loan", reader=reader["id"], note=f"Loan {n}")
    await ada.patch(at, json={"grade": "金卡"})

    related = (await ada.get(f"{at}/related/loans", params={"order": "note"})).json()
    assert [one["note"] for one in related["items"]] == ["Loan 0", "Loan 1", "Loan 2"]
    assert (await ada.get(f"{at}/related/nothing")).status_code == 404

    kinds: list[str] = []
    cursor: str | None = None
    while True:
        params = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await ada.get(f"{at}/timeline", params=params)).json()
        kinds += [one["kind"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert kinds == ["history", "loan", "loan", "loan", "history"]


async def test_the_recycle_bin_is_for_those_who_may_delete(
    ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    book = await made(ada, "book", title="Binned")
    await ada.delete(f"{RECORDS}/book/{book['id']}")
    asked = {"deleted": "true", "where": 'title = "Binned"'}

    assert len((await ada.get(f"{RECORDS}/book", params=asked)).json()["items"]) == 1
    assert (await vic.get(f"{RECORDS}/book", params=asked)).status_code == 403
    assert (await vic.post(f"{RECORDS}/book/{book['id']}/restore")).status_code in {403, 404}


@pytest.mark.parametrize(
    ("query", "path", "code"),
    [
        ("limit=0", "limit", "wrong_limit"),
        ("limit=many", "limit", "wrong_limit"),
        ("limt=5", "limt", "unknown_parameter"),
        ("order=colour", "order[0].1:1", "unknown_field"),
        ("select=colour", "select[0].1:1", "unknown_field"),
        ("count=all", "count", "wrong_choice"),
        ("cursor=zzz", "cursor", "foreign_cursor"),
        ("where=title =", "where.1:8", None),
    ],
)
async def test_a_bad_query_is_told_where_it_is_bad(
    ada: httpx.AsyncClient, query: str, path: str, code: str | None
) -> None:
    answer = await ada.get(f"{RECORDS}/book?{query}")

    assert answer.status_code in {400, 422}, answer.text
    assert answer.json()["errors"][0]["path"] == path
    assert code in {None, answer.json()["errors"][0]["code"]}
