"""Conditions are built row by row, also of what belongs to a record, and read back from text."""

from urllib.parse import parse_qs, urlparse

from playwright.async_api import expect
from tests.e2e.conftest import Desk


async def test_a_condition_inside_a_relation_is_built_and_read_back(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk/customer")
        await page.get_by_role("button", name="筛选", exact=True).click()
        box = page.get_by_role("dialog", name="筛选")
        await box.get_by_role("button", name="添加条件").click()
        await box.get_by_label("字段").select_option(label="商机")
        await box.get_by_label("比较").select_option(label="条数不少于")
        await box.get_by_label("数目").fill("1")
        inside = box.get_by_role("group", name="商机")
        await inside.get_by_role("button", name="限定商机").click()
        await inside.get_by_label("字段").select_option(label="预计金额")
        await inside.get_by_label("比较").select_option(label="不小于")
        await inside.get_by_role("textbox", name="预计金额").fill("100000")
        await box.get_by_role("button", name="应用").click()

        where = "COUNT(opportunities, amount >= 100000) >= 1"
        await expect(page.get_by_role("button", name="筛选 1")).to_be_visible()
        assert parse_qs(urlparse(page.url).query)["where"] == [where]
        answer = await page.request.post(
            "/api/v1/records/customer/query",
            data={"where": where, "limit": 1, "count": "exact"},
            headers={"origin": desk.url},
        )
        count = (await answer.json())["count"]["value"]
        await expect(page.locator(".list-foot")).to_contain_text(f"{count} 条")

        await page.goto("/desk/customer?where=not EXISTS(activities, created_at in last 30 days)")
        await page.get_by_role("button", name="筛选 1").click()
        inside = page.get_by_role("group", name="跟进记录")
        await expect(page.get_by_label("比较").first).to_have_value("not exists")
        await expect(inside.get_by_label("时间段")).to_have_value("last 30 days")
