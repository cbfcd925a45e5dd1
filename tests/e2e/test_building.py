"""Building in the browser alone: an object with fields and a formula, used, changed, restored."""

import json
import re

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import PHONE, ROOT, WIDE, Desk

AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
LOOK = (
    "axe.run(document, {resultTypes: ['violations']}).then(one => JSON.stringify(one.violations))"
)
FIELDS = (
    ("电话", "联系电话"),
    ("单选", "供应商等级"),
    ("金额", "年采购额"),
    ("日期", "合作开始"),
    ("是/否", "含税"),
    ("人员", "采购负责人"),
    ("公式", "预计税额"),
)


async def add(page: Page, kind: str, label: str) -> None:
    """Put a field of a kind behind the others and call it something; its key follows in pinyin."""
    palette = page.get_by_role("region", name="字段类型")
    await palette.get_by_role("button", name=kind, exact=True).click()
    name = page.get_by_label("名称", exact=True)
    await expect(name).to_have_value("新字段")
    key = page.get_by_label("键", exact=True)
    first = await key.input_value()
    await name.fill(label)
    await name.press("Tab")
    await expect(key).not_to_have_value(first)
    await expect(page).to_have_url(re.compile(f"field={await key.input_value()}"))


async def run_plan(page: Page) -> None:
    """Read the plan, agree where something is lost, and have it done."""
    dialog = page.get_by_role("dialog")
    await expect(dialog.locator(".plan-step").first).to_be_visible()
    if await dialog.get_by_role("checkbox").count():
        await expect(dialog.get_by_role("button", name="执行")).to_be_disabled()
        await dialog.get_by_role("checkbox").check()
    await dialog.get_by_role("button", name="执行").click()
    await expect(dialog).to_have_count(0)


async def begin(page: Page) -> None:
    """Name the new object; its key follows."""
    await page.goto("/workshop/objects")
    await page.get_by_role("button", name="新建对象").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("名称", exact=True).fill("供应商")
    await form.get_by_label("名称", exact=True).press("Tab")
    await expect(form.get_by_label("键", exact=True)).to_have_value("gongyingshang")
    await form.get_by_role("radio", name="truck").click()
    await form.get_by_role("button", name="开始设计").click()


async def draw(page: Page) -> None:
    """Add the fields, with options and a formula that is checked while it is typed."""
    for kind, label in FIELDS:
        await add(page, kind, label)
        if kind == "单选":
            more = page.get_by_label("选项", exact=True)
            await more.fill("战略,合格,淘汰")
            await more.press("Enter")
            await page.get_by_label("删除选项 选项一").click()
    await page.get_by_role("textbox", name="公式").click()
    await page.keyboard.type("nian")
    await page.get_by_role("option", name="年采购额").click()
    await page.keyboard.type(" * 0.13")
    await expect(page.locator(".expression-good")).to_contain_text("年采购额 * 0.13")


async def use(page: Page) -> None:
    """Enter a record where the list leads to."""
    await page.get_by_role("link", name="打开列表").click()
    await expect(page).to_have_url(re.compile("/desk/gongyingshang"))
    await page.get_by_role("button", name="新建").first.click()
    entry = page.get_by_role("dialog")
    await entry.get_by_label(re.compile("^名称")).first.fill("宁波北仑机电有限公司")
    await entry.get_by_label("年采购额").first.fill("100万")
    await entry.get_by_role("button", name="保存", exact=True).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("宁波北仑机电有限公司")
    await expect(page.get_by_text(re.compile("13 ?万|130,000")).first).to_be_visible()


async def drop(page: Page, label: str) -> None:
    await page.locator(".field-name", has_text=label).first.click()
    await page.get_by_role("button", name="删除字段").click()
    await page.get_by_role("button", name="保存", exact=True).click()


async def take_away(page: Page, key: str) -> None:
    """Remove the object again: others look at what the company has, and in English too."""
    own = {"origin": page.url.split("/workshop")[0]}
    wish = {"remove": [{"kind": "object", "key": key}]}
    plan = await page.request.post("/api/v1/config/plan", data=wish, headers=own)
    lost = ",".join(one["id"] for one in (await plan.json())["steps"] if one["lossy"])
    gone = await page.request.delete(
        f"/api/v1/config/object/{key}", params={"confirm": lost}, headers=own
    )
    assert gone.ok, await gone.text()


async def test_an_object_is_built_used_changed_and_restored(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await begin(page)
        await draw(page)
        await page.reload()  # The draft is kept when the tab closes.
        await expect(page.locator(".field-line")).to_have_count(8)
        await page.get_by_role("button", name="保存", exact=True).click()
        await run_plan(page)
        await use(page)

        await page.goto("/workshop/objects/gongyingshang")
        await drop(page, "年采购额")
        await expect(page.get_by_role("alert")).to_contain_text("预计税额")
        desk.said.clear()  # The browser itself reports the 422.
        await drop(page, "预计税额")
        await run_plan(page)

        await page.get_by_role("button", name="版本", exact=True).click()
        await expect(page.locator(".version")).to_have_count(2)
        await page.get_by_role("button", name="查看不同").click()
        await expect(page.locator(".differences")).to_contain_text("niancaigoue")
        await page.get_by_role("button", name="恢复到此版本").click()
        await run_plan(page)
        await page.get_by_role("button", name="字段", exact=True).click()
        await expect(page.locator(".field-line")).to_have_count(8)
        await take_away(page, "gongyingshang")


@pytest.mark.parametrize(
    ("size", "dark"), [(WIDE, False), (WIDE, True), (PHONE, False)], ids=["light", "dark", "phone"]
)
async def test_nobody_is_kept_out_of_building(
    desk: Desk, size: tuple[int, int], *, dark: bool
) -> None:
    found: list[str] = []
    async with desk.signed_in(size, dark=dark) as page:
        for path, there in (
            ("/workshop/objects", ".objects-table td"),
            ("/workshop/objects/customer?field=level", ".options li"),
            ("/workshop/objects/customer?field=receivable", ".expression-trial"),
            ("/workshop/objects/customer?part=match", ".rules li"),
            ("/workshop/objects/customer?part=versions", ".version"),
            ("/workshop/apps", ".apps-list li"),
        ):
            await page.goto(path)
            await page.wait_for_selector(there)
            await page.evaluate(AXE.read_text(encoding="utf-8"))
            found += [
                f"{page.url} {one['id']}: {node['html'][:160]}"
                for one in json.loads(await page.evaluate(LOOK))
                if one["impact"] in {"serious", "critical"}
                for node in one["nodes"][:3]
            ]

    assert found == []
