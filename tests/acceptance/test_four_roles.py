"""Four roles of the shipped CRM at every door that shows data: nobody sees what is not theirs."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tests.company import company as opened
from tests.served import Served

from zhike.db import Database
from zhike.doors.system import EXPORT

SECRET = "77000000.00"
"""The amount of an order, and of a customer's orders, that marketing must never meet."""
RECORDS = "/api/v1/records"
STAFF = {
    "rep": ("sales_rep", "一部"),
    "colleague": ("sales_rep", "二部"),
    "manager": ("sales_manager", "一部"),
    "marketing": ("marketing", "市场部"),
    "boss": ("admin", "总部"),
}


@pytest.fixture(scope="module")
async def company(
    database: Database, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Served]:
    home = tmp_path_factory.mktemp("home")
    async with opened(database_url, home, workspace="four_roles", staff=STAFF) as served:
        yield served


@pytest.fixture(scope="module")
async def doors(company: Served) -> dict[str, httpx.AsyncClient]:
    return {login: await company.signed_in(login) for login in STAFF}


@pytest.fixture(scope="module")
async def customers(company: Served, doors: dict[str, httpx.AsyncClient]) -> dict[str, str]:
    """One customer each of two salesmen in two departments, with an order and a follow-up."""
    boss, made = doors["boss"], {}
    for number, login in enumerate(("rep", "colleague")):
        owner = company.ids[login]
        customer = await boss.post(
            f"{RECORDS}/customer",
            json={
                "name": f"杭州{login}测试科技有限公司",
                "phone": f"1380000000{number}",
                "owner": owner,
                "annual_revenue": "9000000",
            },
        )
        assert customer.status_code == 201, customer.text
        made[login] = customer.json()["id"]
        for obj, values in (
            ("order", {"amount": SECRET, "ordered_at": "2026-05-01", "status": "已确认"}),
            ("activity", {"content": "保密的跟进", "kind": "电话"}),
        ):
            answer = await boss.post(
                f"{RECORDS}/{obj}", json={"customer": made[login], "owner": owner, **values}
            )
            assert answer.status_code == 201, answer.text
    return made


async def names(client: httpx.AsyncClient, **asked: Any) -> set[str]:
    answer = await client.get(f"{RECORDS}/customer", params={"select": "name", **asked})
    assert answer.status_code == 200, answer.text
    return {one["name"][2:-8] for one in answer.json()["items"]}


SEES = {
    "rep": {"rep"},
    "manager": {"rep"},
    "marketing": {"rep", "colleague"},
    "boss": {"rep", "colleague"},
}


@pytest.mark.parametrize("login", SEES)
@pytest.mark.parametrize(
    "asked",
    [{}, {"search": "测试"}, {"where": 'name contains "测试"'}, {"order": "-name"}],
    ids=["list", "search", "filter", "sort"],
)
async def test_lists_hold_what_the_role_sees(
    doors: dict[str, httpx.AsyncClient],
    customers: dict[str, str],
    login: str,
    asked: dict[str, str],
) -> None:
    assert await names(doors[login], **asked) == SEES[login]


@pytest.mark.parametrize("login", SEES)
async def test_counts_count_what_the_role_sees(
    doors: dict[str, httpx.AsyncClient], customers: dict[str, str], login: str
) -> None:
    answer = await doors[login].get(f"{RECORDS}/customer", params={"count": "exact"})
    assert answer.json()["count"]["value"] == len(SEES[login])


@pytest.mark.parametrize("login", SEES)
@pytest.mark.parametrize("below", ["", "/history", "/timeline", "/related/orders"])
async def test_a_record_out_of_sight_is_not_there(
    doors: dict[str, httpx.AsyncClient], customers: dict[str, str], login: str, below: str
) -> None:
    for owner, record in customers.items():
        answer = await doors[login].get(f"{RECORDS}/customer/{record}{below}")
        assert (answer.status_code == 200) is (owner in SEES[login]) or (
            login == "marketing" and below == "/related/orders"
        ), answer.text


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"select": "name,order_amount"},
        {"select": "name,SUM(orders.amount) AS total"},
        {"where": "order_amount > 1"},
        {"where": "SUM(orders.amount) > 1"},
        {"order": "-order_amount"},
        {"select": "name,receivable,received"},
        {"search": "77000000"},
    ],
)
async def test_marketing_meets_no_amount_in_any_question(
    doors: dict[str, httpx.AsyncClient], customers: dict[str, str], asked: dict[str, str]
) -> None:
    answer = await doors["marketing"].get(f"{RECORDS}/customer", params=asked)

    assert "77000000" not in answer.text.replace("77000000", "", int("search" in asked))
    assert answer.status_code == 200 or answer.json()["errors"], answer.text
    if answer.status_code == 200 and "where" in asked:
        assert answer.json()["items"] == []


@pytest.mark.parametrize(
    "below", ["", "/history", "/timeline", "/related/orders", "/related/activities"]
)
async def test_marketing_meets_no_amount_and_no_follow_up_of_a_customer(
    doors: dict[str, httpx.AsyncClient], customers: dict[str, str], below: str
) -> None:
    answer = await doors["marketing"].get(f"{RECORDS}/customer/{customers['rep']}{below}")

    assert "77000000" not in answer.text
    assert "保密的跟进" not in answer.text


async def test_who_may_export_gets_what_they_see(
    company: Served, doors: dict[str, httpx.AsyncClient], customers: dict[str, str]
) -> None:
    for login in ("rep", "marketing"):
        refused = await doors[login].post("/api/v1/exports", json={"object": "customer"})
        assert refused.status_code == 403
    wanted = {"object": "customer", "format": "csv", "query": {"select": ["name"]}}
    asked = await doors["manager"].post("/api/v1/exports", json=wanted)
    assert asked.status_code == 202, asked.text
    args = {"workspace": company.workspace, "id": asked.json()["id"]}
    await company.system.jobs.tasks[EXPORT].work(args)

    file = await doors["manager"].get(f"/api/v1/exports/{args['id']}/file")

    assert file.status_code == 200, file.text
    text = file.content.decode("utf-8-sig")
    assert "rep测试" in text
    assert "colleague" not in text
