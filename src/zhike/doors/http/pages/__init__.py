"""The few plain pages served here: the API of this workspace to look at."""

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

from fastapi import APIRouter
from starlette.responses import Response

HERE = Path(__file__).parent

FILES: Mapping[str, tuple[str, str]] = {
    "/api/docs": ("docs.html", "text/html"),
    "/api/docs/docs.js": ("docs.js", "text/javascript"),
    "/api/docs/style.css": ("style.css", "text/css"),
}


def pages() -> APIRouter:
    """Give the routes of the pages, each held in memory."""
    router = APIRouter(include_in_schema=False)
    for path, (name, media_type) in FILES.items():
        router.add_api_route(path, _page((HERE / name).read_bytes(), media_type))
    return router


def _page(content: bytes, media_type: str) -> Callable[[], Awaitable[Response]]:
    async def page() -> Response:
        return Response(content, media_type=media_type)

    return page


__all__ = ["pages"]
