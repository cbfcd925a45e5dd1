"""All that a filter finds is picked, changed and thrown away: just as many as were confirmed."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect
from tests.e2e.conftest import Desk

MANY = 230
"""More than are read at first."""
VERY_MANY = 1_010
"""More than one request is for."""


def address(word: str) -> str:
    """Give the list of one test's products."""
    return f'/desk/product?columns=name,code,category&order=code&where=code starts with "{word}"'


async def asked(page: Page, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Ask the server as the page would."""
    answer = await page.request.fetch(
        f"/api/v1/records/product{path}",
        method=method,
        data=body,
        headers={"origin": await page.evaluate("location.origin")},
    )
    told: dict[str, Any] = await answer.json()
    assert answer.ok, told
    return told


async def filled(page: Page, word: str, many: int = MANY) -> None:
    rows = [{"code": f"{word}{at:04}", "name": f"全选样品 {word} {at}"} for at in range(many)]
    told = await asked(page, "POST", "/upsert", {"key": ["code"], "rows": rows})
    assert told["created"] + told["updated"] + told["unchanged"] == many, told


async def count(page: Page, where: str) -> int:
    found = await asked(page, "POST", "/query", {"where": where, "limit": 1, "count": "exact"})
    counted: int = found["count"]["value"]
    return counted


async def picked(page: Page, word: str, n: str = f"{MANY}") -> Locator:
    """Pick what is read, then all of it."""
    await page.goto(address(word))
    await expect(page.locator(".list-foot")).to_contain_text(f"{n} 条")
    await expect(page.locator(".grid-body .grid-title").first).to_be_visible()
    await page.get_by_role("checkbox", name="选择已显示的全部").check()
    bar = page.locator(".bulk")
    await bar.get_by_role("button", name=f"选中全部 {n} 条符合条件的记录").click()
    await expect(bar).to_contain_text(f"已选中全部 {n} 条")
    return bar


async def test_one_field_of_all_that_a_filter_finds_is_changed_and_changed_back(
    desk: Desk,
) -> None:
    async with desk.signed_in() as page:
        await filled(page, "PKA")
        bar = await picked(page, "PKA")
        await bar.get_by_role("button", name="批量修改").click()
        box = page.get_by_role("dialog", name="批量修改")
        await box.get_by_label("字段").select_option(label="产品线")
        await box.get_by_role("textbox", name="产品线").fill("全选线")
        await box.get_by_role("button", name="设为").click()
        await page.get_by_role("button", name=f"修改 {MANY} 条").click()

        toast = page.locator(".toast", has_text=f"已修改 {MANY} 条")
        await expect(toast).to_be_visible()
        where = 'code starts with "PKA" and category = "全选线"'
        assert await count(page, where) == MANY
        await expect(page.locator(".grid-body .grid-row").first).to_contain_text("全选线")
        await toast.get_by_role("button", name="撤销").click()
        await expect(page.locator(".toast", has_text=f"{MANY}").last).to_be_visible()
        await expect(page.locator(".grid-body .grid-row").first).not_to_contain_text("全选线")
        assert await count(page, where) == 0


async def test_nothing_goes_if_others_answer_than_were_confirmed(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await filled(page, "PKB")
        bar = await picked(page, "PKB")
        one_more = {"code": "PKB9999", "name": "后来的"}
        await asked(page, "POST", "/upsert", {"key": ["code"], "rows": [one_more]})
        await bar.get_by_role("button", name="删除").click()
        sure = page.get_by_role("dialog")
        await expect(sure).to_contain_text(f"{MANY} 条产品")
        await sure.get_by_role("button", name="删除").click()

        await expect(sure.get_by_role("alert")).to_contain_text(f"{MANY + 1}")
        assert await count(page, 'code starts with "PKB"') == MANY + 1
        await expect(sure).to_contain_text(f"把 {MANY + 1} 条产品")
        await sure.get_by_role("button", name="删除").click()
        toast = page.locator(".toast", has_text=f"已把 {MANY + 1} 条移入回收站")
        await expect(toast).to_be_visible()
        assert await count(page, 'code starts with "PKB"') == 0
        await toast.get_by_role("button", name="撤销").click()
        await expect(page.locator(".list-foot")).to_contain_text(f"{MANY + 1} 条")
        # What was thrown away by the end of the test is not in the way of another run.
        await asked(page, "POST", "/delete", {"where": 'code = "PKB9999"'})
    assert all("409" in one for one in desk.said), desk.said
    desk.said.clear()


async def test_very_many_are_changed_by_a_job_that_is_watched_left_and_taken_back(
    desk: Desk,
) -> None:
    async with desk.signed_in() as page:
        await filled(page, "PKC", VERY_MANY)
        bar = await picked(page, "PKC", f"{VERY_MANY:,}")
        await bar.get_by_role("button", name="批量修改").click()
        box = page.get_by_role("dialog", name="批量修改")
        await box.get_by_label("字段").select_option(label="产品线")
        await box.get_by_role("textbox", name="产品线").fill("后台线")
        await box.get_by_role("button", name="设为").click()
        await page.get_by_role("button", name=f"修改 {VERY_MANY:,} 条").click()

        jobs = page.get_by_role("complementary", name="批量操作")
        await expect(jobs).to_contain_text(f"已修改 {VERY_MANY:,} 条")
        await expect(page.locator(".grid-body .grid-row").first).to_contain_text("后台线")
        await expect(bar).to_be_hidden()
        where = 'code starts with "PKC" and category = "后台线"'
        assert await count(page, where) == VERY_MANY
        await jobs.get_by_role("button", name="关闭").click()
        await expect(jobs).to_be_hidden()

        await page.goto("/me?tab=jobs")
        job = page.locator(".me-jobs li").filter(has_text=f"已修改 {VERY_MANY:,} 条").first
        await job.get_by_role("button", name="撤销").click()
        undone = page.locator(".me-jobs li").filter(has_text=f"已恢复原样 {VERY_MANY:,} 条")
        await expect(undone.first).to_be_visible()
        assert await count(page, where) == 0

        await page.get_by_role("button", name="通知").first.click()
        line = page.get_by_text(f"产品批量修改完成:已改 {VERY_MANY:,} 条").first
        await expect(line).to_be_visible()
        await line.click()
        await expect(page).to_have_url(re.compile("tab=jobs"))
