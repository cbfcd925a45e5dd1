"""Options that go with another field: drawn in the object designer, obeyed while one types."""

from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import Desk
from tests.e2e.test_building import take_away


async def drawn(page: Page, key: str) -> None:
    """Have an object with two option fields."""
    fields = [
        {"key": "name", "kind": "text", "label": "名称"},
        {"key": "province", "kind": "option", "label": "省份", "options": ["浙江", "江苏"]},
        {"key": "city", "kind": "option", "label": "城市", "options": ["杭州", "苏州"]},
    ]
    body = {"kind": "object", "key": key, "label": f"分馆{key[-4:]}", "fields": fields}
    made = await page.request.put(f"/api/v1/config/object/{key}", data=body)
    assert made.ok, await made.text()


async def offered(page: Page) -> list[str]:
    """Give the cities that can be picked."""
    await page.get_by_role("dialog").last.get_by_label("城市").click()
    items = page.locator("[cmdk-item]")
    await expect(items.first).to_be_visible()
    found: list[str] = await items.all_inner_texts()
    await page.keyboard.press("Escape")
    return [one.strip() for one in found]


async def test_a_city_goes_with_its_province(desk: Desk) -> None:
    key = f"branch_{uuid4().hex[:6]}"
    async with desk.signed_in() as page:
        await drawn(page, key)
        await page.goto(f"/workshop/objects/{key}")
        await page.locator(".field-name", has_text="城市").first.click()
        await page.get_by_label("选项取决于").select_option(label="省份")
        for city, province in (("杭州", "浙江"), ("苏州", "江苏")):
            await page.get_by_label(f"“{city}”何时可选").click()
            await page.locator("[cmdk-item]", has_text=province).click()
            await page.keyboard.press("Escape")
        await page.get_by_role("button", name="保存", exact=True).click()
        await page.get_by_role("dialog").get_by_role("button", name="执行").click()
        await expect(page.get_by_role("dialog")).to_have_count(0)

        await page.goto(f"/desk/{key}")
        await page.get_by_role("button", name="新建").first.click()
        form = page.get_by_role("dialog")
        await form.get_by_label("名称").fill("一号馆")
        await form.get_by_label("省份").click()
        await page.locator("[cmdk-item]", has_text="江苏").click()
        assert await offered(page) == ["苏州"]
        await page.goto("/workshop/objects")
        await take_away(page, key)
