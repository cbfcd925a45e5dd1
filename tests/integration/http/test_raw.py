"""What was typed is kept beside the standard form, and shown to who asks and may see it in full."""

from typing import Any

import httpx

RECORDS = "/api/v1/records"


async def made(client: httpx.AsyncClient, **values: Any) -> str:
    answer = await client.post(f"{RECORDS}/reader", json=values)
    assert answer.status_code == 201, answer.text
    return f"{RECORDS}/reader/{answer.json()['id']}"


async def raws(client: httpx.AsyncClient, at: str) -> list[tuple[str, Any, list[str]]]:
    """Give field, raw value and reasons of every change that has them, newest first."""
    items = (await client.get(f"{at}/history", params={"raw": "true"})).json()["items"]
    return [
        (change["field"], change["raw"], change["why"])
        for item in items
        for change in item["changes"]
        if "raw" in change
    ]


async def test_who_sees_a_field_masked_does_not_see_what_was_typed(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    at = await made(ada, name="Masked raw", phone="139 1234 8801 (Bo)", balance=" 12.5 元")

    record = (await lin.get(at, params={"raw": "true"})).json()

    assert record["raw"] == {}
    assert await raws(lin, at) == []
    for answer in (
        await lin.get(at, params={"raw": "true"}),
        await lin.get(f"{at}/history", params={"raw": "true"}),
    ):
        assert "8801 " not in answer.text
        assert "12.5" not in answer.text


async def test_what_was_typed_is_told_to_who_asks_with_why_it_was_changed(
    ada: httpx.AsyncClient,
) -> None:
    at = await made(ada, name="Raw", phone="139 1234 8802", balance="1.2万元")

    plain = (await ada.get(at)).json()
    asked = (await ada.get(at, params={"raw": "true"})).json()

    assert "raw" not in plain
    assert {key: (one["raw"], one["why"]) for key, one in asked["raw"].items()} == {
        "phone": ("139 1234 8802", ["spaces", "form"]),
        "balance": ("1.2万元", ["form"]),
    }
    assert sorted(await raws(ada, at)) == [
        ("balance", "1.2万元", ["form"]),
        ("phone", "139 1234 8802", ["spaces", "form"]),
    ]
    assert "raw" not in (await ada.get(f"{at}/history")).text


async def test_a_raw_value_belongs_to_the_value_it_became(ada: httpx.AsyncClient) -> None:
    at = await made(ada, name="Raw twice", phone="139-1234-8803")

    await ada.patch(at, json={"phone": "13912348804"})
    second = (await ada.get(at, params={"raw": "true"})).json()
    await ada.patch(at, json={"phone": "手机：139 1234 8805"})
    third = (await ada.get(at, params={"raw": "true"})).json()

    assert "phone" not in second["raw"], "it was typed as it is shown"
    assert third["raw"]["phone"]["raw"] == "手机：139 1234 8805"
    assert [raw for _, raw, _ in await raws(ada, at)] == ["手机：139 1234 8805", "139-1234-8803"]


async def test_where_nothing_was_changed_nothing_is_kept(ada: httpx.AsyncClient) -> None:
    at = await made(ada, name="As shown", phone="13912348806", balance="12.50")

    assert (await ada.get(at, params={"raw": "true"})).json()["raw"] == {}


async def test_asking_otherwise_is_refused(ada: httpx.AsyncClient) -> None:
    at = await made(ada, name="Asked badly")

    for where in (at, f"{at}/history"):
        answer = await ada.get(where, params={"raw": "maybe"})
        assert answer.status_code == 422
