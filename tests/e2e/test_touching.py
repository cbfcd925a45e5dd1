"""Picking on a phone: by the button, by a finger that rests, and then what can be done to many."""

from playwright.async_api import Page, expect
from tests.e2e.conftest import PHONE, Desk
from tests.e2e.test_everybody import findings
from tests.e2e.test_picking_all import asked, count


async def filled(page: Page, word: str) -> str:
    """Make some products of the test's own; give the address of their list."""
    rows = [{"code": f"{word}{at}", "name": f"触屏样品 {word} {at}"} for at in range(3)]
    await asked(page, "POST", "/upsert", {"key": ["code"], "rows": rows})
    return f'/desk/product?order=code&where=code starts with "{word}"'


async def test_cards_are_picked_by_touch_changed_and_changed_back(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page:
        await page.goto(await filled(page, "TCA"))
        await page.get_by_role("button", name="选择", exact=True).tap()
        cards = page.get_by_role("checkbox")
        await cards.nth(0).tap()
        await cards.nth(1).tap()
        bar = page.locator(".bulk")
        await expect(bar).to_contain_text("已选 2 条")
        assert await findings(page) == []
        await page.get_by_role("button", name="选择已显示的").tap()
        await expect(bar).to_contain_text("已选 3 条")
        await cards.nth(2).tap()
        await expect(bar).to_contain_text("已选 2 条")
        await bar.get_by_role("button", name="删除").tap()
        toast = page.locator(".toast", has_text="已把 2 条移入回收站")
        await expect(toast).to_be_visible()
        assert await count(page, 'code starts with "TCA"') == 1
        await toast.get_by_role("button", name="撤销").tap()
        await expect(page.locator(".card").nth(2)).to_be_visible()
        await page.get_by_role("button", name="退出选择").tap()
        await expect(page.locator("a.card").first).to_be_visible()


async def test_a_finger_that_rests_on_a_card_picks_it(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page:
        await page.goto(f"{await filled(page, 'TCB')}&group=specification")
        head = page.locator(".group-head").first
        await expect(head).to_be_visible()
        if await head.get_attribute("aria-expanded") == "false":
            await head.tap()
        card = page.locator("a.card").first
        touch = {"pointerType": "touch", "clientX": 40, "clientY": 300, "bubbles": True}
        await card.dispatch_event("pointerdown", touch)
        bar = page.locator(".bulk")
        await expect(bar).to_contain_text("已选 1 条")
        await bar.get_by_role("button", name="取消").tap()
        await expect(bar).to_have_count(0)
