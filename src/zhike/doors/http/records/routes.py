"""
Which path is answered by which function; the hottest come first.

What is no UUID is looked for among the words, and only then taken for an id that names nothing.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import Receive, Scope, Send

from zhike.doors.http.call import KEY, Call
from zhike.doors.http.faults import MethodNotAllowed
from zhike.doors.http.records import binned, creating, many, reading, revealing, writing

Answering = Callable[[Call, Mapping[str, Any]], Awaitable[Response]]


class Endpoint:
    """One path: a function for each method."""

    def __init__(self, **methods: Answering) -> None:
        self._methods = dict(methods)
        if "GET" in methods:
            self._methods["HEAD"] = methods["GET"]
        self._allowed = ", ".join(self._methods)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        answering = self._methods.get(method)
        if answering is None:
            raise MethodNotAllowed(method=method, allowed=self._allowed)
        response = await answering(scope[KEY], scope["path_params"])
        await response(scope, receive, send)


def _route(path: str, **methods: Answering) -> Route:
    return Route("/api/v1/records/{object}" + path, Endpoint(**methods))


class _Word(Route):
    """A route that leaves other methods to those who know the word that stands in the id."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        match, child = super().matches(scope)
        return (match, child) if match is Match.FULL else (Match.NONE, {})


def _word(path: str, **methods: Answering) -> Route:
    return _Word("/api/v1/records/{object}" + path, Endpoint(**methods), methods=list(methods))


ROUTES: Sequence[Route] = (
    _route("/{id:uuid}", GET=reading.get, PATCH=writing.change, DELETE=writing.delete),
    _route("", GET=reading.page, POST=creating.create, PATCH=many.change),
    _route("/query", POST=reading.query),
    _route("/groups", POST=reading.groups),
    _route("/upsert", POST=many.upsert),
    _route("/delete", POST=binned.delete),
    _route("/restore", POST=binned.restore),
    _route("/check", POST=writing.check),
    _word("/{id}", GET=reading.get, PATCH=writing.change, DELETE=writing.delete),
    _route("/{id}/restore", POST=writing.restore),
    _route("/{id}/reveal", POST=revealing.reveal),
    _route("/{id}/history", GET=reading.history),
    _route("/{id}/timeline", GET=reading.timeline),
    _route("/{id}/related/{relation}", GET=reading.related),
)
