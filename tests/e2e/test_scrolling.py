"""A list longer than any page of it: one gets to every line, and what is far is fetched when seen."""

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
