"""A run compares by the expressions of the match document, as the gate does."""

import httpx
import pytest
from tests.integration.http.test_identity import people, run
from tests.served import Served

MATCH = {
    "kind": "match",
    "key": "reader",
    "object": "reader",
    "keys": [{"fields": ["phone"]}],
    "compare": [{"key": "desk", "expression": 'RIGHT(phone, 4) & "/" & YEAR(joined)'}],
}


@pytest.mark.slow
async def test_a_run_tells_what_an_expression_says(library: Served, ada: httpx.AsyncClient) -> None:
    put = await ada.put("/api/v1/config/match/reader", json=MATCH)
    assert put.is_success, put.text
    wanted = people(40)
    made = await ada.post(
        "/api/v1/records/reader", params={"on_duplicate": "create"}, json=[*wanted, *wanted[:15]]
    )
    assert made.is_success, made.text

    at = await run(library, ada)

    pairs = (await ada.get(f"{at}/pairs", params={"min_score": 0.9, "limit": 100})).json()["items"]
    assert len(pairs) >= 15
    told = [{why["field"]: why["agreement"] for why in one["reasons"]} for one in pairs]
    assert all(one["desk"] == "same" for one in told)


async def test_a_wrong_expression_is_refused_with_its_place(
    library: Served, ada: httpx.AsyncClient
) -> None:
    wrong = {**MATCH, "compare": [{"key": "desk", "expression": "UPPER(nam)"}]}

    answer = await ada.put("/api/v1/config/match/reader", json=wrong)

    (error,) = answer.json()["errors"]
    assert answer.status_code == 422
    assert error["path"].endswith("compare[0].expression")
    assert "name" in error["message"] + error.get("hint", "")
