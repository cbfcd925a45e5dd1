"""What a company register knows, searched for and taken where nothing was typed (AC-30)."""

import json

import httpx
import pytest
from tests.integration.registry.conftest import CONFIG, document
from tests.integration.registry.provider import HAINA, Register
from tests.served import Served

ENRICHMENT = "/api/v1/enrichment/customer"
CUSTOMERS = "/api/v1/records/customer"
PICK = {"registry": "haina", "id": "k-haina"}


async def configured(boss: httpx.AsyncClient, provider: Register, **more: object) -> None:
    answer = await boss.put(f"{CONFIG}/registry/haina", json=document(provider, **more))
    assert answer.status_code < 300, answer.text


async def test_companies_are_suggested_while_typing(
    rep: httpx.AsyncClient, provider: Register
) -> None:
    first = await rep.get(ENRICHMENT, params={"q": "　海纳科技 "})
    again = await rep.get(ENRICHMENT, params={"q": "海纳科技"})

    assert first.status_code == 200, first.text
    items = first.json()["items"]
    assert [one["id"] for one in items] == ["k-haina", "k-branch"]
    assert items[0]["values"] == {"name": "杭州海纳科技有限公司"}
    assert first.json()["unavailable"] == []
    assert again.json() == first.json()
    assert len(provider.asked) == 1  # the second time it was remembered
    assert (await rep.get(ENRICHMENT, params={"q": "查无此公司"})).json()["items"] == []


async def test_a_pick_fills_what_is_blank_and_leaves_what_was_typed(
    rep: httpx.AsyncClient,
) -> None:
    typed = {"name": "杭州海纳", "phone": "138 0000 1111", "legal_person": "钱小强", "address": ""}

    answer = await rep.post(ENRICHMENT, json={**PICK, "values": typed})

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["record"]["name"] == "杭州海纳"
    assert told["record"]["legal_person"] == "钱小强"
    assert told["record"]["phone"] == "+86-13800001111"
    assert told["record"]["credit_code"] == HAINA["CreditCode"]
    assert told["record"]["registered_capital"] == "65000000.00"
    assert told["record"]["founded_on"] == "2015-03-09"
    assert told["record"]["business_status"] == "存续"
    assert told["kept"] == {"name": HAINA["Name"], "legal_person": "钱建国"}
    assert "name" not in told["filled"]
    assert told["errors"] == []
    listed = await rep.get(CUSTOMERS, params={"where": 'name = "杭州海纳"'})
    assert listed.json()["items"] == []  # nothing was saved


async def test_a_record_is_completed_and_its_history_says_by_whom(rep: httpx.AsyncClient) -> None:
    made = await rep.post(CUSTOMERS, json={"name": "海纳自填名", "legal_person": "自填人"})
    id_ = made.json()["id"]

    answer = await rep.post(f"{ENRICHMENT}/{id_}", json={**PICK, "overwrite": ["name"]})

    assert answer.status_code == 200, answer.text
    after = (await rep.get(f"{CUSTOMERS}/{id_}")).json()
    assert after["name"] == HAINA["Name"]
    assert after["legal_person"] == "自填人"
    assert after["registered_address"] == HAINA["Address"].replace(" ", "")
    history = (await rep.get(f"{CUSTOMERS}/{id_}/history")).json()["items"]
    assert (history[0]["source"], history[0]["cause"]) == ("registry", "haina")
    at = f"{CUSTOMERS}/{id_}/history"
    [newest, *_] = (await rep.get(at, params={"field": "credit_code"})).json()["items"]
    assert (newest["origin"]["kind"], newest["origin"]["registry"]) == ("registry", "haina")
    again = await rep.post(f"{ENRICHMENT}/{id_}", json=PICK)
    assert again.json()["filled"] == []
    assert (await rep.post(f"{ENRICHMENT}/{id_}", json={**PICK, "id": "no"})).status_code == 404


@pytest.mark.parametrize(
    "broken",
    [(b"not json", 200), (b"{}", 500), (b'{"Status": "103"}', 200), (b"[" * 100_000, 200)],
)
async def test_entry_goes_on_while_a_register_is_down(
    firm: Served, rep: httpx.AsyncClient, provider: Register, broken: tuple[bytes, int]
) -> None:
    firm.system.registries._silent.clear()
    provider.says, provider.status = broken
    words = {"q": f"海{broken}"[:50]}

    down = await rep.get(ENRICHMENT, params=words)
    resting = await rep.get(ENRICHMENT, params=words)
    picked = await rep.post(ENRICHMENT, json={"registry": "haina", "id": str(broken)[:50]})
    firm.system.registries._silent.clear()

    for answer in (down, resting):
        assert answer.status_code == 200
        assert answer.json()["items"] == []
        assert answer.json()["unavailable"][0]["code"] == "registry_silent"
    assert len(provider.asked) == 1  # nobody waits for it twice
    assert picked.status_code == 503
    assert "S3CRET" not in down.text + picked.text
    assert "APPKEY" not in down.text + picked.text


async def test_calls_are_counted_paid_and_limited(
    firm: Served, boss: httpx.AsyncClient, rep: httpx.AsyncClient, provider: Register
) -> None:
    before = {
        one["registry"]: one for one in (await boss.get("/api/v1/enrichment")).json()["items"]
    }
    used = before.get("haina", {"calls": 0, "cost": "0"})
    await configured(boss, provider, per_person=0)
    try:
        none_left = await rep.get(ENRICHMENT, params={"q": "另一家公司"})
        remembered = await rep.get(ENRICHMENT, params={"q": "海纳科技"})
    finally:
        await configured(boss, provider)
    await rep.get(ENRICHMENT, params={"q": "第三家公司"})

    assert none_left.json()["unavailable"][0]["code"] == "calls_used_up"
    assert remembered.status_code == 200
    [after] = (await boss.get("/api/v1/enrichment")).json()["items"]
    assert after["calls"] >= used["calls"] + 1
    assert float(after["cost"]) > float(used["cost"])
    assert (await rep.get("/api/v1/enrichment")).status_code == 403


async def test_only_who_may_write_such_records_asks(
    firm: Served, boss: httpx.AsyncClient, rep: httpx.AsyncClient
) -> None:
    stranger = firm.client()

    assert (await stranger.get(ENRICHMENT, params={"q": "海纳"})).status_code == 401
    assert (await rep.get("/api/v1/enrichment/nothing", params={"q": "海纳"})).status_code == 404
    assert (await rep.get(ENRICHMENT, params={"q": "海"})).status_code == 422
    nobody = await rep.post(ENRICHMENT, json={**PICK, "registry": "other"})
    assert nobody.status_code == 404
    made = await boss.post(CUSTOMERS, json={"name": "总部独享有限公司"})
    hidden = await rep.post(f"{ENRICHMENT}/{made.json()['id']}", json=PICK)
    absent = await rep.post(f"{ENRICHMENT}/{'0' * 8}-0000-7000-8000-{'0' * 12}", json=PICK)
    assert (hidden.status_code, absent.status_code) == (404, 404)
    assert hidden.json()["errors"][0]["code"] == absent.json()["errors"][0]["code"]


async def test_a_wrong_document_is_refused_with_its_place(
    boss: httpx.AsyncClient, provider: Register
) -> None:
    wrong = document(provider, fields={"nmae": "Name"})

    answer = await boss.put(f"{CONFIG}/registry/haina", json=wrong)

    assert answer.status_code == 422
    assert "nmae" in json.dumps(answer.json()["errors"])
