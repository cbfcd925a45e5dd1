"""A list longer than any page of it: one gets to every line, and what is far comes when seen."""

from playwright.async_api import Locator, Page, expect
from tests.e2e.conftest import Desk

LINES, AT_ONCE = 3_000, 1_000
ADDRESS = '/desk/product?columns=name,code&order=code&where=code starts with "ROLL"'


async def filled(page: Page) -> None:
    """Have more lines than any page of the list."""
    for first in range(1, LINES + 1, AT_ONCE):
        rows = [
            {"code": f"ROLL{at:05}", "name": f"滚动样品 {at:05}"}
            for at in range(first, first + AT_ONCE)
        ]
        answer = await page.request.post(
            "/api/v1/records/product/upsert",
            data={"key": ["code"], "rows": rows},
            headers={"origin": await page.evaluate("location.origin")},
        )
        assert answer.ok, await answer.text()


def line(page: Page, number: int) -> Locator:
    """A line of the table by its number, read or not."""
    return page.locator(f".grid-row[aria-rowindex='{number + 1}'] .grid-title")


async def test_one_scrolls_to_the_end_of_a_long_list_and_back(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await filled(page)
        await page.goto(ADDRESS)
        grid = page.locator(".grid")
        await expect(line(page, 1)).to_have_text("滚动样品 00001")
        await expect(grid).to_have_attribute("aria-rowcount", str(LINES + 1))

        await line(page, 2).locator("../following-sibling::div[1]").click()
        await page.keyboard.press("Control+End")
        await expect(line(page, LINES)).to_have_text(f"滚动样品 {LINES:05}")
        await grid.evaluate("one => { one.scrollTop = one.scrollHeight / 2 }")
        await expect(line(page, LINES // 2 + 5)).to_have_text(f"滚动样品 {LINES // 2 + 5:05}")
        await page.mouse.move(700, 500)
        await page.mouse.wheel(0, 36 * 30)
        await expect(line(page, LINES // 2 + 35)).to_have_text(f"滚动样品 {LINES // 2 + 35:05}")
        await page.keyboard.press("Control+Home")

        await expect(line(page, 1)).to_have_text("滚动样品 00001")
        assert await page.locator(".grid-body .grid-row").count() < 100


async def test_a_pinned_column_stays_in_sight_and_is_kept_in_the_view(desk: Desk) -> None:
    async with desk.signed_in((900, 700)) as page:
        await page.goto("/desk/customer?columns=name,level,status,region,owner,phone")
        phone = page.get_by_role("columnheader", name="电话")
        await expect(page.locator(".grid-body .grid-title").first).to_be_visible()
        await page.get_by_role("button", name="列", exact=True).click()
        await page.get_by_role("button", name="把“电话”固定在左侧").click()
        await page.keyboard.press("Escape")
        await expect(phone).to_have_attribute("data-pinned", "last")
        await page.locator(".view-switch").click()
        await page.get_by_label("视图名称").fill("固定电话")
        await page.get_by_role("button", name="另存为视图").click()
        await expect(page.locator(".view-switch")).to_contain_text("固定电话")
        await page.reload()

        await expect(phone).to_have_attribute("data-pinned", "last")
        before = await phone.bounding_box()
        await page.locator(".grid").evaluate("one => { one.scrollLeft = 400 }")
        assert await page.locator(".grid").evaluate("one => one.scrollLeft") > 0
        assert await phone.bounding_box() == before
        await page.locator(".view-switch").click()
        await page.get_by_role("button", name="删除视图").click()
        await expect(page.locator(".view-switch")).to_contain_text("全部客户")
