"""
Faults as people and programs outside meet them: RFC 9457 problem documents.

The only place that knows status numbers. A fault that belongs to no family here is a mistake in
what was sent (422), never a server error.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from starlette.responses import Response

from zhike.doors.http.faults import Broken, MethodNotAllowed, Refused, UnsupportedMediaType
from zhike.kernel.faults import (
    Conflict,
    Fault,
    Invalid,
    Malformed,
    NotAllowed,
    NotFound,
    Problem,
    Stale,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from zhike.kernel.words import Language, Words

STATUS: Mapping[type[Fault], int] = {
    Malformed: 400,
    Unauthenticated: 401,
    NotAllowed: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    Conflict: 409,
    Stale: 412,
    TooLarge: 413,
    UnsupportedMediaType: 415,
    Invalid: 422,
    TooMany: 429,
    Broken: 500,
    Unavailable: 503,
}

TITLES: Mapping[int, Words] = {
    400: Words(zh="请求无法读取", en="The request cannot be read"),
    401: Words(zh="需要登录", en="Sign in first"),
    403: Words(zh="没有权限", en="Not allowed"),
    404: Words(zh="不存在", en="Not found"),
    405: Words(zh="不支持的操作", en="Method not allowed"),
    409: Words(zh="与已有数据冲突", en="Conflict"),
    412: Words(zh="版本已变化", en="Changed meanwhile"),
    413: Words(zh="内容过大", en="Too large"),
    415: Words(zh="内容类型不符", en="Unsupported media type"),
    422: Words(zh="内容有误", en="Something in it is wrong"),
    429: Words(zh="请求过于频繁", en="Too many attempts"),
    500: Words(zh="系统内部错误", en="Internal error"),
    503: Words(zh="暂时不可用", en="Unavailable"),
}

PROBLEM = "application/problem+json"


def status_of(kind: type[Fault]) -> int:
    """Give the status of a fault: that of the nearest family in its ancestry."""
    return next((STATUS[one] for one in kind.__mro__ if one in STATUS), 422)


def status_of_all(found: Sequence[Problem]) -> int:
    """Give the one status that problems share, or 422 for a mixture."""
    statuses = {status_of(one.fault) for one in found}
    return statuses.pop() if len(statuses) == 1 else 422


def listed(found: Sequence[Problem], language: Language) -> list[dict[str, Any]]:
    """Give problems as the `errors` member shows them."""
    return [_entry(one, language) for one in found]


def _entry(one: Problem, language: Language) -> dict[str, Any]:
    entry = {"path": one.at, "code": one.word, "message": one.says(language)}
    hint = one.hint(language)
    return {**entry, "hint": hint} if hint else entry


def refusal(fault: Fault, language: Language) -> Response:
    """Give the answer that tells of a fault."""
    status = status_of_all(fault.problems) if isinstance(fault, Invalid) else status_of(type(fault))
    document = written(fault.problems, status, language, says=fault.says(language))
    if isinstance(fault, Refused):
        document |= fault.members
    headers = {"content-type": PROBLEM, **_headers(fault)}
    return Response(dumped(document), status, headers)


def written(
    found: Sequence[Problem], status: int, language: Language, *, says: str = ""
) -> dict[str, Any]:
    """Give the problem document itself."""
    errors = listed(found, language)
    first = errors[0] if len(errors) == 1 else {}
    detail = first.get("message") or says
    document = {
        "type": f"/api/docs#{found[0].word if len(found) == 1 else 'invalid'}",
        "title": TITLES[status].said(language),
        "status": status,
        "detail": detail,
        "errors": errors,
    }
    return {**document, "hint": first["hint"]} if "hint" in first else document


def dumped(document: Any) -> bytes:
    """Give JSON; what a message quotes may hold anything, a lone surrogate included."""
    try:
        return orjson.dumps(document)
    except TypeError:
        return orjson.dumps(_mended(document))


def _mended(value: Any) -> Any:
    if isinstance(value, dict):
        return {_mended(key): _mended(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_mended(one) for one in value]
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return str(value)


def _headers(fault: Fault) -> dict[str, str]:
    match fault:
        case TooMany():
            return {"retry-after": str(fault.facts.get("seconds", 30))}
        case Unavailable():
            return {"retry-after": "5"}
        case MethodNotAllowed():
            return {"allow": str(fault.facts["allowed"])}
        case Unauthenticated():
            return {"www-authenticate": "Bearer"}
        case _:
            return {}
