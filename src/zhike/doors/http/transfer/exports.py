"""Exports over HTTP: a question becomes a job, and the job a file that its asker may fetch."""

from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.access import policy
from zhike.doors.http.answers import answer
from zhike.doors.http.routing import Asked, Signed, router
from zhike.doors.system import EXPORT
from zhike.hub import export
from zhike.store.read import readable

ROUTES = router("exports")


class Wanted(BaseModel):
    """Which records, and as what kind of file: xlsx, csv or parquet."""

    model_config = ConfigDict(extra="forbid")

    object: Annotated[str, Field(max_length=48)]
    format: Annotated[str, Field(max_length=20)] = "xlsx"
    query: dict[str, Any] = {}


@ROUTES.post("/exports", status_code=202)
async def begin_export(given: Wanted, call: Asked, viewer: Signed) -> Response:
    """Ask for records as a file; a job writes it."""
    held = policy(await call.system.catalog.snapshot(call.workspace), viewer)
    readable(held, given.object)
    async with call.transaction() as tx:
        id_ = await export.ask(tx, held, obj=given.object, query=given.query, format=given.format)
        args = {"workspace": call.workspace, "id": str(id_)}
        await call.system.jobs.defer(tx, EXPORT, args=args, once=f"{EXPORT} {id_}")
        made = await export.found(tx, id_, policy=held)
    return answer(made.described(), 202, [(b"location", f"/api/v1/exports/{id_}".encode())])


@ROUTES.get("/exports/{id}")
async def get_export(id: UUID, call: Asked, viewer: Signed) -> Response:  # noqa: A002
    """Say how far an export is; once done, `file` is what to fetch from /files."""
    held = policy(await call.system.catalog.snapshot(call.workspace), viewer)
    async with call.system.db.reading(viewer, call.workspace) as tx:
        return answer((await export.found(tx, id, policy=held)).described())
