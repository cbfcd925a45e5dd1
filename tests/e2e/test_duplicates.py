"""The duplicate workshop and the health of the data, by keys."""

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import Desk
from tests.e2e.test_everybody import findings

PATIENCE = 90_000
ALIKE = (
    ("嘉兴博远精密机械有限公司", "嘉兴博源精密机械有限公司"),
    ("湖州天成电子科技有限公司", "湖州天城电子科技有限公司"),
)


async def made(page: Page, name: str, *, person: str) -> None:
    answer = await page.request.post(
        "/api/v1/records/customer?on_duplicate=create",
        data={"name": name, "contact_name": person, "address": "科技大道 18 号"},
        headers={"origin": page.url.split("/desk")[0]},
    )
    assert answer.status == 201, await answer.text()


@pytest.mark.slow
async def test_a_run_finds_who_is_there_twice(desk: Desk) -> None:
    async with desk.signed_in() as page:
        for one, other in ALIKE:
            await made(page, one, person="郑远山")
            await made(page, other, person="郑远山")
        await page.goto("/workshop/duplicates?object=customer")
        await page.get_by_role("button", name="查找重复").click()
        await expect(page.get_by_text("对相似")).to_be_visible(timeout=PATIENCE)

        await expect(page.get_by_role("button", name="全部合并")).to_be_visible()
        assert await findings(page) == []


async def test_health_leads_to_the_records_that_lack_something(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/workshop/health?object=customer")
        await expect(page.get_by_role("heading", name="最需要补的字段")).to_be_visible()
        assert await findings(page) == []
        row = page.get_by_role("row", name="统一社会信用代码")
        lacking = (await row.get_by_role("link").inner_text()).replace(",", "")
        await row.get_by_role("link").click()

        await expect(page.locator(".list-foot")).to_contain_text(f"{lacking} 条")
