"""Expressions over HTTP: told what is wrong and where, what they are, and what they give."""

from typing import Any

import httpx
import pytest

API = "/api/v1"


async def asked(client: httpx.AsyncClient, text: str, **more: Any) -> Any:
    body = {"object": "reader", "text": text, **more}
    answer = await client.post(f"{API}/expressions/check", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_sound_expression_has_a_type_and_a_value(ada: httpx.AsyncClient) -> None:
    made = await ada.post(f"{API}/records/reader", json={"name": "试算一", "grade": "金卡"})

    told = await asked(ada, 'IF(等级 = "金卡", LEN(name), 0)', record=made.json()["id"])

    assert (told["type"], told["problems"]) == ("number", [])
    assert "grade" in told["text"]
    assert told["sample"]["title"] == "试算一"
    assert float(told["sample"]["value"]) == 3


async def test_each_problem_has_its_place(ada: httpx.AsyncClient) -> None:
    told = await asked(ada, 'nam = "x" and FOO(1)')

    places = [(one["start"], one["end"], one["code"]) for one in told["problems"]]
    assert places == [(0, 3, "unknown_field"), (14, 20, "unknown_function")]
    assert "name" in told["problems"][0]["hint"]

    (unfinished,) = (await asked(ada, "name ="))["problems"]
    assert unfinished["code"] == "unfinished"


async def test_what_is_wanted_is_held_against_what_it_is(ada: httpx.AsyncClient) -> None:
    (wrong,) = (await asked(ada, "LEN(name)", wants="boolean"))["problems"]

    assert wrong["code"] == "wrong_type"
    assert (await asked(ada, "CHANGED(name)", wants="boolean", event=True))["sample"] is None


async def test_a_field_that_is_only_being_drawn_is_known(ada: httpx.AsyncClient) -> None:
    body = (await ada.get(f"{API}/config/object/reader")).json()
    shoe = {"key": "shoe_size", "kind": "number", "label": "鞋码"}
    drafted = {**body, "fields": [*body["fields"], shoe]}

    told = await asked(ada, "shoe_size + 1", documents=[drafted])

    assert (told["type"], told["sample"]) == ("number", None)
    assert (await asked(ada, "shoe_size + 1"))["problems"][0]["code"] == "unknown_field"


async def test_who_does_not_configure_writes_of_what_they_see(lin: httpx.AsyncClient) -> None:
    assert (await asked(lin, "balance > 1"))["problems"][0]["code"] == "unknown_field"

    drafted = await lin.post(
        f"{API}/expressions/check", json={"object": "reader", "text": "1", "documents": [{}]}
    )
    assert drafted.status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        {"object": "reader"},
        {"object": "reader", "text": "1", "wants": "nothing"},
        {"object": "reader", "text": "x" * 20_001},
        {"object": "reader", "text": "1", "more": 1},
    ],
)
async def test_what_makes_no_sense_is_said(ada: httpx.AsyncClient, body: dict[str, Any]) -> None:
    answer = await ada.post(f"{API}/expressions/check", json=body)

    assert answer.status_code == 422


async def test_the_functions_are_told_in_the_asker_s_language(ada: httpx.AsyncClient) -> None:
    answer = await ada.get(f"{API}/expressions/functions", headers={"accept-language": "en"})

    known = {one["name"]: one for one in answer.json()["items"]}
    assert known["ROUND"]["usage"] == "ROUND(number, digits?)"
    assert known["ROUND"]["doc"].startswith("The number rounded")
