"""Public forms: an address is given out, strangers fill in, and learn nothing of whom we know."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import time
from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.served import Served

from zhike.hub import visitors
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform
from zhike.store import form_addresses

CONFIG = "/api/v1/config/form"
FORM: dict[str, Any] = {
    "kind": "form",
    "key": "join",
    "object": "reader",
    "label": {"zh": "办理借书证", "en": "Become a reader"},
    "purpose": ["public"],
    "sections": [
        {
            "label": {"zh": "您的信息", "en": "About you"},
            "fields": [
                {"field": "name", "label": {"zh": "您的姓名", "en": "Your name"}},
                "phone",
                "joined",
                "favourites",
            ],
        }
    ],
    "public": {
        "values": {"grade": "银卡"},
        "thanks": {"zh": "欢迎光临", "en": "Welcome"},
        "per_minute": 5000,
        "per_address": 5000,
    },
}


@dataclass(frozen=True, kw_only=True)
class Open:
    """A form that is open to strangers."""

    library: Served
    key: str
    path: str
    stranger: httpx.AsyncClient

    async def ticket(self, *, old: float = 60) -> str:
        async with self.library.system.db.reading(platform(), self.library.workspace) as tx:
            found = await form_addresses.of_form(tx, self.key)
        assert found
        return visitors.ticket(found.seal, now=time() - old)

    async def sent(self, values: Mapping[str, Any], **more: Any) -> httpx.Response:
        body = {"values": values, "ticket": await self.ticket(), **more}
        return await self.stranger.post(self.path, json=body)


async def opened(library: Served, ada: httpx.AsyncClient, **public: Any) -> Open:
    """Open a form of one's own."""
    key = f"join_{uuid4().hex[:10]}"
    body = {**FORM, "key": key, "public": {**FORM["public"], **public}}
    assert (await ada.put(f"{CONFIG}/{key}", json=body)).status_code < 300
    kept = await ada.put(f"/api/v1/forms/{key}/address", json={"owner": library.ids["vic"]})
    assert kept.status_code == 200, kept.text
    _, _, workspace, address = kept.json()["address"].split("/")
    assert workspace == library.workspace
    stranger = library.client(accept_language="zh")
    return Open(library=library, key=key, path=f"/api/v1/public/{address}", stranger=stranger)


@pytest.fixture
async def door(library: Served, ada: httpx.AsyncClient) -> Open:
    return await opened(library, ada)


async def readers(ada: httpx.AsyncClient, name: str) -> list[dict[str, Any]]:
    answer = await ada.get("/api/v1/records/reader", params={"where": f'name = "{name}"'})
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def person() -> tuple[str, str]:
    """Somebody nobody has met: a name and a phone number."""
    return f"客人{uuid4().hex[:8]}", f"139{uuid4().int % 10**8:08d}"


async def test_a_stranger_sees_the_form_and_nothing_else(
    door: Open, ada: httpx.AsyncClient
) -> None:
    told = (await door.stranger.get(door.path)).json()

    assert told["form"]["label"] == "办理借书证"
    assert [one["key"] for one in told["object"]["fields"]] == ["name", "phone", "joined"]
    places = [one["field"] for one in told["form"]["sections"][0]["fields"]]
    assert places == ["name", "phone", "joined"]
    assert told["object"]["relations"] == []
    assert told["thanks"] == "欢迎光临"
    assert "银卡" not in str(told)
    english = await door.stranger.get(door.path, headers={"accept-language": "en"})
    assert english.json()["form"]["label"] == "Become a reader"


async def test_what_was_left_out_is_told_to_who_builds(
    door: Open, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    told = (await ada.get(f"/api/v1/forms/{door.key}/address")).json()

    assert [one["key"] for one in told["left_out"]] == ["favourites"]
    assert told["wanting"] == []
    assert told["answers"]
    assert (await vic.get(f"/api/v1/forms/{door.key}/address")).status_code == 403
    assert (await vic.put(f"/api/v1/forms/{door.key}/address", json={})).status_code == 403


async def test_what_is_sent_becomes_a_record_of_the_owner(
    door: Open, ada: httpx.AsyncClient, library: Served
) -> None:
    name, phone = person()

    answer = await door.sent({"name": name, "phone": phone})

    assert (answer.status_code, answer.json()) == (202, {"sent": True}), answer.text
    [record] = await readers(ada, name)
    assert record["grade"] == "银卡"
    assert record["owner"] == library.ids["vic"]
    assert record["department"] is not None
    assert record["created_by"] is None
    history = await ada.get(f"/api/v1/records/reader/{record['id']}/history")
    assert history.json()["items"][0]["source"] == "form"
    assert history.json()["items"][0]["cause"] == f"form:{door.key}"


async def test_every_sending_is_in_the_log(door: Open, library: Served) -> None:
    name, phone = person()
    await door.sent({"name": name, "phone": phone})
    await door.sent({"name": name, "phone": "13800000000"}, trap="https://spam.example")
    await door.sent({"phone": phone})

    async with library.system.db.reading(platform(), library.workspace) as tx:
        rows = await tx.rows(
            sql(
                "SELECT new->>'fate', ip FROM zk_operation"
                " WHERE act = 'form.sent' AND new->>'form' = {form} ORDER BY seq",
                form=param(door.key, "text"),
            )
        )
    assert rows == [("created", "10.1.2.3"), ("robot", "10.1.2.3"), ("refused", "10.1.2.3")]


@pytest.mark.parametrize("known", ["create", "skip", "update", "overwrite"])
async def test_who_is_known_is_never_told(
    library: Served, ada: httpx.AsyncClient, known: str
) -> None:
    door = await opened(library, ada, known=known)
    name, phone = person()
    kept = await ada.post("/api/v1/records/reader", json={"name": name, "phone": phone})

    stranger, somebody = person()[0], await door.sent({"name": name + "二", "phone": phone})
    nobody = await door.sent({"name": stranger, "phone": person()[1]})

    assert (somebody.status_code, somebody.json()) == (nobody.status_code, nobody.json())
    there = (await ada.get(f"/api/v1/records/reader/{kept.json()['id']}")).json()
    again = await readers(ada, name + "二")
    match known:
        case "create":
            assert len(again) == 1
            assert there["name"] == name
        case "skip" | "update":
            assert again == []
            assert there["name"] == name
        case _:
            assert [one["id"] for one in again] == [there["id"]]
            assert there["name"] == name + "二"


@pytest.mark.parametrize("known", ["create", "skip", "update", "overwrite"])
async def test_what_has_to_be_mended_tells_nothing_of_whom_we_know(
    library: Served, ada: httpx.AsyncClient, known: str
) -> None:
    """Who sends a phone number and nothing else hears the same whether it is in the base or not."""
    door = await opened(library, ada, known=known)
    name, phone = person()
    await ada.post("/api/v1/records/reader", json={"name": name, "phone": phone})

    ours, theirs = await door.sent({"phone": phone}), await door.sent({"phone": person()[1]})

    assert ours.status_code == theirs.status_code == 422
    assert ours.json()["errors"] == theirs.json()["errors"]


@pytest.mark.parametrize(
    ("known", "joined"), [("update", "2020-01-01"), ("overwrite", "2024-05-06")]
)
async def test_only_a_form_that_asks_for_it_replaces_what_is_there(
    library: Served, ada: httpx.AsyncClient, known: str, joined: str
) -> None:
    """Blanks are filled in; what nobody typed replaces nothing, nor does it change hands."""
    door = await opened(library, ada, known=known)
    name, phone = person()
    full = {"name": name, "phone": phone, "joined": "2020-01-01", "grade": "金卡"}
    kept = (await ada.post("/api/v1/records/reader", json=full)).json()
    bare = {"name": person()[0], "phone": person()[1], "owner": library.ids["lin"]}
    blank = (await ada.post("/api/v1/records/reader", json=bare)).json()

    first = await door.sent({"name": name, "phone": phone, "joined": "2024-05-06"})
    second = await door.sent({**bare_sent(bare), "joined": "2024-05-06"})
    third = await door.sent({"name": name, "phone": phone, "joined": ""})

    assert {one.status_code for one in (first, second, third)} == {202}
    now = (await ada.get(f"/api/v1/records/reader/{kept['id']}")).json()
    assert (now["name"], now["joined"], now["grade"]) == (name, joined, "金卡")
    assert now["owner"] == kept["owner"]
    filled = (await ada.get(f"/api/v1/records/reader/{blank['id']}")).json()
    assert (filled["joined"], filled["grade"]) == ("2024-05-06", "银卡")
    assert filled["owner"] == library.ids["lin"]
    assert len(await readers(ada, name)) == 1


def bare_sent(record: Mapping[str, Any]) -> dict[str, Any]:
    """Give what somebody who is a record types of himself."""
    return {key: record[key] for key in ("name", "phone")}


async def test_what_is_not_on_the_form_is_refused(door: Open, ada: httpx.AsyncClient) -> None:
    name, _ = person()

    for field in ("grade", "balance", "owner", "id", "favourites", "created_at", "no_such"):
        answer = await door.sent({"name": name, field: "x"})
        assert answer.status_code == 422, field
        assert answer.json()["errors"][0]["code"] == "not_on_the_form"
    assert await readers(ada, name) == []


async def test_what_is_wrong_is_told_at_the_field(door: Open) -> None:
    answer = await door.sent({"name": "", "joined": "gestern"})

    assert answer.status_code == 422
    assert {one["path"] for one in answer.json()["errors"]} == {"name", "joined"}


async def test_robots_are_thanked_and_nothing_is_kept(door: Open, ada: httpx.AsyncClient) -> None:
    name, phone = person()

    answer = await door.sent({"name": name, "phone": phone}, trap="x")

    assert (answer.status_code, answer.json()) == (202, {"sent": True}), answer.text
    assert await readers(ada, name) == []


async def test_a_ticket_is_neither_too_fresh_nor_old_nor_made_up(door: Open) -> None:
    fresh = await door.sent({"name": "x"}, ticket=await door.ticket(old=0))
    assert fresh.status_code == 429
    assert int(fresh.headers["retry-after"]) <= visitors.AGE
    real = await door.ticket()
    made_up = ["", "x", "0", "1.x", "9" * 100, f"{int(time())}.{real.partition('.')[2]}", "１.x"]
    for one in (*made_up, await door.ticket(old=90_000), await door.ticket(old=-90)):
        answer = await door.sent({"name": "x"}, ticket=one)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "old_ticket"), one


@pytest.mark.parametrize(
    "body",
    [
        None, [], "x", 7, {}, {"values": []}, {"values": None}, {"values": {}, "extra": 1},
        {"values": {"name": {"a": 1}}}, {"values": {"name": [1]}}, {"values": {"name": "x\0"}},
        {"values": {"": "x"}}, {"values": {"name.x": "x"}}, {"values": {"name": "x" * 70_000}},
        {"values": {str(one): 1 for one in range(300)}}, {"values": {"name": "x"}, "ticket": 1},
        {"values": {"name": "x"}, "trap": []}, {"values": {"__proto__": "x"}},
    ],
    ids=lambda one: str(one)[:30],
)  # fmt: skip
async def test_whatever_is_sent_is_answered(door: Open, body: Any) -> None:
    given = {"ticket": await door.ticket(), **body} if isinstance(body, dict) else body

    answer = await door.stranger.post(door.path, json=given)

    assert 400 <= answer.status_code < 500, answer.text
    assert answer.headers["content-type"].startswith("application/problem+json")


async def test_it_comes_from_our_own_page_only(door: Open) -> None:
    body = {"values": {"name": "x"}, "ticket": await door.ticket()}
    foreign = await door.stranger.post(
        door.path, json=body, headers={"origin": "https://elsewhere.example"}
    )
    seen = await door.stranger.get(door.path, headers={"origin": "https://elsewhere.example"})

    assert foreign.status_code == 403
    assert "access-control-allow-origin" not in seen.headers
    assert seen.headers["cache-control"] == "no-store"


async def test_it_can_be_closed_and_ends_and_moves(door: Open, ada: httpx.AsyncClient) -> None:
    keep = f"/api/v1/forms/{door.key}/address"
    never = await door.stranger.get("/api/v1/public/nobody-was-given-this")

    for wish in ({"open": False}, {"ends_at": "2020-01-01T00:00:00Z"}, {"anew": True}):
        assert (await ada.put(keep, json=wish)).status_code == 200
        shut = await door.stranger.get(door.path)
        assert shut.status_code == 404
        assert shut.json() == never.json()
        assert (await door.sent({"name": "x"})).status_code == 404
    moved = (await ada.get(keep)).json()["address"].rpartition("/")[2]
    assert (await door.stranger.get(f"/api/v1/public/{moved}")).status_code == 200
    assert (await ada.delete(keep)).status_code == 204
    assert (await door.stranger.get(f"/api/v1/public/{moved}")).status_code == 404
    assert (await ada.delete(keep)).status_code == 404


async def test_a_form_that_is_public_no_more_is_closed(door: Open, ada: httpx.AsyncClient) -> None:
    body = {**FORM, "key": door.key, "purpose": ["create"]}
    assert (await ada.put(f"{CONFIG}/{door.key}", json=body)).status_code < 300

    assert (await door.stranger.get(door.path)).status_code == 404


async def test_too_many_have_to_wait(library: Served, ada: httpx.AsyncClient) -> None:
    door = await opened(library, ada, per_address=2)

    told = [(await door.sent({})).status_code for _ in range(6)]

    assert 429 in told
    other = httpx.ASGITransport(library.app, client=("10.9.9.9", 5000))
    async with httpx.AsyncClient(transport=other, base_url="http://zhike.test") as client:
        body = {"values": {}, "ticket": await door.ticket()}
        there = await client.post(door.path, json=body, headers={"x-workspace": library.workspace})
    assert there.status_code == 422


async def test_a_session_changes_nothing(door: Open, lin: httpx.AsyncClient) -> None:
    told = (await lin.get(door.path)).json()

    assert [one["key"] for one in told["object"]["fields"]] == ["name", "phone", "joined"]


async def test_a_form_that_cannot_work_says_so(library: Served, ada: httpx.AsyncClient) -> None:
    door = await opened(library, ada, values={"grade": "没有这个等级"})

    answer = await door.sent({"name": person()[0]})

    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "not_as_filled_in"
