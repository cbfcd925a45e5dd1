"""
Acceptance stories of the data hub, each under its number, through the HTTP doors of the CRM as it
is shipped. AC-30 is told in `tests/integration/registry`, AC-51 in `tests/security/test_payloads`.
"""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from tests.company import company as opened
from tests.served import Served

from zhike.db import Database

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
