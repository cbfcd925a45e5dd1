"""Forms, views and record pages: designed in the browser, used at the desk at once."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect
from tests.e2e.conftest import PHONE, WIDE, Desk
from tests.e2e.test_everybody import findings


async def begun(page: Page, part: str, *, of: str, label: str) -> None:
    """Begin something new for an object."""
    await page.goto(f"/workshop/{part}")
    await page.get_by_role("button", name="新建").first.click()
    asked = page.get_by_role("dialog")
    await asked.get_by_label("对象").select_option(label=of)
    await asked.get_by_label("名称").fill(label)
    await page.get_by_role("button", name="开始设计").click()


async def saved(page: Page) -> None:
    """Save what is drawn, through its plan."""
    save = page.locator(".drawing-top").get_by_role("button", name="保存")
    await expect(save).to_be_enabled()
    await save.click()
    plan = page.get_by_role("dialog")
    await plan.get_by_role("button", name="执行").click()
    await expect(page.locator(".toast", has_text="已保存")).to_be_visible()


async def dragged(page: Page, what: Locator, onto: Locator) -> None:
    """Drag with the mouse, as a hand does."""
    start, end = await what.bounding_box(), await onto.bounding_box()
    assert start
    assert end
    await page.mouse.move(start["x"] + 30, start["y"] + 12)
    await page.mouse.down()
    await page.mouse.move(start["x"] + 60, start["y"] + 40, steps=3)
    await page.mouse.move(end["x"] + end["width"] / 3, end["y"] + 8, steps=8)
    await page.mouse.up()
    # What is dragged keeps the clicks of the next 50 ms to itself; no hand is as quick as a test.
    await page.evaluate("new Promise((done) => setTimeout(done, 100))")


def field(page: Page, key: str) -> Locator:
    """Find a field on the canvas."""
    return page.locator(f".canvas-field[data-field={key}]")


async def order(page: Page) -> list[Any]:
    """Give the fields on the canvas, in order."""
    told: list[Any] = await page.locator(".canvas-field").evaluate_all(
        "all => all.map(one => one.dataset.field)"
    )
    return told


async def arranged(page: Page) -> None:
    """Arrange by keys and by mouse, and take back."""
    await field(page, "website").click()
    await field(page, "website").press("Alt+ArrowDown")
    assert (await order(page))[:3] == ["name", "strengths", "website"]
    await page.keyboard.press("Control+z")
    assert (await order(page))[:2] == ["name", "website"]
    await field(page, "threat").press("Delete")
    await expect(field(page, "threat")).to_have_count(0)
    palette = page.locator(".palette-field", has_text="威胁程度")
    await dragged(page, palette, field(page, "website"))
    assert (await order(page))[:3] == ["name", "threat", "website"]
    await page.get_by_role("button", name="加页签").click()
    await expect(page.locator(".canvas-tab")).to_be_visible()


async def ruled(page: Page) -> None:
    """Write a rule that hides and one that asks; a wrong one is told of and marked."""
    await field(page, "weaknesses").click()
    right = page.locator(".drawing-right")
    wrong = page.locator(".drawing-wrong")
    await right.get_by_role("button", name="显示条件").click()
    visible = right.get_by_label("显示条件", exact=True)
    await visible.fill("threta = 5")
    await expect(wrong).to_contain_text("threta")
    await expect(field(page, "weaknesses")).to_have_attribute("data-wrong", "true")
    save = page.locator(".drawing-top").get_by_role("button", name="保存")
    await expect(save).to_be_disabled()
    await visible.fill("threat = 5")
    await right.get_by_role("button", name="必填条件").click()
    await right.get_by_label("必填条件", exact=True).fill("threat = 5")
    await expect(wrong).to_have_count(0)


async def looked_at(page: Page) -> None:
    """Look before saving: on a phone, with the rule alive, with the eyes of a role."""
    await page.get_by_role("button", name="预览").click()
    await page.locator(".preview-bar").get_by_role("button", name="手机").click()
    paper = page.locator(".preview-paper")
    await expect(paper.locator("[data-field=weaknesses]")).to_have_count(0)
    await paper.get_by_label("威胁程度").select_option("5")
    await expect(paper.locator("[data-field=weaknesses]")).to_be_visible()
    await page.get_by_label("以角色").select_option(label="财务")
    await expect(paper.locator("[data-field=name]")).to_have_count(0)
    await page.get_by_role("button", name="预览").click()


async def filled_in(page: Page) -> None:
    """Use the form at the desk."""
    await page.goto("/desk/competitor")
    await page.get_by_role("button", name="新建").first.click()
    form = page.get_by_role("dialog")
    weak = form.locator("[data-field=weaknesses]")
    await form.get_by_label("名称").fill("东海对手有限公司")
    await expect(weak).to_have_count(0)
    await form.get_by_label("威胁程度").select_option("5")
    await form.get_by_role("button", name="保存").click()
    await expect(weak).to_contain_text("请填写")
    await weak.get_by_role("textbox").fill("售后慢")
    await form.get_by_role("button", name="保存").click()
    await page.wait_for_url(re.compile("/desk/competitor/.+"))
    await expect(page.get_by_text("售后慢").first).to_be_visible()


async def test_a_form_is_designed_and_used(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await begun(page, "forms", of="竞争对手", label="竞品登记")
        await expect(field(page, "name")).to_be_visible()

        await arranged(page)
        await ruled(page)
        await looked_at(page)
        await saved(page)

        await filled_in(page)


async def test_a_shipped_form_hides_and_asks_by_the_stage(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/desk/opportunity")
        await page.get_by_role("button", name="新建").first.click()
        form = page.get_by_role("dialog")
        await expect(form.locator("[data-field=probability]")).to_be_visible()
        await expect(form.locator("[data-field=lost_reason]")).to_have_count(0)
        await form.get_by_label("阶段").click()
        await page.get_by_role("option", name="输单").click()
        await expect(form.locator("[data-field=lost_reason]")).to_contain_text("*")
        await expect(form.locator("[data-field=probability]")).to_have_count(0)


async def test_the_lines_of_an_order_are_edited_in_its_form(
    desk: Desk, customer: dict[str, Any]
) -> None:
    async with desk.signed_in() as page:
        lines = [
            {"product_name": "离心泵", "quantity": 2, "price": "1200"},
            {"product_name": "密封圈", "quantity": 10, "price": "8.5"},
        ]
        made = await page.request.post(
            "/api/v1/records/order",
            data={"customer": customer["id"], "lines": lines},
            headers={"origin": desk.url},
        )
        assert made.status == 201, await made.text()
        one = f"/order/{(await made.json())['id']}"
        await page.goto(f"/desk{one}")
        await page.get_by_role("button", name="编辑", exact=True).click()
        form = page.get_by_role("dialog")
        rows = form.locator(".form-lines tbody tr")
        await expect(rows).to_have_count(2)
        await rows.nth(0).get_by_label("数量").fill("3")
        await rows.nth(1).get_by_role("button", name="删除 2").click()
        await form.get_by_role("button", name="新建订单明细").click()
        await rows.nth(1).get_by_label("品名").fill("联轴器")
        await rows.nth(1).get_by_label("数量").fill("1")
        await rows.nth(1).get_by_label("单价").fill("300")
        await form.get_by_role("button", name="保存").click()
        await expect(form).to_have_count(0)

        answer = await page.request.get(
            f"/api/v1/records{one}", params={"select": "lines,lines_amount"}
        )
        told = await answer.json()
        kept = sorted((line["product_name"], float(line["quantity"])) for line in told["lines"])
        assert kept == [("离心泵", 3.0), ("联轴器", 1.0)]
        assert float(told["lines_amount"]) == 3900


async def test_a_page_is_arranged_and_shown(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await begun(page, "pages", of="产品", label="产品页面")
        block = page.locator(".page-block")
        await expect(block).to_have_count(5)
        facts = page.locator(".page-block[data-block=facts]")
        await dragged(page, facts, page.locator(".page-block[data-block=timeline]"))
        await expect(
            page.locator(".page-column").nth(1).locator("[data-block=facts]")
        ).to_be_visible()
        await page.get_by_label("标题").fill("产品档案")
        await facts.press("Alt+ArrowLeft")
        await expect(
            page.locator(".page-column").nth(0).locator("[data-block=facts]")
        ).to_be_visible()
        await saved(page)
        found = await page.request.get("/api/v1/records/product?limit=1")
        one = (await found.json())["items"][0]["id"]
        await page.goto(f"/desk/product/{one}")
        await expect(page.get_by_role("heading", name="产品档案")).to_be_visible()


async def test_a_view_is_drawn_and_offered(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await begun(page, "views", of="产品", label="在售产品")
        await expect(page.locator(".sample tbody tr").first).to_be_visible()
        head = page.locator(".sample thead th")
        first = await head.first.inner_text()
        await head.first.get_by_role("button").first.press("Alt+ArrowRight")
        await expect(head.nth(1)).to_have_text(first)
        await page.get_by_label("筛选条件").fill("name is not empty")
        await page.keyboard.press("Escape")
        await saved(page)
        await page.goto("/desk/product")
        await expect(page.get_by_role("link", name="在售产品")).to_be_visible()


async def test_nobody_is_kept_out_of_the_designers(desk: Desk) -> None:
    found: list[str] = []
    for size, dark in ((WIDE, False), (WIDE, True), (PHONE, False)):
        async with desk.signed_in(size, dark=dark) as page:
            for path, there in (
                ("forms", ".lines tbody tr"),
                ("forms/customer", ".canvas-field"),
                ("pages/customer", ".page-block"),
                ("views/open_opportunities", ".sample tbody tr"),
            ):
                await page.goto(f"/workshop/{path}")
                await page.locator(there).first.wait_for()
                found += await findings(page)
            if size == WIDE:
                await page.goto("/workshop/forms/opportunity")
                await field(page, "lost_reason").click()
                await page.locator(".rule").first.wait_for()
                await page.get_by_role("button", name="预览").click()
                await page.locator(".preview-paper").wait_for()
                found += await findings(page)

    assert found == []
