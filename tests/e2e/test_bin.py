"""What was thrown away lies in the bin of its object, and comes out of it again, and goes back."""

import os
import re

from playwright.async_api import Page, expect
from tests.e2e.conftest import PASSWORD, Desk
from tests.e2e.test_picking_all import asked, filled, told

MANY = 3


async def binned(page: Page, where: str) -> int:
    """Count what lies in the bin."""
    body = {"where": where, "limit": 1, "count": "exact", "deleted": True}
    counted: int = (await asked(page, "POST", "/query", body))["count"]["value"]
    return counted


async def test_what_was_thrown_away_is_brought_back_and_that_is_taken_back(desk: Desk) -> None:
    async with desk.signed_in() as page:
        word = f"BIN{os.urandom(3).hex()}"
        where = f'code starts with "{word}"'
        await filled(page, word, MANY)
        await asked(page, "POST", "/delete", {"where": where, "expected": MANY})

        await page.goto("/desk/product")
        await page.get_by_role("button", name="产品 / 全部产品").click()
        await page.get_by_role("button", name="回收站").click()
        await expect(page).to_have_url(re.compile("bin=true"))
        await expect(page.get_by_role("columnheader", name="删除时间")).to_be_visible()
        await page.goto(f"/desk/product?bin=true&where={where}")
        lines = page.locator(".grid-body .grid-title")
        await expect(lines).to_have_count(MANY)
        await lines.first.click()
        bar = page.locator(".bulk")
        await expect(bar).to_contain_text("已选 1 条")
        await page.get_by_role("checkbox", name="选择已显示的全部").check()
        await expect(bar.get_by_role("button", name="删除")).to_have_count(0)
        await bar.get_by_role("button", name="恢复").click()

        toast = page.locator(".toast", has_text=f"已恢复 {MANY} 条")
        await expect(toast).to_be_visible()
        await expect(lines).to_have_count(0)
        assert await binned(page, where) == 0
        await toast.get_by_role("button", name="撤销").click()
        await expect(lines).to_have_count(MANY)
        assert await binned(page, where) == MANY


async def test_who_may_delete_nothing_has_no_bin(desk: Desk) -> None:
    login, word = f"p{os.urandom(5).hex()}", f"BIO{os.urandom(3).hex()}"
    async with desk.signed_in() as page:
        given = {"login": login, "name": "看看", "password": PASSWORD, "roles": ["sales_rep"]}
        await told(page, "POST", "/users", given)
        await filled(page, word, 1)
    async with desk.page() as page:
        await page.goto("/sign-in")
        await page.get_by_label("用户名").fill(login)
        await page.get_by_label("密码").fill(PASSWORD)
        await page.get_by_role("button", name="登录", exact=True).click()
        await page.wait_for_selector(".shell")
        await page.goto(f'/desk/product?bin=true&where=code starts with "{word}"')
        await expect(page.locator(".grid-body .grid-title")).to_have_count(1)
        await page.get_by_role("button", name="产品 / 全部产品").click()
        box = page.get_by_role("dialog", name="视图")
        await expect(box.get_by_role("button", name="全部产品")).to_be_visible()
        await expect(box.get_by_role("button", name="回收站")).to_have_count(0)
