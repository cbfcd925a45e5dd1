"""Why somebody may or may not: decisions explained, who can, roles side by side."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.served import Served

EXPLAIN = "/api/v1/access/explain"
WHO_CAN = "/api/v1/access/who-can"


@pytest.fixture(scope="module")
async def ids(library: Served, ada: httpx.AsyncClient) -> dict[str, str]:
    users = (await ada.get("/api/v1/users")).json()["items"]
    known = {one["login"]: one["id"] for one in users}
    made = await ada.post(
        "/api/v1/records/reader",
        params={"on_duplicate": "create"},
        json=[
            {"name": "维克的读者", "owner": known["vic"], "phone": "13711112222"},
            {"name": "别人的"},
        ],
    )
    mine, others = (one["id"] for one in made.json()["items"])
    return {**known, "mine": mine, "others": others}


async def asked(client: httpx.AsyncClient, **question: Any) -> dict[str, Any]:
    answer = await client.post(EXPLAIN, json=question)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_the_chain_says_which_scope_holds(
    ada: httpx.AsyncClient, ids: dict[str, str]
) -> None:
    mine = await asked(ada, user=ids["vic"], object="reader", record=ids["mine"])
    others = await asked(ada, user=ids["vic"], object="reader", record=ids["others"])

    assert (mine["allowed"], others["allowed"]) == (True, False)
    for told, holds in ((mine, True), (others, False)):
        own = next(one for one in told["chain"] if one["scope"] == "own")
        assert (own["role"], own["holds"], own["kind"]) == ("volunteer", holds, "scope")
        assert own["text"] == f"角色“志愿者”允许查看：仅本人：{'符合' if holds else '不符合'}"


async def test_it_is_said_in_english_too(ada: httpx.AsyncClient, ids: dict[str, str]) -> None:
    answer = await ada.post(
        EXPLAIN,
        json={"user": ids["vic"], "object": "reader", "record": ids["mine"], "action": "delete"},
        headers={"accept-language": "en"},
    )
    told = answer.json()
    assert told["allowed"] is False
    assert any("allows to delete: none" in one["text"] for one in told["chain"])


@pytest.mark.parametrize(
    ("field", "action", "decision"),
    [
        ("phone", "read", (True, "masked")),
        ("balance", "read", (False, "hidden")),
        ("name", "read", (True, "read")),
        ("name", "update", (True, None)),
        ("phone", "update", (False, None)),
    ],
)
async def test_a_field_has_its_level(  # noqa: PLR0917
    ada: httpx.AsyncClient,
    ids: dict[str, str],
    field: str,
    action: str,
    decision: tuple[bool, str | None],
) -> None:
    told = await asked(
        ada, user=ids["lin"], object="reader", record=ids["mine"], field=field, action=action
    )
    assert (told["allowed"], told["level"]) == decision


async def test_the_decision_is_that_of_reading(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient, ids: dict[str, str]
) -> None:
    for record in (ids["mine"], ids["others"]):
        seen = (await vic.get(f"/api/v1/records/reader/{record}")).status_code == 200
        told = await asked(ada, user=ids["vic"], object="reader", record=record)
        assert told["allowed"] is seen


async def test_oneself_may_ask_and_learns_nothing_of_what_is_hidden(
    vic: httpx.AsyncClient, ids: dict[str, str]
) -> None:
    hidden = await asked(vic, object="reader", record=ids["others"])
    absent = await asked(vic, object="reader", record=str(uuid4()))

    assert hidden["allowed"] is False
    assert {**hidden, "record": None} == {**absent, "record": None}
    assert (await asked(vic, object="reader", record=ids["mine"]))["allowed"] is True


async def test_about_others_only_those_ask_who_look_after_them(
    vic: httpx.AsyncClient, ids: dict[str, str]
) -> None:
    answer = await vic.post(EXPLAIN, json={"user": ids["lin"], "object": "reader"})
    assert answer.status_code == 403


async def test_who_keeps_people_is_told_nothing_of_a_record_out_of_sight(
    library: Served, ids: dict[str, str]
) -> None:
    registrar = await library.signed_in("reg")
    hidden = await registrar.post(
        EXPLAIN, json={"user": ids["vic"], "object": "reader", "record": ids["mine"]}
    )
    assert hidden.status_code in {403, 404}
    listed = await registrar.get(WHO_CAN, params={"object": "reader", "record": ids["mine"]})
    assert listed.status_code in {403, 404}


async def test_who_can_lists_everybody_with_a_reason(
    library: Served, ada: httpx.AsyncClient, ids: dict[str, str]
) -> None:
    listed = await ada.get(WHO_CAN, params={"object": "reader", "record": ids["mine"]})
    assert listed.status_code == 200, listed.text
    able = {one["user"]["id"]: one["reasons"] for one in listed.json()["items"]}

    for login in ("ada", "lin", "vic", "reg"):
        told = await asked(ada, user=ids[login], object="reader", record=ids["mine"])
        assert told["allowed"] is (ids[login] in able), login
    assert any("仅本人" in one for one in able[ids["vic"]])


async def test_who_can_follows_a_field(ada: httpx.AsyncClient, ids: dict[str, str]) -> None:
    listed = await ada.get(
        WHO_CAN, params={"object": "reader", "record": ids["mine"], "field": "balance"}
    )
    able = {one["user"]["id"] for one in listed.json()["items"]}
    assert ids["ada"] in able
    assert ids["lin"] not in able


async def test_a_share_is_a_reason(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient, ids: dict[str, str]
) -> None:
    made = await ada.post("/api/v1/records/reader", json={"name": "共享的读者"})
    record = made.json()["id"]
    shared = await ada.post(
        f"/api/v1/records/reader/{record}/shares",
        json={"to": {"user": ids["vic"]}, "level": "read"},
    )
    assert shared.status_code == 201, shared.text

    told = await asked(ada, user=ids["vic"], object="reader", record=record)

    assert told["allowed"] is True
    assert [one["kind"] for one in told["chain"] if one["holds"]] == ["share"]


async def test_roles_are_compared(ada: httpx.AsyncClient, vic: httpx.AsyncClient) -> None:
    told = (await ada.get("/api/v1/access/compare?roles=librarian,volunteer")).json()
    reader = next(one for one in told["items"] if one["object"] == "reader")

    assert [one["key"] for one in told["roles"]] == ["librarian", "volunteer"]
    assert reader["actions"]["read"] == {"librarian": ["all"], "volunteer": ["own"]}
    assert reader["fields"]["phone"] == {"librarian": "masked", "volunteer": "write"}
    assert reader["differs"] is True
    assert (await vic.get("/api/v1/access/compare?roles=librarian")).status_code == 403
    assert (await ada.get("/api/v1/access/compare?roles=libarian")).status_code in {400, 422}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"object": "nothing"}, {404}),
        ({"object": "reader", "action": "fly"}, {400, 422}),
        ({"object": "reader", "field": "no_such_field"}, {400, 404, 422}),
        ({"object": "reader", "user": "00000000-0000-0000-0000-000000000000"}, {404}),
        ({"record": "x"}, {422}),
        ({"object": "user"}, {404}),
    ],
)
async def test_what_cannot_be_asked_is_told(
    ada: httpx.AsyncClient, body: dict[str, Any], status: set[int]
) -> None:
    assert (await ada.post(EXPLAIN, json=body)).status_code in status
