"""
AC-51: the corpus through every way in. Each payload is kept as the text it is, comes back as that
text, and acts nowhere: not in PostgreSQL, not in an answer, not in a file.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx
import openpyxl
import pytest
from tests.security.payloads import PAYLOADS
from tests.served import Served

from zhike.doors.system import EXPORT, IMPORT
from zhike.hub.sheets import acts
from zhike.kernel.faults import Fault
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.meta import KINDS

BOOKS = "/api/v1/records/book"
READERS = "/api/v1/records/reader"
TEXT = KINDS["text"]
BINARY = frozenset("\x00\x07\x1b")
"""What makes a file binary rather than a table."""


def kept(text: str) -> str | None:
    """Give a payload as a text field keeps it; None if it cannot be kept."""
    try:
        return str(TEXT.read(text, TEXT.settings()) or "")
    except Fault:
        return None


def harmless(answer: httpx.Response) -> httpx.Response:
    """Nothing broke, and what was told is data, never a page."""
    assert answer.status_code < 500, answer.text[:500]
    if answer.content:
        assert answer.headers["content-type"].split(";")[0] in {
            "application/json", "application/problem+json",
        }  # fmt: skip
        assert answer.headers["x-content-type-options"] == "nosniff"
    if not answer.is_success:
        assert not [one for one in ("Traceback", "psycopg", "SQLSTATE") if one in answer.text]
    return answer


async def sent(client: httpx.AsyncClient, path: str, body: Any) -> httpx.Response:
    """Send JSON as any program can, half a surrogate pair included."""
    content = json.dumps(body).encode("ascii")
    headers = {"content-type": "application/json"}
    return harmless(await client.post(path, content=content, headers=headers))


def address(path: str) -> str:
    """Write a payload into an address."""
    return quote(path.encode("utf-8", "surrogatepass"), safe="/?=&")


def _texts(value: Any) -> Iterator[str]:
    """Give every text inside some JSON."""
    match value:
        case str():
            yield value
        case dict():
            for one in value.values():
                yield from _texts(one)
        case list():
            for one in value:
                yield from _texts(one)
        case _:
            return


@pytest.fixture(autouse=True)
async def _whole(library: Served) -> Any:
    """Whatever a test does: the tables are there afterwards, and nobody waited for pg_sleep."""
    yield
    async with library.system.db.reading(platform(), library.workspace) as tx:
        assert await tx.value(sql("SELECT count(*) FROM book")) is not None
        assert await tx.value(sql("SELECT count(*) FROM zk_user")) == 5


async def test_a_payload_is_kept_as_the_text_it_is(ada: httpx.AsyncClient) -> None:
    for text in PAYLOADS:
        wanted = kept(text)
        made = await sent(ada, BOOKS, {"title": f"#{text}", "remark": text, "tags": [text[:20]]})
        if wanted is None:
            assert made.status_code in {400, 422}, text
            continue
        if made.status_code != 201:  # a tag may be stricter than a text
            made = await sent(ada, BOOKS, {"title": f"#{text}", "remark": text})
        assert made.status_code == 201, (text, made.text)
        at = made.headers["location"]

        read = harmless(await ada.get(at))
        changed = await ada.patch(at, json={"remark": f"{text}~"})
        history = harmless(await ada.get(f"{at}/history"))
        timeline = harmless(await ada.get(f"{at}/timeline"))

        assert read.json()["remark"] == (wanted or None), text
        assert harmless(changed).status_code == 200
        assert not wanted or wanted in {
            one for entry in history.json()["items"] for one in _texts(entry)
        }, text
        assert timeline.status_code == 200
        assert b"<script>" not in read.content or read.headers["content-type"].startswith(
            "application/json"
        )


async def test_a_payload_finds_itself_and_nothing_else(ada: httpx.AsyncClient) -> None:
    for number, text in enumerate(PAYLOADS):
        wanted = kept(f"{number:04} {text}")
        if wanted is None:
            continue
        made = await sent(ada, BOOKS, {"title": wanted})
        tree = {"op": "=", "left": {"field": "title"}, "right": {"value": wanted}}
        plain = json.dumps(wanted, ensure_ascii=False)

        by_tree = await sent(ada, f"{BOOKS}/query", {"where": tree, "select": ["title"]})
        by_text = await sent(ada, f"{BOOKS}/query", {"where": f"title = {plain}"})

        for answer in (by_tree, by_text):
            if answer.status_code == 200:
                ids = [one["id"] for one in answer.json()["items"]]
                assert ids == [made.json()["id"]], text


@pytest.mark.parametrize(
    "name",
    ["select", "where", "order", "cursor", "search", "count", "limit", "view", "deleted", "as_of"],
)
async def test_a_question_of_payloads_is_answered_or_told(
    ada: httpx.AsyncClient, name: str
) -> None:
    for text in PAYLOADS:
        harmless(await ada.get(f"{BOOKS}?{name}={address(text)}"))
        await sent(ada, f"{BOOKS}/query", {name: text})
        await sent(ada, f"{BOOKS}/query", {name: [text]})
        await sent(ada, f"{BOOKS}/query", {text: text})


async def test_formulas_and_conditions_of_payloads_are_told(ada: httpx.AsyncClient) -> None:
    for text in PAYLOADS:
        inside = json.dumps(text)
        for where in (
            f"title = {inside}",
            f"UPPER({inside}) = title",
            f"title in ({inside}, {inside})",
            f"CONCAT(title, {inside}) contains {inside}",
            f"loans.note = {text}",
            text + " = 1",
        ):
            await sent(ada, f"{BOOKS}/query", {"where": where})
        for column in (f"CONCAT({inside}, title)", text, f"title.{text}", f"SUM(loans, {text})"):
            await sent(ada, f"{BOOKS}/query", {"select": [column], "order": [column]})


async def test_an_address_of_payloads_is_answered_or_told(ada: httpx.AsyncClient) -> None:
    for text in PAYLOADS:
        piece = address(text).replace("?", "%3F").replace("&", "%26").replace("=", "%3D")
        for path in (
            f"/api/v1/records/{piece}", f"{BOOKS}/{piece}", f"{BOOKS}/{piece}/history",
            f"{BOOKS}/01890000-0000-7000-8000-000000000000/related/{piece}",
            f"/api/v1/config/{piece}/{piece}", f"/api/v1/files/{piece}",
            f"/api/v1/exports/trace/{piece}", f"/api/v1/users/{piece}", f"/api/docs/{piece}",
        ):  # fmt: skip
            answer = await ada.get(path)
            assert answer.status_code < 500, (path, answer.text[:300])
            assert answer.status_code != 200 or "/etc" not in answer.text


async def test_nouns_of_payloads_are_kept_or_told(library: Served) -> None:
    ada = await library.signed_in("ada")
    for text in PAYLOADS:
        await sent(ada, "/api/v1/departments", {"name": text[:90]})
        await sent(ada, "/api/v1/api-keys", {"name": text[:90]})
        await sent(ada, "/api/v1/exports", {"object": text[:40], "query": {"where": text}})
        await sent(ada, "/api/v1/exports", {"object": "book", "format": text[:20]})
        for member in ("login", "name", "mobile", "email", "number"):
            await sent(ada, "/api/v1/users", {"login": "x", "name": "x", member: text[:90]})
        for body in (
            {"kind": "object", "key": text[:40], "label": text[:90], "fields": []},
            {"kind": "role", "key": "odd", "label": text[:90], "objects": {text[:40]: {}}},
            {"kind": "role", "key": "odd", "label": "x", "objects": {"book": {"read": text}}},
        ):
            await sent(ada, "/api/v1/config/plan", {"documents": [body]})
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(sql("DELETE FROM zk_user WHERE login NOT IN "
                         "('ada', 'lin', 'vic', 'val', 'reg')"))  # fmt: skip


def _elsewhere(library: Served) -> httpx.AsyncClient:
    """Give a client at another address: who guesses is locked out with everybody beside him."""
    transport = httpx.ASGITransport(library.app, client=("198.51.100.99", 5000))
    headers = {"x-workspace": library.workspace}
    return httpx.AsyncClient(transport=transport, base_url="http://zhike.test", headers=headers)


async def test_nobody_signs_in_with_a_payload(library: Served) -> None:
    for text in PAYLOADS:
        body = {"login": text, "password": text}
        answer = await sent(_elsewhere(library), "/api/v1/auth/login", body)
        assert answer.status_code in {400, 401, 422, 429}, text
        assert "set-cookie" not in answer.headers
    bearer = "Bearer ' OR '1'='1"
    assert (await library.client(authorization=bearer).get(BOOKS)).status_code == 401


async def test_a_sheet_of_payloads_comes_in_and_goes_out_harmless(library: Served) -> None:
    ada = await library.signed_in("ada")
    plain = [one for one in PAYLOADS if not BINARY & set(one)]
    texts = [f"{number:03}{one}" for number, one in enumerate(plain)]
    table = io.StringIO()
    lines = csv.writer(table)
    lines.writerow(["书名", "备注", "=cmd|' /C calc'!A0"])
    lines.writerows([one, one[3:], one] for one in texts)
    raw = table.getvalue().encode("utf-8", "replace")
    before = (await ada.get(f"{BOOKS}?limit=1&count=exact")).json()["count"]["value"]

    drafted = await ada.post(
        "/api/v1/imports", files={"file": ("=cmd.csv", raw)}, data={"object": "book"}
    )
    assert drafted.status_code == 201, drafted.text
    at = drafted.headers["location"]
    await ada.patch(at, json={"mapping": {"书名": "title", "备注": "remark"}})
    await ada.post(f"{at}/start")
    await _run(library, IMPORT, drafted.json()["id"])
    done = (await ada.get(at)).json()
    after = (await ada.get(f"{BOOKS}?limit=1&count=exact")).json()["count"]["value"]
    errors = await ada.get(f"{at}/errors.xlsx")

    assert done["state"] == "done"
    assert after - before == done["created"] >= len(texts) - 5
    _no_formulas(errors.content)
    for form in ("csv", "xlsx"):
        _nothing_acts(await _exported(library, ada, form), form)


async def _exported(library: Served, ada: httpx.AsyncClient, form: str) -> bytes:
    query = {"select": ["title", "remark"], "order": ["title"]}
    wanted = {"object": "book", "format": form, "query": query}
    asked = await ada.post("/api/v1/exports", json=wanted)
    assert asked.status_code == 202, asked.text
    await _run(library, EXPORT, asked.json()["id"])
    return (await ada.get(f"{asked.headers['location']}/file")).content


def _nothing_acts(content: bytes, form: str) -> None:
    if form == "xlsx":
        _no_formulas(content)
        return
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    cells = [one for row in rows for one in row]
    assert not [one for one in cells if acts(one) and not one.startswith("'") and one != "-1"]
    assert {len(row) for row in rows} == {3}


def _no_formulas(content: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert cells
    assert not [cell.value for cell in cells if cell.data_type == "f" or cell.hyperlink]


async def _run(library: Served, task: str, id_: str) -> None:
    args = {"workspace": library.workspace, "id": id_}
    await library.system.jobs.tasks[task].work(args)
