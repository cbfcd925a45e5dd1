"""Answers: JSON that is already bytes, JSON from values, and the headers that go with them."""

from collections.abc import Iterable
from typing import Any

import orjson
from starlette.responses import Response

JSON = (b"content-type", b"application/json")
OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


class Bytes(Response):
    """
    JSON bytes as PostgreSQL made them. Skips what Starlette does for texts: it is on every hot
    path.
    """

    def __init__(  # the parent's initialiser is what is skipped
        self,
        content: bytes,
        status: int = 200,
        headers: Iterable[tuple[bytes, bytes]] = (),
    ) -> None:
        self.status_code = status
        self.body = content
        self.background = None
        self.raw_headers = [JSON, (b"content-length", str(len(content)).encode()), *headers]


def answer(value: Any, status: int = 200, headers: Iterable[tuple[bytes, bytes]] = ()) -> Bytes:
    """Give a value as JSON; an `orjson.Fragment` in it is passed on as it is."""
    return Bytes(orjson.dumps(value, option=OPTIONS), status, headers)


def created(value: Any, *, at: str) -> Bytes:
    """Give what was just made, and where it is."""
    return answer(value, 201, [(b"location", at.encode())])


def nothing() -> Response:
    """Give the answer of a deed that has nothing to say."""
    return Response(status_code=204)
