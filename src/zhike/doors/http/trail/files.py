"""A log as a file, for those who audit. That it was taken away is noted in the operation log."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO, Literal

from starlette.responses import Response, StreamingResponse

from zhike.doors.http.routing import AUDIT, Asked, router
from zhike.doors.http.trail.asking import Asked_, auditor, log_of
from zhike.doors.http.trail.logs import Name
from zhike.hub import trail
from zhike.store.trail import Wanted, note

ROUTES = router("logs")
PIECE = 1 << 20


@ROUTES.get("/logs/{log}/export", openapi_extra=AUDIT)
async def export_log(
    log: Name,
    call: Asked,
    wanted: Asked_,
    format: Literal["csv", "xlsx"] = "csv",  # noqa: A002
) -> Response:
    """Give a log as a file, with what is asked of it as in a list, newest first."""
    held = await auditor(call)
    key = log_of(log)
    with tempfile.TemporaryDirectory(prefix="log-") as folder:
        path = Path(folder) / f"{log}.{format}"
        async with call.reading() as tx:
            count = await trail.written(
                tx, held, key, wanted, path=path, trace=call.id, language=call.language
            )
        async with call.transaction() as tx:
            note(tx, "log.exported", object="log", target=log, new=_noted(wanted, format, count))
        # The server may open a file after we have answered: an open one outlives its folder.
        book = await asyncio.to_thread(path.open, "rb")
    return StreamingResponse(
        _read(book),
        media_type=trail.FORMATS[format].media,
        headers={"content-disposition": f'attachment; filename="{path.name}"'},
    )


def _noted(wanted: Wanted, format_: str, count: int) -> dict[str, object]:
    asked = {
        "actor": wanted.actor,
        "act": wanted.act,
        "object": wanted.object,
        "target": wanted.target,
        "from": wanted.since,
        "until": wanted.until,
        "search": wanted.search,
    }
    return {
        "format": format_,
        "count": count,
        "asked": {key: str(value) for key, value in asked.items() if value},
    }


async def _read(book: BinaryIO) -> AsyncIterator[bytes]:
    with book:
        while piece := await asyncio.to_thread(book.read, PIECE):
            yield piece
