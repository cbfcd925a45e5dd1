"""A salesman's own file becomes customers: from the first step to the list, and back again."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect
from tests.e2e.conftest import Desk

FILE = Path(__file__).parents[3] / "shared" / "data" / "客户台账2026.xlsx"
PATIENCE = 60_000


def fate(page: Page, name: str) -> Locator:
    """Give the number of lines that shared a fate."""
    return page.locator(".import-counts > div", has_text=name).locator("dd")


@pytest.mark.slow
@pytest.mark.skipif(not FILE.exists(), reason=f"the file of the sales department is not at {FILE}")
async def test_the_ledger_of_a_sales_department_comes_in_and_goes_out_again(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk/customer")
        await page.get_by_role("button", name="导入", exact=True).click()
        await page.locator("input[type=file]").set_input_files(FILE)

        mapping = page.locator(".import-mapping")
        await expect(mapping.get_by_label("字段 公司名称(必填)")).to_have_value("name")
        await expect(mapping.get_by_label("字段 手机/电话")).to_have_value("phone")
        await expect(mapping.get_by_label("字段 负责销售")).to_have_value("owner")
        await expect(page.get_by_label("工作表")).to_have_value("华东客户")
        await page.get_by_role("button", name="预演", exact=True).click()

        await expect(page.get_by_text("还没有写入任何内容")).to_be_visible(timeout=PATIENCE)
        await page.get_by_role("button", name=re.compile("读不懂")).click()
        await expect(page.locator("[data-cell=unreadable]").first).to_be_visible()
        assert "wrong@" in await page.locator(".rehearsal").inner_text()
        await page.get_by_role("button", name=re.compile("开始导入")).click()

        await expect(page.get_by_role("heading", name="导入完成")).to_be_visible(timeout=PATIENCE)
        created = int((await fate(page, "新建").inner_text()).replace(",", ""))
        assert 1650 < created < 1760
        await expect(fate(page, "失败")).to_have_text("0")
        await page.get_by_role("link", name="查看客户").click()
        await page.get_by_role("searchbox").fill("嘉和大文化")
        row = page.locator(".grid-body .grid-row").first
        await expect(row).to_contain_text("北京嘉和大文化传媒有限责任公司")

        await page.go_back(wait_until="commit")
        await page.get_by_role("button", name="撤销整次导入").click()
        await expect(page.get_by_role("heading", name="已整体撤销")).to_be_visible(timeout=PATIENCE)
        await page.goto("/desk/customer?q=嘉和大文化")
        await expect(page.get_by_text("没有符合条件的客户")).to_be_visible()
