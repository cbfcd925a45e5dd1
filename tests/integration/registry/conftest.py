"""A company with the shipped CRM that asks a register on the loopback."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
from tests.company import company
from tests.integration.registry.provider import Register, register
from tests.served import Served

from zhike.db import Database

CONFIG = "/api/v1/config"


@pytest.fixture(scope="module")
def provider() -> Iterator[Register]:
    with register() as running:
        yield running


@pytest.fixture(autouse=True)
def honest(provider: Register) -> None:
    """Every test starts with a register that answers the truth."""
    provider.says, provider.status = None, 200
    provider.asked.clear()


def document(provider: Register, **more: Any) -> dict[str, Any]:
    """Write the document of the register."""
    base = f"http://127.0.0.1:{provider.port}"
    return {
        "kind": "registry",
        "key": "haina",
        "label": {"zh": "海纳工商", "en": "Haina register"},
        "object": "customer",
        "headers": {"Token": "{sign}", "Timespan": "{seconds}"},
        "sign": {"of": "{secret.reg_key}{seconds}{secret.reg_secret}", "letters": "upper"},
        "search": {
            "url": base + "/search?key={secret.reg_key}&keyword={words}",
            "found": "Result",
        },
        "detail": {"url": base + "/detail?key={secret.reg_key}&id={id}", "found": "Result"},
        "id": "KeyNo",
        "state": {"at": "Status", "good": ["200"], "nothing": ["201"]},
        "fields": {
            "name": "Name",
            "credit_code": "CreditCode",
            "legal_person": "OperName",
            "registered_capital": "RegistCapi",
            "founded_on": "StartDate",
            "business_status": "Status",
            "registered_address": "Address",
        },
        "cost": "0.15",
        **more,
    }


@pytest.fixture(scope="module")
async def firm(
    database: Database,
    database_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    provider: Register,
) -> AsyncIterator[Served]:
    staff = {
        "boss": ("admin", "总部"),
        "rep": ("sales_rep", "一部"),
        "service": ("service", "客服部"),
    }
    home = tmp_path_factory.mktemp("home")
    async with company(database_url, home, workspace="registers", staff=staff) as served:
        boss = await served.signed_in("boss")
        security = {
            "kind": "security",
            "key": "main",
            "label": "安全设置",
            "admins_see_records": True,
            "private_hosts": ["127.0.0.1"],
        }
        answers = [
            await boss.put(f"{CONFIG}/security/main", json=security),
            await boss.put("/api/v1/secrets/reg_key", json={"value": "APPKEY"}),
            await boss.put("/api/v1/secrets/reg_secret", json={"value": "S3CRET"}),
            await boss.put(f"{CONFIG}/registry/haina", json=document(provider)),
        ]
        assert all(one.status_code < 300 for one in answers), [one.text for one in answers]
        yield served


@pytest.fixture(scope="module")
async def boss(firm: Served) -> httpx.AsyncClient:
    return await firm.signed_in("boss")


@pytest.fixture(scope="module")
async def rep(firm: Served) -> httpx.AsyncClient:
    return await firm.signed_in("rep")
