"""Files, imports and exports over HTTP."""

import io
import json
from typing import Any

import httpx
import openpyxl
import pytest
from tests.served import Served

from zhike.doors.system import DRY_RUN, EXPORT, IMPORT, IMPORT_UNDO

IMPORTS = "/api/v1/imports"
CSV = "姓名,电话,等级\n安娜,13700000001,金卡\n本,13700000002,铂金\n卡拉,13700000003,\n".encode()


def upload(content: bytes = CSV, name: str = "读者.csv") -> dict[str, Any]:
    return {"files": {"file": (name, content, "text/csv")}, "data": {"object": "reader"}}


async def run(library: Served, task: str, id_: str) -> None:
    """Do what the worker does."""
    args = {"workspace": library.workspace, "id": id_}
    await library.system.jobs.tasks[task].work(args)


@pytest.mark.parametrize("login", ["lin", "reg"])
async def test_an_import_takes_the_right_to_import(library: Served, login: str) -> None:
    client = await library.signed_in(login)

    answer = await client.post(IMPORTS, files={"file": CSV}, data={"object": "book"})

    assert answer.status_code == (201 if login == "lin" else 403), answer.text


async def test_an_import_is_drafted_and_changed(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    drafted = await ada.post(IMPORTS, **upload())
    draft = drafted.json()
    assert drafted.status_code == 201, drafted.text
    assert drafted.headers["location"] == f"{IMPORTS}/{draft['id']}"
    assert [one["field"] for one in draft["columns"]] == ["name", "phone", "grade"]
    assert draft["preview"][0]["姓名"] == "安娜"
    at = drafted.headers["location"]

    assert (await lin.get(at)).status_code == 404
    changed = await ada.patch(at, json={"mapping": {"等级": None}})
    assert changed.json()["unmapped"] == ["等级"]
    changed = await ada.patch(at, json={"mapping": {"等级": "grade"}, "on_duplicate": "update"})
    assert (changed.json()["unmapped"], changed.json()["on_duplicate"]) == ([], "update")
    wrong = await ada.patch(at, json={"mapping": {"颜色": "grade"}})
    assert wrong.status_code == 422


async def test_an_import_is_started_and_followed(library: Served, ada: httpx.AsyncClient) -> None:
    draft = await ada.post(IMPORTS, **upload())
    at = draft.headers["location"]

    started = await ada.post(f"{at}/start")
    assert (started.status_code, started.json()["state"]) == (202, "waiting")
    await run(library, IMPORT, draft.json()["id"])

    done = (await ada.get(at)).json()
    assert (done["state"], done["rows"]) == ("done", 3)
    assert done["created"] + done["failed"] == 3
    async with ada.stream("GET", f"{at}/progress") as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        told = [json.loads(line[6:]) async for line in events.aiter_lines() if line]
    assert told[-1]["state"] == "done"
    book = openpyxl.load_workbook(io.BytesIO((await ada.get(f"{at}/errors.xlsx")).content))
    cells = [str(cell.value) for sheet in book for row in sheet for cell in row if cell.value]
    assert any("铂金" in cell for cell in cells)


async def test_the_same_file_again_makes_nothing(library: Served, ada: httpx.AsyncClient) -> None:
    made = []
    for _ in range(2):
        draft = await ada.post(IMPORTS, **upload("姓名,电话\n多,13700000009\n".encode()))
        await ada.post(f"{draft.headers['location']}/start")
        await run(library, IMPORT, draft.json()["id"])
        made.append((await ada.get(draft.headers["location"])).json()["created"])

    assert made == [1, 0]


async def test_a_file_that_is_no_table_is_told(ada: httpx.AsyncClient) -> None:
    answers = [
        await ada.post(IMPORTS, **upload(b"", "empty.xlsx")),
        await ada.post(IMPORTS, **upload(b"PK\x03\x04broken", "broken.xlsx")),
        await ada.post(IMPORTS, **upload(b"\x89PNG\r\n\x1a\n" + bytes(100), "picture.xlsx")),
        await ada.post(IMPORTS, files={"file": CSV}, data={"object": "nothing"}),
        await ada.post(IMPORTS, data={"object": "reader"}, files={"other": CSV}),
        await ada.post(IMPORTS, files={"file": CSV}),
    ]

    for answer in answers:
        assert 400 <= answer.status_code < 500, answer.text
        assert answer.headers["content-type"] == "application/problem+json"


async def test_an_export_becomes_a_file_of_its_asker(
    library: Served, ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    for n in range(3):
        await ada.post("/api/v1/records/book", json={"title": f"Export {n}", "pages": n + 1})
    wanted = {
        "object": "book",
        "format": "csv",
        "query": {"where": 'title starts with "Export"', "select": ["title", "pages"]},
    }

    refused = await lin.post("/api/v1/exports", json={**wanted, "object": "reader"})
    wrong = await ada.post("/api/v1/exports", json={**wanted, "format": "pdf"})
    broken = await ada.post("/api/v1/exports", json={**wanted, "query": {"where": "x ="}})
    asked = await ada.post("/api/v1/exports", json=wanted)
    assert [one.status_code for one in (refused, wrong, broken, asked)] == [403, 422, 422, 202]
    await run(library, EXPORT, asked.json()["id"])

    done = (await ada.get(asked.headers["location"])).json()
    assert (done["state"], done["count"]) == ("done", 3)
    assert (await lin.get(asked.headers["location"])).status_code == 404
    file = await ada.get(done["file"])
    lines = file.content.decode("utf-8-sig").splitlines()
    assert len(lines) == 4
    assert file.headers["content-disposition"].startswith("attachment;")
    assert (await lin.get(done["file"])).status_code == 404


async def test_a_draft_is_an_upload_of_its_owner_only(
    ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    at = (await ada.post(IMPORTS, **upload())).headers["location"]

    answers = [
        await lin.get(at),
        await lin.patch(at, json={}),
        await lin.post(f"{at}/start"),
        await lin.get(f"{at}/progress"),
        await lin.get(f"{at}/errors.xlsx"),
    ]

    assert [one.status_code for one in answers] == [404] * 5


async def test_an_attachment_belongs_to_whoever_sees_its_record(
    library: Served, ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    made = (
        await ada.post("/api/v1/files", files={"file": ("scan.png", b"\x89PNG\r\n\x1a\n")})
    ).json()
    reg = await library.signed_in("reg")
    at = f"/api/v1/files/{made['id']}"
    assert made["type"] == "image/png"
    assert (await lin.get(at)).status_code == 404

    book = await ada.post("/api/v1/records/book", json={"title": "Scanned", "scan": [made["id"]]})
    assert book.status_code == 201, book.text

    assert (await lin.get(at)).status_code == 200
    assert (await reg.get(at)).status_code == 404
    await ada.delete(book.headers["location"])
    assert (await lin.get(at)).status_code == 404


async def test_an_import_may_no_more_than_the_key_it_was_started_with(
    library: Served, ada: httpx.AsyncClient
) -> None:
    there = await ada.post("/api/v1/records/reader", json={"name": "原名", "phone": "13700000123"})
    at = there.headers["location"]
    scopes = ["reader:read", "reader:create", "reader:import"]
    made = await ada.post("/api/v1/api-keys", json={"name": "narrow", "scopes": scopes})
    client = library.client(authorization=f"Bearer {made.json()['key']}")
    file = upload("姓名,电话\n改名,13700000123\n新人,13700000124\n".encode())
    draft = await client.post(IMPORTS, **file)
    assert draft.status_code == 201, draft.text
    begun = draft.headers["location"]
    await client.patch(begun, json={"on_duplicate": "update"})

    started = await client.post(f"{begun}/start")
    if started.status_code == 202:
        await run(library, IMPORT, draft.json()["id"])

    assert (await ada.get(at)).json()["name"] == "原名"


async def test_a_draft_is_tried_and_its_findings_are_fetched(
    library: Served, ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    at = (await ada.post(IMPORTS, **upload())).headers["location"]

    assert (await ada.get(f"{at}/dry-run")).status_code == 404
    begun = await ada.post(f"{at}/dry-run")
    assert (begun.status_code, begun.json()["state"]) == (202, "waiting"), begun.text
    await run(library, DRY_RUN, begun.json()["id"])

    told = (await ada.get(f"{at}/dry-run")).json()
    assert (told["state"], told["rows"], told["cells"]["unreadable"]) == ("done", 3, 1)
    lines = f"{at}/dry-run/lines"
    first = (await ada.get(f"{lines}?limit=2")).json()
    rest = (await ada.get(f"{lines}?limit=2&cursor={first['next']}")).json()
    assert [one["line"] for one in (*first["items"], *rest["items"])] == [2, 3, 4]
    odd = (await ada.get(f"{lines}?kind=unreadable,conflict")).json()["items"]
    assert [one["line"] for one in odd] == [3]
    assert (await ada.get(at)).json()["state"] == "draft"
    for path in (f"{at}/dry-run", lines):
        assert (await lin.get(path)).status_code == 404
    assert (await ada.get(f"{lines}?kind=odd")).status_code == 422


async def test_an_import_is_undone_or_refused_with_the_list(
    library: Served, ada: httpx.AsyncClient, lin: httpx.AsyncClient
) -> None:
    content = "姓名,电话\n尤金,13700000021\n菲,13700000022\n".encode()
    at = (await ada.post(IMPORTS, **upload(content))).headers["location"]
    assert (await ada.post(f"{at}/undo")).status_code == 409
    await ada.post(f"{at}/start")
    await run(library, IMPORT, at.rsplit("/", 1)[1])
    assert (await lin.post(f"{at}/undo")).status_code == 404
    found = (await ada.get("/api/v1/records/reader?search=尤金")).json()["items"]
    changed = await ada.patch(f"/api/v1/records/reader/{found[0]['id']}", json={"name": "欧金"})
    assert changed.status_code == 200

    refused = await ada.post(f"{at}/undo")
    assert refused.status_code == 409, refused.text
    assert [one["code"] for one in refused.json()["errors"]] == ["changed_since"]
    begun = await ada.post(f"{at}/undo", json={"force": True})
    assert (begun.status_code, begun.json()["state"]) == (202, "undoing")
    await run(library, IMPORT_UNDO, at.rsplit("/", 1)[1])

    told = (await ada.get(f"{at}/undo")).json()
    assert (told["state"], told["removed"], told["kept"], told["items"]) == ("undone", 2, 0, [])
    assert (await ada.get("/api/v1/records/reader?search=欧金")).json()["items"] == []
    assert (await ada.post(f"{at}/cancel")).status_code == 409


async def test_a_template_is_fetched_by_those_who_import(
    ada: httpx.AsyncClient, library: Served
) -> None:
    answer = await ada.get(f"{IMPORTS}/template/reader.xlsx")
    assert answer.status_code == 200, answer.text
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert "姓名*" in [cell.value for cell in book.worksheets[0][2]]
    reg = await library.signed_in("reg")
    assert (await reg.get(f"{IMPORTS}/template/book.xlsx")).status_code == 403
    assert (await ada.get(f"{IMPORTS}/template/nothing.xlsx")).status_code == 404
