"""A library with members: numbers that are sensitive, masks, somebody who may look behind them."""

from collections.abc import Mapping
from typing import Any

import httpx
from tests.library import ALL
from tests.served import CHEAP, PASSWORD, Served, served

from zhike.doors.system import System
from zhike.kernel.viewer import platform
from zhike.packs import Wish, apply, located
from zhike.store.accounts import Passwords, People

IDENTITY = "11010519491231002X"
ACCOUNT = "6222020200112230009"

MEMBER: Mapping[str, Any] = {
    "kind": "object",
    "key": "member",
    "label": {"zh": "会员", "en": "Member"},
    "fields": [
        {"key": "name", "kind": "person_name", "label": "姓名", "required": True, "search": True},
        {"key": "phone", "kind": "phone", "label": "电话"},
        {"key": "identity", "kind": "id_number", "label": "身份证号"},
        {"key": "account", "kind": "bank_account", "label": "银行账号"},
        {"key": "note", "kind": "text", "label": "备注"},
        {"key": "born", "kind": "formula", "label": "出生", "formula": "MID(identity, 7, 8)"},
        {
            "key": "stage",
            "kind": "option",
            "label": "状态",
            "options": ["在册", "退会"],
            "default": "在册",
        },
    ],
}
FINE: Mapping[str, Any] = {
    "kind": "object",
    "key": "fine",
    "label": {"zh": "罚款", "en": "Fine"},
    "title": "reason",
    "fields": [
        {"key": "reason", "kind": "text", "label": "事由"},
        {"key": "member", "kind": "lookup", "label": "会员", "object": "member"},
        {"key": "paid_from", "kind": "bank_account", "label": "付款账号"},
    ],
}
TELLER: Mapping[str, Any] = {
    "kind": "role",
    "key": "teller",
    "label": "出纳",
    "objects": {"member": ALL, "fine": ALL},
}
CLERK: Mapping[str, Any] = {
    "kind": "role",
    "key": "clerk",
    "label": "文员",
    "objects": {
        "member": {
            "read": 'stage = "在册"',
            "create": True,
            "update": "all",
            "fields": {"phone": "masked", "identity": "masked", "account": "hidden"},
            "reveal": ["phone", "account"],
        },
        "fine": {"read": "all"},
    },
}
AUDITOR: Mapping[str, Any] = {
    "kind": "role",
    "key": "auditor",
    "label": "审计",
    "audit": True,
    "objects": {
        "member": {
            "read": 'stage = "在册"',
            "fields": {"phone": "masked", "identity": "hidden"},
            "other_fields": "read",
        }
    },
}
GUARD: Mapping[str, Any] = {
    "kind": "role",
    "key": "guard",
    "label": "审批",
    "approve_exports": True,
}
DOCUMENTS = [MEMBER, FINE, TELLER, CLERK, AUDITOR, GUARD]
STAFF = {"tess": "teller", "cleo": "clerk", "cara": "clerk", "aud": "auditor"}


async def opened(system: System, workspace: str) -> Served:
    """Serve the library with its members, and hire those who keep them."""
    library = await served(system, workspace)
    async with system.db.transaction(platform(), workspace) as tx:
        await apply(tx, Wish(documents=located(DOCUMENTS)))
    system.heard(f"{workspace} config")
    roles = (await system.catalog.snapshot(workspace)).roles
    people = People(roles=roles, passwords=Passwords(CHEAP))
    async with system.db.transaction(platform(), workspace) as tx:
        for login, role in STAFF.items():
            given = {"login": login, "name": login.title(), "password": PASSWORD, "roles": [role]}
            library.ids[login] = str(await people.add(tx, given))
    return library


async def member(client: httpx.AsyncClient, **given: Any) -> str:
    """Make a member with everything; give the id."""
    values = {
        "name": "欧阳小雨",
        "phone": "13812345678",
        "identity": IDENTITY,
        "account": ACCOUNT,
        **given,
    }
    answer = await client.post(
        "/api/v1/records/member", params={"on_duplicate": "create"}, json=values
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
