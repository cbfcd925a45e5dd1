"""A follow-up that is half written is there again, until it is recorded or thrown away."""

from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import Desk


async def place(page: Page) -> str:
    """Make a customer of the test's own; give the address of its page."""
    data = {"name": f"草稿{uuid4().hex[:8]}有限公司"}
    made = await page.request.post("/api/v1/records/customer", data=data)
    assert made.status == 201, await made.text()
    return f"/desk/customer/{(await made.json())['id']}"


async def test_a_half_written_follow_up_is_kept_for_its_record(desk: Desk) -> None:
    async with desk.signed_in() as page:
        here, other = await place(page), await place(page)
        await page.goto(here)
        text = page.get_by_role("textbox", name="写跟进")
        await text.fill("客户想先看样品")
        await page.get_by_role("radio", name="拜访").click()
        plan = page.locator(".journal-aside", has_text="下次计划").locator("input")
        await plan.fill("带样品上门")

        await page.goto(other)
        await expect(text).to_have_value("")
        await expect(page.get_by_role("button", name="丢弃")).to_have_count(0)
        tab = await page.context.new_page()
        await page.close()
        await tab.goto(here)
        text = tab.get_by_role("textbox", name="写跟进")
        await expect(text).to_have_value("客户想先看样品")
        await expect(tab.get_by_role("radio", name="拜访")).to_be_checked()
        plan = tab.locator(".journal-aside", has_text="下次计划").locator("input")
        await expect(plan).to_have_value("带样品上门")
        await expect(tab.locator(".journal")).to_contain_text("草稿")

        await tab.get_by_role("button", name="记录", exact=True).click()
        await expect(tab.locator(".moment-text").first).to_have_text("客户想先看样品")
        await expect(text).to_have_value("")
        await tab.reload()
        await expect(text).to_have_value("")
        await expect(tab.locator(".moment-text").first).to_have_text("客户想先看样品")


async def test_a_draft_is_thrown_away_and_brought_back(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto(await place(page))
        text = page.get_by_role("textbox", name="写跟进")
        await text.fill("先记一半")
        await page.get_by_role("button", name="丢弃").click()
        await expect(text).to_have_value("")
        toast = page.locator(".toast", has_text="已丢弃草稿")
        await toast.get_by_role("button", name="撤销").click()
        await expect(text).to_have_value("先记一半")
        await page.reload()
        await expect(text).to_have_value("先记一半")
        await page.get_by_role("button", name="丢弃").click()
        await page.reload()
        await expect(text).to_have_value("")
