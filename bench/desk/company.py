"""A company at its desks: the server with demo data in a home of its own, and a browser."""

import os
import shutil
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, async_playwright

from bench.place import BENCH, served, zhike

ROOT = Path(__file__).parents[2]
PASSWORD = "Open-Sesame-2026"  # noqa: S105 - of a company that is thrown away
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--lang=zh-CN",
)


@contextmanager
def company(customers: int) -> Iterator[str]:
    """Run the server on a new demo company; give its address."""
    home = BENCH / "desk"
    shutil.rmtree(home, ignore_errors=True)
    os.environ["ZHIKE_ADMIN_PASSWORD"] = PASSWORD
    with served(home) as (port, _):
        zhike(home, "demo", "--customers", str(customers))
        yield f"http://127.0.0.1:{port}"
    shutil.rmtree(home, ignore_errors=True)


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Start the browser of the tests."""
    told = subprocess.run(  # noqa: ASYNC221 - nothing else happens meanwhile
        [ROOT / "tools/browser"], capture_output=True, text=True, check=True
    )
    async with async_playwright() as playwright:
        started = await playwright.chromium.launch(
            executable_path=told.stdout.strip().splitlines()[-1], args=list(FLAGS)
        )
        yield started
        await started.close()


@asynccontextmanager
async def seat(
    started: Browser, url: str, size: tuple[int, int] = (1440, 900), *, login: str = "admin"
) -> AsyncIterator[BrowserContext]:
    """Open a browser that knows nothing but who one is."""
    width, height = size
    context = await started.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        color_scheme="light",
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        service_workers="block",
    )
    answer = await context.request.post(
        "/api/v1/auth/login",
        data={"login": login, "password": PASSWORD},
        headers={"origin": url},
    )
    if not answer.ok:
        raise RuntimeError(await answer.text())
    yield context
    await context.close()
