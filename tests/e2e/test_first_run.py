"""The first page of an empty workspace: a demo company moves in, and one looks around in it."""

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from playwright.async_api import Page, Route, expect
from tests.e2e.conftest import PASSWORD, PHONE, SERVE, Desk
from tests.e2e.test_everybody import findings
from tests.e2e.test_permissions import sign_in

from zhike.db.embedded import Membership

ARRIVED_MS = 120_000
"""A small company is there within seconds; a machine under load takes its time."""
CUSTOMERS = 12
DEMO = "装入演示数据"


@pytest.fixture(scope="module")
def empty(
    desk: Desk,
    server: Membership,
    worker_id: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> str:
    """A workspace beside the demo company's, in which nothing was done yet."""
    workspace = f"first_{uuid4().hex[:8]}"
    name = f"desk_{worker_id}_{os.getpid()}"
    settings = {
        "ZHIKE_HOME": str(tmp_path_factory.mktemp("first")),
        "ZHIKE_DATABASE_URL": psycopg.conninfo.make_conninfo(server.url, dbname=name),
        "ZHIKE_ADMIN_PASSWORD": PASSWORD,
        "ZHIKE_WORKSPACE": workspace,
    }
    subprocess.run(
        [sys.executable, "-c", SERVE, "user", "list"],
        env={**os.environ, **settings},
        cwd=Path(__file__).parents[2],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return workspace


async def entered(page: Page, workspace: str) -> None:
    """Sign in there, and have any company that is asked for be a small one."""
    await page.context.set_extra_http_headers({"x-workspace": workspace})

    async def small(route: Route) -> None:
        if route.request.method == "POST":
            await route.continue_(post_data={"customers": CUSTOMERS})
        else:
            await route.continue_()

    await page.route("**/api/v1/demo", small)
    await sign_in(page, "admin", PASSWORD)
    await page.wait_for_selector(".shell")


async def test_a_demo_company_moves_in(desk: Desk, empty: str) -> None:
    async with desk.page() as page, desk.page(PHONE) as phone:
        for one in (page, phone):
            await entered(one, empty)
            await expect(one.get_by_text("这里还是空的")).to_be_visible()
            await expect(one.get_by_role("button", name=DEMO)).to_be_visible()
            assert await findings(one) == []

        await page.get_by_role("button", name=DEMO).click()

        await expect(page.get_by_text("这里还是空的")).to_have_count(0, timeout=ARRIVED_MS)
        await page.goto("/desk/customer")
        await expect(page.locator(".grid-body .grid-row").first).to_be_visible()
        counted = await page.request.get("/api/v1/records/customer?count=exact&limit=1")
        assert (await counted.json())["count"]["value"] >= CUSTOMERS
        # Whoever comes later is not offered another one.
        await phone.goto("/desk")
        await expect(phone.locator(".home-block").first).to_be_visible()
        await expect(phone.get_by_role("button", name=DEMO)).to_have_count(0)
