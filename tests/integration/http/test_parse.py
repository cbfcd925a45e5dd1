"""Ten-second entry over HTTP: drafts with their duplicates beside them, and nothing written."""

import os
from typing import Any

import httpx
import pytest

API = "/api/v1"


async def parsed(client: httpx.AsyncClient, text: str, obj: str = "reader") -> httpx.Response:
    return await client.post(f"{API}/parse", json={"object": obj, "text": text})


async def count(client: httpx.AsyncClient) -> Any:
    page = await client.get(f"{API}/records/reader", params={"count": "exact", "limit": 1})
    return page.json()["count"]


async def test_a_text_becomes_a_draft_beside_whom_it_duplicates(ada: httpx.AsyncClient) -> None:
    number = f"139{int.from_bytes(os.urandom(4)) % 10**8:08d}"
    made = await ada.post(f"{API}/records/reader", json={"name": "林一", "phone": number})
    before = await count(ada)
    text = f"姓名:林一一\n电话:{number[:3]} {number[3:7]} {number[7:]},周末有空"

    answer = await parsed(ada, text)

    assert answer.status_code == 200, answer.text
    (item,) = answer.json()["items"]
    assert item["record"] == {"name": "林一一", "phone": f"+86-{number}"}
    assert item["parts"] == {}
    place = item["fields"]["phone"]
    assert text[place["start"] : place["end"]] == place["text"]
    assert 0 < place["confidence"] <= 1
    assert [one["text"] for one in item["left"]] == ["周末有空"]
    assert made.json()["id"] in [one.get("id") for one in item["duplicates"]]
    assert await count(ada) == before


async def test_rows_of_a_spreadsheet_become_drafts(ada: httpx.AsyncClient) -> None:
    answer = await parsed(ada, "姓名\t等级\n甲某\t金卡\n乙某\t没有的等级")

    first, second = answer.json()["items"]
    assert first["record"] == {"name": "甲某", "grade": "金卡"}
    assert second["record"] == {"name": "乙某"}
    assert [one["text"] for one in second["left"]] == ["没有的等级"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"object": "reader", "text": "x" * 10_001}, 413),
        ({"object": "reader", "text": " "}, 422),
        ({"object": "nothing", "text": "x"}, 404),
        ({"object": "user", "text": "x"}, 404),
        ({"object": "reader"}, 422),
        ({"object": "reader", "text": "x", "more": 1}, 422),
        ({"object": "reader", "text": "\u0000"}, 400),
    ],
)
async def test_what_cannot_be_read_is_said(
    ada: httpx.AsyncClient, body: dict[str, Any], status: int
) -> None:
    answer = await ada.post(f"{API}/parse", json=body)

    assert answer.status_code == status, answer.text


async def test_it_takes_the_right_to_create(vic: httpx.AsyncClient) -> None:
    assert (await parsed(vic, "书名:论语", "book")).status_code == 403
