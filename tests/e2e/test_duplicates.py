"""The duplicate workshop and the health of the data, by keys."""

import re
from uuid import uuid4

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import Desk
from tests.e2e.test_everybody import findings

PATIENCE = 90_000
ALIKE = (
    ("嘉兴博远精密机械有限公司", "嘉兴博源精密机械有限公司"),
    ("湖州天成电子科技有限公司", "湖州天城电子科技有限公司"),
    ("台州明达电子科技有限公司", "台州明大电子科技有限公司"),
)
"""Three, so that one still waits when two are decided."""


async def made(page: Page, name: str, *, person: str) -> None:
    answer = await page.request.post(
        "/api/v1/records/customer?on_duplicate=create",
        data={"name": name, "contact_name": person, "address": "科技大道 18 号"},
        headers={"origin": page.url.split("/desk")[0]},
    )
    assert answer.status == 201, await answer.text()


async def count(page: Page, name: str) -> int:
    """Say how many customers are called so."""
    answer = await page.request.get(
        "/api/v1/records/customer", params={"where": f'name = "{name}"', "count": "exact"}
    )
    found: int = (await answer.json())["count"]["value"]
    return found


@pytest.mark.slow
async def test_pairs_are_decided_one_by_one_with_two_keys(desk: Desk) -> None:
    async with desk.signed_in() as page:
        for one, other in ALIKE:
            # Names that sound the same at one address, and two people: that leaves a doubt.
            await made(page, one, person="郑远山")
            await made(page, other, person="李晓棠")
        await page.goto("/workshop/duplicates?object=customer")
        await page.get_by_role("button", name="查找重复").click()
        await expect(page.get_by_text("对相似")).to_be_visible(timeout=PATIENCE)

        queue = page.locator(".duplicates-pair")
        await expect(page.locator(".sides tbody tr").first).to_be_visible()
        await expect(page.locator(".weight")).not_to_have_count(0)
        assert await findings(page) == []
        waiting = await queue.count()
        assert waiting > 1
        refused = await queue.first.inner_text()
        await page.keyboard.press("n")
        await expect(queue).to_have_count(waiting - 1)
        await page.keyboard.press("y")
        await expect(page.get_by_text("已合并到")).to_be_visible()
        await expect(queue).to_have_count(waiting - 2)
        await page.get_by_role("button", name="撤销", exact=True).click()
        await expect(queue).to_have_count(waiting - 1)
        await page.reload()
        await expect(queue.first).to_be_visible()
        assert refused not in await queue.all_inner_texts()


@pytest.mark.slow
async def test_what_is_sure_is_merged_as_a_whole_and_parted_again(desk: Desk) -> None:
    async with desk.signed_in() as page:
        name = "衢州长河水泵制造有限公司"
        for _ in range(2):
            await made(page, name, person="郭长河")
        await page.goto("/workshop/duplicates?object=customer")
        await page.get_by_role("button", name="查找重复").click()
        await expect(page.get_by_text("对相似")).to_be_visible(timeout=PATIENCE)
        bulk = page.locator(".duplicates-bulk")
        await bulk.get_by_label("把握不低于").select_option("0.9")
        everything = bulk.get_by_role("button", name="全部合并")
        await expect(everything).to_be_enabled()

        await everything.click()
        question = page.get_by_role("dialog", name="全部合并")
        await expect(question).to_contain_text("整体撤销")
        await question.get_by_role("button", name="取消").click()
        assert await count(page, name) == 2
        await everything.click()
        # How many that is has been said beside the button, too.
        groups = re.findall(r"有 ([\d,]+) 组", await bulk.inner_text())
        await question.get_by_role("button", name=f"合并 {groups[0]} 组").click()
        part = bulk.get_by_role("button", name="整体撤销")
        await expect(part).to_be_visible(timeout=PATIENCE)
        assert await count(page, name) == 1
        await part.click()
        await expect(everything).to_be_visible(timeout=PATIENCE)

        assert await count(page, name) == 2


async def test_duplicates_of_one_name_are_told_apart(desk: Desk) -> None:
    async with desk.signed_in() as page:
        name = f"宁波{uuid4().hex[:6]}阀门有限公司"
        headers, ids = {"origin": page.url.split("/desk")[0]}, []
        for phone in ("0574-87651230", "0574-87651231", "0574-87651232"):
            made = await page.request.post(
                "/api/v1/records/customer?on_duplicate=create",
                data={"name": name, "phone": phone, "region": "浙江省宁波市"},
                headers=headers,
            )
            assert made.status == 201, await made.text()
            ids.append((await made.json())["id"])
        await page.goto(f"/desk/customer/{ids[0]}")
        await page.get_by_role("button", name="更多").click()
        await page.get_by_role("menuitem", name="查找重复").click()
        found = page.get_by_role("dialog", name="查找重复").get_by_role("listitem")
        for digits in ("87651231", "87651232"):
            await expect(found.filter(has_text=digits)).to_have_count(1)


async def test_health_leads_to_the_records_that_lack_something(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/workshop/health?object=customer")
        await expect(page.get_by_role("heading", name="最需要补的字段")).to_be_visible()
        assert await findings(page) == []
        row = page.get_by_role("row", name="统一社会信用代码")
        lacking = (await row.get_by_role("link").inner_text()).replace(",", "")
        await row.get_by_role("link").click()

        await expect(page.locator(".list-foot")).to_contain_text(f"{lacking} 条")
