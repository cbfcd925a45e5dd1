"""`POST /access/view-as`: see the product as another user does; noted, and only looking."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from zhike.access import policy
from zhike.doors.http.access.looking import MayNotLook, may_look
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.routing import Asked, router
from zhike.kernel.faults import NotFound
from zhike.store.accounts import user, view_as, viewer_by_id
from zhike.store.trail import note

ROUTES = router("access")


class Looked(BaseModel):
    """Through whose eyes to look."""

    model_config = ConfigDict(extra="forbid")

    user: UUID


@ROUTES.post("/access/view-as")
async def begin(given: Looked, call: Asked) -> Response:
    """Look through somebody's eyes until it is ended or the session is; `X-Reason` is kept."""
    seen = call.guest
    held = policy(await call.snapshot(), seen.behind or call.viewer)
    if seen.session is None or not may_look(held):
        raise MayNotLook
    async with call.transaction_as(held.viewer) as tx:
        if await viewer_by_id(tx, given.user, zone=held.viewer.zone) is None:
            raise NotFound
        known = await user(tx, given.user, full=False)
        await view_as(tx, seen.session, given.user)
        note(tx, "view.begun", object="user", target=given.user, label=known["name"])
    call.system.viewers.forget(call.workspace)
    return answer({"user": {"id": given.user, "name": known["name"]}})


@ROUTES.delete("/access/view-as", status_code=204)
async def end(call: Asked) -> Response:
    """Look through one's own eyes again."""
    seen = call.guest
    if seen.session is None or seen.behind is None:
        return nothing()
    async with call.transaction_as(seen.behind) as tx:
        await view_as(tx, seen.session, None)
        note(tx, "view.ended", object="user", target=seen.viewer.id or "", label=seen.viewer.name)
    call.system.viewers.forget(call.workspace)
    return nothing()
