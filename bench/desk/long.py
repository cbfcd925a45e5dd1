"""
How long lists feel, at 100,000 and 1,000,000 customers: `python -m bench.desk.long`, in a browser.

Measures the first page, frames while the wheel turns, the lines in the middle and at the end, the
memory of the page, and the very request of a page, one after the other. The homes are those of
`bench.large` and `bench.scopes`, made once; who looks is known by an API key.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median, quantiles
from time import perf_counter

from playwright.async_api import Browser, BrowserContext, Page, Response

from bench import large, scopes
from bench.desk.company import browser
from bench.place import served, zhike

ASKED, TURNS = 60, 120
TITLE = ".grid-body .grid-title"
FRAMES = """
() => { const seen = window.frames_seen = []; let last
  const step = now => { if (last) seen.push(now - last); last = now; requestAnimationFrame(step) }
  requestAnimationFrame(step) }
"""
AT = "row => { document.querySelector('.grid').scrollTop = row * 36 }"
WHOLE = """
row => [...document.querySelectorAll('.grid-body .grid-row')]
  .some(one => Number(one.ariaRowIndex) === row + 1 && one.querySelector('.grid-title'))
"""


@asynccontextmanager
async def looking(started: Browser, url: str, key: str) -> AsyncIterator[BrowserContext]:
    """Open a browser that is known by a key."""
    context = await started.new_context(
        base_url=url,
        viewport={"width": 1440, "height": 900},
        locale="zh-CN",
        service_workers="block",
        extra_http_headers={"authorization": f"Bearer {key}"},
    )
    yield context
    await context.close()


async def there(page: Page, row: int) -> float:
    """Give the milliseconds until a line is there."""
    began = perf_counter()
    await page.wait_for_function(WHOLE, arg=row, polling=20)
    return (perf_counter() - began) * 1000


async def measured(started: Browser, url: str, key: str) -> dict[str, str]:
    """Look at the list of customers as one would; give what was measured, by its name."""
    async with looking(started, url, key) as context:
        page = await context.new_page()
        asked: list[Response] = []
        page.on("response", lambda one: asked.append(one) if one.url.endswith("/query") else None)
        await page.goto("/desk/customer")
        await page.wait_for_selector(TITLE)
        body = next(
            one.request.post_data for one in asked if '"order"' in (one.request.post_data or "")
        )
        await page.mouse.move(700, 500)
        await page.evaluate(FRAMES)
        for _ in range(TURNS):
            await page.mouse.wheel(0, 240)
            await page.wait_for_timeout(16)
        frames: list[float] = await page.evaluate("window.frames_seen")
        await page.evaluate(AT, 5_000)
        middle = await there(page, 5_000)
        await page.wait_for_function("document.querySelector('.grid').ariaRowCount > 10001")
        length = int(await page.locator(".grid").get_attribute("aria-rowcount") or 0) - 1
        await page.evaluate(AT, length)
        end = await there(page, length)
        heap = await page.evaluate("performance.memory.usedJSHeapSize / 1e6")
        times: list[float] = []
        for _ in range(ASKED):
            began = perf_counter()
            headers = {"content-type": "application/json"}
            path = "/api/v1/records/customer/query"
            await (await context.request.post(path, data=body, headers=headers)).body()
            times.append((perf_counter() - began) * 1000)
    return {
        "lines": f"{length:,}",
        "frame while the wheel turns": f"p50 {median(frames):.0f}, p95 {_p95(frames):.0f} ms",
        "lines in the middle are there after": f"{middle:.0f} ms",
        "the last line is there after": f"{end:.0f} ms",
        "memory of the page": f"{heap:.0f} MB",
        "a page of 100": f"p50 {median(times):.0f}, p95 {_p95(times):.0f} ms",
    }


def _p95(some: list[float]) -> float:
    return quantiles(some, n=20)[-1]


async def main() -> None:
    """Measure both, the larger one also as the most complicated role, and say it."""
    homes = ((large.home(large.SMALL), ("admin",)), (scopes.home(), ("admin", scopes.LOGIN)))
    async with browser() as started:
        for place, logins in homes:
            keys = [
                zhike(place, "key", "create", "desk", "--as", one).splitlines()[-1]
                for one in logins
            ]
            with served(place) as (port, _):
                for login, key in zip(logins, keys, strict=True):
                    told = await measured(started, f"http://127.0.0.1:{port}", key)
                    for name, value in told.items():
                        print(f"| {login} | {name} | {value} |", flush=True)


if __name__ == "__main__":
    asyncio.run(main())
