"""Two of the same are compared, made one, and parted again, before one's eyes."""

from typing import Any

from playwright.async_api import Page, expect
from tests.e2e.conftest import Desk

API = "/api/v1/records/customer"
NAMES = ("绍兴云帆纺织有限公司", "绍兴云帆纺织品有限公司")


async def made(page: Page, **values: Any) -> None:
    answer = await page.request.post(
        f"{API}?on_duplicate=create", data=values, headers={"origin": page.url.split("/desk")[0]}
    )
    assert answer.status == 201, await answer.text()


async def test_two_customers_are_made_one_and_parted_again(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await made(page, name=NAMES[0], phone="13957512340", website="https://yunfan.example")
        await made(page, name=NAMES[1], phone="13957512341", contact_name="沈小云")
        await page.goto("/desk/customer?q=绍兴云帆&columns=name,phone,contact_name")
        rows = page.locator(".grid-body .grid-row")
        await expect(rows).to_have_count(2)
        for name in NAMES:
            await page.get_by_label(f"选择 {name}").check()
        await page.get_by_role("button", name="合并", exact=True).click()

        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("columnheader").get_by_label(NAMES[0]).check()
        await dialog.get_by_label(f"电话 {NAMES[1]}").check()
        phone = dialog.get_by_role("row", name="电话").locator(".sides-result")
        await expect(phone).to_contain_text("13957512341")
        await dialog.get_by_role("button", name="合并", exact=True).click()

        await expect(rows).to_have_count(1)
        await expect(rows).to_contain_text("13957512341")
        await expect(rows).to_contain_text("沈小云")
        await page.get_by_role("button", name="撤销").click()
        await expect(rows).to_have_count(2)
        await expect(page.get_by_role("row", name=NAMES[0])).to_contain_text("13957512340")
