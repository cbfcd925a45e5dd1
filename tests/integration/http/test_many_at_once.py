"""Something done to all records that a filter finds: just those, as confirmed, told and undone."""

from typing import Any

import httpx
import pytest
from tests.integration.http.test_records import RECORDS

MANY = 305


async def books(client: httpx.AsyncClient, word: str, count: int, **more: Any) -> str:
    """Put some books there; gives the condition that finds them."""
    rows = [{"title": f"{word} {n}", "pages": n % 3, **more} for n in range(count)]
    answer = await client.post(f"{RECORDS}/book", json=rows)
    assert answer.status_code == 201, answer.text
    return f'title starts with "{word} "'


async def found(client: httpx.AsyncClient, where: str, **more: Any) -> int:
    body = {"where": where, "count": "exact", "limit": 1, **more}
    answer = await client.post(f"{RECORDS}/book/query", json=body)
    counted: int = answer.json()["count"]["value"]
    return counted


async def taken_back(client: httpx.AsyncClient, done: dict[str, Any]) -> dict[str, Any]:
    """Take back what was done to few, which is done at once."""
    answer = await client.post(f"/api/v1/sweeps/{done['undo']}/undo")
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_all_that_a_filter_finds_are_changed_and_changed_back(
    ada: httpx.AsyncClient,
) -> None:
    where = await books(ada, "Alle", MANY)
    body = {"where": where, "set": {"pages": 7}, "expected": MANY, "undo": True}

    done = (await ada.patch(f"{RECORDS}/book", json=body)).json()
    changed = await found(ada, f"{where} and pages = 7")
    back = await taken_back(ada, done)

    assert (done["changed"], done["errors"], changed) == (MANY, [], MANY)
    assert (back["undone"], back["kept"]) == (MANY, 0)
    assert await found(ada, f"{where} and pages = 7") == 0
    assert await found(ada, f"{where} and pages = 1") == len(range(1, MANY, 3))


async def test_nothing_is_done_if_others_answer_than_were_confirmed(
    ada: httpx.AsyncClient,
) -> None:
    where = await books(ada, "Erwartet", 3)

    told = [
        await ada.patch(f"{RECORDS}/book", json={"where": where, "set": {"pages": 9}, **wrong})
        for wrong in ({"expected": 2}, {"expected": 4})
    ]
    told.append(await ada.post(f"{RECORDS}/book/delete", json={"where": where, "expected": 4}))
    right = await ada.post(f"{RECORDS}/book/delete", json={"where": where, "expected": 3})

    assert [one.status_code for one in told] == [409] * 3
    assert told[0].json()["type"].endswith("found_others")
    assert await found(ada, f"{where} and pages = 9") == 0
    assert right.json()["deleted"] == 3


async def test_things_are_added_to_lists_and_taken_out_again(ada: httpx.AsyncClient) -> None:
    await books(ada, "Stichwort", 2, tags=["a", "b"])
    where = await books(ada, "Stichwort", 2)
    body = {"where": where, "add": {"tags": ["b", "c"]}, "undo": True}

    done = (await ada.patch(f"{RECORDS}/book", json=body)).json()
    asked = {"where": where, "select": "tags", "order": "id"}
    tags = [one["tags"] for one in (await ada.get(f"{RECORDS}/book", params=asked)).json()["items"]]
    await taken_back(ada, done)
    again = [
        one["tags"] for one in (await ada.get(f"{RECORDS}/book", params=asked)).json()["items"]
    ]

    assert tags == [["a", "b", "c"]] * 2 + [["b", "c"]] * 2
    assert [one or [] for one in again] == [["a", "b"]] * 2 + [[]] * 2


async def test_only_what_one_sees_is_touched_and_what_one_may_not_touch_is_told(
    ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    rows = [{"name": f"Viele {n}"} for n in range(3)]
    await ada.post(f"{RECORDS}/reader", json=rows)
    own = await vic.post(f"{RECORDS}/reader", json={"name": "Viele eigene"})
    where = 'name starts with "Viele"'

    narrow = await vic.patch(
        f"{RECORDS}/reader", json={"where": where, "set": {"joined": "2020-01-01"}, "expected": 4}
    )
    mine = await vic.patch(
        f"{RECORDS}/reader", json={"where": where, "set": {"joined": "2020-01-01"}, "expected": 1}
    )

    assert own.status_code == 201, own.text
    assert narrow.status_code == 409
    assert mine.json()["changed"] == 1
    asked = {"where": f'{where} and joined = "2020-01-01"', "select": "name"}
    seen = (await ada.get(f"{RECORDS}/reader", params=asked)).json()["items"]
    assert seen == [{"name": "Viele eigene"}]


async def test_what_is_thrown_away_together_comes_back_together(ada: httpx.AsyncClient) -> None:
    where = await books(ada, "Weg", MANY)

    gone = (
        await ada.post(
            f"{RECORDS}/book/delete", json={"where": where, "expected": MANY, "undo": True}
        )
    ).json()
    left = await found(ada, where)
    back = await taken_back(ada, gone)

    assert (gone["deleted"], left) == (MANY, 0)
    assert (back["undone"], back["kept"]) == (MANY, 0)
    assert await found(ada, where) == MANY


async def test_a_view_narrows_what_is_changed(ada: httpx.AsyncClient) -> None:
    where = await books(ada, "Sicht", 6)
    kept = await ada.post(
        "/api/v1/views",
        json={"object": "book", "label": "v", "select": ["title"], "where": "pages = 1"},
    )
    view = kept.json()["id"]

    done = await ada.patch(
        f"{RECORDS}/book", json={"view": view, "where": where, "set": {"pages": 5}, "expected": 2}
    )
    only = await ada.post(f"{RECORDS}/book/delete", json={"view": view, "search": "Sicht"})

    assert done.json()["changed"] == 2, done.text
    assert only.json()["deleted"] == 0
    assert await found(ada, where) == 6


WRONG: list[dict[str, Any]] = [
    {}, {"ids": []} | {"where": "true"}, {"ids": "x"}, {"ids": ["x"]}, {"where": 5},
    {"where": "nothing = 1"}, {"where": "true", "expected": -1}, {"where": "true", "expected": "2"},
    {"where": "true", "expected": True}, {"where": "true", "undo": "yes"}, {"view": "nothing"},
    {"where": "true", "limit": 1},
]  # fmt: skip


@pytest.mark.parametrize("body", WRONG, ids=str)
async def test_a_wrong_choice_is_told(ada: httpx.AsyncClient, body: dict[str, Any]) -> None:
    changed = await ada.patch(f"{RECORDS}/book", json={**body, "set": {"pages": 1}})
    gone = await ada.post(f"{RECORDS}/book/delete", json=body)

    assert {changed.status_code, gone.status_code} <= {404, 422}, (changed.text, gone.text)


@pytest.mark.parametrize("add", [{"title": ["x"]}, {"tags": "x"}, {"nothing": ["x"]}, []], ids=str)
async def test_only_lists_are_added_to(ada: httpx.AsyncClient, add: Any) -> None:
    told = await ada.patch(f"{RECORDS}/book", json={"where": "true", "add": add})

    assert told.status_code == 422, told.text
