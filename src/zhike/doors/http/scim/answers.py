"""SCIM over HTTP: its media type, its errors, its versions."""

from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from scim2_models import Error, SCIMException
from starlette.responses import Response

from zhike.doors.http import reading
from zhike.doors.http.call import KEY, Call
from zhike.doors.http.problems import status_of, status_of_all
from zhike.doors.http.routing import OpenRoute
from zhike.kernel.faults import (
    Conflict,
    Fault,
    Invalid,
    NotAllowed,
    Stale,
    TooMany,
    Unauthenticated,
)
from zhike.store.accounts.directory import UnfitValue, UnknownAttribute

MEDIA = "application/scim+json"
LIMIT = 2 * 1024 * 1024
FILTERS = (UnfitValue, UnknownAttribute)


def told(said: Any, status: int = 200, *, version: str = "", at: str = "") -> Response:
    """Give an answer, with its version and where it is."""
    headers = {"content-type": MEDIA}
    if version:
        headers["etag"] = version
    if at:
        headers["location"] = at
    return Response(orjson.dumps(said), status, headers)


def version_of(said: Any) -> str:
    """Give what changes whenever a resource does."""
    return f'W/"{sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()[:20]}"'


def refuse_stale(call: Call, version: str) -> None:
    """Refuse a change of something that is no longer what the client saw."""
    wanted = call.header(b"if-match")
    if wanted and wanted.strip() != "*" and version not in _listed(wanted):
        raise Stale


def known(call: Call, version: str) -> bool:
    """Tell whether the client has seen just this."""
    seen = call.header(b"if-none-match") or ""
    return seen.strip() == "*" or version in _listed(seen)


def _listed(header: str) -> list[str]:
    return [one.strip() for one in header.split(",")]


async def body(call: Call) -> dict[str, Any]:
    """Read a JSON object."""
    given = await reading.json_body(call.scope, call.receive, limit=LIMIT)
    if not isinstance(given, dict):
        raise SCIMException(detail="a JSON object is wanted")
    return given


async def directory(call: Call) -> None:
    """Let pass the directory: a key of somebody who keeps people."""
    held = await call.policy()
    if call.guest.key is None or not held.keeps_people:
        raise NotAllowed


class ScimRoute(OpenRoute):
    """A route that tells everything that is wrong as SCIM does."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Let FastAPI handle the request, for the directory only."""
        handler = super().get_route_handler()

        async def handled(request: Request) -> Response:
            call: Call = request.scope[KEY]
            try:
                await directory(call)
                return await handler(request)
            except (Fault, SCIMException, ValidationError, RequestValidationError) as error:
                return refused(error, call)

        return handled


def scim_router() -> APIRouter:
    """Make a router for SCIM."""
    return APIRouter(route_class=ScimRoute, include_in_schema=False)


def refused(error: Exception, call: Call) -> Response:
    """Tell what is wrong."""
    match error:
        case SCIMException():
            return _answer(error.to_error())
        case ValidationError():
            return _answer(Error.from_validation_errors(error)[0])
        case Fault():
            return _fault(error, call)
        case _:
            return _answer(Error(status=400, scim_type="invalidValue", detail=str(error)[:500]))


def _fault(fault: Fault, call: Call) -> Response:
    status = status_of_all(fault.problems) if isinstance(fault, Invalid) else status_of(type(fault))
    listed = (f"{one.at}: {one.says(call.language)}".lstrip(": ") for one in fault.problems)
    kind = None
    if status == 422:  # noqa: PLR2004 - SCIM knows 400 only
        status, kind = 400, "invalidFilter" if isinstance(fault, FILTERS) else "invalidValue"
    elif isinstance(fault, Conflict) or status == 409:  # noqa: PLR2004
        kind = "uniqueness"
    answer = _answer(Error(status=status, scim_type=kind, detail="; ".join(listed)[:2000]))
    match fault:
        case TooMany():
            answer.headers["retry-after"] = str(fault.facts.get("seconds", 30))
        case Unauthenticated():
            answer.headers["www-authenticate"] = "Bearer"
        case _:
            pass
    return answer


def _answer(error: Error) -> Response:
    return told(error.model_dump(), error.status or 400)
