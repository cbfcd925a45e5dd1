"""What one sees at a glance: no inner names, no heads over nothing, what a phone can hold."""

import re
from typing import Any

from playwright.async_api import expect
from tests.e2e.conftest import PHONE, Desk
from tests.e2e.test_everybody import findings

INNER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


async def test_a_search_names_records_and_no_ids(desk: Desk, customer: dict[str, Any]) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk")
        await page.get_by_role("button", name="搜索 Ctrl K").click()
        box = page.locator(".palette input")
        await expect(page.locator("[cmdk-group-heading]").first).to_be_visible()
        await box.fill(customer["name"])
        first = page.locator("[cmdk-group]").first
        await expect(first).to_contain_text(customer["name"])

        # Customers stand first; what finds nothing has no head.
        await expect(first.locator("[cmdk-group-heading]")).to_have_text("客户")
        await expect(page.locator(".palette")).not_to_contain_text(INNER)
        await expect(page.locator("[cmdk-group-heading]", has_text="前往")).to_have_count(0)
        await box.fill("订单")
        await expect(page.locator("[cmdk-group-heading]", has_text="前往")).to_be_visible()


async def test_a_follow_up_unfolds_on_a_phone_when_it_is_begun(
    desk: Desk, customer: dict[str, Any]
) -> None:
    async with desk.signed_in(PHONE) as page:
        await page.goto(f"/desk/customer/{customer['id']}")
        text = page.locator(".journal-text")
        await expect(text).to_be_visible()
        await expect(page.locator(".journal-kinds")).to_be_hidden()
        await text.tap()
        await page.locator(".journal-kind", has_text="拜访").tap()
        await expect(page.locator(".journal-kind", has_text="拜访")).to_be_checked()
        await expect(page.locator(".journal-foot")).to_be_visible()
        assert await findings(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


async def test_health_says_shares_and_leads_to_the_duplicates(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page:
        await page.goto("/workshop/health?object=customer")
        await expect(page.locator(".health-filled").first).to_contain_text("%")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        await page.get_by_role("link", name="去合并重复").click()
        await expect(page.get_by_role("button", name="查找重复")).to_be_visible()
