"""Apps in the browser: what removing one would do, and what is kept of what was removed."""

from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import Desk
from tests.e2e.test_everybody import findings


async def left_behind(page: Page, key: str, label: str) -> None:
    """Have an object made, filled and removed again."""
    body = {
        "kind": "object",
        "key": key,
        "label": {"zh": label, "en": label},
        "fields": [{"key": "name", "kind": "text", "label": "名称"}],
    }
    made = await page.request.put(f"/api/v1/config/object/{key}", data=body)
    assert made.ok, await made.text()
    filled = await page.request.post(f"/api/v1/records/{key}", data={"name": "留下的记录"})
    assert filled.ok, await filled.text()
    wish = {"remove": [{"kind": "object", "key": key}]}
    plan = await (await page.request.post("/api/v1/config/plan", data=wish)).json()
    confirm = [one["id"] for one in plan["steps"] if one["lossy"]]
    gone = await page.request.post("/api/v1/config/apply", data={**wish, "confirm": confirm})
    assert gone.ok, await gone.text()


async def of_nobodys_own(page: Page) -> None:
    """Take away what was drawn by hand: what is built on an app holds it."""
    own = []
    for kind in ("form", "view", "page", "role"):
        found = await (await page.request.get(f"/api/v1/config/{kind}")).json()
        own += [{"kind": kind, "key": one["key"]} for one in found["items"] if not one["app"]]
    gone = await page.request.post("/api/v1/config/apply", data={"remove": own, "confirm": []})
    assert gone.ok, await gone.text()


async def test_what_removing_an_app_does_is_told_first(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await of_nobodys_own(page)
        await page.goto("/workshop/apps")
        crm = page.locator(".apps-one", has_text="客户管理")
        await expect(crm).to_be_visible()
        await expect(crm.get_by_role("button", name="更新")).to_have_count(0)

        await crm.get_by_role("button", name="移除").click()

        plan = page.get_by_role("dialog", name="移除“客户管理”会做什么")
        await expect(plan).to_contain_text("数据保留至清除为止")
        await expect(plan.get_by_role("button", name="执行")).to_be_disabled()
        assert await findings(page) == []
        await plan.get_by_role("button", name="取消").click()
        await expect(crm).to_be_visible()


async def test_what_is_kept_can_be_purged(desk: Desk) -> None:
    key = f"gone_{uuid4().hex[:8]}"
    async with desk.signed_in() as page:
        await left_behind(page, key, f"旧对象{key[-4:]}")
        await page.goto("/workshop/apps")
        kept = page.locator(".apps-one", has_text=key)
        await kept.get_by_role("button", name="清除").click()

        asked = page.get_by_role("dialog")
        await expect(asked).to_contain_text("永久销毁")
        await asked.get_by_role("button", name="清除").click()

        await expect(kept).to_have_count(0)
        told = await (await page.request.get("/api/v1/removed")).json()
        assert key not in {one["object"] for one in told["items"]}
