"""What one began by changing, giving away, throwing away or taking back many records at once."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.records.chosen import AT_ONCE
from zhike.doors.http.records.sweeping import deferred
from zhike.doors.http.routing import Asked, router
from zhike.hub import sweep
from zhike.kernel.faults import NotAllowed

ROUTES: APIRouter = router("sweeps")

Of = Annotated[str | None, Query(max_length=100)]


@ROUTES.get("/sweeps")
async def list_sweeps(
    call: Asked,
    *,
    object: Of = None,  # noqa: A002
    open: bool = False,  # noqa: A002
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
) -> Response:
    """List one's own sweeps, newest first; of one object, or only those that are not over."""
    held = await call.policy()
    if held.viewer.id is None:
        raise NotAllowed
    after = paging.after(cursor, UUID, None)
    async with call.reading() as tx:
        found = await sweep.some(
            tx, actor=held.viewer.id, object=object, open=open,
            after=after, limit=limit + 1,
        )  # fmt: skip
    told = [one.described() for one in found]
    return answer(paging.page_by("id", told, limit))


@ROUTES.get("/sweeps/{id}")
async def get_sweep(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Say how far a sweep of one's own is, how fast, and what became of the records."""
    held = await call.policy()
    async with call.reading() as tx:
        return answer((await sweep.own(tx, held, id)).described())


@ROUTES.get("/sweeps/{id}/refusals")
async def list_refusals(
    id: UUID,  # noqa: A002
    call: Asked,
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
) -> Response:
    """List the records that were left as they are, or could not be taken back, each with why."""
    held = await call.policy()
    after = paging.after(cursor, int, 0)
    async with call.reading() as tx:
        one = await sweep.own(tx, held, id)
        found = await sweep.refusals(tx, held, one, call.language, after=after, limit=limit + 1)
    return answer(paging.page_by("position", found, limit))


@ROUTES.post("/sweeps/{id}/cancel")
async def cancel_sweep(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Break a sweep of one's own off; what is done by then stays, and can be taken back."""
    held = await call.policy()
    async with call.transaction() as tx:
        return answer((await sweep.cancel(tx, held, id)).described())


@ROUTES.post("/sweeps/{id}/undo", status_code=202)
async def undo_sweep(id: UUID, call: Asked) -> Response:  # noqa: A002
    """
    Give every record back what it held, unless it was changed since; more than 1,000 by a job, and
    fewer at once (200).
    """
    held = await call.policy()
    async with call.transaction() as tx:
        turned = await sweep.undo(tx, held, id)
        if turned.due <= AT_ONCE:
            take_in = call.system.hands.take_in
            return answer((await sweep.undo_at_once(tx, held, turned, take_in=take_in)).described())
        await deferred(call, tx, turned)
    return answer(turned.described(), 202)
