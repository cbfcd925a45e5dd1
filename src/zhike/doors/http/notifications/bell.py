"""One's own notifications: a page of them, marked as read, and which kinds one wants."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.routing import Asked, Signed, router
from zhike.hub import notifications
from zhike.kernel.faults import NotAllowed
from zhike.kernel.viewer import Viewer

ROUTES = router("notifications")


class Read(BaseModel):
    """Which of one's notifications one has read: some, or all up to one, or all."""

    model_config = ConfigDict(extra="forbid")

    ids: Annotated[list[UUID], Field(max_length=1000)] | None = None
    upto: UUID | None = None


class Settings(BaseModel):
    """The kinds one does not want to be told of."""

    model_config = ConfigDict(extra="forbid")

    off: Annotated[list[notifications.Kind], Field(max_length=100)]


@ROUTES.get("/notifications")
async def list_notifications(
    call: Asked,
    viewer: Signed,
    *,
    unread: bool = False,
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """
    List what one was told of, newest first, with the number of unread ones.

    What a record is called is read now; one that may not be seen any more has neither id nor title.
    """
    user = own(viewer)
    held = await call.policy()
    after = paging.after(cursor, UUID, None)
    async with call.reading() as tx:
        found = await notifications.listed(tx, user, after=after, limit=limit + 1, unread=unread)
        known = await notifications.titles(tx, held, found[:limit])
        count = await notifications.unread(tx, user)
    items = [notifications.described(one, held, known, call.language) for one in found]
    page = paging.page_by("id", items, limit)
    return answer({**page, "unread": count})


@ROUTES.post("/notifications/read")
async def read_notifications(given: Read, call: Asked, viewer: Signed) -> Response:
    """Mark notifications of one's own as read: those in `ids`, else all up to `upto`, else all."""
    user = own(viewer)
    async with call.transaction() as tx:
        if given.ids is not None:
            await notifications.mark_read(tx, user, given.ids)
        else:
            await notifications.mark_all_read(tx, user, upto=given.upto)
        count = await notifications.unread(tx, user)
    return answer({"unread": count})


@ROUTES.get("/notifications/settings")
async def get_settings(call: Asked, viewer: Signed) -> Response:
    """Say of which kinds one is told."""
    return await _settings(call, own(viewer))


@ROUTES.put("/notifications/settings")
async def put_settings(given: Settings, call: Asked, viewer: Signed) -> Response:
    """Say of which kinds one does not want to be told, from now on."""
    user = own(viewer)
    async with call.transaction() as tx:
        await notifications.want_all_but(tx, user, set(given.off))
    return await _settings(call, user)


def own(viewer: Viewer) -> UUID:
    """Give whose notifications they are; nobody looks at them through somebody else's eyes."""
    if viewer.id is None or viewer.seen_by is not None:
        raise NotAllowed
    return viewer.id


async def _settings(call: Call, user: UUID) -> Response:
    async with call.reading() as tx:
        kinds = await notifications.wanted(tx, user, call.language)
    return answer({"kinds": kinds})
