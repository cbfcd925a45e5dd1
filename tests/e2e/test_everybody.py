"""Pages for everybody: nothing serious for axe-core, words in both languages, little to load."""

import gzip
import json
import re
from typing import Any

import pytest
from playwright.async_api import Page
from tests.e2e.conftest import BUILT, PHONE, ROOT, WIDE, Desk

AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
LOOK = (
    "axe.run(document, {resultTypes: ['violations']}).then(one => JSON.stringify(one.violations))"
)
BUDGET = 400_000
"""Bytes of packed JavaScript until the desk is there."""


async def findings(page: Page) -> list[str]:
    """Say what axe-core finds serious on a page."""
    await page.evaluate(AXE.read_text(encoding="utf-8"))
    told = await page.evaluate(LOOK)
    return [
        f"{page.url} {one['id']}: {node['html'][:160]} {node['any'][:1]}"
        for one in json.loads(told)
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"][:3]
    ]


@pytest.mark.parametrize(
    ("size", "dark"), [(WIDE, False), (WIDE, True), (PHONE, False)], ids=["light", "dark", "phone"]
)
async def test_nobody_is_kept_out(
    desk: Desk, customer: dict[str, Any], size: tuple[int, int], *, dark: bool
) -> None:
    found: list[str] = []
    async with desk.page(size, dark=dark) as page:
        await page.goto("/sign-in")
        await page.wait_for_selector("form")
        found += await findings(page)
    async with desk.signed_in(size, dark=dark) as page:
        for path, there in (
            ("/desk", "h1"),
            ("/desk/customer", ".grid-body .grid-row, .card"),
            ("/desk/opportunity?layout=board", ".board-card"),
            (f"/desk/customer/{customer['id']}", ".moment"),
        ):
            await page.goto(path)
            await page.wait_for_selector(there)
            found += await findings(page)
        await page.goto("/desk/customer")
        await page.get_by_role("button", name="新建").click()
        await page.wait_for_selector("dialog input")
        found += await findings(page)

    assert found == []


async def built_by_hand(page: Page) -> list[str]:
    """Give what somebody called their own objects and views, which is as they called it."""
    labels = []
    for kind in ("object", "view"):
        found = await (await page.request.get(f"/api/v1/config/{kind}")).json()
        labels += [one["body"]["label"] for one in found["items"] if not one["app"]]
    return [one["zh"] if isinstance(one, dict) else one for one in labels]


async def test_every_word_is_there_in_english(desk: Desk) -> None:
    async with desk.signed_in() as page:
        await page.evaluate("localStorage.setItem('zhike.language', 'en')")
        await page.goto("/desk/opportunity")
        await page.wait_for_selector(".grid-body .grid-row")
        chrome = await page.locator(".top, .list-bar, .grid-head, .list-foot, .side ul").all()
        said = " ".join([await one.inner_text() for one in chrome])
        for label in await built_by_hand(page):
            said = said.replace(label, "")

    assert "Opportunities" in said
    assert re.findall(r"[\u4e00-\u9fff]+", said.split("Views")[0]) == []


def test_the_desk_is_light_to_load() -> None:
    assets = BUILT.parent / "assets"
    scripts = {path.name: path.read_text("utf-8") for path in assets.glob("*.js")}
    needed = set(re.findall(r"assets/([\w.-]+\.js)", BUILT.read_text("utf-8")))
    needed |= {
        name
        for name in scripts
        if name.startswith(("ListPage", "RecordPage", "Home", "Palette", "EntryDialog"))
    }
    more = needed
    while more:
        static = (re.findall(r"""from\s*"\./([\w.-]+\.js)\"""", scripts[one]) for one in more)
        more = {name for names in static for name in names} - needed
        needed |= more

    assert sum(len(gzip.compress(scripts[one].encode(), 9)) for one in needed) < BUDGET
