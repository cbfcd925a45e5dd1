"""A view drawn with columns that stay in sight and with its grouping, and used at the desk."""

from playwright.async_api import Page, expect
from tests.e2e.conftest import Desk
from tests.e2e.test_forms import begun, saved
from tests.e2e.test_grouping import put

LABEL = "按季度看产品"


async def drawn(page: Page) -> None:
    """Draw a view of products: one column pinned, groups by quarter, their prices summed."""
    await begun(page, "views", of="产品", label=LABEL)
    second = page.locator(".sample thead th").nth(1)
    name = (await second.inner_text()).strip()
    pin = second.get_by_role("button", name=f"把“{name}”固定在左侧")
    await expect(pin).to_have_attribute("aria-pressed", "false")
    await second.hover()
    await pin.click()
    await expect(pin).to_have_attribute("aria-pressed", "true")

    groups = page.locator(".pane .grouping")
    await groups.get_by_label("按字段", exact=True).select_option(label="创建时间")
    await groups.get_by_label("时间单位", exact=True).select_option(label="季度")
    await groups.get_by_label("标准单价", exact=True).select_option(label="最大")
    await groups.get_by_label("组的顺序", exact=True).select_option(label="条数从多到少")
    await expect(page.locator(".sample-band").first).to_contain_text("季度")
    await saved(page)


async def test_a_view_keeps_its_pins_and_its_whole_grouping(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await put(page, [{"code": "PRICED", "name": "有价的产品", "price": "120"}])
        await drawn(page)
        await page.goto("/desk/product")
        await page.get_by_role("link", name=LABEL).click()

        await expect(page.locator(".group-head").first).to_contain_text("季度")
        await expect(page.locator(".group-head").first).to_contain_text("最大")
        await page.get_by_role("button", name="按创建时间分组").click()
        menu = page.locator(".group-menu")
        await expect(menu.get_by_label("时间单位", exact=True)).to_have_value("quarter")
        await expect(menu.get_by_label("组的顺序", exact=True)).to_have_value("-count")
        await expect(menu.get_by_label("标准单价", exact=True)).to_have_value("MAX")
        await page.keyboard.press("Escape")
        head = page.locator("[role=columnheader][data-pinned]")
        await expect(head).to_have_count(2)
        await page.get_by_role("button", name="按创建时间分组").click()
        await menu.get_by_label("按字段", exact=True).select_option(label="不分组")
        await expect(page.locator(".group-head")).to_have_count(0)
        await expect(page.locator(".grid-row").first).to_be_visible()
