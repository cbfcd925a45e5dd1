"""
The bell, live: the number of unread notifications, and again whenever it changes.

Server-sent events, for whoever asks for them (`Accept: text/event-stream`, as a browser does); to
anybody else the number is said once. A stream holds no connection to the database, lives for some
minutes and is asked for anew, and ends with the session it was opened with.
"""

import random
from collections.abc import AsyncIterator
from time import monotonic
from uuid import UUID

from starlette.responses import Response, StreamingResponse

from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.notifications.bell import own
from zhike.doors.http.routing import Asked, Signed, router
from zhike.hub import notifications

ROUTES = router("notifications")

LIFE_SECONDS = 600.0
PULSE_SECONDS = 15.0
"""How often a silent stream says that it lives; proxies end what says nothing for a minute."""
AGAIN = b"retry: 3000\n\n"
ALIVE = b": \n\n"
OVER = b"event: over\ndata: {}\n\n"
"""Says that it need not be asked for again."""
STREAM = "text/event-stream"


@ROUTES.get("/notifications/live")
async def live(call: Asked, viewer: Signed) -> Response:
    """
    Say how many notifications one has not read: once, or, where `Accept` is `text/event-stream`,
    now and whenever it changes, for some minutes.
    """
    session = call.guest.session
    streams = session is not None and STREAM in (call.header(b"accept") or "")
    if viewer.seen_by is not None:
        # Through somebody else's eyes there is no bell; a page may not have noticed yet.
        return Response(OVER, media_type=STREAM) if streams else answer({"unread": 0})
    user = own(viewer)
    if session is None or not streams:
        return answer({"unread": await _unread(call, user)})
    headers = {"x-accel-buffering": "no"}
    return StreamingResponse(told(call, user, session), media_type=STREAM, headers=headers)


async def told(call: Call, user: UUID, session: UUID) -> AsyncIterator[bytes]:
    """Whatever is told while it is counted wakes the ear, which was open before."""
    until = monotonic() + LIFE_SECONDS * random.uniform(0.9, 1.1)  # noqa: S311 - spreads returns
    bells = call.system.bells
    ear = bells.open(call.workspace, user, session)
    try:
        yield AGAIN + _event(await _unread(call, ear.user))
        while not ear.over and (left := until - monotonic()) > 0:
            news = await ear.news(min(PULSE_SECONDS, left))
            if not ear.over:
                yield _event(ear.unread) if news else ALIVE
        if ear.over and not ear.again:
            yield OVER
    finally:
        bells.close(ear)


async def _unread(call: Call, user: UUID) -> int:
    async with call.reading() as tx:
        return await notifications.unread(tx, user)


def _event(unread: int) -> bytes:
    return b'data: {"unread":%d}\n\n' % unread
