"""Looking behind a mask: for a reason, within a quota, always noted; never where it is hidden."""

import asyncio
from typing import Any

import httpx
import pytest
from tests.integration.trail.club import member
from tests.integration.trail.conftest import Notes
from tests.served import Served


async def _reveal(
    client: httpx.AsyncClient, record: str, *fields: str, reason: str = "回访客户"
) -> httpx.Response:
    return await client.post(
        f"/api/v1/records/member/{record}/reveal",
        json={"fields": list(fields), "reason": reason},
    )


async def test_a_masked_value_is_given_for_a_reason_and_noted(
    tess: httpx.AsyncClient, cleo: httpx.AsyncClient, notes: Notes
) -> None:
    record = await member(tess, name="陈一")
    before = len(await notes.of("field.revealed"))

    masked = (await cleo.get(f"/api/v1/records/member/{record}")).json()["phone"]
    answer = await _reveal(cleo, record, "phone")

    assert masked == "138****5678"
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"id": record, "values": {"phone": "+86-13812345678"}}
    (entry,) = (await notes.of("field.revealed"))[before:]
    assert entry["new"] == {"fields": ["phone"], "count": 1}
    assert (entry["name"], entry["target"], entry["label"]) == ("Cleo", record, "陈一")
    assert (entry["reason"], entry["ip"]) == ("回访客户", "10.1.2.3")


@pytest.mark.parametrize(
    ("fields", "status", "word"),
    [
        (["identity"], 403, "cannot_reveal"),
        (["account"], 422, "unknown_field"),
        (["nothing"], 422, "unknown_field"),
        (["phone", "account"], 422, "unknown_field"),
        ([], 422, "wrong_shape"),
        ([7], 422, "wrong_shape"),
        (["x" * 49], 422, "wrong_shape"),
    ],
)
async def test_what_a_role_does_not_reveal_stays_masked_and_hidden_stays_hidden(  # noqa: PLR0917 - fixtures
    tess: httpx.AsyncClient,
    cleo: httpx.AsyncClient,
    notes: Notes,
    fields: list[Any],
    status: int,
    word: str,
) -> None:
    """The role says that `account` may be revealed, but it is hidden: then it does not exist."""
    record = await member(tess, name="陈二")
    before = await notes.of("field.revealed")

    answer = await _reveal(cleo, record, *fields)

    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (status, word)
    assert await notes.of("field.revealed") == before


async def test_hidden_and_unknown_are_told_apart_by_nothing(
    tess: httpx.AsyncClient, cleo: httpx.AsyncClient
) -> None:
    record = await member(tess, name="陈三")

    hidden = (await _reveal(cleo, record, "account")).json()
    unknown = (await _reveal(cleo, record, "accounx")).json()

    assert hidden == {
        **unknown,
        "detail": unknown["detail"].replace("accounx", "account"),
        "errors": [
            {**one, "message": one["message"].replace("accounx", "account")}
            for one in unknown["errors"]
        ],
    }


async def test_refused_attempts_are_noted_too(
    tess: httpx.AsyncClient, cleo: httpx.AsyncClient, notes: Notes
) -> None:
    record = await member(tess, name="陈四")
    before = len(await notes.of("field.reveal_refused"))

    await _reveal(cleo, record, "identity")
    await _reveal(cleo, record, "phone", reason="嗯")

    first, second = (await notes.of("field.reveal_refused"))[before:]
    assert first["new"] == {"fields": ["identity"], "why": ["cannot_reveal"]}
    assert (first["target"], first["reason"]) == (record, "回访客户")
    assert second["new"]["why"] == ["no_reason"]


async def test_a_record_out_of_sight_has_nothing_to_reveal(
    tess: httpx.AsyncClient, cleo: httpx.AsyncClient
) -> None:
    record = await member(tess, name="陈五", stage="退会")
    absent = "01890000-0000-7000-8000-000000000000"

    outside, nowhere = await _reveal(cleo, record, "phone"), await _reveal(cleo, absent, "phone")

    assert (outside.status_code, outside.json()) == (404, nowhere.json())


async def test_an_empty_value_is_revealed_as_empty(
    tess: httpx.AsyncClient, cleo: httpx.AsyncClient
) -> None:
    record = await member(tess, name="陈六", phone=None)

    assert (await _reveal(cleo, record, "phone")).json()["values"] == {"phone": None}


async def test_the_quota_holds_however_many_ask_at_once(
    club: Served, tess: httpx.AsyncClient, notes: Notes
) -> None:
    """Eight of one person at the same moment, of whom three may be answered."""
    ada, cara = await club.signed_in("ada"), await club.signed_in("cara")
    record = await member(tess, name="陈七")
    security = (await ada.get("/api/v1/config/security/main")).json()
    strict = {**security, "reveals": {"per_day": 3}}
    assert (await ada.put("/api/v1/config/security/main", json=strict)).status_code == 200

    answers = await asyncio.gather(*(_reveal(cara, record, "phone") for _ in range(8)))

    assert sorted(one.status_code for one in answers) == [200] * 3 + [429] * 5
    refused = next(one for one in answers if one.status_code == 429)
    assert refused.json()["errors"][0]["code"] == "too_many_reveals"
    assert 0 < int(refused.headers["retry-after"]) <= 86400
    assert len([one for one in await notes.of("field.revealed") if one["name"] == "Cara"]) == 3
    await ada.put("/api/v1/config/security/main", json=security)


async def test_the_description_names_what_may_be_revealed(
    cleo: httpx.AsyncClient, tess: httpx.AsyncClient
) -> None:
    told = (await cleo.get("/api/v1/openapi.json")).json()["paths"]
    operation = told["/api/v1/records/member/{id}/reveal"]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]

    assert body["properties"]["fields"]["items"] == {"enum": ["phone"]}
    assert (await cleo.get("/api/v1/me")).json()["objects"]["member"]["reveal"] == ["phone"]
    others = (await tess.get("/api/v1/openapi.json")).json()["paths"]
    assert "/api/v1/records/member/{id}/reveal" not in others
