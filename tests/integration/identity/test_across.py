"""Stories of the gate between objects: a lead, a customer and a contact may be one party."""

from collections.abc import Mapping
from typing import Any

import pytest
from tests.lending import ANNA, LIBRARIAN, Desk, furnish

from zhike.db.conversation import Conversation
from zhike.hub.intake import CHECKING
from zhike.meta import MatchSpec, ObjectSpec, build
from zhike.store.batch import Entry, Fate, Match
from zhike.store.catalog import settled

CUSTOMER: Mapping[str, Any] = {
    "key": "customer",
    "label": "客户",
    "fields": [
        {"key": "name", "kind": "company_name", "label": "名称", "required": True},
        {"key": "phone", "kind": "phone", "label": "电话"},
        {"key": "contact_name", "kind": "person_name", "label": "联系人"},
        {"key": "parent", "kind": "lookup", "label": "上级", "object": "customer"},
        {"key": "kept_until", "kind": "date", "label": "保护期至"},
    ],
}
LEAD: Mapping[str, Any] = {
    "key": "lead",
    "label": "线索",
    "fields": [
        {"key": "name", "kind": "person_name", "label": "姓名", "required": True},
        {"key": "company", "kind": "company_name", "label": "公司"},
        {"key": "phone", "kind": "phone", "label": "手机"},
        {"key": "customer", "kind": "lookup", "label": "客户", "object": "customer"},
    ],
}
SAME_CUSTOMER: Mapping[str, Any] = {
    "key": "customer",
    "object": "customer",
    "keys": [{"fields": ["phone"]}, {"fields": ["name"], "using": "company_core"}],
    "against": [
        {"object": "lead", "fields": {"company": "name", "phone": "phone", "name": "contact_name"}}
    ],
    "group": "parent",
    "protected_until": "kept_until",
}
SAME_LEAD: Mapping[str, Any] = {
    "key": "lead",
    "object": "lead",
    "keys": [{"fields": ["phone"]}],
    "near": [["name", "company"], ["name", "phone"], ["company"]],
    "against": [
        {
            "object": "customer",
            "fields": {"name": "company", "phone": "phone", "contact_name": "name"},
            "block": 0.9999,
        }
    ],
}
NAME = "杭州海纳恒通信息技术有限公司"


@pytest.fixture
async def desk(tx: Conversation) -> Desk:
    """Anna, with customers and leads."""
    objects = [ObjectSpec.model_validate(one) for one in (CUSTOMER, LEAD)]
    matches = [MatchSpec.model_validate(one) for one in (SAME_CUSTOMER, SAME_LEAD)]
    built = build([*objects, LIBRARIAN, *matches], version=1, zone="Asia/Shanghai")
    snapshot = settled(built).snapshot
    await furnish(tx, snapshot)
    return Desk(tx=tx, snapshot=snapshot, person=ANNA)


async def asked(desk: Desk, obj: str, **given: str) -> tuple[Match, ...]:
    batch = desk.batch(obj, "create", Entry(given=given), on_duplicate="create")
    (entry,) = await desk.take(batch, steps=CHECKING)
    return (*entry.matches, *entry.hints)


@pytest.mark.parametrize(
    "lead",
    [
        {"name": "王芳", "company": "杭州海那恒通信息技术有限公司"},
        {"name": "王芳", "company": "海纳恒通"},
        {"name": "王芳", "phone": "139-0000-1234"},
    ],
)
async def test_a_lead_of_a_customer_is_told(desk: Desk, lead: dict[str, str]) -> None:
    record = await desk.one("customer", name=NAME, phone="13900001234", kept_until="2030-01-31")

    (found,) = await asked(desk, "lead", **lead)

    assert (found.object, found.record, found.verdict) == ("customer", record, "warn")
    assert found.until == "2030-01-31"


@pytest.mark.parametrize(
    "customer",
    [
        {"name": "杭州海纳恒通信息技术有限公司"},
        {"name": "苏州云图科技有限公司", "contact_name": "王方", "phone": "13900001235"},
    ],
)
async def test_a_customer_that_is_a_lead_is_told(desk: Desk, customer: dict[str, str]) -> None:
    record = await desk.one("lead", name="王方", phone="13900001234", company=NAME)

    found = await asked(desk, "customer", **customer)

    assert [(one.object, one.record) for one in found] == [("lead", record)]


async def test_what_is_told_refuses_nothing_unless_it_is_said(desk: Desk) -> None:
    await desk.one("customer", name=NAME, phone="13900001234", contact_name="王芳")

    (sure,) = await desk.create("lead", {"name": "王芳", "company": NAME, "phone": "13900001234"})
    (likely,) = await desk.create("lead", {"name": "李娜", "company": NAME})
    (forced,) = await desk.create(
        "lead",
        {"name": "王芳", "company": NAME, "phone": "13900001234"},
        on_duplicate="create",
    )

    assert sure.fate is Fate.REFUSED
    assert [likely.fate, forced.fate] == [Fate.CREATED, Fate.CREATED]


async def test_a_lead_that_belongs_to_the_customer_is_no_duplicate(desk: Desk) -> None:
    record = await desk.one("customer", name=NAME, phone="13900001234")

    assert await asked(desk, "lead", name="王芳", company=NAME, customer=str(record)) == ()


async def test_a_branch_is_linked_to_its_head(desk: Desk) -> None:
    head = await desk.one("customer", name=NAME, phone="13900001234")

    branch = await desk.one("customer", name=f"{NAME}苏州分公司", phone="13900001234")
    other = await desk.one("customer", name="杭州海纳恒通贸易有限公司")

    assert await desk.held("customer", branch, "parent") == (head,)
    assert await desk.held("customer", other, "parent") == (None,)
