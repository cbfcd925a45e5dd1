"""
Acceptance stories of the data hub, each under its number, through the HTTP doors of the CRM as it
is shipped. AC-30 is told in `tests/integration/registry`, AC-51 in `tests/security/test_payloads`.
"""

import io
from collections.abc import AsyncIterator
from typing import Any

import httpx
import openpyxl
import pytest
import xlsxwriter
from tests.company import company as opened
from tests.served import Served

from zhike.db import Database
from zhike.doors.system import IDENTITY, IMPORT, IMPORT_UNDO

CUSTOMERS, CONTACTS = "/api/v1/records/customer", "/api/v1/records/contact"
STAFF = {"boss": ("admin", "总部"), "rep": ("sales_rep", "一部"), "other": ("sales_rep", "二部")}


@pytest.fixture(scope="module")
async def company(
    database: Database, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Served]:
    home = tmp_path_factory.mktemp("home")
    async with opened(database_url, home, workspace="trusted_records", staff=STAFF) as served:
        yield served


@pytest.fixture(scope="module")
async def boss(company: Served) -> httpx.AsyncClient:
    return await company.signed_in("boss")


async def worked(company: Served, task: str, id_: str) -> None:
    """Do what the worker does."""
    args = {"workspace": company.workspace, "id": id_}
    await company.system.jobs.tasks[task].work(args)


async def made(client: httpx.AsyncClient, at: str = CUSTOMERS, **values: Any) -> dict[str, Any]:
    answer = await client.post(at, json=values)
    assert answer.status_code == 201, answer.text
    created: dict[str, Any] = answer.json()
    return created


async def counted(client: httpx.AsyncClient, at: str, where: str) -> int:
    answer = await client.get(at, params={"where": where, "count": "exact", "limit": 1})
    assert answer.status_code == 200, answer.text
    return int(answer.json()["count"]["value"])


LINES = 1_000


def sheet() -> bytes:
    """Give customers with a contact each; some cells cannot be read, one line is bad."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet("客户")
        page.write_row(0, 0, ["公司名称", "所在地区", "联系人姓名", "联系人手机", "年营收"])
        for n in range(LINES):
            revenue = "很多" if n % 100 == 7 else f"{n}万"
            cells = [called(n), "浙江省宁波市", "陈小明", f"1390000{n:04}", revenue]
            page.write_row(n + 1, 0, cells)
        page.write_row(LINES + 1, 0, ["", "浙江省宁波市", "没公司", "13911110000", "1万"])
    return file.getvalue()


def called(number: int) -> str:
    return f"宁波{chr(0x4E00 + number)}{chr(0x5200 + number)}机械有限公司"


async def test_ac06_one_sheet_makes_customers_and_their_contacts(
    company: Served, boss: httpx.AsyncClient
) -> None:
    """A sheet of both; what cannot be read comes back with its reason; one click undoes it all."""
    was = [await counted(boss, at, "id is not null") for at in (CUSTOMERS, CONTACTS)]
    file = {"file": ("客户联系人.xlsx", sheet())}
    draft = await boss.post("/api/v1/imports", files=file, data={"object": "customer"})
    assert draft.status_code == 201, draft.text
    at, id_ = draft.headers["location"], draft.json()["id"]
    proposed = {
        one["header"]: one["proposed"] for one in draft.json()["columns"] if one["proposed"]
    }
    assert proposed == {"联系人姓名": "contacts.name", "联系人手机": "contacts.phone"}
    assert (await boss.patch(at, json={"mapping": proposed})).json()["problems"] == []

    assert (await boss.post(f"{at}/start")).status_code == 202
    await worked(company, IMPORT, id_)

    done = (await boss.get(at)).json()
    assert (done["state"], done["created"], done["failed"]) == ("done", LINES, 1)
    assert await counted(boss, CUSTOMERS, 'name starts with "宁波"') == LINES
    assert await counted(boss, CONTACTS, 'customer.name starts with "宁波"') == LINES
    found = await boss.get(CONTACTS, params={"where": 'phone = "13900000007"'})
    (one,) = found.json()["items"]
    of = (await boss.get(f"{CUSTOMERS}/{one['customer']}")).json()
    assert of["name"] == called(7)
    await _tells_what_could_not_be_read(boss, at)

    assert (await boss.post(f"{at}/undo")).status_code == 202
    await worked(company, IMPORT_UNDO, id_)
    assert (await boss.get(at)).json()["state"] == "undone"
    now = [await counted(boss, at, "id is not null") for at in (CUSTOMERS, CONTACTS)]
    assert now == was


async def _tells_what_could_not_be_read(boss: httpx.AsyncClient, at: str) -> None:
    errors = openpyxl.load_workbook(io.BytesIO((await boss.get(f"{at}/errors.xlsx")).content))
    sheets = [[list(map(str, row)) for row in one.iter_rows(values_only=True)] for one in errors]
    assert [rows[0][-1] for rows in sheets] == ["原因", "说明"]
    told = [row for rows in sheets for row in rows[1:]]
    assert sum("很多" in row for row in told) == LINES // 100
    assert sum("没公司" in row for row in told) == 1


async def test_ac24_values_stand_in_one_form(boss: httpx.AsyncClient) -> None:
    for form in ("王总", "李工", "张女士"):
        refused = await boss.post(CONTACTS, json={"name": form})
        assert refused.status_code == 422
        assert refused.json()["errors"][0]["code"] == "form_of_address"
    short = await boss.post(f"{CUSTOMERS}/check", json={"name": "华为"})
    assert [one["code"] for one in short.json()["remarks"]] == ["short_name"]
    assert short.json()["errors"] == []

    mobiles = ("138 1234 5678", "013812345678", "+86 138-1234-5678")
    lines = ("010-62345678", "01062345678")
    for field, typed in (("phone", mobiles), ("landline", lines)):
        kept = {
            (await boss.post(f"{CONTACTS}/check", json={"name": "王建国", field: one})).json()[
                "record"
            ][field]
            for one in typed
        }
        assert len(kept) == 1, kept
    assert kept == {"010-62345678"}


async def test_ac25_one_company_under_three_names_is_one(
    company: Served, boss: httpx.AsyncClient
) -> None:
    names = ("北京字节跳动科技有限公司", "字节跳动（北京）科技有限公司", "北京字节跳动科技")
    ids = [
        (await boss.post(CUSTOMERS, params={"on_duplicate": "create"}, json={"name": one})).json()[
            "id"
        ]
        for one in names
    ]

    other = await boss.post(f"{CUSTOMERS}/check", json={"name": "北京字节跳动网络技术有限公司"})
    assert {one["verdict"] for one in other.json()["duplicates"]} == {"related"}
    again = await boss.post(f"{CUSTOMERS}/check", json={"name": "字节跳动(北京)科技有限公司"})
    assert {one["id"] for one in again.json()["duplicates"] if one["verdict"] == "block"} == {*ids}
    other = await made(boss, name="北京字节跳动网络技术有限公司")

    run = await boss.post("/api/v1/identity/customer/runs", json={})
    await worked(company, IDENTITY, run.json()["id"])
    clusters = (await boss.get(f"{run.headers['location']}/clusters")).json()["items"]
    assert {*ids} in [{one["id"] for one in cluster["records"]} for cluster in clusters]
    assert not any(other["id"] in str(cluster) for cluster in clusters)


async def test_ac38_an_event_and_the_website_make_one_customer(
    company: Served, boss: httpx.AsyncClient
) -> None:
    """Two ways in, one telephone in two forms: one record, its first source and owner kept."""
    rep, other = await company.signed_in("rep"), await company.signed_in("other")
    first = await made(rep, name="绍兴云帆纺织有限公司", phone="138 5750 0038", source="市场活动")

    second = await other.post(
        f"{CUSTOMERS}",
        params={"on_duplicate": "update"},
        json={"name": "绍兴云帆纺织", "phone": "+8613857500038", "email": "hi@yunfan.example"},
    )

    assert second.status_code in {200, 409}, second.text
    kept = (await boss.get(f"{CUSTOMERS}/{first['id']}")).json()
    assert (kept["owner"]["id"] if isinstance(kept["owner"], dict) else kept["owner"]) == (
        company.ids["rep"]
    )
    assert kept["source"] == "活动"
    assert await counted(boss, CUSTOMERS, 'phone = "13857500038"') == 1
