"""All that a filter finds is picked, changed and thrown away: just as many as were confirmed."""

import os
import re
from typing import Any

from playwright.async_api import Locator, Page, expect
from tests.e2e.conftest import PASSWORD, Desk

MANY = 230
"""More than are read at first."""
VERY_MANY = 1_010
"""More than one request is for."""


def address(word: str) -> str:
    """Give the list of one test's products."""
    return f'/desk/product?columns=name,code,category&order=code&where=code starts with "{word}"'


async def asked(page: Page, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
    """Ask the server something about products as the page would."""
    return await told(page, method, f"/records/product{path}", body)


async def told(
    page: Page, method: str, path: str, body: dict[str, Any] | None = None
) -> dict[str, Any]:
    answer = await page.request.fetch(
        f"/api/v1{path}",
        method=method,
        data=body,
        headers={"origin": await page.evaluate("location.origin")},
    )
    body = await answer.json()
    assert answer.ok, body
    return dict(body)


async def filled(page: Page, word: str, many: int = MANY, **more: Any) -> None:
    rows = [
        {"code": f"{word}{at:04}", "name": f"全选样品 {word} {at}", **more} for at in range(many)
    ]
    done = await asked(page, "POST", "/upsert", {"key": ["code"], "rows": rows})
    assert done["created"] + done["updated"] + done["unchanged"] == many, done


async def hired(page: Page, name: str) -> str:
    """Have somebody new work here; give their id."""
    login = f"p{os.urandom(5).hex()}"
    given = {"login": login, "name": name, "password": PASSWORD, "roles": ["sales_rep"]}
    return str((await told(page, "POST", "/users", given))["id"])


async def given_to(page: Page, bar: Locator, name: str, number: str) -> None:
    """Give what is picked to somebody, in the browser."""
    await bar.get_by_role("button", name="转给他人").click()
    box = page.get_by_role("dialog", name=f"把 {number} 条产品转给他人")
    await box.get_by_label("转给").click()
    await page.get_by_placeholder("搜索").last.fill(name)
    await page.get_by_role("option", name=name).click()
    await box.get_by_role("button", name="转给他人").click()
    await expect(box).to_be_hidden()


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
        # The newest comes first.
        job = page.locator(".me-jobs li").first
        await expect(job).to_contain_text(f"已修改 {VERY_MANY:,} 条")
        await job.get_by_role("button", name="撤销").click()
        await expect(job).to_contain_text(f"已恢复原样 {VERY_MANY:,} 条")
        assert await count(page, where) == 0

        await page.get_by_role("button", name="通知").first.click()
        line = page.get_by_text(f"产品批量修改完成：已改 {VERY_MANY:,} 条").first
        await expect(line).to_be_visible()
        await line.click()
        await expect(page).to_have_url(re.compile("tab=jobs"))


async def test_very_many_are_given_to_somebody_by_a_job_and_given_back(desk: Desk) -> None:
    async with desk.signed_in() as page:
        me = (await told(page, "GET", "/me"))["user"]["id"]
        name = f"接手{os.urandom(3).hex()}"
        other = await hired(page, name)
        await filled(page, "PKD", VERY_MANY, owner=me)
        where = 'code starts with "PKD" and owner = "{}"'
        bar = await picked(page, "PKD", f"{VERY_MANY:,}")
        await given_to(page, bar, name, f"{VERY_MANY:,}")

        jobs = page.get_by_role("complementary", name="批量操作")
        await expect(jobs).to_contain_text(f"已转移 {VERY_MANY:,} 条")
        await expect(bar).to_be_hidden()
        assert await count(page, where.format(other)) == VERY_MANY
        await jobs.get_by_role("button", name="撤销").click()
        await expect(jobs).to_contain_text(f"已恢复原样 {VERY_MANY:,} 条")
        await expect(jobs.get_by_role("button", name="撤销")).to_be_hidden()
        assert await count(page, where.format(me)) == VERY_MANY


async def test_very_many_are_thrown_away_by_a_job_and_brought_back(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await filled(page, "PKE", VERY_MANY)
        bar = await picked(page, "PKE", f"{VERY_MANY:,}")
        await bar.get_by_role("button", name="合并").click()
        await expect(page.locator(".toast", has_text="一次最多合并 10 条")).to_be_visible()
        await bar.get_by_role("button", name="删除").click()
        await page.get_by_role("dialog").get_by_role("button", name="删除").click()

        jobs = page.get_by_role("complementary", name="批量操作")
        await expect(jobs).to_contain_text(f"已把 {VERY_MANY:,} 条移入回收站")
        await expect(page.locator(".grid-body .grid-title")).to_have_count(0)
        where = 'code starts with "PKE"'
        assert await count(page, where) == 0
        await jobs.get_by_role("button", name="撤销").click()
        await expect(jobs).to_contain_text(f"已恢复原样 {VERY_MANY:,} 条")
        await expect(page.locator(".list-foot")).to_contain_text(f"{VERY_MANY:,} 条")
        await expect(page.locator(".grid-body .grid-title").first).to_be_visible()
        assert await count(page, where) == VERY_MANY


async def test_few_are_given_to_somebody_and_what_they_changed_since_stays_theirs(
    desk: Desk,
) -> None:
    async with desk.signed_in() as page:
        me = (await told(page, "GET", "/me"))["user"]["id"]
        name, third = f"接手{os.urandom(3).hex()}", await hired(page, "再接手")
        other = await hired(page, name)
        await filled(page, "PKF", 3, owner=me)
        await page.goto(address("PKF"))
        await expect(page.locator(".grid-body .grid-title")).to_have_count(3)
        await page.get_by_role("checkbox", name="选择已显示的全部").check()
        await given_to(page, page.locator(".bulk"), name, "3")

        toast = page.locator(".toast", has_text=f"已把 3 条转给{name}")
        await expect(toast).to_be_visible()
        where = 'code starts with "PKF" and owner = "{}"'
        assert await count(page, where.format(other)) == 3
        passed_on = {"where": 'code = "PKF0001"', "set": {"owner": third}}
        await asked(page, "PATCH", "", passed_on)
        await toast.get_by_role("button", name="撤销").click()
        await expect(page.locator(".toast", has_text="已恢复原样 2 条")).to_be_visible()
        left = page.locator(".toast", has_text="1 条未处理")
        await expect(left).to_contain_text("之后已被修改")
        assert await count(page, where.format(me)) == 2
        assert await count(page, where.format(third)) == 1
