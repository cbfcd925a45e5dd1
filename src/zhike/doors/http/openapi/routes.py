"""Where the document is fetched."""

from fastapi import Request
from starlette.responses import Response

from zhike.access import policy
from zhike.doors.http.answers import Bytes
from zhike.doors.http.openapi.document import document
from zhike.doors.http.routing import Asked, Signed, router

ROUTES = router("openapi")


@ROUTES.get("/openapi.json", include_in_schema=False)
async def openapi(request: Request, call: Asked, viewer: Signed) -> Response:
    """Give the OpenAPI document of this workspace, as the one who asks may use it."""
    snapshot = await call.snapshot()
    return Bytes(document(request.app, policy(snapshot, viewer), call.language))
