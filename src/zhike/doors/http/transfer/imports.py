"""Imports over HTTP: a file becomes a draft, a draft a job, and the job tells how far it is."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, BinaryIO
from urllib.parse import quote
from uuid import UUID

import orjson
from fastapi import File, Form, UploadFile
from fastapi import Path as PathParam
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response, StreamingResponse

from zhike.access import Policy
from zhike.doors.http.answers import answer, created
from zhike.doors.http.call import Call
from zhike.doors.http.routing import Asked, router
from zhike.doors.http.transfer.uploads import PIECE, kept, named
from zhike.doors.system import IMPORT
from zhike.hub import ingest
from zhike.kernel.faults import NotFound
from zhike.store import files
from zhike.store.read import readable

ROUTES = router("imports")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
GLANCE_SECONDS = 0.5
OVER = frozenset({"done", "failed", "draft", "cancelled", "undone"})


class Change(BaseModel):
    """What somebody says about a draft; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    sheet: Annotated[str, Field(max_length=200)] | None = None
    header: Annotated[list[int], Field(max_length=10)] | None = None
    mapping: dict[str, str | None] | None = None
    on_duplicate: ingest.OnDuplicate | None = None
    mode: ingest.Mode | None = None
    key: Annotated[list[str], Field(max_length=5)] | None = None
    blank: ingest.Blank | None = None
    triggers: bool | None = None
    create_missing: Annotated[list[str], Field(max_length=50)] | None = None


@ROUTES.post("/imports", status_code=201)
async def begin_import(
    file: Annotated[UploadFile, File()],
    object: Annotated[str, Form(max_length=48)],  # noqa: A002 - its name in the API
    call: Asked,
) -> Response:
    """Upload a file; the answer is a draft: sheets, columns, the proposed mapping, a preview."""
    held = await call.policy()
    readable(held, object)
    held.demand(object, "import")
    stored = await kept(file, call.system.files)
    async with call.transaction() as tx:
        kept_file = await named(tx, file, stored)
    workbook = await ingest.look(call.system.files, kept_file)
    async with call.transaction() as tx:
        made = await ingest.draft(tx, held, file=kept_file, workbook=workbook, obj=object)
    return created(made.described(call.language), at=f"/api/v1/imports/{made.id}")


@ROUTES.patch("/imports/{id}")
async def change_import(id: UUID, given: Change, call: Asked) -> Response:  # noqa: A002
    """Say which sheet, which head, which column goes where, what happens to duplicates."""
    held = await call.policy()
    async with call.reading() as tx:
        task = await ingest.found(tx, id, policy=held)
        file = await files.found(tx, task.file) if task.file else None
    if file is None:
        raise NotFound
    workbook = await ingest.look(call.system.files, file)
    change = ingest.Change(
        sheet=given.sheet,
        header=None if given.header is None else tuple(given.header),
        mapping=given.mapping,
        on_duplicate=given.on_duplicate,
        mode=given.mode,
        key=None if given.key is None else tuple(given.key),
        blank=given.blank,
        triggers=given.triggers,
        create_missing=None if given.create_missing is None else tuple(given.create_missing),
    )
    async with call.transaction() as tx:
        draft = await ingest.amend(tx, held, id, change, workbook=workbook)
    return answer(draft.described(call.language))


@ROUTES.post("/imports/{id}/start", status_code=202)
async def start_import(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Start an import; a job runs it, and runs it on after whatever stops it."""
    held = await call.policy()
    async with call.transaction() as tx:
        task = await ingest.start(tx, held, id)
        await call.system.queue(tx, IMPORT, id)
    return answer(task.described(), 202)


@ROUTES.post("/imports/{id}/cancel")
async def cancel_import(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Give up an import that waits or runs; what it did so far stays, and can be undone."""
    held = await call.policy()
    async with call.transaction() as tx:
        task = await ingest.cancel(tx, held, id)
    return answer(task.described())


@ROUTES.get("/imports/{id}")
async def get_import(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Say how far an import is and what became of its lines."""
    return answer(await _state(call, await call.policy(), id))


@ROUTES.get("/imports/{id}/progress")
async def follow_import(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Say it again whenever it changes, as server-sent events, until the import is over."""
    held = await call.policy()
    first = await _state(call, held, id)
    return StreamingResponse(_told(call, held, first), media_type="text/event-stream")


@ROUTES.get("/imports/{id}/errors.xlsx")
async def import_errors(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Give the failed lines as they came, with a column that says why."""
    held = await call.policy()
    async with call.reading() as tx:
        task = await ingest.found(tx, id, policy=held)
        with tempfile.TemporaryDirectory(prefix="errors-") as folder:
            path = Path(folder) / "errors.xlsx"
            await ingest.write_errors(tx, task, path, language=call.language)
            # The server may open a file after we have answered: an open one outlives its folder.
            book = await asyncio.to_thread(path.open, "rb")
    return StreamingResponse(
        _read(book),
        media_type=XLSX,
        headers={"content-disposition": 'attachment; filename="errors.xlsx"'},
    )


@ROUTES.get("/imports/template/{object}.xlsx")
async def import_template(
    object: Annotated[str, PathParam(max_length=48)],  # noqa: A002 - its name in the API
    call: Asked,
) -> Response:
    """Give a table to fill in: hints, heads, drop-downs, examples."""
    held = await call.policy()
    readable(held, object)
    held.demand(object, "import")
    known = held.snapshot.objects[object]
    with tempfile.TemporaryDirectory(prefix="template-") as folder:
        path = Path(folder) / "template.xlsx"
        await asyncio.to_thread(ingest.write_template, path, held, known, call.language)
        book = await asyncio.to_thread(path.open, "rb")
    name = quote(f"{known.label.said(call.language)}.xlsx", safe="")
    return StreamingResponse(
        _read(book),
        media_type=XLSX,
        headers={"content-disposition": f"attachment; filename*=UTF-8''{name}"},
    )


async def _read(book: BinaryIO) -> AsyncIterator[bytes]:
    with book:
        while piece := await asyncio.to_thread(book.read, PIECE):
            yield piece


async def _state(call: Call, held: Policy, id_: UUID) -> dict[str, object]:
    async with call.reading() as tx:
        return dict((await ingest.found(tx, id_, policy=held)).described())


async def _told(call: Call, held: Policy, state: dict[str, object]) -> AsyncIterator[bytes]:
    """Nobody is told for ever: an hour is longer than any import, and the browser asks again."""
    before: dict[str, object] = {}
    id_ = UUID(str(state["id"]))
    for _ in range(7200):
        if state != before:
            yield b"data: " + orjson.dumps(state) + b"\n\n"
            before = state
        if state["state"] in OVER:
            return
        await asyncio.sleep(GLANCE_SECONDS)
        state = await _state(call, held, id_)
