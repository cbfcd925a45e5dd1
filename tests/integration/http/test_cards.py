"""Records met unseen: little is told, asking is noted and limited, and whoever has it decides."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from tests.served import Served

from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

API = "/api/v1"
READERS = f"{API}/records/reader"
NUMBERS = iter(range(1000))


async def met(ada: httpx.AsyncClient, vic: httpx.AsyncClient) -> tuple[str, dict[str, Any]]:
    """Have the volunteer come across a reader of the administrator's; gives its id and the card."""
    given = {"name": "Firstborn", "phone": f"1375555{next(NUMBERS):04d}"}
    made = await ada.post(READERS, json=given)
    assert made.status_code == 201, made.text
    answer = await vic.post(f"{READERS}/check", json={**given, "name": "Other"})
    (card,) = answer.json()["duplicates"]
    return made.json()["id"], card


async def noted(library: Served, act: str) -> int:
    async with library.system.db.reading(platform(), library.workspace) as tx:
        return int(
            await tx.value(
                sql("SELECT count(*) FROM zk_operation WHERE act = {act}", act=param(act, "text"))
            )
        )


async def test_a_card_tells_little_and_is_noted(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    before = await noted(library, "duplicate.met")

    id_, card = await met(ada, vic)

    assert {"title": "F**", "owner": "Ada", "reasons": ["phone"]}.items() <= card.items()
    assert id_ not in str(card)
    assert all("held" not in one for one in card["compared"])
    assert await noted(library, "duplicate.met") == before + 1


async def test_a_refused_record_is_noted_as_well(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    number = f"1376666{next(NUMBERS):04d}"
    await ada.post(READERS, json={"name": "Firstborn", "phone": number})
    before = await noted(library, "duplicate.met")

    one = await vic.post(READERS, json={"name": "Other", "phone": number})
    many = await vic.post(READERS, json=[{"name": "Other", "phone": number}])

    assert one.status_code == 409
    assert one.json()["duplicates"][0]["title"] == "F**"
    assert "card" in many.json()["items"][0]["duplicates"][0]
    assert await noted(library, "duplicate.met") == before + 2


@pytest.mark.parametrize(("wish", "status"), [("access", 403), ("collaboration", 200)])
async def test_the_owner_grants_what_was_asked_for(
    ada: httpx.AsyncClient, vic: httpx.AsyncClient, wish: str, status: int
) -> None:
    id_, card = await met(ada, vic)
    assert (await vic.get(f"{READERS}/{id_}")).status_code == 404

    asked = await vic.post(
        f"{API}/identity/cards/{card['card']}/wishes", json={"wish": wish, "reason": "同一客户"}
    )
    place = f"{API}/identity/wishes/{asked.json()['id']}/decision"
    own = await vic.post(place, json={"decision": "grant"})
    waiting = (await ada.get(f"{API}/identity/wishes?state=open")).json()["items"]
    granted = await ada.post(place, json={"decision": "grant", "answer": "好"})
    again = await ada.post(place, json={"decision": "refuse"})

    assert (asked.status_code, own.status_code) == (201, 404)
    assert {"record": id_, "wish": wish}.items() <= waiting[0].items()
    assert granted.status_code == 200, granted.text
    assert again.status_code == 409
    assert (await vic.get(f"{READERS}/{id_}")).status_code == 200
    changed = await vic.patch(f"{READERS}/{id_}", json={"name": "Secondborn"})
    assert changed.status_code == status, changed.text


async def test_a_released_record_is_given_to_who_asked(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    id_, card = await met(ada, vic)
    wishes = f"{API}/identity/cards/{card['card']}/wishes"
    wish = (await vic.post(wishes, json={"wish": "release"})).json()["id"]

    given = await ada.post(f"{API}/identity/wishes/{wish}/decision", json={"decision": "grant"})

    assert given.status_code == 200, given.text
    assert await noted(library, "duplicate.asked") > 0
    assert await noted(library, "duplicate.granted") > 0
    assert (await vic.get(f"{READERS}/{id_}")).json()["owner"] == library.ids["vic"]


async def test_a_refusal_is_told_and_opens_nothing(
    ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    id_, card = await met(ada, vic)
    wishes = f"{API}/identity/cards/{card['card']}/wishes"
    wish = (await vic.post(wishes, json={"wish": "access"})).json()["id"]

    body = {"decision": "refuse", "answer": "我在跟进"}
    await ada.post(f"{API}/identity/wishes/{wish}/decision", json=body)

    mine = (await vic.get(f"{API}/identity/wishes")).json()["items"]
    told = next(one for one in mine if one["id"] == wish)
    assert (told["state"], told["answer"], "record" in told) == ("refused", "我在跟进", False)
    assert (await vic.get(f"{READERS}/{id_}")).status_code == 404


async def test_a_card_is_for_who_met_it(
    library: Served, ada: httpx.AsyncClient, vic: httpx.AsyncClient
) -> None:
    _, card = await met(ada, vic)
    val = await library.signed_in("val")

    for client, place in ((val, card["card"]), (vic, uuid4())):
        asked = await client.post(f"{API}/identity/cards/{place}/wishes", json={"wish": "access"})
        assert asked.status_code == 404
    assert (await val.get(f"{API}/identity/wishes")).json()["items"] == []


async def test_nobody_asks_without_end(library: Served, ada: httpx.AsyncClient) -> None:
    val = await library.signed_in("val")
    place = f"{API}/config/security/main"
    security = (await ada.get(place)).json()
    changed = await ada.put(place, json={**security, "duplicates_per_day": 2})
    assert changed.is_success, changed.text
    try:
        await met(ada, val)
        await met(ada, val)
        number = f"1377777{next(NUMBERS):04d}"
        await ada.post(READERS, json={"name": "Firstborn", "phone": number})
        twin = {"name": "Other", "phone": number}
        more = [await val.post(f"{READERS}/check", json=twin), await val.post(READERS, json=twin)]
    finally:
        await ada.put(place, json=security)

    assert [one.status_code for one in more] == [429, 429]
    assert all(int(one.headers["retry-after"]) > 0 for one in more)
