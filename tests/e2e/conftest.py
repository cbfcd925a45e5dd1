"""A company at its desks: the real server with demo data, and a browser before it."""

import asyncio
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright, expect
from tests.served import new_database

from zhike.db.embedded import Membership

ROOT = Path(__file__).parents[2]
BUILT = ROOT / "src/zhike/doors/http/desk/built/index.html"
PASSWORD = "Open-Sesame-2026"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, PHONE = (1440, 900), (390, 844)
PATIENCE_MS = 45_000
"""How long a page may take on a busy machine before something must be wrong."""
SERVE = "from zhike.bootstrap import main; main()"


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where the company is reached."""

    url: str
    browser: Browser
    said: list[str] = field(default_factory=list)
    """What any page complained of in its console."""

    @asynccontextmanager
    async def page(
        self, size: tuple[int, int] = WIDE, *, dark: bool = False
    ) -> AsyncIterator[Page]:
        """Open a browser of somebody who was never here."""
        width, height = size
        context = await self.browser.new_context(
            base_url=self.url,
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
        )
        context.set_default_timeout(PATIENCE_MS)
        page = await context.new_page()
        page.on("console", lambda one: one.type == "error" and self.said.append(one.text))
        page.on("pageerror", lambda one: self.said.append(str(one)))
        try:
            yield page
        finally:
            await context.close()

    @asynccontextmanager
    async def signed_in(
        self, size: tuple[int, int] = WIDE, *, dark: bool = False
    ) -> AsyncIterator[Page]:
        """Open a browser in which the administrator has signed in."""
        async with self.page(size, dark=dark) as page:
            await page.goto("/sign-in")
            await page.get_by_label("用户名").fill("admin")
            await page.get_by_label("密码").fill(PASSWORD)
            await page.get_by_role("button", name="登录", exact=True).click()
            await page.wait_for_selector(".shell")
            yield page


@pytest.fixture(scope="session")
def served(
    server: Membership, tmp_path_factory: pytest.TempPathFactory, worker_id: str
) -> Iterator[str]:
    """The server with a small demo company, in a process of its own."""
    if not BUILT.exists():
        pytest.fail("the desk is not built: make setup")
    url = new_database(server, f"desk_{worker_id}_{os.getpid()}")
    home = tmp_path_factory.mktemp("desk")
    settings = {
        "ZHIKE_HOME": str(home),
        "ZHIKE_DATABASE_URL": url,
        "ZHIKE_ADMIN_PASSWORD": PASSWORD,
        "ZHIKE_PORT": "0",
        "ZHIKE_WEB_WORKERS": "1",
        "ZHIKE_DEMO": "30",
    }
    log = home / "log"
    with log.open("wb") as out:
        running = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve"],
            env={**os.environ, **settings},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            yield _ready(running, log)
        finally:
            running.terminate()
            running.wait(90)


def _ready(running: "subprocess.Popen[bytes]", log: Path) -> str:
    for _ in range(900):
        found = re.search(r"^ready (\S+)", log.read_text("utf-8", "replace"), re.MULTILINE)
        if found:
            return found[1]
        try:
            running.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    raise AssertionError(log.read_text("utf-8", "replace")[-3000:])


@pytest.fixture(scope="session")
async def desk(served: str) -> AsyncIterator[Desk]:
    """The company, and a browser."""
    asked = await asyncio.to_thread(
        subprocess.run, [ROOT / "tools/browser"], capture_output=True, text=True, check=False
    )
    if asked.returncode:
        pytest.fail(asked.stderr)
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=asked.stdout.strip().splitlines()[-1], args=list(FLAGS)
        )
        yield Desk(url=served, browser=browser)
        await browser.close()


Asking = Callable[..., Awaitable[Any]]


@pytest.fixture(scope="session")
async def customer(desk: Desk) -> dict[str, Any]:
    """Some customer of the company that has a telephone number."""
    async with desk.signed_in() as page:
        answer = await page.request.get(
            "/api/v1/records/customer?limit=1&where=phone is not empty and short_name is not empty"
        )
        items: list[dict[str, Any]] = (await answer.json())["items"]
    return items[0]


@pytest.fixture(autouse=True)
def quiet(desk: Desk) -> Iterator[None]:
    """No page may complain."""
    desk.said.clear()
    yield
    assert desk.said == []
