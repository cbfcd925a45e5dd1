"""What Pydantic and Starlette complain of, in our words."""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from zhike.doors.http.faults import (
    MethodNotAllowed,
    MissingMember,
    NoSuchPath,
    UnknownMember,
    WrongMember,
)
from zhike.doors.http.gate import told
from zhike.doors.http.problems import refusal
from zhike.doors.http.routing import call_of
from zhike.kernel.faults import Fault, Invalid, Malformed, NotFound, Problem, problem
from zhike.kernel.words import Language, Words

OUTER = frozenset({"body", "query", "path", "header", "cookie"})

REASONS: Mapping[str, Words] = {
    "string_type": Words(zh="应为文本", en="a text is wanted"),
    "string_too_short": Words(zh="文本过短", en="too short"),
    "string_too_long": Words(zh="文本过长", en="too long"),
    "string_pattern_mismatch": Words(zh="格式不符", en="not in the right form"),
    "int_type": Words(zh="应为整数", en="a whole number is wanted"),
    "int_parsing": Words(zh="应为整数", en="a whole number is wanted"),
    "bool_type": Words(zh="应为 true 或 false", en="true or false is wanted"),
    "bool_parsing": Words(zh="应为 true 或 false", en="true or false is wanted"),
    "list_type": Words(zh="应为数组", en="an array is wanted"),
    "tuple_type": Words(zh="应为数组", en="an array is wanted"),
    "dict_type": Words(zh="应为对象", en="an object is wanted"),
    "model_type": Words(zh="应为对象", en="an object is wanted"),
    "model_attributes_type": Words(zh="应为对象", en="an object is wanted"),
    "uuid_type": Words(zh="应为 UUID", en="an id (UUID) is wanted"),
    "uuid_parsing": Words(zh="应为 UUID", en="an id (UUID) is wanted"),
    "datetime_type": Words(zh="应为时间", en="a time is wanted"),
    "datetime_parsing": Words(zh="应为时间", en="a time is wanted"),
    "datetime_from_date_parsing": Words(zh="应为时间", en="a time is wanted"),
    "greater_than_equal": Words(zh="过小", en="too small"),
    "less_than_equal": Words(zh="过大", en="too large"),
}


def speaking() -> FastAPI:
    """Make an application without routes that tells whatever is wrong in our words."""
    app = FastAPI(
        title="Zhike", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.add_exception_handler(Fault, on_fault)
    app.add_exception_handler(HTTPException, on_http)
    app.add_exception_handler(RequestValidationError, on_validation)
    return app


async def on_fault(request: Request, error: Exception) -> Response:
    """Answer a fault raised inside FastAPI."""
    call = call_of(request)
    return refusal(told(error, id=call.id.encode()), call.language)


async def on_http(request: Request, error: Exception) -> Response:
    """
    Answer what Starlette itself refuses: no such path, no such method, a body it could not
    take.
    """
    fault = _refused(request, error)
    return refusal(fault, call_of(request).language)


async def on_validation(request: Request, error: Exception) -> Response:
    """Answer what Pydantic found, all of it."""
    call = call_of(request)
    found = error.errors() if isinstance(error, RequestValidationError) else ()
    if any(one["loc"][:1] == ("path",) for one in found):
        return refusal(NotFound(), call.language)
    problems = [_problem(one, call.language) for one in found]
    return refusal(Invalid(problems), call.language)


def _refused(request: Request, error: Exception) -> Fault:
    if isinstance(error.__cause__, Fault):
        return error.__cause__
    status = error.status_code if isinstance(error, HTTPException) else 400
    headers = (error.headers or {}) if isinstance(error, HTTPException) else {}
    match status:
        case 404:
            return NoSuchPath(path=request.url.path[:200])
        case 405:
            return MethodNotAllowed(method=request.method, allowed=headers.get("Allow", ""))
        case _:
            return Malformed(reason=str(getattr(error, "detail", "")) or "-")


def _problem(one: Mapping[str, Any], language: Language) -> Problem:
    path = _written(one["loc"])
    name = str(one["loc"][-1])
    match one["type"]:
        case "missing":
            return problem(MissingMember, at=path, name=name)
        case "extra_forbidden":
            return problem(UnknownMember, at=path, name=name)
        case kind:
            words = REASONS.get(kind)
            reason = words.said(language) if words else str(one["msg"])
            return problem(WrongMember, at=path, reason=reason)


def _written(loc: Sequence[str | int]) -> str:
    out = ""
    for step in loc[1:] if loc and loc[0] in OUTER else loc:
        if isinstance(step, int):
            out += f"[{step}]"
        else:
            out += f".{step}" if out else step
    return out
