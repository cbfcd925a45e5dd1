"""The bell: somebody is given a customer, and sees it without doing anything."""

import re
from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import PHONE, Desk
from tests.e2e.test_everybody import findings
from tests.e2e.test_permissions import OWN, holder, sign_in

LIVE_MS = 60_000
"""Whoever is told is told within seconds; a machine under load takes its time."""


async def given(page: Page, to: str) -> str:
    """Have the administrator give somebody a new customer; gives its name."""
    name = f"铃声测试{uuid4().hex[:8]}"
    made = await page.request.post("/api/v1/records/customer", data={"name": name})
    assert made.status == 201, await made.text()
    id_ = (await made.json())["id"]
    done = await page.request.post(
        "/api/v1/records/customer/transfer", data={"ids": [id_], "to": to}
    )
    assert (await done.json())["changed"] == 1, await done.text()
    return name


async def test_a_bell_counts_while_one_looks_on(desk: Desk) -> None:
    async with desk.signed_in() as admin, desk.page() as page:
        login = await holder(admin, "sales_rep")
        found = await (await admin.request.get(f"/api/v1/users?search={login}")).json()
        await sign_in(page, login, OWN)
        await page.wait_for_selector(".shell")
        bell = page.get_by_role("button", name=re.compile("^通知"))
        await expect(bell).to_be_visible()

        name = await given(admin, found["items"][0]["id"])

        await expect(bell).to_have_accessible_name(re.compile("未读"), timeout=LIVE_MS)
        assert re.match(r"\(\d+\+?\) ", await page.title())
        await bell.click()
        line = page.get_by_role("link", name=re.compile(name))
        await expect(line).to_contain_text("转给了您")
        assert await findings(page) == []
        await line.click()
        await expect(page).to_have_url(re.compile("/desk/customer/[0-9a-f-]{36}"))
        await expect(page.get_by_role("heading", name=re.compile(name))).to_be_visible()
        await bell.click()
        await expect(page.locator(".bell-line", has_text=name)).to_have_attribute(
            "data-unread", "false"
        )


async def test_a_phone_has_the_bell_in_its_bar(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page:
        await page.request.post("/api/v1/exports", data={"object": "customer", "format": "csv"})
        bell = page.get_by_role("button", name=re.compile("^通知.*未读"))
        await expect(bell).to_be_visible(timeout=LIVE_MS)
        assert await findings(page) == []
        await bell.click()
        drawer = page.get_by_role("dialog", name="通知")
        await expect(drawer.locator(".bell-line").first).to_be_in_viewport()
        assert await findings(page) == []
        await drawer.get_by_role("link", name="通知设置").click()
        kind = page.get_by_role("checkbox", name="有人提到我")
        await expect(kind).to_be_checked()
        async with page.expect_response("**/notifications/settings"):
            await kind.click()
        await page.reload()
        await expect(kind).not_to_be_checked()
        async with page.expect_response("**/notifications/settings"):
            await kind.click()
        await expect(kind).to_be_checked()
