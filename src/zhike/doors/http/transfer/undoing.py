"""Undoing an import over HTTP: asked for as a whole, done by a job, and what was kept is listed."""

from typing import Annotated
from uuid import UUID

from fastapi import Body
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.routing import Asked, router
from zhike.doors.system import IMPORT_UNDO
from zhike.hub import ingest

ROUTES = router("imports")


class Wish(BaseModel):
    """Whether what others changed since is to be overwritten."""

    model_config = ConfigDict(extra="forbid")

    force: bool = False


@ROUTES.post("/imports/{id}/undo", status_code=202)
async def undo_import(
    id: UUID,  # noqa: A002
    call: Asked,
    given: Annotated[Wish | None, Body()] = None,
) -> Response:
    """Take an import back: what it made is removed, what it changed is as before."""
    held = await call.policy()
    async with call.transaction() as tx:
        task = await ingest.undo.ask(tx, held, id, force=given is not None and given.force)
        await call.system.queue(tx, IMPORT_UNDO, id)
        progress = await ingest.undo.progress(tx, id, call.language)
    return answer({**task.described(), "undo": progress}, 202)


@ROUTES.get("/imports/{id}/undo")
async def get_undo(
    id: UUID,  # noqa: A002
    call: Asked,
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
) -> Response:
    """Say how far it is, and list the records that could not be taken back, each with why."""
    held = await call.policy()
    after = paging.after(cursor, int, 0)
    async with call.reading() as tx:
        task = await ingest.found(tx, id, policy=held)
        progress = await ingest.undo.progress(tx, id, call.language)
        found = await ingest.undo.kept(tx, id, after=after, limit=limit + 1, language=call.language)
    page = paging.page_by("position", found, limit)
    return answer({"state": task.state, **progress, **page})
