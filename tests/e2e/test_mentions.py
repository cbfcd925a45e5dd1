"""Colleagues mentioned in what somebody writes: picked, marked, and told no more than they see."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import PASSWORD, PHONE, Desk
from tests.e2e.test_everybody import findings
from tests.e2e.test_notifications import LIVE_MS
from tests.e2e.test_permissions import sign_in

CUSTOMERS, USERS = "/api/v1/records/customer", "/api/v1/users"


@dataclass(frozen=True, kw_only=True)
class Written:
    """Whom somebody writes about, and whom he mentions."""

    customer: str
    title: str
    login: str
    name: str
    spelled: str
    """The beginning of the name as it is typed; nobody else is spelled so."""


@asynccontextmanager
async def written(page: Page) -> AsyncIterator[Written]:
    """Make a customer, and a colleague without a role, for others look for who holds one."""
    mark = uuid4().hex[:8]
    title, name = f"提及测试{mark}", f"段誉{mark}"
    made = await page.request.post(CUSTOMERS, data={"name": title})
    assert made.status == 201, await made.text()
    customer = (await made.json())["id"]
    given = {"login": f"m{mark}", "name": name, "password": PASSWORD}
    hired = await page.request.post(USERS, data=given)
    assert hired.status == 201, await hired.text()
    try:
        yield Written(
            customer=customer,
            title=title,
            login=f"m{mark}",
            name=name,
            spelled=f"duanyu{mark}",
        )
    finally:
        await page.goto("about:blank")  # nobody looks at what goes
        await page.request.delete(f"{CUSTOMERS}/{customer}")
        await page.request.patch(f"{USERS}/{(await hired.json())['id']}", data={"active": False})


async def told_blindly(page: Page, one: Written) -> None:
    """See that whoever may not look at the record is told, and learns nothing of it."""
    bell = page.get_by_role("button", name=re.compile("^通知.*未读"))
    await expect(bell).to_be_visible(timeout=LIVE_MS)
    told = await (await page.request.get("/api/v1/notifications")).json()
    (line,) = told["items"]
    assert line["kind"] == "mentioned"
    assert line["says"].endswith("在一条您无权查看的记录中提到了您")
    assert line["records"] == []
    assert not [word for word in (one.title, "17 万", one.customer) if word in str(line)]
    await bell.click()
    await expect(page.locator(".bell-line").first).to_contain_text("提到了您")


async def test_a_colleague_is_mentioned_by_keys_and_told_no_more_than_they_see(
    desk: Desk,
) -> None:
    async with desk.signed_in() as page, written(page) as one:
        await page.goto(f"/desk/customer/{one.customer}")
        box = page.get_by_role("textbox", name="写跟进")
        await box.click()
        await page.keyboard.type("价格底线 17 万,请@")
        colleagues = page.get_by_role("listbox", name="提到同事")
        await expect(colleagues.get_by_role("option").nth(1)).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(colleagues).to_have_count(0)
        await page.keyboard.type(one.spelled)
        await expect(colleagues.get_by_role("option")).to_have_count(1)
        await expect(box).to_have_attribute("aria-activedescendant", re.compile("-0$"))
        assert await findings(page) == []
        await page.keyboard.press("Enter")
        await expect(box).to_have_value(f"价格底线 17 万,请@{one.name} ")
        await page.keyboard.type("跟一下")
        await expect(page.locator(".mention-told")).to_contain_text(one.name)
        await page.keyboard.press("Control+Enter")

        said = page.get_by_role("region", name="时间线").locator(".moment-text").first
        await expect(said).to_have_text(f"价格底线 17 万,请@{one.name} 跟一下")
        await expect(said.locator(".mention")).to_have_text(f"@{one.name}")

        async with desk.page() as other:
            await sign_in(other, one.login, PASSWORD)
            await told_blindly(other, one)


async def test_a_colleague_is_mentioned_by_touch(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page, written(page) as one:
        await page.goto(f"/desk/customer/{one.customer}")
        box = page.get_by_role("textbox", name="写跟进")
        await box.tap()
        await box.press_sequentially(f"@{one.name[:-3]}")
        option = page.get_by_role("option", name=one.name)
        await expect(option).to_be_in_viewport()
        assert await findings(page) == []
        await option.tap()
        await expect(box).to_have_value(f"@{one.name} ")
        await expect(box).to_be_focused()
        # Whoever is taken out of the text again is not told.
        await box.fill("不提了")
        await expect(page.locator(".mention-told")).to_have_count(0)
        await page.get_by_role("button", name="记录", exact=True).click()
        said = page.locator(".moment-text").first
        await expect(said).to_have_text("不提了")
        await expect(said.locator(".mention")).to_have_count(0)


async def test_a_form_mentions_as_the_box_does(desk: Desk) -> None:
    async with desk.signed_in() as page, written(page) as one:
        await page.goto("/desk/activity")
        await page.get_by_role("button", name="新建").click()
        form = page.get_by_role("dialog")
        content = form.get_by_label("跟进内容")
        await content.press_sequentially(f"请@{one.name[:-2]}")
        await form.get_by_role("option", name=one.name).click()
        await expect(content).to_have_value(f"请@{one.name} ")
        async with page.expect_response(
            lambda got: got.url.endswith("/records/activity") and got.request.method == "POST"
        ) as sent:
            await form.get_by_role("button", name="保存").click()
        made = await (await sent.value).json()
        assert len(made["mentions"]) == 1
        await page.goto("about:blank")  # nobody looks at what goes
        await page.request.delete(f"/api/v1/records/activity/{made['id']}")


async def test_a_text_changed_in_place_mentions_as_the_box_does(desk: Desk) -> None:
    async with desk.signed_in() as page, written(page) as one:
        said = {"customer": one.customer, "content": "原来的话", "kind": "电话"}
        made = await page.request.post("/api/v1/records/activity", data=said)
        assert made.status == 201, await made.text()
        place = f"/api/v1/records/activity/{(await made.json())['id']}"
        await page.goto(place.replace("/api/v1/records", "/desk"))
        await page.get_by_role("button", name="编辑 跟进内容").click()
        box = page.get_by_role("textbox", name="跟进内容")
        await box.press("End")
        await box.press_sequentially(f",请@{one.name[:-2]}")
        await page.get_by_role("option", name=one.name).click()
        await expect(box).to_have_value(f"原来的话,请@{one.name} ")
        # What was written is shown before it is kept.
        async with page.expect_response(lambda one: one.request.method == "PATCH"):
            await page.locator(".fact-editor").get_by_role("button", name="保存").click()
        text = page.locator(".fact-long", has_text="原来的话")
        await expect(text.locator(".mention")).to_have_text(f"@{one.name}")
        kept = await (await page.request.get(place)).json()
        assert len(kept["mentions"]) == 1

        # Where it stands in a list, too; whoever is taken out of the text is meant no more.
        await page.goto(
            f'/desk/activity?columns=subject,content&where=content contains "{one.name}"'
        )
        cell = page.locator(".grid-body [role=gridcell]", has_text="原来的话")
        await cell.dblclick()
        await cell.get_by_role("textbox").fill("不提了")
        async with page.expect_response(
            lambda got: place in got.url and got.request.method == "PATCH"
        ):
            await page.keyboard.press("Enter")
        left = await (await page.request.get(place)).json()
        assert (left["content"], left["mentions"] or []) == ("不提了", [])
        await page.goto("about:blank")  # nobody looks at what goes
        await page.request.delete(place)
