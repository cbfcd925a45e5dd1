"""A day at the desk: found, opened, written down, entered, changed and taken back."""

import re
from typing import Any

from playwright.async_api import expect
from pypinyin import Style, lazy_pinyin
from tests.e2e.conftest import PHONE, Desk


async def test_who_is_not_signed_in_is_asked_to_and_comes_back(desk: Desk) -> None:
    async with desk.page() as page:
        desk_page = "/desk/customer?whose=mine"
        await page.goto(desk_page)

        await expect(page).to_have_url(re.compile("/sign-in"))
        desk.said.clear()  # the browser itself reports the 401

        await page.get_by_label("用户名").fill("admin")
        await page.get_by_label("密码").fill("wrong")
        await page.get_by_role("button", name="登录", exact=True).click()
        await expect(page.get_by_role("alert")).not_to_be_empty()
    desk.said.clear()


async def test_a_follow_up_is_written_where_the_initials_lead(
    desk: Desk, customer: dict[str, Any]
) -> None:
    initials = "".join(lazy_pinyin(customer["short_name"], style=Style.FIRST_LETTER))
    async with desk.signed_in() as page:
        await page.keyboard.press("Control+k")
        await page.get_by_role("dialog").get_by_role("combobox").fill(initials)
        await page.get_by_role("option", name=customer["name"]).click()

        await expect(page.get_by_role("heading", level=1)).to_have_text(customer["name"])
        await page.get_by_role("button", name="写跟进").click()
        await page.keyboard.type("客户要求周五前给出报价")
        await page.get_by_role("radio", name="拜访").click()
        await page.get_by_role("button", name="记录", exact=True).click()

        timeline = page.get_by_role("region", name="时间线")
        await expect(timeline.locator(".moment-text").first).to_have_text("客户要求周五前给出报价")
        await expect(timeline.locator(".moment").first).to_contain_text("拜访")


async def test_what_is_entered_is_put_in_form_and_compared_with_who_is_there(
    desk: Desk, customer: dict[str, Any]
) -> None:
    digits = re.sub(r"^\+86-|\D", "", customer["phone"])
    async with desk.signed_in() as page:
        await page.goto("/desk/customer")
        await page.get_by_role("button", name="新建").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("客户名称").fill("杭州海纳科技有限公司")
        await form.get_by_label("电话", exact=True).fill(digits)

        await expect(form.get_by_text("将保存为")).to_be_visible()
        await expect(form.get_by_text(re.compile(r"疑似重复 \d+ 条客户"))).to_be_visible()
        await expect(form.get_by_role("link", name=customer["name"])).to_be_visible()


async def test_a_new_customer_is_there_at_once(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk/customer")
        await page.get_by_role("button", name="新建").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("客户名称").fill("温州新港阀门有限公司")
        await form.get_by_role("button", name="保存").click()

        await expect(page.get_by_role("heading", level=1)).to_have_text("温州新港阀门有限公司")


async def test_a_list_is_narrowed_and_its_address_says_so(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk/customer?columns=name,level")
        await page.get_by_role("button", name="筛选").click()
        await page.get_by_role("button", name="添加条件").click()
        await page.get_by_label("字段", exact=True).select_option(label="客户级别")
        await page.get_by_role("button", name="客户级别").last.click()
        await page.get_by_role("option", name="A 级").click()
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="应用").click()

        await expect(page).to_have_url(re.compile(r"where=level\+in\+"))
        chips = page.locator(".grid-body .grid-row [aria-colindex='3']")
        await expect(chips.first).to_contain_text("A 级")
        assert {await one.inner_text() for one in await chips.all()} == {"A 级"}


async def test_a_cell_is_changed_in_place_and_taken_back(
    desk: Desk, customer: dict[str, Any]
) -> None:
    async with desk.signed_in() as page:
        await page.goto(f"/desk/customer?q={customer['external_id']}&columns=name,contact_title")
        cell = page.locator(".grid-body .grid-row [aria-colindex='3']").first
        await cell.dblclick()
        await page.keyboard.press("Control+a")
        await page.keyboard.type("董事长")
        await page.keyboard.press("Enter")

        await expect(cell).to_have_text("董事长")
        await page.get_by_role("button", name="撤销").click()
        await expect(cell).to_have_text(customer["contact_title"] or "—")


async def test_on_a_phone_a_list_is_cards_and_a_record_one_column(
    desk: Desk, customer: dict[str, Any]
) -> None:
    async with desk.signed_in(PHONE) as page:
        await page.goto(f"/desk/customer?q={customer['external_id']}")
        await page.get_by_role("link", name=customer["name"]).click()

        await expect(page.get_by_role("heading", level=1)).to_have_text(customer["name"])
        await page.get_by_role("textbox", name="写跟进").fill("电话里确认了样品")
        await page.get_by_role("button", name="记录", exact=True).click()
        await expect(page.locator(".moment-text").first).to_have_text("电话里确认了样品")
        beyond = "document.scrollingElement.scrollWidth > innerWidth"
        assert not await page.evaluate(beyond)
