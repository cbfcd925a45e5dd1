"""
Hands out the built desk, held in memory: one page for every address of the app, and its files.

The names of the files carry their hash, so browsers may keep them for ever; the page itself is
asked for again each time. Where nobody has built the desk, a plain page stands in for it.
"""

import gzip
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

from fastapi import APIRouter, Request
from starlette.responses import Response

from zhike.doors.http.faults import NoSuchPath

BUILT = Path(__file__).parent / "built"
VISITORS = "visitor.html"
"""The page of a public form, which is no part of the app."""
STAND_IN = Path(__file__).parents[1] / "pages" / "index.html"
PAGES = (
    "/", "/sign-in", "/desk", "/desk/{path:path}", "/workshop", "/workshop/{path:path}", "/me",
    "/me/{path:path}",
)  # fmt: skip
"""The addresses of the app. What one of them shows is the browser's matter."""

TYPES: Mapping[str, str] = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
}
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
FOLDERS: Mapping[str, str] = {"assets": FOR_EVER, "loose": ASK_AGAIN}
"""Files whose names carry their hash, and files whose names are known beforehand."""
WORKER = "worker.js"
"""The script that keeps files at hand in the browser: it may do so for every page."""
SMALL = 1024
"""Less than that is not worth packing, in bytes."""


@dataclass(frozen=True)
class Piece:
    """One file of the desk, as it is and packed."""

    content: bytes
    media_type: str
    kept: str
    everywhere: bool = False
    """Whether a script may work for pages above its own folder."""

    @cached_property
    def packed(self) -> bytes:
        """The same, packed; small ones and pictures are left as they are."""
        if len(self.content) < SMALL or self.media_type == "image/png":
            return b""
        return gzip.compress(self.content, 9, mtime=0)

    @cached_property
    def tag(self) -> str:
        """What names this content."""
        return f'"{blake2b(self.content, digest_size=12).hexdigest()}"'

    def answer(self, request: Request) -> Response:
        """Answer with it; whoever has it already is told so."""
        headers = {"cache-control": self.kept, "etag": self.tag, "vary": "accept-encoding"}
        if self.everywhere:
            headers["service-worker-allowed"] = "/"
        if request.headers.get("if-none-match") == self.tag:
            return Response(status_code=304, headers=headers)
        if self.packed and "gzip" in request.headers.get("accept-encoding", ""):
            packed = {**headers, "content-encoding": "gzip"}
            return Response(self.packed, media_type=self.media_type, headers=packed)
        return Response(self.content, media_type=self.media_type, headers=headers)


def desk(built: Path = BUILT) -> APIRouter:
    """Give the routes of the desk."""
    router = APIRouter(include_in_schema=False)
    page = built / "index.html"
    first = _piece(page if page.exists() else STAND_IN, ASK_AGAIN)
    for path in PAGES:
        router.add_api_route(path, _always(first), methods=["GET", "HEAD"])
    other = built / VISITORS
    form = _piece(other if other.exists() else STAND_IN, ASK_AGAIN)
    router.add_api_route("/f/{path:path}", _always(form), methods=["GET", "HEAD"])
    for folder, kept in FOLDERS.items():
        found = sorted((built / folder).glob("*")) if page.exists() else []
        given = _one_of({path.name: _piece(path, kept) for path in found})
        router.add_api_route(f"/{folder}/{{name}}", given, methods=["GET", "HEAD"])
    return router


def _piece(path: Path, kept: str) -> Piece:
    media_type = TYPES.get(path.suffix, "application/octet-stream")
    return Piece(path.read_bytes(), media_type, kept, everywhere=path.name == WORKER)


def _always(piece: Piece) -> Callable[[Request], Awaitable[Response]]:
    async def given(request: Request) -> Response:
        return piece.answer(request)

    return given


def _one_of(pieces: Mapping[str, Piece]) -> Callable[[str, Request], Awaitable[Response]]:
    async def given(name: str, request: Request) -> Response:
        if name not in pieces:
            raise NoSuchPath(path=request.url.path[:200])
        return pieces[name].answer(request)

    return given
