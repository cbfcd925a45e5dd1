"""Who may do what, in the browser: what a role may not do is not there."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Page, expect
from tests.e2e.conftest import PASSWORD, PHONE, WIDE, Desk
from tests.e2e.test_everybody import findings

OWN = "Window-Seat-2027"


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What a role finds: objects in the side list, buttons above the customers, fields."""

    there: tuple[str, ...]
    absent: tuple[str, ...]
    buttons: tuple[str, ...] = ()
    no_buttons: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    no_columns: tuple[str, ...] = ()
    masked: bool = False


COLUMNS = "name,phone,annual_revenue"
"""What is asked for by address; what one may not see does not come."""

ROLES = {
    "sales_rep": Seen(
        there=("客户", "商机", "发票"),
        absent=(),
        buttons=("新建", "导入"),
        no_buttons=("导出",),
        columns=("年营收",),
    ),
    "marketing": Seen(
        there=("客户", "线索"),
        absent=("商机", "合同", "发票"),
        buttons=("新建", "导入"),
        no_buttons=("导出",),
        masked=True,
    ),
    "finance": Seen(
        there=("客户", "发票", "合同"),
        absent=("线索", "商机"),
        buttons=("导出",),
        no_buttons=("新建", "导入"),
    ),
    "service": Seen(
        there=("客户", "订单"),
        absent=("商机", "发票", "线索"),
        no_buttons=("新建", "导入", "导出"),
        no_columns=("年营收",),
    ),
}


async def sign_in(page: Page, login: str, password: str) -> None:
    """Type who one is."""
    await page.goto("/sign-in")
    await page.get_by_label("用户名").fill(login)
    await page.get_by_label("密码").fill(password)
    await page.get_by_role("button", name="登录", exact=True).click()


async def holder(page: Page, role: str) -> str:
    """Give the login of somebody of the company who holds a role, with a password of ours."""
    found = await (await page.request.get(f"/api/v1/users?role={role}&limit=1")).json()
    person = found["items"][0]
    answer = await page.request.patch(
        f"/api/v1/users/{person['id']}",
        data={"password": OWN, "must_change": False},
        headers={"origin": page.url.split("/desk")[0]},
    )
    assert answer.ok, await answer.text()
    login: str = person["login"]
    return login


@asynccontextmanager
async def as_holder(desk: Desk, role: str) -> AsyncIterator[Page]:
    """Open a browser in which somebody with a role has signed in."""
    async with desk.signed_in() as page:
        login = await holder(page, role)
    async with desk.page() as page:
        await sign_in(page, login, OWN)
        await page.wait_for_selector(".shell")
        yield page


@pytest.mark.parametrize("role", ROLES)
async def test_a_role_sees_just_what_it_may(desk: Desk, role: str) -> None:
    wanted = ROLES[role]
    async with as_holder(desk, role) as page:
        objects = page.get_by_role("complementary").get_by_role("link")
        await expect(objects.filter(has_text=re.compile("^客户$"))).to_be_visible()
        names = [name.strip() for name in await objects.all_inner_texts()]
        assert set(wanted.there) <= set(names)
        assert not set(wanted.absent) & set(names)

        await page.goto(f"/desk/customer?columns={COLUMNS}")
        await page.wait_for_selector(".grid-head")
        for name in wanted.buttons:
            await expect(page.locator(".top").get_by_role("button", name=name)).to_be_visible()
        for name in wanted.no_buttons:
            await expect(page.locator(".top").get_by_role("button", name=name)).to_have_count(0)
        heads = await page.locator(".grid-head").inner_text()
        assert all(name in heads for name in ("电话", *wanted.columns))
        assert not [name for name in wanted.no_columns if name in heads]
        if wanted.masked:
            await expect(page.locator(".grid-body")).to_contain_text("*")

        await page.goto("/workshop/people")
        await expect(page.get_by_text("没有这条记录，或您无权查看。")).to_be_visible()
        await expect(page.get_by_role("link", name="用户与部门")).to_have_count(0)


async def make_role(page: Page) -> None:
    """Make a role that sees all customers, but not what they turn over."""
    await page.goto("/workshop/roles")
    await page.get_by_role("button", name="新建角色").click()
    form = page.get_by_role("dialog")
    await form.get_by_label("名称（中文）").fill("前台")
    await form.get_by_label("名称（英文）").fill("Front desk")
    await expect(form.get_by_label("标识")).to_have_value("front_desk")
    await form.get_by_role("button", name="新建", exact=True).click()

    await page.get_by_role("button", name="客户 查看：无").click()
    await page.get_by_role("checkbox", name="全部", exact=True).check()
    await page.keyboard.press("Escape")
    await page.get_by_label("年营收", exact=True).select_option("hidden")
    await page.get_by_role("button", name=re.compile(r"保存 \d+ 处修改")).click()
    plan = page.get_by_role("dialog")
    await expect(plan.get_by_text("客户 · 年营收")).to_be_visible()
    await plan.get_by_role("button", name="保存并生效").click()
    await expect(page.get_by_text("已保存角色，立即生效")).to_be_visible()


async def make_person(page: Page) -> None:
    """Add somebody who holds it, with a password to be changed."""
    await page.goto("/workshop/people")
    await page.get_by_role("button", name="新建用户").click()
    form = page.get_by_role("dialog").first
    await form.get_by_label("姓名").fill("秦岚")
    await form.get_by_label("登录名").fill("qinlan")
    await form.get_by_label("初始密码").fill(PASSWORD)
    await form.get_by_label("角色").click()
    await page.locator("[cmdk-item]", has_text="前台").click()
    await page.keyboard.press("Escape")
    await form.get_by_role("button", name="保存").click()
    await expect(page.get_by_text("已新建用户“秦岚”")).to_be_visible()


async def test_a_role_and_a_person_are_made_in_the_browser_alone(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await make_role(page)
        await make_person(page)

    async with desk.page() as page:
        await sign_in(page, "qinlan", PASSWORD)
        await expect(page.get_by_text("继续之前，请先设一个新密码。")).to_be_visible()
        await page.get_by_label("新密码", exact=True).fill(OWN)
        await page.get_by_label("再输一次新密码").fill(OWN)
        await page.get_by_role("button", name="修改密码").click()
        await page.wait_for_selector(".shell")

        await page.goto(f"/desk/customer?columns={COLUMNS}")
        await page.wait_for_selector(".grid-body .grid-row")
        assert "年营收" not in await page.locator(".grid-head").inner_text()
        await expect(page.get_by_role("button", name="新建")).to_have_count(0)
        await expect(page.get_by_role("link", name="商机")).to_have_count(0)

        await second_factor(page)
        await sign_in(page, "qinlan", OWN)
        await expect(page.get_by_text("密码正确。")).to_be_visible()
    desk.said.clear()  # the browser itself reports the 401 that asks for the code


async def second_factor(page: Page) -> None:
    """Set up a generator of codes, see the recovery codes, and leave."""
    await page.goto("/me?tab=security")
    await page.get_by_role("button", name="设置动态验证码").click()
    await page.get_by_role("button", name="开始设置").click()
    secret = await page.locator(".totp-secret").inner_text()
    await page.get_by_label("6 位验证码").fill(code(secret, time.time()))
    await page.get_by_role("button", name="启用").click()
    await expect(page.locator(".codes li")).to_have_count(10)
    await page.get_by_role("button", name="我已保存").click()
    await page.get_by_role("button", name="我", exact=True).click()
    await page.get_by_role("button", name="退出登录").click()
    await page.wait_for_selector("form")


def code(secret: str, now: float) -> str:
    """Give the code that a generator shows at a moment (RFC 6238)."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", int(now) // 30), hashlib.sha1)
    at = digest[-1] & 15
    number: int = struct.unpack(">I", digest[at : at + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"


async def nothing_to_write_with(page: Page) -> None:
    """See lists and records as somebody else: whatever writes is absent."""
    await page.goto("/desk/customer")
    title = page.locator(".grid-body .grid-title").first
    await expect(title).to_be_visible()
    for name in ("新建", "导入", "导出"):
        await expect(page.get_by_role("button", name=name, exact=True)).to_have_count(0)
    await expect(page.locator("[data-writable]")).to_have_count(0)
    await page.locator(".view-switch").click()
    await expect(page.get_by_role("button", name="全部客户", exact=True)).to_be_visible()
    await expect(page.get_by_role("button", name="另存为视图")).to_have_count(0)
    await page.keyboard.press("Escape")
    await title.click()
    beside = page.get_by_role("complementary", name="记录")
    await expect(beside.get_by_role("heading", level=1)).to_be_visible()
    await expect(beside.get_by_role("region", name="时间线")).to_be_visible()
    for name in ("编辑", "写跟进", "删除"):
        await expect(beside.get_by_role("button", name=name)).to_have_count(0)


async def test_one_looks_through_somebody_elses_eyes_and_changes_nothing(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.goto("/workshop/people?role=service")
        await page.locator(".lines-open").first.click()
        await page.get_by_role("button", name="以此身份查看").click()
        banner = page.locator(".looking")
        await expect(banner).to_contain_text("只读")
        await expect(page.get_by_role("link", name="商机")).to_have_count(0)
        await expect(page.get_by_role("link", name="客户", exact=True).first).to_be_visible()
        await nothing_to_write_with(page)

        written = await page.request.post(
            "/api/v1/records/customer", data={"name": "不该有"}, headers={"origin": desk.url}
        )
        assert written.status == 403

        await banner.get_by_role("button", name="退出").click()
        await expect(page.get_by_role("heading", name="用户与部门")).to_be_visible()
        await expect(banner).to_have_count(0)


async def test_the_reason_is_said(desk: Desk) -> None:
    async with desk.signed_in() as page:
        found = await (await page.request.get("/api/v1/users?role=service&limit=1")).json()
        person = found["items"][0]["id"]
        await page.goto(f"/workshop/roles?tab=why&user={person}&object=customer&action=update")

        await expect(page.get_by_role("heading", name="不可以")).to_be_visible()

        await page.get_by_label("动作").select_option("read")
        await expect(page.get_by_role("heading", name="可以")).to_be_visible()
        await expect(page.get_by_text("角色“客服”允许查看：全部")).to_be_visible()


PAGES = (
    ("/workshop/people", ".lines tbody tr"),
    ("/workshop/people?tab=departments", "[role=treeitem]"),
    ("/workshop/people?tab=reporting", "[role=treeitem]"),
    ("/workshop/people?tab=handovers", ".empty, .lines"),
    ("/workshop/roles", ".lines tbody tr"),
    ("/workshop/roles/sales_rep", ".matrix tbody tr"),
    ("/workshop/roles?tab=compare", ".matrix tbody tr"),
    ("/workshop/roles?tab=why", ".why-chain, .why-answer"),
    ("/workshop/keys", ".empty, .lines"),
    ("/workshop/approvals", ".empty, .approval"),
    ("/workshop/logs", ".lines tbody tr"),
    ("/me", ".me-facts"),
    ("/me?tab=security", ".rows"),
    ("/me?tab=sessions", ".rows"),
)


@pytest.mark.parametrize(
    ("size", "dark"), [(WIDE, False), (PHONE, True)], ids=["light", "dark phone"]
)
async def test_nobody_is_kept_out_of_these_pages(
    desk: Desk, size: tuple[int, int], *, dark: bool
) -> None:
    found: list[str] = []
    async with desk.signed_in(size, dark=dark) as page:
        for path, there in PAGES:
            await page.goto(path)
            await page.wait_for_selector(there)
            found += await findings(page)

    assert found == []
