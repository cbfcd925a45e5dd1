"""
Takes the pictures of the main pages that the README shows, into `docs/pictures`.

Run by `make docs`, on a demo company that is made for it and thrown away.
"""

import asyncio
from pathlib import Path

from bench.desk.company import browser, company, seat
from playwright.async_api import Page

PICTURES = Path(__file__).parents[1] / "docs/pictures"
CUSTOMERS = 120
WIDE, PHONE = (1440, 900), (390, 844)
API = "/api/v1/records/customer?limit=1&where=COUNT(activities) > 3 and COUNT(opportunities) > 0"
PAGES = (
    ("home", "/desk", ".home-item", WIDE),
    ("list", "/desk/customer", ".grid-body .grid-row", WIDE),
    ("board", "/desk/opportunity?layout=board", ".board-card", WIDE),
    ("record", "/desk/customer/{id}", ".moment", WIDE),
    ("health", "/workshop/health", ".health-column", WIDE),
    ("phone", "/desk/customer/{id}", ".moment", PHONE),
)


async def take(page: Page, name: str) -> None:
    """Take one picture when everything has come to rest."""
    await page.wait_for_function("!document.querySelector('.bone')")
    await page.wait_for_timeout(300)
    await page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


async def main() -> None:
    """Take all of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with company(CUSTOMERS) as url:
        async with browser() as started:
            for name, path, there, size in PAGES:
                async with seat(started, url, size) as context:
                    answer = await context.request.get(API)
                    shown = (await answer.json())["items"][0]["id"]
                    page = await context.new_page()
                    await page.goto(path.format(id=shown))
                    await page.wait_for_selector(there)
                    await take(page, name)


if __name__ == "__main__":
    asyncio.run(main())
