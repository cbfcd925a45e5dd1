"""What was done, looked through by who did it."""

from playwright.async_api import expect
from tests.e2e.conftest import Desk


async def test_the_log_says_whose_acts_it_shows(desk: Desk) -> None:
    async with desk.signed_in() as page:
        who = (await (await page.request.get("/api/v1/me")).json())["user"]
        await page.goto("/workshop/logs")
        person = page.locator(".logs-person").get_by_role("button", name="谁", exact=True)
        await expect(person).to_have_text("所有人")
        await page.goto(f"/workshop/logs?actor={who['id']}")
        await expect(person).to_contain_text(who["name"])
        await page.get_by_role("button", name="清除 谁").click()
        await expect(person).to_have_text("所有人")
