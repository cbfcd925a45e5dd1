"""What makes a day at lists and records short: keys, blocks of cells, what is beside and was."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect
from tests.e2e.conftest import PHONE, WIDE, Desk
from tests.e2e.test_everybody import findings
from tests.e2e.test_forms import dragged

PASTE = """
text => {
  const data = new DataTransfer()
  data.setData('text/plain', text)
  const given = { clipboardData: data, bubbles: true, cancelable: true }
  document.querySelector('.grid').dispatchEvent(new ClipboardEvent('paste', given))
}
"""


async def test_a_block_from_a_spreadsheet_is_looked_at_written_and_taken_back(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk/contact?columns=name,title,wechat,gender&order=name")
        cell = page.locator(".grid-body .grid-row [aria-colindex='3']")
        await expect(cell.first).to_be_visible()
        before = [await cell.nth(at).inner_text() for at in (0, 1)]
        await cell.first.click()
        await page.evaluate(PASTE, "厂长\twx-1\t男\n采购部长\twx-2\t没有这个\n")

        plan = page.get_by_role("dialog")
        await expect(plan).to_contain_text("“没有这个”认不出")
        await expect(plan).to_contain_text("厂长")
        await plan.get_by_role("button", name="写入").click()
        await expect(cell.nth(1)).to_have_text("采购部长")
        await page.locator(".grid").focus()
        await page.keyboard.press("Control+z")

        await expect(cell.nth(0)).to_have_text(before[0])
        await expect(cell.nth(1)).to_have_text(before[1])


async def test_a_record_lies_open_beside_its_list_and_follows_the_keys(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk/customer")
        titles = page.locator(".grid-title")
        await titles.first.click()
        beside = page.get_by_role("complementary", name="记录")
        await expect(beside.get_by_role("heading", level=1)).to_have_text(
            await titles.first.inner_text()
        )
        await page.locator(".grid").focus()
        await page.keyboard.press("j")

        await expect(beside.get_by_role("heading", level=1)).to_have_text(
            await titles.nth(1).inner_text()
        )
        assert await findings(page) == []
        await page.keyboard.press("Escape")
        await expect(beside).to_have_count(0)
        await page.keyboard.press("g")
        await page.keyboard.press("h")
        await expect(page).to_have_url(re.compile("/desk$"))
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog", name="快捷键")).to_be_visible()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
async def test_every_way_to_look_at_a_list_is_open_to_everybody(
    desk: Desk, size: tuple[int, int]
) -> None:
    found: list[str] = []
    async with desk.signed_in(size) as page:
        made = await page.request.post(
            "/api/v1/records/task",
            data={"subject": f"今天的任务 {size[0]}"},
            headers={"origin": desk.url},
        )
        assert made.status == 201, await made.text()
        for path, there in (
            ("/desk/task?layout=calendar&by=created_at", ".calendar-entry"),
            ("/desk/customer?layout=gallery", ".gallery-card, .card"),
            ("/desk/opportunity?group=stage", ".group-head, .card"),
        ):
            await page.goto(path)
            await expect(page.locator(there).first).to_be_visible()
            found += await findings(page)

    assert found == []


async def test_what_is_dragged_to_another_day_of_the_calendar_is_due_then(desk: Desk) -> None:
    async with desk.signed_in() as page:
        subject = "拖到另一天的任务"
        here = ZoneInfo("Asia/Shanghai")
        today = datetime.now(here).date().isoformat()
        target = f"{today[:8]}{'12' if today.endswith('11') else '11'}"
        made = await page.request.post(
            "/api/v1/records/task",
            data={"subject": subject, "due_at": f"{today}T10:30:00+08:00"},
            headers={"origin": desk.url},
        )
        assert made.status == 201, await made.text()
        one = f"/api/v1/records/task/{(await made.json())['id']}"

        async def due() -> str:
            moment = datetime.fromisoformat((await (await page.request.get(one)).json())["due_at"])
            return moment.astimezone(here).isoformat()[:16]

        await page.goto(f'/desk/task?layout=calendar&by=due_at&where=subject = "{subject}"')
        entry = page.get_by_role("link", name=subject)
        days = page.locator(".calendar-day")
        there = days.filter(has=page.get_by_role("button", name=target)).first
        await expect(entry).to_be_visible()
        await dragged(page, entry, there)
        await expect(there.get_by_role("link", name=subject)).to_contain_text("10:30")
        toast = page.locator(".toast", has_text="截止时间")
        await expect(toast).to_be_visible()
        assert await due() == f"{target}T10:30"
        await toast.get_by_role("button", name="撤销").click()
        await expect(there.get_by_role("link", name=subject)).to_have_count(0)
        await expect(page.locator(".toast", has_text="已撤销")).to_be_visible()

        assert await due() == f"{today}T10:30"


async def test_a_pasted_card_fills_the_form(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk/customer")
        await expect(page.locator(".grid-title").first).to_be_visible()
        await page.keyboard.press("c")
        form = page.get_by_role("dialog")
        box = form.get_by_label("粘贴识别")
        await box.fill("温岭宏图泵业有限公司 叶知秋 采购经理 13905760001 yezq@hongtu.example")
        await form.get_by_role("button", name="识别").click()

        await expect(form.get_by_label("客户名称")).to_have_value("温岭宏图泵业有限公司")
        await expect(form.get_by_label("电话", exact=True)).to_have_value("+86-13905760001")
        await expect(form.get_by_label("主要联系人")).to_have_value("叶知秋")


async def test_a_value_says_who_gave_it_and_a_record_how_it_was(
    desk: Desk, customer: dict[str, Any]
) -> None:
    async with desk.signed_in() as page:
        await page.goto(f"/desk/customer/{customer['id']}")
        value = page.locator(".fact-value").first
        await value.hover()
        await expect(page.locator(".origin")).to_contain_text("文件导入")

        await page.get_by_role("button", name="更多操作").click()
        await page.get_by_role("menuitem", name="查看过去某天").click()
        await expect(page.get_by_text("左侧是当时的内容")).to_be_visible()
        await expect(page.locator(".fact-edit")).to_have_count(0)
        await page.get_by_role("button", name="回到现在").click()
        await page.get_by_role("button", name="更多操作").click()
        await page.get_by_role("menuitem", name="协作与共享").click()
        await expect(page.get_by_text("只有负责人")).to_be_visible()
        assert await findings(page) == []


async def test_the_page_stands_without_a_network_and_says_so(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        await page.reload()
        await page.wait_for_selector(".shell")
        kept = await page.evaluate(
            "caches.keys().then(all => Promise.all(all.map(one => caches.open(one)"
            ".then(cache => cache.keys()).then(some => some.map(each => each.url)))))"
        )
        await page.context.set_offline(True)
        await page.reload()

        await expect(page.get_by_role("alert")).to_contain_text("连接不上服务器")
        assert [url for some in kept for url in some if "/api/" in url] == []
    desk.said.clear()  # the browser itself reports that it has no network
