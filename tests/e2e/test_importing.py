"""A salesman's own file becomes customers: from the first step to the list, and back again."""

import re
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Locator, Page, expect
from tests.e2e.conftest import PHONE, Desk
from tests.e2e.test_everybody import findings

FILE = Path(__file__).parents[3] / "shared" / "data" / "客户台账2026.xlsx"
PATIENCE = 60_000


def fate(page: Page, name: str) -> Locator:
    """Give the number of lines that shared a fate."""
    return page.locator(".import-counts > div", has_text=name).locator("dd")


async def told_as_people_write(page: Page) -> None:
    """Look at a rehearsal: no code of a region, no id of a person, no T in a moment."""
    notices = page.locator(".import-notices")
    await expect(notices).to_contain_text("已离职-吴刚")
    await expect(notices).to_contain_text("是合计行")
    shown = page.locator(".rehearsal tbody")
    await expect(shown).to_contain_text("浙江省/杭州市")
    await expect(shown).to_contain_text("9077万 → 90,770,000")
    await expect(shown).not_to_contain_text(re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-|T00:00"))
    lines = shown.locator("tr")
    before = await lines.count()
    await page.get_by_role("button", name="再显示一些").click()
    await expect(lines).not_to_have_count(before)
    await page.get_by_role("button", name=re.compile("跳过")).click()
    await expect(lines.first).to_contain_text("重复")


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
        await told_as_people_write(page)
        await page.get_by_role("button", name=re.compile("读不懂")).click()
        await expect(page.locator("[data-cell=unreadable]").first).to_be_visible()
        assert "wrong@" in await page.locator(".rehearsal").inner_text()
        await page.get_by_role("button", name=re.compile("开始导入")).click()

        await expect(page.get_by_role("heading", name="导入完成")).to_be_visible(timeout=PATIENCE)
        created = int((await fate(page, "新建").inner_text()).replace(",", ""))
        assert 1650 < created < 1760
        await expect(fate(page, "失败")).to_have_text("0")
        await page.get_by_role("link", name="查看这次导入的客户").click()
        await page.get_by_role("searchbox").fill("嘉和大文化")
        row = page.locator(".grid-body .grid-row").first
        await expect(row).to_contain_text("北京嘉和大文化传媒有限责任公司")

        await page.go_back(wait_until="commit")
        await page.get_by_role("button", name="撤销整次导入").click()
        await page.get_by_role("dialog").get_by_role("button", name="撤销", exact=True).click()
        await expect(page.get_by_role("heading", name="已整体撤销")).to_be_visible(timeout=PATIENCE)
        await page.goto("/desk/customer?q=嘉和大文化")
        await expect(page.get_by_text("没有符合条件的客户")).to_be_visible()


SHEET = "交付清单,,\n单号,客户,金额\nIMP-LOOK-1,谁也不认识的公司,12.5万\n"


async def test_what_keeps_a_line_out_is_mended_in_the_mapping(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page:
        await page.goto("/desk/order/import")
        file: FilePayload = {"name": "交付.csv", "mimeType": "text/csv", "buffer": SHEET.encode()}
        await page.locator("input[type=file]").set_input_files(file)
        head = page.get_by_role("combobox", name="表头")
        await expect(head).to_have_value("2")
        column = page.get_by_label("字段 客户")
        await column.select_option("")
        rehearse = page.get_by_role("button", name="预演", exact=True)
        await expect(page.get_by_text("必填字段“客户”没有对应的列")).to_be_visible()
        await expect(rehearse).to_be_disabled()
        await column.select_option("customer")
        await rehearse.click()
        await expect(page.get_by_text("没有一行可以导入")).to_be_visible(timeout=PATIENCE)
        await expect(page.get_by_role("button", name=re.compile("开始导入"))).to_be_disabled()
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        assert await findings(page) == []

        await page.get_by_role("button", name="返回", exact=True).click()
        await page.get_by_label("找不到时新建客户").check()
        await expect(page.get_by_label("找不到时新建客户")).to_be_enabled()
        assert await findings(page) == []
        await rehearse.click()
        start = page.get_by_role("button", name="开始导入 1 行")
        await expect(start).to_be_enabled(timeout=PATIENCE)
        await page.get_by_role("button", name="返回", exact=True).click()
        await page.get_by_role("button", name="换个文件").click()
        await expect(page.locator(".import-drop")).to_be_visible()


def csv(*lines: str) -> FilePayload:
    """Give a file of some customers."""
    return {"name": "名单.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}


async def rehearsed(page: Page) -> None:
    """Go from the mapping through the dry run to the result."""
    await page.get_by_role("button", name="预演", exact=True).click()
    await page.get_by_role("button", name=re.compile("开始导入")).click(timeout=PATIENCE)
    await expect(page.get_by_role("heading", name="导入完成")).to_be_visible(timeout=PATIENCE)


async def by_their_names(page: Page) -> None:
    """Have lines change the customers they name, blank cells clear, and look at the dry run."""
    await page.get_by_role("combobox", name="文件里的行是").select_option("upsert")
    key = page.get_by_role("button", name="按哪些字段认出 客户名称")
    await expect(key).to_be_enabled()
    await key.click()
    await expect(page.get_by_role("checkbox", name="客户名称")).to_be_checked()
    await page.keyboard.press("Escape")
    blank = page.get_by_role("combobox", name="空单元格")
    await blank.select_option("clear")
    await expect(blank).to_be_enabled()
    assert await findings(page) == []
    await page.get_by_role("button", name="预演", exact=True).click()
    updated = page.get_by_role("button", name=re.compile("^更新 1$"))
    await expect(updated).to_be_visible(timeout=PATIENCE)
    await updated.click()
    await expect(page.locator(".rehearsal tbody tr")).to_have_count(1)
    await expect(page.locator("[data-cell=changed]", has_text="原为 纸坊街1号")).to_be_visible()


async def test_a_file_changes_what_its_key_names_and_adds_the_rest(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk/customer/import")
        file = page.locator("input[type=file]")
        await file.set_input_files(
            csv(
                "公司名称,地址,备注",
                "郁金造纸改名测试厂,纸坊街1号,旧话",
                "苜蓿地毯改名测试厂,,旧话",
            )
        )
        await page.get_by_role("combobox", name="遇到重复").select_option("create")
        await rehearsed(page)
        await expect(fate(page, "新建")).to_have_text("2")
        await page.get_by_role("link", name="查看这次导入的客户").click()
        rows = page.locator(".grid-body .grid-row")
        await expect(rows).to_have_count(2)
        await expect(page.locator(".grid-body")).to_contain_text("郁金造纸改名测试厂")

        await page.goto("/desk/customer/import")
        await file.set_input_files(
            csv("公司名称,地址,备注", "郁金造纸改名测试厂,,新话", "鸢尾陶瓷改名测试厂,窑口路9号,")
        )
        await by_their_names(page)
        await page.get_by_role("button", name="开始导入 2 行").click()
        await expect(page.get_by_role("heading", name="导入完成")).to_be_visible(timeout=PATIENCE)
        await expect(fate(page, "更新")).to_have_text("1")
        await expect(fate(page, "新建")).to_have_text("1")
        await page.get_by_role("link", name="查看这次导入的客户").click()
        await expect(rows).to_have_count(2)
        await expect(page.locator(".grid-body")).to_contain_text("鸢尾陶瓷改名测试厂")
        answer = await page.request.get(
            '/api/v1/records/customer?where=name = "郁金造纸改名测试厂"&select=address,description'
        )
        (changed,) = (await answer.json())["items"]
        assert (changed["address"], changed["description"]) == (None, "新话")


async def test_lines_that_may_be_there_wait_for_a_person(desk: Desk) -> None:
    names = ("白鹭灯具待定测试厂", "夜莺钟表待定商行", "云雀渔网待定公司")
    async with desk.signed_in(PHONE) as page:
        for name in names:
            made = await page.request.post(
                "/api/v1/records/customer?on_duplicate=create",
                data={"name": name},
                headers={"origin": desk.url},
            )
            assert made.status == 201, await made.text()
        await page.goto("/desk/customer/import")
        await page.locator("input[type=file]").set_input_files(
            csv("公司名称,地址", *(f"{name},灯市{at}号" for at, name in enumerate(names, 1)))
        )
        rule = page.get_by_role("combobox", name="遇到重复")
        await rule.select_option("review")
        await expect(rule).to_be_enabled()
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        await rehearsed(page)
        waiting = page.get_by_role("region", name="待确认的行")
        await expect(waiting.get_by_role("link", name=names[0])).to_be_visible()
        assert await findings(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        # The address keeps the way to what waits.
        await page.reload()
        await waiting.get_by_role("button", name="第 2 行 补上空缺").click()
        await expect(waiting.get_by_role("link", name=names[0])).to_have_count(0)
        await waiting.get_by_role("button", name="第 3 行 跳过").click()
        await expect(waiting.get_by_role("link", name=names[1])).to_have_count(0)
        await waiting.get_by_role("button", name="第 4 行 另建一条").click()
        await expect(waiting).to_have_count(0)
        told = []
        for name in names:
            answer = await page.request.get(
                f'/api/v1/records/customer?where=name = "{name}"&select=address&order=created_at'
            )
            told.append([one["address"] for one in (await answer.json())["items"]])
        assert told == [["灯市1号"], [None], [None, "灯市3号"]]
