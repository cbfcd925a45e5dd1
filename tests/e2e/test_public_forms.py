"""A form for strangers: drawn and opened by who builds, filled in by who was given the link."""

import re
from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import PHONE, WIDE, Desk
from tests.e2e.test_everybody import findings
from tests.e2e.test_forms import begun, saved


async def opened(page: Page, label: str) -> str:
    """Draw a form for leads, open it to strangers, and give its link."""
    await begun(page, "forms", of="线索", label=label)
    right = page.locator(".drawing-right")
    for purpose in ("新建", "编辑"):
        await right.get_by_label(purpose, exact=True).uncheck()
    await right.get_by_label("对外", exact=True).check()
    await expect(right.get_by_role("note")).to_contain_text("转化的客户")
    source = page.locator(".canvas-field[data-field=source]")
    await source.click()
    await source.press("Delete")
    await expect(source).to_have_count(0)
    await right.get_by_label("添加固定值").select_option(label="来源")
    await right.locator("#fixed-source").select_option(label="官网")
    await right.get_by_label("提交后显示").fill("我们会尽快联系您")
    await expect(right.get_by_text("保存后即可开放")).to_be_visible()
    await saved(page)
    await right.get_by_label("开放填写").click()
    link = right.get_by_label("链接", exact=True)
    await expect(link).to_have_value(re.compile("/f/main/.{20}"))
    return await link.input_value()


async def filled(page: Page, name: str, phone: str) -> None:
    """Fill in what is asked for, first without the name."""
    await page.get_by_label("手机").fill(phone)
    await page.get_by_role("button", name="提交").click()
    first = page.locator("[data-field=name]")
    await expect(first).to_contain_text("请填写")
    await first.get_by_role("textbox").fill(name)
    await expect(first).not_to_contain_text("请填写")
    await page.locator("[data-field=grade]").get_by_text("B 级").click()
    await page.get_by_role("button", name="提交").click()
    await expect(page.get_by_role("heading", name="我们会尽快联系您")).to_be_visible()


async def test_a_stranger_fills_in_what_somebody_drew(desk: Desk) -> None:
    name = f"访客{uuid4().hex[:6]}"
    phone = f"138{uuid4().int % 10**8:08d}"
    async with desk.signed_in() as page:
        link = await opened(page, f"官网留言{uuid4().hex[:4]}")

        async with desk.page(PHONE) as stranger:
            await stranger.goto(link)
            await expect(stranger.get_by_role("heading", level=1)).to_contain_text("官网留言")
            unseen = stranger.locator("[data-field=customer], [data-field=source]")
            await expect(unseen).to_have_count(0)
            assert await findings(stranger) == []
            await filled(stranger, name, phone)
            assert await stranger.evaluate("document.cookie") == ""

        await page.goto(f"/desk/lead?where=name%20%3D%20%22{name}%22")
        line = page.get_by_role("row", name=re.compile(name))
        await expect(line).to_contain_text("官网")

        right = page.locator(".drawing-right")
        await page.goto("/workshop/forms")
        await page.get_by_role("link", name=re.compile("官网留言")).last.click()
        await right.get_by_label("开放填写").click()
        await expect(right.get_by_text("目前未开放")).to_be_visible()
        async with desk.page(WIDE, dark=True) as late:
            await late.goto(link)
            await expect(late.get_by_role("heading", name="此表单目前未开放")).to_be_visible()
            await late.get_by_role("button", name="English").click()
            await expect(late.get_by_role("heading", name="not open")).to_be_visible()
        desk.said.clear()  # the browser itself reports the 404 of what is closed
