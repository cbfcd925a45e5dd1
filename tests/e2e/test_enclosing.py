"""Files with a public form: asked for by who builds, enclosed by a stranger on a phone."""

import gzip
import re
from uuid import uuid4

from playwright.async_api import Page, expect
from tests.e2e.conftest import BUILT, PHONE, Desk
from tests.e2e.test_everybody import findings
from tests.e2e.test_forms import saved

FORMS = "/api/v1/config/form"
BUDGET = 100_000
"""Bytes, packed, until somebody can fill a form in on a phone."""
PICTURE = b"\x89PNG\r\n\x1a\n" + b"x" * 2000


async def built(page: Page, key: str) -> str:
    """Make a public form for follow-ups with a field for files; gives its link."""
    form = {
        "kind": "form",
        "key": key,
        "object": "activity",
        "label": f"现场反馈 {key}",
        "purpose": ["public"],
        "sections": [{"fields": ["content", {"field": "files", "width": 2}]}],
    }
    made = await page.request.put(f"{FORMS}/{key}", data=form)
    assert made.ok, await made.text()
    kept = await page.request.put(f"/api/v1/forms/{key}/address", data={})
    return str((await kept.json())["address"])


async def filled(page: Page, said: str) -> None:
    """Fill the form in with two files, and take out the one that is not taken."""
    await page.get_by_label("跟进内容").fill(said)
    field = page.locator("[data-field=files]")
    await field.locator("input[type=file]").set_input_files(
        [
            {"name": "现场.png", "mimeType": "image/png", "buffer": PICTURE},
            {"name": "notes.pdf", "mimeType": "application/pdf", "buffer": b"no pdf"},
        ]
    )
    await expect(page.locator(".visitor-file")).to_have_count(2)
    assert await findings(page) == []
    await page.get_by_role("button", name="提交").click()
    await expect(field).to_contain_text("不接受文件“notes.pdf”")
    await page.get_by_role("button", name="移除 notes.pdf").click()
    await page.get_by_role("button", name="提交").click()
    await expect(page.get_by_role("heading", name="已收到")).to_be_visible()


async def test_a_stranger_encloses_a_picture(desk: Desk) -> None:
    key = f"site_{uuid4().hex[:8]}"
    said = f"阀门漏水 {key}"
    async with desk.signed_in() as page:
        link = await built(page, key)
        await page.goto(f"/workshop/forms/{key}")
        right = page.locator(".drawing-right")
        await expect(right.get_by_role("note")).to_contain_text("附件")
        await right.get_by_label("最多附几个文件").fill("2")
        await expect(right.get_by_role("note")).to_have_count(0)
        await saved(page)

        async with desk.page(PHONE) as stranger:
            await stranger.goto(link)
            await filled(stranger, said)
        desk.said.clear()  # the browser itself reports the 422 of what was not taken

        where = {"where": f'content = "{said}"'}
        found = await page.request.get("/api/v1/records/activity", params=where)
        [record] = (await found.json())["items"]
        await page.goto(f"/desk/activity/{record['id']}")
        async with page.expect_download() as download:
            await page.get_by_role("link", name=re.compile("文件 1|附件 1")).first.click()
        assert (await (await download.value).path()).read_bytes() == PICTURE
        await page.goto("/desk")  # what lies open asks for the history of what the pointer is on
        await page.wait_for_selector("h1")
        await page.request.delete(f"/api/v1/records/activity/{record['id']}")
        await page.request.delete(f"{FORMS}/{key}")


def test_the_page_of_a_form_is_light() -> None:
    page = BUILT.with_name("visitor.html")
    needed = set(re.findall(r"assets/[\w.-]+", page.read_text("utf-8")))
    packed = [len(gzip.compress((BUILT.parent / one).read_bytes(), 9)) for one in needed]

    assert len(packed) > 1
    assert sum(packed) < BUDGET
