"""Columns of other objects in a sheet of customers, and cells that speak for two fields."""

from pathlib import Path

import pytest
from tests.unit.ingest.toys import member

from zhike.access import Policy, policy
from zhike.hub.ingest import guess
from zhike.hub.ingest.check import fillable
from zhike.hub.ingest.plan import plan, shaped
from zhike.hub.ingest.spec import ColumnSpec, ImportSpec
from zhike.hub.ingest.splitting import parted
from zhike.hub.ingest.ways import kin
from zhike.hub.sheets import letter
from zhike.kernel.viewer import platform
from zhike.packs.check import understand
from zhike.packs.read import read_folder

ROOT = Path(__file__).parents[3]


def _held() -> Policy:
    found = understand(read_folder(ROOT / "apps" / "crm").documents, version=1, zone="UTC")
    assert found.settled is not None
    return policy(found.settled.snapshot, platform())


HELD = _held()
CUSTOMER = HELD.snapshot.objects["customer"]
NAMES = guess.names(fillable(CUSTOMER, HELD.writable("customer", "create")).values())


@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        (
            "客户名称 电话 联系人姓名 联系人手机 联系人邮箱 联系人职务",
            "name phone contacts.name contacts.phone contacts.email contacts.title",
        ),
        (
            "客户名称 联系人/姓名 联系人/手机 联系人/微信号",
            "name contacts.name contacts.phone contacts.wechat",
        ),
        ("公司名称 联系人 联系人电话 地址", "name contact_name phone address"),
        (
            "客户名称 订单号 订单金额(万元) 下单日期",
            "name orders.number orders.amount×10000 orders.ordered_at",
        ),
        ("客户名称 商机名称 商机阶段", "name opportunities.name opportunities.stage"),
        # Without a contact's name there is no contact.
        ("客户名称 联系人手机 联系人微信", "name phone ?contacts.wechat"),
        ("客户名称 跟进时间 跟进内容", "name ?activities.at ?activities.content"),
        ("公司 手机 微信 生日", "name phone ?contacts.wechat ?contacts.birthday"),
        ("客户名称 子公司名称 备注", "name - description"),
    ],
)
def test_columns_of_other_objects_are_proposed(heads: str, wanted: str) -> None:
    columns = guess.mapped(
        [guess.Column(at=n, levels=tuple(one.split("/"))) for n, one in enumerate(heads.split())],
        NAMES,
    )

    found = guess.with_kin(columns, kin(HELD, CUSTOMER), NAMES)

    assert " ".join(written(one) for one in found) == wanted
    assert all(0 < one.confidence < 1 for one in found if one.how == "kin")


def written(column: ColumnSpec) -> str:
    if column.field is None:
        return f"?{column.proposed}" if column.proposed else "-"
    return column.field + (f"×{column.times}" if column.times else "")


def test_only_what_may_be_made_is_proposed() -> None:
    known = {one.relation for one in kin(HELD, CUSTOMER)}

    assert "contacts" in known
    assert "subsidiaries" not in known, "a customer's customers are no columns of its own sheet"


@pytest.mark.parametrize(
    ("address", "region", "rest"),
    [
        ("浙江省杭州市西湖区文三路100号", "330106", "文三路100号"),
        ("北京市朝阳区建国路88号", "110105", "建国路88号"),
        ("深圳南山区科技园", "440305", "科技园"),
        ("上海市南京东路100号", "310000", "南京东路100号"),
        ("广东省深圳市", "440300", None),
        ("南京东路100号", None, None),
        ("朝阳区建国路", None, None),
        ("文三路100号", None, None),
    ],
)
def test_an_address_is_parted_where_its_place_is_written_out(
    address: str, region: str | None, rest: str | None
) -> None:
    found = parted(address)

    assert (found.region if found else None, found.rest if found else None) == (region, rest)


def spec(*fields: str, mode: str = "create") -> ImportSpec:
    columns = tuple(
        ColumnSpec(at=n, letter=letter(n), header=one, field=one) for n, one in enumerate(fields)
    )
    return ImportSpec.model_validate({"columns": columns, "mode": mode, "key": ("name",)})


LINE = (2, ["安", "浙江省杭州市西湖区文三路100号", "上海市"])


def test_an_address_fills_the_region_that_the_file_has_no_column_for() -> None:
    obj = member()
    doing = plan(spec("name", "address"), obj, writable=frozenset(obj.fields))

    (line,) = shaped(doing, [LINE])

    assert line.given == {"name": "安", "address": "文三路100号", "region": "330106"}
    assert line.typed == {"address": LINE[1][1]}, "kept as it came"


@pytest.mark.parametrize(
    ("fields", "mode"), [(("name", "address", "region"), "create"), (("name", "address"), "update")]
)
def test_an_address_stays_whole_where_a_region_stands_beside_it_or_records_are_changed(
    fields: tuple[str, ...], mode: str
) -> None:
    obj = member()
    doing = plan(spec(*fields, mode=mode), obj, writable=frozenset(obj.fields))

    (line,) = shaped(doing, [LINE])

    assert line.given["address"] == LINE[1][1]


def test_an_address_stays_whole_for_whom_the_region_is_closed() -> None:
    obj = member()
    doing = plan(spec("name", "address"), obj, writable=frozenset(obj.fields) - {"region"})

    (line,) = shaped(doing, [LINE])

    assert line.given["address"] == LINE[1][1]
