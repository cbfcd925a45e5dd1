"""
How smoothly a list rolls: `python -m bench.desk.rolling`, in a browser, on a company of its own.

A table, the same lines in many small groups, and in few large ones: the time of a frame while the
wheel turns, and how often the server is asked meanwhile. Frames of a loaded machine say nothing:
compare runs side by side.
"""

import asyncio
import json
from statistics import median, quantiles
from time import perf_counter

from playwright.async_api import Browser, BrowserContext, Page, Request

from bench.desk.company import browser, company, seat

LINES, EACH, AT_ONCE = 8_000, 4, 1_000
TURNS, NOTCH = 240, 240
MINE = '/desk/product?columns=name,code,specification,price&order=code&where=code starts with "R"'
LOOKS = (
    ("table", ""),
    (f"groups of {EACH} lines", "&group=specification"),
    ("groups of 1,000 lines", "&group=price by 1000"),
)
LINE = ".grid-body .grid-title"
FRAMES = """
() => { const seen = window.frames_seen = []; let last
  const step = now => { if (last) seen.push(now - last); last = now; requestAnimationFrame(step) }
  requestAnimationFrame(step) }
"""
HOLES = """
() => [...document.querySelectorAll('.grid-body .grid-row')]
  .every(one => one.querySelector('.grid-title'))
"""


async def filled(context: BrowserContext, url: str) -> None:
    """Have the lines."""
    for first in range(0, LINES, AT_ONCE):
        rows = [
            {
                "code": f"R{at:06}",
                "name": f"滚动样品 {at:06}",
                "specification": f"规格 {at // EACH:05}",
                "price": str(at),
            }
            for at in range(first, first + AT_ONCE)
        ]
        answer = await context.request.post(
            "/api/v1/records/product/upsert",
            data=json.dumps({"key": ["code"], "rows": rows}),
            headers={"origin": url, "content-type": "application/json"},
        )
        if not answer.ok:
            raise RuntimeError(await answer.text())


async def rolled(page: Page, look: str) -> tuple[list[float], float, float]:
    """Turn the wheel; give the frames in ms, the questions a second, the ms until all is there."""
    asked: list[Request] = []
    await page.goto(MINE + look)
    if look:
        head = page.locator(".group-row").first
        await head.wait_for()
        closed = page.get_by_role("button", name="全部展开")
        if await closed.count():
            await closed.click()
    await page.wait_for_selector(LINE)
    page.on("request", lambda one: asked.append(one) if "/api/" in one.url else None)
    await page.mouse.move(700, 500)
    await page.evaluate(FRAMES)
    began = perf_counter()
    for _ in range(TURNS):
        await page.mouse.wheel(0, NOTCH)
        await page.wait_for_timeout(16)
    took = perf_counter() - began
    frames: list[float] = await page.evaluate("window.frames_seen")
    rate = len(asked) / took
    began = perf_counter()
    await page.wait_for_function(HOLES)
    return frames, rate, (perf_counter() - began) * 1000


async def told(started: Browser, url: str) -> None:
    """Look at the lines in each way, and say it."""
    async with seat(started, url) as context:
        await filled(context, url)
        print("| what | frame p50 | frame p95 | questions a second | all there after |")
        print("|---|---|---|---|---|")
        for name, look in LOOKS:
            page = await context.new_page()
            frames, rate, rest = await rolled(page, look)
            p95 = quantiles(frames, n=20)[-1]
            print(
                f"| {name} | {median(frames):.0f} ms | {p95:.0f} ms | {rate:.1f} | {rest:.0f} ms |",
                flush=True,
            )
            await page.close()


async def main() -> None:
    """Measure, and say it."""
    with company(20) as url:
        async with browser() as started:
            await told(started, url)


if __name__ == "__main__":
    asyncio.run(main())
