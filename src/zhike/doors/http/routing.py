"""
FastAPI held to the manners of this door: bodies are read by `reading`, unknown parameters are
refused. And parts of the door that are loaded when they are first asked for.

The rest of what a request may get wrong here is told in `validation`.
"""

from asyncio import Lock, to_thread
from collections.abc import Callable, Coroutine
from functools import cached_property
from importlib import import_module
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, params
from fastapi.dependencies.utils import get_flat_params
from fastapi.routing import APIRoute
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from zhike.doors.http import reading
from zhike.doors.http.call import KEY, Call
from zhike.kernel.viewer import Viewer
from zhike.store.accounts import Seen

NEEDS = "x-needs"
"""How a route tells the OpenAPI document what it takes beyond being signed in."""
PEOPLE = {NEEDS: "people"}
CONFIGURE = {NEEDS: "configure"}
MERGE = {NEEDS: "merge"}
AUDIT = {NEEDS: "audit"}

SCIM = "/scim/v2"
"""Where the company's directory finds us."""
FILE_LIMIT = 512 * 1024 * 1024


def call_of(request: Request) -> Call:
    """Give the call that the gate made of this request."""
    call: Call = request.scope[KEY]
    return call


# What FastAPI depends on is asynchronous: anything else it would send to a thread and back.


async def _asked(request: Request) -> Call:
    return call_of(request)


async def _signed(request: Request) -> Viewer:
    return call_of(request).viewer


async def _guest(request: Request) -> Seen:
    return call_of(request).guest


Asked = Annotated[Call, Depends(_asked)]
"""The call; for what strangers may do too."""
Signed = Annotated[Viewer, Depends(_signed)]
"""Who asks, a stranger is refused; for everything else."""
Guest = Annotated[Seen, Depends(_guest)]
"""
Who has signed in, whatever they have to do first; for what has to be possible before anything else.
"""


class _Request(Request):
    """A request whose body is read without trust."""

    LIMIT = reading.JSON_LIMIT

    async def body(self) -> bytes:
        if not hasattr(self, "_body"):
            self._body = await reading.body(self.scope, self.receive, limit=self.LIMIT)
            if self._body:
                reading.expect_json(self.scope)
        return self._body

    async def json(self) -> Any:
        return reading.parsed(await self.body())


class _Small(_Request):
    """One from somebody we know nothing of."""

    LIMIT = 64 * 1024


class Route(APIRoute):
    """One route of the door."""

    @cached_property
    def known(self) -> frozenset[str]:
        """The query parameters there are."""
        found = get_flat_params(self.dependant)
        return frozenset(one.alias for one in found if isinstance(one.field_info, params.Query))

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Let FastAPI handle the request as we read it."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            reading.parameters(request.scope, self.known)
            if not isinstance(getattr(self.body_field, "field_info", None), params.Form):
                return await handler(_Request(request.scope, request.receive))
            reading.expect(request.scope, "multipart/form-data")
            receive = reading.limited(request.receive, FILE_LIMIT)
            return await handler(Request(request.scope, receive))

        return handled


class OpenRoute(Route):
    """A route that others call in their own words: what they say besides is not heard."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Let FastAPI handle the request with the parameters it knows."""
        handler = super(Route, self).get_route_handler()

        async def handled(request: Request) -> Response:
            return await handler(_Request(request.scope, request.receive))

        return handled


class StrangersRoute(Route):
    """A route for whoever comes by: what they send is small."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Let FastAPI handle the request with a body that is soon too large."""
        handler = super(Route, self).get_route_handler()

        async def handled(request: Request) -> Response:
            reading.parameters(request.scope, self.known)
            return await handler(_Small(request.scope, request.receive))

        return handled


def router(*tags: str) -> APIRouter:
    """Make a router whose routes read as ours do."""
    return APIRouter(route_class=Route, tags=list(tags))


def strangers_router(*tags: str) -> APIRouter:
    """Make a router for those who need not sign in."""
    return APIRouter(route_class=StrangersRoute, tags=list(tags))


def open_router(*tags: str) -> APIRouter:
    """Make a router for what others call, who may say more than we know."""
    return APIRouter(route_class=OpenRoute, tags=list(tags))


class Later:
    """
    A part of the door that few installations ever ask for: a module, whose `create` makes an
    application. Whoever asks first waits until it is loaded.

    The models of SCIM alone take a third of the time in which everything else of the door loads.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._loading = Lock()
        self._app: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with self._loading:
            if self._app is None:
                self._app = await to_thread(self.load)
        await self._app(scope, receive, send)

    def load(self) -> ASGIApp:
        """Load the module and make its application."""
        app: ASGIApp = import_module(self._module).create()
        return app
