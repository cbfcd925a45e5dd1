"""Only those who configure come in; what a run would change they see as their roles show it."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from zhike.access import Policy, policy
from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.doors.system import STANDARDIZE
from zhike.hub.standardize import again
from zhike.hub.standardize.again import AgainSpec, StandardRun
from zhike.kernel.faults import NotAllowed
from zhike.kernel.tx import Tx

ROUTES: APIRouter = router("standardize")

Of = Annotated[str | None, Query(max_length=100)]


@ROUTES.post("/standardize/{object}/runs", status_code=202, openapi_extra=CONFIGURE)
async def look(object: str, call: Asked, given: AgainSpec | None = None) -> Response:  # noqa: A002
    """Count, in a job, what today's standard would change in the records of an object."""
    held = await _configurer(call)
    async with call.transaction() as tx:
        made = await again.look(tx, held, object, given or AgainSpec())
        await call.system.queue(tx, STANDARDIZE, made.id)
    return answer(made.described(), 202, [_location(made)])


@ROUTES.get("/standardize/runs", openapi_extra=CONFIGURE)
async def list_runs(
    call: Asked,
    object: Of = None,  # noqa: A002
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
) -> Response:
    """List runs, newest first; over all objects, or over one."""
    await _configurer(call)
    after = paging.after(cursor, UUID, None)
    async with call.reading() as tx:
        found = await again.some(tx, object=object, after=after, limit=limit + 1)
    told = [one.described() for one in found]
    return answer(paging.page_by("id", told, limit))


@ROUTES.get("/standardize/runs/{id}", openapi_extra=CONFIGURE)
async def get(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Say how far a run is, how many values it concerns in each field, and show some of them."""
    held = await _configurer(call)
    async with call.transaction() as tx:
        return answer(await _told(call, tx, held, await again.found(tx, id)))


@ROUTES.post("/standardize/runs/{id}/start", status_code=202, openapi_extra=CONFIGURE)
async def start(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Change what was looked at; a job does it, each change a line of the record's history."""
    held = await _configurer(call)
    async with call.transaction() as tx:
        turned = await again.begin(tx, held, id)
        await call.system.queue(tx, STANDARDIZE, id)
    return answer(turned.described(), 202)


@ROUTES.post("/standardize/runs/{id}/undo", status_code=202, openapi_extra=CONFIGURE)
async def undo(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Give every value its old one back, unless it was changed since; a job does it."""
    held = await _configurer(call)
    async with call.transaction() as tx:
        turned = await again.undo(tx, held, id)
        await call.system.queue(tx, STANDARDIZE, id)
    return answer(turned.described(), 202)


async def _configurer(call: Call) -> Policy:
    held = policy(await call.system.catalog.snapshot(call.workspace), call.viewer)
    if not held.configures:
        raise NotAllowed
    return held


async def _told(call: Call, tx: Tx, held: Policy, run: StandardRun) -> Mapping[str, Any]:
    told = run.described()
    if not held.may(run.object, "read"):
        return told
    return {**told, "samples": await again.sampled(tx, held, run, call.language)}


def _location(run: StandardRun) -> tuple[bytes, bytes]:
    return b"location", f"/api/v1/standardize/runs/{run.id}".encode()
