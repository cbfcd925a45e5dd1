"""The files of a sales department as they are, into the CRM as it is shipped."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

import orjson
import pytest
from tests.integration.ingest.club import Club, keys_of

from zhike.db import Database
from zhike.hub.hands import Hands
from zhike.hub.intake import REHEARSAL, take_in
from zhike.kernel.sql import param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import ADMIN, Viewer, platform
from zhike.packs import shipped
from zhike.store.catalog import Catalog
from zhike.store.files import Files
from zhike.store.read import Query, page
from zhike.store.regions import load_regions

DATA = Path(__file__).parents[3] / "shared" / "data"
CUSTOMERS = DATA / "客户台账2026.xlsx"
ORDERS = DATA / "订单导出_gbk.csv"
SALESMEN = ("钱强", "赵敏", "李雷", "周涛", "孙丽")

pytestmark = pytest.mark.skipif(
    not CUSTOMERS.exists(), reason=f"the files of the sales department are not at {DATA}"
)


@pytest.fixture
async def company(database: Database, workspace: str, tmp_path: Path) -> Club:
    """A company with the CRM, five salesmen, and an administrator at the desk."""
    admin = Viewer(id=uuid4(), name="管理员", roles=frozenset({ADMIN}), source="ui")
    async with database.transaction(platform(), workspace) as tx:
        await load_regions(tx)
        await shipped.install(tx, "crm")
        for n, name in enumerate(("管理员", *SALESMEN)):
            id_ = admin.id if n == 0 else uuid4()
            await tx.run(
                sql(
                    "INSERT INTO zk_user (id, login, name) VALUES ({id}, {login}, {name})",
                    id=param(id_), login=param(f"u{n}"), name=param(name),
                )
            )  # fmt: skip

    async def viewer_of(tx: Tx, person: UUID) -> Viewer | None:
        return admin

    hands = Hands(
        db=database, catalog=Catalog(database), files=Files(tmp_path), take_in=take_in,
        rehearse=partial(take_in, steps=REHEARSAL), keys_of=keys_of, viewer_of=viewer_of,
    )  # fmt: skip
    return Club(hands=hands, workspace=workspace, viewer=admin, folder=tmp_path)


async def answered(company: Club, obj: str, where: str) -> int:
    async with company.hands.db.reading(company.viewer, company.workspace) as tx:
        query = replace(Query(), where=where, count="exact")
        found = orjson.loads(await page(tx, await company.policy(), obj, query))
    return int(found["count"]["value"])


async def test_from_a_salesmans_file_to_a_clean_customer_base(company: Club) -> None:
    draft = await company.draft(CUSTOMERS, "customer")
    mapped = {one.header: one.field for one in draft.spec.columns}
    assert (draft.spec.sheet, draft.spec.header) == ("华东客户", (3,))
    assert mapped == {
        "公司名称(必填)": "name", "联系人": "contact_name", "手机/电话": "phone",
        "邮箱": "email", "所在地区": "region", "行业": "industry", "年营收(元)": "annual_revenue",
        "客户级别": "level", "负责销售": "owner", "录入日期": "created_at", "备注": "description",
    }  # fmt: skip

    first = await company.imported(CUSTOMERS, "customer")

    counts = first.counts
    assert (first.state, counts.rows, counts.failed) == ("done", 2230, 0)
    assert counts.created + counts.skipped == 2230
    assert 1650 < counts.created < 1760
    assert [tuple(one) for one in counts.ignored] == [(2257, "total")]
    assert counts.unknown == {
        "负责销售": {"已离职-吴刚": counts.unknown["负责销售"]["已离职-吴刚"]}
    }
    rich = await answered(company, "customer", 'region = "华东" and annual_revenue >= 50000000')
    east = await answered(company, "customer", 'region = "华东"')
    assert 0 < rich < east < counts.created
    assert await company.rows(
        "SELECT c.contact_name, c.phone, c.annual_revenue::text, c.level, u.name,"
        " c.created_at::date::text FROM customer c JOIN zk_user u ON u.id = c.owner"
        " WHERE c.name = '北京嘉和大文化传媒有限责任公司'"
    ) == [("孙强", "+86-18784873928", "90770000.00", "C", "钱强", "2026-01-14")]

    second = await company.imported(CUSTOMERS, "customer")
    assert (second.counts.created, second.counts.skipped) == (0, 2230)


async def test_every_cell_that_was_not_read_is_told_with_its_place(company: Club) -> None:
    task = await company.imported(CUSTOMERS, "customer")

    told = [
        (line["line"], one["column"], one["value"], one["code"])
        for line in await company.problems(task)
        for one in line["problems"]
    ]
    assert (9, "D", "wrong@", "unreadable") in [(a, b, c, d) for a, b, c, d in told]
    assert any(one[1] == "C" and one[2] == "1366867994" for one in told)
    assert all(one[1] for one in told if one[3] not in {"same_as_line", "same_as_record"})


async def test_orders_find_their_customers(company: Club) -> None:
    await company.imported(CUSTOMERS, "customer")

    first = await company.imported(ORDERS, "order")
    second = await company.imported(ORDERS, "order")

    assert first.counts.rows == 5000
    assert first.counts.created >= 4950
    assert first.counts.created + first.counts.failed == 5000
    assert second.counts.created == 0
    assert await company.rows(
        'SELECT o.amount::text, o.received_before::text, o.status, c.name FROM "order" o'
        " JOIN customer c ON c.id = o.customer WHERE o.number = 'SO2026000002'"
    ) == [("144563.00", "43368.90", "待付款", "武汉博思医疗器械有限责任公司")]
