"""Only those who keep people come in here; they learn numbers, never what stands in a record."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.routing import PEOPLE, Asked, router
from zhike.doors.system import HANDOVER, HANDOVER_UNDO
from zhike.hub import handover
from zhike.hub.handover import Access, Handover, HandoverSpec
from zhike.kernel.faults import NotAllowed
from zhike.kernel.tx import Tx

ROUTES: APIRouter = router("handovers")

Person = Annotated[UUID | None, Query()]


@ROUTES.get("/users/{id}/handover", openapi_extra=PEOPLE)
async def survey(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Count what somebody is in charge of, and say who and what hangs on them."""
    held = await _keeper(call)
    async with call.reading() as tx:
        return answer(await handover.survey(tx, held.snapshot, id, call.language))


@ROUTES.post("/users/{id}/handover/preview", openapi_extra=PEOPLE)
async def preview(id: UUID, given: HandoverSpec, call: Asked) -> Response:  # noqa: A002
    """Say how many records would go to whom by which rule, and what would be left."""
    held = await _keeper(call)
    async with call.transaction() as tx:
        settled = await handover.preview(tx, held, id, given)
    return answer(settled.described(call.language))


@ROUTES.post("/users/{id}/handover", status_code=202, openapi_extra=PEOPLE)
async def start(id: UUID, given: HandoverSpec, call: Asked) -> Response:  # noqa: A002
    """Hand everything over; a job does it, and does the rest after whatever stops it."""
    held = await _keeper(call)
    access = Access(snapshot=held.snapshot, passwords=call.system.passwords)
    async with call.transaction() as tx:
        made = await handover.start(tx, held, access, person=id, spec=given)
        await call.system.queue(tx, HANDOVER, made)
        told = await _told(tx, await handover.found(tx, made))
    return answer(told, 202, [(b"location", f"/api/v1/handovers/{made}".encode())])


@ROUTES.get("/handovers", openapi_extra=PEOPLE)
async def list_handovers(
    call: Asked,
    user: Person = None,
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
) -> Response:
    """List hand-overs, newest first; of everybody, or of one person."""
    await _keeper(call)
    after = paging.after(cursor, UUID, None)
    async with call.reading() as tx:
        found = await handover.some(tx, person=user, after=after, limit=limit + 1)
    told = [one.described() for one in found]
    return answer(paging.page_by("id", told, limit))


@ROUTES.get("/handovers/{id}", openapi_extra=PEOPLE)
async def get(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Say how far a hand-over is and what became of the records."""
    await _keeper(call)
    async with call.reading() as tx:
        return answer(await _told(tx, await handover.found(tx, id)))


@ROUTES.get("/handovers/{id}/exceptions", openapi_extra=PEOPLE)
async def list_exceptions(
    id: UUID,  # noqa: A002
    call: Asked,
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
) -> Response:
    """List the records that did not go as settled, or did not come back, each with why."""
    await _keeper(call)
    after = paging.after(cursor, int, 0)
    async with call.reading() as tx:
        await handover.found(tx, id)
        found = await handover.exceptions(tx, id, after=after, limit=limit + 1)
    return answer(paging.page_by("position", found, limit))


@ROUTES.post("/handovers/{id}/undo", status_code=202, openapi_extra=PEOPLE)
async def undo(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Take a hand-over back as a whole; what changed hands since stays there and is listed."""
    await _keeper(call)
    async with call.transaction() as tx:
        await handover.undo(tx, id)
        await call.system.queue(tx, HANDOVER_UNDO, id)
        told = await _told(tx, await handover.found(tx, id))
    return answer(told, 202)


async def _keeper(call: Call) -> Policy:
    held = await call.policy()
    if not held.keeps_people:
        raise NotAllowed
    return held


async def _told(tx: Tx, task: Handover) -> Mapping[str, Any]:
    return {**task.described(), **await handover.progress(tx, task.id)}
