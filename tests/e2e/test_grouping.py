"""Lines grouped by any field: counted by the server, opened one by one, kept in views."""

import re
from typing import Any
from urllib.parse import parse_qs, urlparse

import pytest
from playwright.async_api import Locator, Page, expect
from tests.e2e.conftest import PHONE, WIDE, Desk
from tests.e2e.test_everybody import findings

GROUPS, EACH = 250, 4
MINE = 'code starts with "GRP"'
ADDRESS = f"/desk/product?columns=name,code,specification,price&order=code&where={MINE}"
"""Among the products of this module only, whatever others have made."""


@pytest.fixture(scope="session", autouse=True)
async def filled(desk: Desk) -> None:
    """Have more groups than are asked for at once."""
    rows = [
        {
            "code": f"GRP{at:05}",
            "name": f"分组样品 {at:05}",
            "specification": f"规格 {at % GROUPS:04}" if at >= 3 else None,
            "price": str(100 + at % GROUPS),
        }
        for at in range(GROUPS * EACH)
    ]
    async with desk.signed_in() as page:
        answer = await put(page, rows)
        assert answer["created"] == len(rows), answer


async def put(page: Page, rows: list[dict[str, str | None]]) -> dict[str, Any]:
    """Make or change products by their codes."""
    answer = await page.request.post(
        "/api/v1/records/product/upsert",
        data={"key": ["code"], "rows": rows},
        headers={"origin": await page.evaluate("location.origin")},
    )
    told: dict[str, Any] = await answer.json()
    assert answer.ok, told
    return told


def head(page: Page, name: str) -> Locator:
    """The head of a group among the lines."""
    return page.locator(".grid-body .group-row").filter(has_text=name)


def lines(page: Page) -> Locator:
    """The records in sight."""
    return page.locator(".grid-body .grid-row .grid-title")


async def test_one_groups_by_a_text_and_opens_group_after_group(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto(ADDRESS)
        await page.get_by_role("button", name="分组", exact=True).click()
        await page.get_by_role("combobox", name="按字段").select_option(label="规格型号")
        await page.get_by_role("combobox", name="标准单价").select_option(label="合计")
        await page.keyboard.press("Escape")

        first = head(page, "规格 0000")
        await expect(first).to_contain_text(f"{EACH - 1} 条")
        await expect(first).to_contain_text("合计 300")
        await expect(page.locator(".list-foot")).to_contain_text(f"{GROUPS + 1} 组")
        await expect(lines(page)).to_have_count(0)
        asked = parse_qs(urlparse(page.url).query)
        assert (asked["group"], asked["sums"]) == (["specification"], ["SUM(price)"])

        await head(page, "规格 0004").get_by_role("button").click()
        await expect(lines(page)).to_have_text(
            [f"分组样品 {4 + GROUPS * number:05}" for number in range(EACH)]
        )
        await head(page, "规格 0004").get_by_role("button").click()
        await expect(lines(page)).to_have_count(0)

        # The keys open and close, too, and the last group, the empty one, comes when it is seen.
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("ArrowRight")
        await expect(lines(page)).to_have_count(EACH)
        await page.keyboard.press("ArrowLeft")
        await expect(lines(page)).to_have_count(0)
        grid = page.locator(".grid")
        await grid.evaluate("one => { one.scrollTop = one.scrollHeight }")
        await expect(grid).to_have_attribute("aria-rowcount", str(GROUPS + 2))
        await grid.evaluate("one => { one.scrollTop = one.scrollHeight }")
        await expect(head(page, "未填写")).to_contain_text("3 条")


async def test_the_head_of_the_group_stays_while_its_lines_pass(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto(f"{ADDRESS}&group=price by 1000")
        await expect(head(page, "0 – 1,000")).to_contain_text("1,000 条")
        await expect(lines(page).first).to_have_text("分组样品 00000")
        assert await page.locator(".group-stuck").count() == 0

        await page.locator(".grid").evaluate("one => { one.scrollTop = 36 * 601 }")

        await expect(lines(page).filter(has_text="分组样品 00600")).to_be_visible()
        await expect(page.locator(".group-stuck")).to_contain_text("0 – 1,000")
        assert await page.locator(".grid-body .grid-row").count() < 100


async def test_a_cell_changed_in_a_group_goes_where_it_belongs(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto(f'{ADDRESS} and code <= "GRP00009"&group=specification')
        moved = head(page, "规格 0007")
        await expect(moved).to_contain_text("1 条")
        await expect(lines(page).filter(has_text="分组样品 00008")).to_be_visible()
        cell = page.locator(".grid-row", has_text="分组样品 00008").locator("[aria-colindex='4']")
        await cell.dblclick()
        await page.locator(".cell-editor input").fill("规格 0007")
        await page.keyboard.press("Enter")

        await expect(moved).to_contain_text("2 条")
        await expect(head(page, "规格 0008")).to_have_count(0)
        await put(page, [{"code": "GRP00008", "specification": "规格 0008"}])


async def test_a_view_keeps_how_it_groups(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto(f"{ADDRESS}&group=created_at by year&groups=-count&sums=AVG(price)")
        await expect(page.locator(".grid-body .group-row").first).to_contain_text("平均")
        await page.locator(".view-switch").click()
        await page.get_by_label("视图名称").fill("按年分组")
        await page.get_by_role("button", name="另存为视图").click()
        await expect(page.locator(".view-switch")).to_contain_text("按年分组")
        view = parse_qs(urlparse(page.url).query)["view"][0]
        try:
            await page.goto(f"/desk/product?view={view}")
            await expect(page.locator(".grid-body .group-row").first).to_contain_text("平均")
            await page.get_by_role("button", name="按创建时间分组").click()
            await expect(page.get_by_role("combobox", name="时间单位")).to_have_value("year")
            await expect(page.get_by_role("combobox", name="组的顺序")).to_have_value("-count")
            await page.get_by_role("combobox", name="按字段").select_option(label="不分组")
            await expect(page.locator(".group-row")).to_have_count(0)
            await expect(lines(page).first).to_be_visible()
        finally:
            await page.goto("about:blank")  # nobody looks at what goes
            await page.request.delete(f"/api/v1/views/{view}", headers={"origin": desk.url})


@pytest.mark.parametrize(("size", "dark"), [(WIDE, False), (WIDE, True), (PHONE, False)])
async def test_groups_can_be_read_and_used_by_everybody(
    desk: Desk, size: tuple[int, int], *, dark: bool
) -> None:
    async with desk.signed_in(size, dark=dark) as page:
        await page.goto(f"{ADDRESS}&group=price by 100&groups=-count")
        one = page.locator(".group-head", has_text="100 – 200").first
        await expect(one).to_contain_text("400 条")
        await expect(page.locator(".grid-title, .card").first).to_be_visible()

        assert await findings(page) == []
        if size == PHONE:
            cards = await page.locator(".card").count()
            await one.click()
            await expect(one).to_have_attribute("aria-expanded", "false")
            assert await page.locator(".card").count() < cards
            wide = await page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size[0]


async def test_small_groups_beside_each_other_come_in_one_answer(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto(f'{ADDRESS} and code <= "GRP00099"&group=specification')
        await expect(head(page, "规格 0003")).to_be_visible()
        asked: list[str] = []
        page.on(
            "request",
            lambda one: asked.append(one.post_data or "") if one.url.endswith("/query") else None,
        )
        await page.get_by_role("button", name="全部展开").click()
        names = lines(page)
        await expect(names.first).to_be_visible()
        await expect(page.locator(".grid-body .grid-row:not(:has(.grid-title))")).to_have_count(0)
        # Each line lies under the head that has its value.
        texts = await page.locator(".grid-body [aria-rowindex]").all_inner_texts()
        inside = ""
        for text in texts:
            told = re.search(r"规格 \d{4}", text)
            if "分组样品" not in text:
                inside = told[0] if told else ""
            elif inside and told:
                assert told[0] == inside
        some = [one for one in asked if "规格" in one]
        assert 0 < len(some) < await names.count() / 2, some
        cell = page.locator(".grid-row", has_text="分组样品 00009").locator("[aria-colindex='5']")
        await expect(cell).to_contain_text("109")
