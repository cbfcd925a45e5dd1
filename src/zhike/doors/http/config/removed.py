"""What was removed and is still kept: listed, and destroyed for good when somebody says so."""

from typing import Annotated

from fastapi import Path, Query
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.config.rights import configurer, reader
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.packs import purge
from zhike.store.ddl import removed

ROUTES = router("configuration")

Object = Annotated[str, Path(max_length=48)]
Field = Annotated[str, Query(max_length=48)]


@ROUTES.get("/removed", openapi_extra=CONFIGURE)
async def list_removed(call: Asked) -> Response:
    """List removed fields and objects whose data is still there; written again, it comes back."""
    await reader(call)
    async with call.reading() as tx:
        found = await removed(tx)
    language = call.viewer.language
    items = [
        {
            "object": one.object,
            "field": one.field or None,
            "label": one.label.said(language) if one.label else one.object,
            "kind": one.kind or None,
            "removed_at": one.at,
        }
        for one in found
    ]
    return answer(paging.whole(items))


@ROUTES.delete("/removed/{object}", status_code=204, openapi_extra=CONFIGURE)
async def purge_removed(object: Object, call: Asked, field: Field = "") -> Response:  # noqa: A002
    """Destroy for good what is kept of a removed field, or of a whole removed object."""
    await configurer(call)
    async with call.transaction() as tx:
        await purge(tx, object, field)
    return Response(status_code=204)
