"""Signing in with more than a password: a code of a generator, and a passkey."""

import time
from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import PASSWORD, Desk
from tests.e2e.test_permissions import code

STEP = 30
"""Seconds after which a generator shows another code."""


async def hired(desk: Desk) -> str:
    """Hire somebody who may sign in; without a role, for others look for who holds one."""
    login = f"p{uuid4().hex[:10]}"
    given = {"login": login, "name": login, "password": PASSWORD}
    async with desk.signed_in() as page:
        made = await page.request.post("/api/v1/users", data=given)
        assert made.status == 201, await made.text()
    return login


async def enter(page: Page, login: str) -> None:
    """Give login and password."""
    await page.goto("/sign-in")
    await page.get_by_label("用户名").fill(login)
    await page.get_by_label("密码").fill(PASSWORD)
    await page.get_by_role("button", name="登录", exact=True).click()


async def leave(page: Page) -> None:
    """Sign out."""
    await page.get_by_role("button", name="我", exact=True).click()
    await page.get_by_role("button", name="退出登录").click()
    await expect(page.locator(".sign-in-form")).to_be_visible()


async def test_a_code_finishes_the_sign_in(desk: Desk) -> None:
    login = await hired(desk)
    async with desk.page() as page:
        await enter(page, login)
        await page.wait_for_selector(".shell")
        await page.goto("/me?tab=security")
        await page.get_by_role("button", name="设置动态验证码").click()
        await page.get_by_role("button", name="开始设置").click()
        secret = await page.locator(".totp-secret").inner_text()
        await page.get_by_label("6 位验证码").fill(code(secret, time.time()))
        await page.get_by_role("button", name="启用").click()
        await page.get_by_role("button", name="我已保存").click()
        await leave(page)

        await enter(page, login)
        asked = page.get_by_label("动态验证码")
        await asked.fill("000000")
        await page.get_by_role("button", name="登录", exact=True).click()
        await expect(page.locator(".sign-in-says")).not_to_be_empty()
        # A code is good once: the one that was shown when it was set up is not taken again.
        await asked.fill(code(secret, time.time() + STEP))
        await page.get_by_role("button", name="登录", exact=True).click()

        await page.wait_for_selector(".shell")
    desk.said.clear()  # the browser itself reports the 401s that ask for the code


async def test_a_passkey_opens_the_door(desk: Desk) -> None:
    login = await hired(desk)
    # An address of numbers is no name that a passkey could be made for.
    here = desk.url.replace("127.0.0.1", "localhost")
    async with desk.page() as page:
        devices = await page.context.new_cdp_session(page)
        await devices.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        await devices.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        await page.goto(f"{here}/sign-in")
        await page.get_by_label("用户名").fill(login)
        await page.get_by_label("密码").fill(PASSWORD)
        await page.get_by_role("button", name="登录", exact=True).click()
        await page.wait_for_selector(".shell")
        await page.goto(f"{here}/me?tab=security")
        await page.get_by_role("button", name="添加通行密钥").click()
        named = page.get_by_role("dialog")
        await named.get_by_label("名称").fill("办公室电脑")
        await named.get_by_role("button", name="保存").click()
        await page.get_by_role("button", name="我已保存").click()
        await expect(page.locator(".rows-row", has_text="办公室电脑")).to_be_visible()
        await leave(page)

        await page.get_by_role("button", name="用通行密钥登录").click()

        await page.wait_for_selector(".shell")
        told = await (await page.request.get(f"{here}/api/v1/me")).json()
        assert told["user"]["login"] == login
    desk.said.clear()


async def test_a_department_is_moved_by_hand(desk: Desk) -> None:
    mark = uuid4().hex[:6]
    async with desk.signed_in() as page:
        for name in ("东区", "西区"):
            made = await page.request.post("/api/v1/departments", data={"name": f"{name}{mark}"})
            assert made.status == 201, await made.text()
        await page.goto("/workshop/people?tab=departments")
        tree = page.get_by_role("tree")
        east = tree.get_by_role("treeitem", name=f"东区{mark}")
        west = tree.get_by_role("treeitem", name=f"西区{mark}")
        await expect(east).to_have_attribute("aria-level", "1")

        await east.drag_to(west)

        await expect(east).to_have_attribute("aria-level", "2")
        told = page.locator(".toast", has_text=f"东区{mark}")
        await told.get_by_role("button", name="撤销").click()
        await expect(east).to_have_attribute("aria-level", "1")
