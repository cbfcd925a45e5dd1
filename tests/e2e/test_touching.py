"""On a phone: records picked by the button or by a resting finger, and a month that is touched."""

from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import PHONE, Desk
from tests.e2e.test_everybody import findings
from tests.e2e.test_picking_all import asked, count


async def filled(page: Page, word: str) -> str:
    """Make some products of the test's own; give the address of their list."""
    rows = [{"code": f"{word}{at}", "name": f"触屏样品 {word} {at}"} for at in range(3)]
    await asked(page, "POST", "/upsert", {"key": ["code"], "rows": rows})
    return f'/desk/product?order=code&where=code starts with "{word}"'


async def test_cards_are_picked_by_touch_changed_and_changed_back(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page:
        await page.goto(await filled(page, "TCA"))
        await page.get_by_role("button", name="选择", exact=True).tap()
        cards = page.get_by_role("checkbox")
        await cards.nth(0).tap()
        await cards.nth(1).tap()
        bar = page.locator(".bulk")
        await expect(bar).to_contain_text("已选 2 条")
        assert await findings(page) == []
        await page.get_by_role("button", name="选择已显示的").tap()
        await expect(bar).to_contain_text("已选 3 条")
        await cards.nth(2).tap()
        await expect(bar).to_contain_text("已选 2 条")
        await bar.get_by_role("button", name="删除").tap()
        toast = page.locator(".toast", has_text="已把 2 条移入回收站")
        await expect(toast).to_be_visible()
        assert await count(page, 'code starts with "TCA"') == 1
        await toast.get_by_role("button", name="撤销").tap()
        await expect(page.locator(".card").nth(2)).to_be_visible()
        # Whoever has done something to what was picked opens records again.
        await expect(page.locator("a.card").first).to_be_visible()


async def test_a_finger_that_rests_on_a_card_picks_it(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page:
        await page.goto(f"{await filled(page, 'TCB')}&group=specification")
        head = page.locator(".group-head").first
        await expect(head).to_be_visible()
        if await head.get_attribute("aria-expanded") == "false":
            await head.tap()
        card = page.locator("a.card").first
        touch = {"pointerType": "touch", "clientX": 40, "clientY": 300, "bubbles": True}
        await card.dispatch_event("pointerdown", touch)
        bar = page.locator(".bulk")
        await expect(bar).to_contain_text("已选 1 条")
        await page.get_by_role("button", name="退出选择").tap()
        await expect(bar).to_have_count(0)
        await expect(card).to_be_visible()


async def test_a_month_on_a_phone_tells_what_is_on_the_day_one_touches(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page:
        said = f"触屏月历{uuid4().hex[:8]}"
        made = await page.request.post(
            "/api/v1/records/activity", data={"content": said, "kind": "电话"}
        )
        assert made.status == 201, await made.text()
        place = f"activity/{(await made.json())['id']}"
        await page.goto(f'/desk/activity?layout=calendar&where=content = "{said}"')
        today = page.locator(".calendar-pick[data-today]")
        await expect(today.locator(".calendar-dot")).to_have_count(1)
        assert await findings(page) == []
        other = page.locator(".calendar-pick:not([data-today])").first
        await other.tap()
        await expect(page.locator(".calendar-agenda")).to_contain_text("这一天没有记录")
        await today.tap()
        await page.locator(".calendar-agenda").get_by_role("link", name=said).tap()
        await expect(page).to_have_url(f"{desk.url}/desk/{place}")
        await page.goto("about:blank")  # nobody looks at what goes
        await page.request.delete(f"/api/v1/records/{place}")


async def test_a_card_of_a_board_is_moved_by_its_menu(desk: Desk) -> None:
    async with desk.signed_in(PHONE) as page:
        name = f"触屏商机{uuid4().hex[:8]}"
        customer = await (await page.request.get("/api/v1/records/customer?limit=1")).json()
        data = {"name": name, "stage": "初步沟通", "customer": customer["items"][0]["id"]}
        made = await page.request.post("/api/v1/records/opportunity", data=data)
        assert made.status == 201, await made.text()
        await page.goto(f'/desk/opportunity?layout=board&where=name = "{name}"')
        lane = page.get_by_role("region", name="初步沟通")
        await expect(lane.locator(".board-card")).to_have_count(1)
        assert await findings(page) == []
        await lane.get_by_role("button", name=f"移到 {name}").tap()
        async with page.expect_response(lambda one: one.request.method == "PATCH") as kept:
            await page.get_by_role("menuitem", name="方案报价", exact=True).tap()
        assert (await kept.value).ok
        moved = page.get_by_role("region", name="方案报价").locator(".board-card")
        await expect(moved).to_contain_text(name)
        await page.reload()
        await expect(moved).to_contain_text(name)
