"""
What a caller sent, read without trust: size, media type, encoding, depth, parameters.

Refuses with a fault and an address; nothing below the door meets a NUL, half a surrogate or a body
that only a deep stack could walk.
"""

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

import orjson
from starlette.types import Message, Receive, Scope

from zhike.doors.http.faults import (
    MalformedJson,
    MalformedText,
    RepeatedParameter,
    TooDeep,
    UnknownMember,
    UnknownParameter,
    UnsupportedMediaType,
    WrongParameter,
    WrongShape,
)
from zhike.kernel.faults import Invalid, Malformed, NotFound, Problem, TooLarge, problem

JSON_LIMIT = 20 * 1024 * 1024
DEPTH = 64
PARAMETERS = 64
DIGITS = 12
"""Of a number in a parameter: nobody needs an int of a megabyte."""


async def body(scope: Scope, receive: Receive, *, limit: int = JSON_LIMIT) -> bytes:
    """Give the whole body, or refuse it as soon as it outgrows the limit."""
    said = dict(scope["headers"]).get(b"content-length", b"")
    if said.isdigit() and int(said[:20]) > limit:
        raise TooLarge(limit=megabytes(limit))
    pieces: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Malformed(reason="the connection ended early")
        piece = message.get("body", b"")
        size += len(piece)
        if size > limit:
            raise TooLarge(limit=megabytes(limit))
        pieces.append(piece)
        more = message.get("more_body", False)
    return b"".join(pieces)


def limited(receive: Receive, limit: int) -> Receive:
    """Give a receiver that gives up on a body without end, for whoever reads it in pieces."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > limit:
            raise TooLarge(limit=megabytes(limit))
        return message

    return counted


async def json_body(scope: Scope, receive: Receive, *, limit: int = JSON_LIMIT) -> Any:
    """Give the body as JSON values."""
    expect_json(scope)
    return parsed(await body(scope, receive, limit=limit))


def expect_json(scope: Scope) -> None:
    """Refuse a body that says it is not JSON; one that says nothing is taken for it."""
    kind = _media_type(scope)
    if kind and kind != "application/json" and not kind.endswith("+json"):
        raise UnsupportedMediaType(wanted="application/json", given=kind)


def expect(scope: Scope, wanted: str) -> None:
    """Refuse a body of any other media type."""
    kind = _media_type(scope)
    if kind != wanted:
        raise UnsupportedMediaType(wanted=wanted, given=kind or "-")


def _media_type(scope: Scope) -> str:
    said: bytes = dict(scope["headers"]).get(b"content-type", b"")
    return said.partition(b";")[0].strip().lower().decode("latin-1")


def parsed(raw: bytes) -> Any:
    """Read JSON that may come from anywhere."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        if "recursion" in str(error).lower():
            raise TooDeep(limit=DEPTH) from error
        raise MalformedJson(reason=str(error), at=f"{error.lineno}:{error.colno}") from error
    if raw.count(b"[") + raw.count(b"{") > DEPTH and _depth(value) > DEPTH:
        raise TooDeep(limit=DEPTH)
    if b"\\u0000" in raw:
        _refuse_nul(value)
    return value


def _depth(value: Any) -> int:
    """Count levels without recursing: the point is that a stack could not."""
    level, depth = [value], 0
    while level and depth <= DEPTH:
        depth += 1
        level = [inner for one in level for inner in _inside(one) if isinstance(inner, dict | list)]
    return depth


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _refuse_nul(value: Any, at: str = "") -> None:
    if isinstance(value, str) and "\0" in value:
        raise MalformedText(reason="NUL", at=at)
    if isinstance(value, dict):
        for key, inner in value.items():
            _refuse_nul(key, at)
            _refuse_nul(inner, f"{at}.{key}" if at else key)
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            _refuse_nul(inner, f"{at}[{number}]")


def parameters(scope: Scope, known: frozenset[str]) -> dict[str, str]:
    """Give the query parameters; unknown and repeated ones are refused, all of them at once."""
    raw = scope["query_string"]
    if not raw:
        return {}
    try:
        pairs = parse_qsl(
            raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=PARAMETERS
        )
    except UnicodeDecodeError as error:
        raise MalformedText(reason="not UTF-8") from error
    except ValueError as error:
        raise Malformed(reason=f"more than {PARAMETERS} parameters") from error
    values = dict(pairs)
    if len(values) != len(pairs):
        names = [name for name, _ in pairs]
        raise RepeatedParameter(name=next(one for one in names if names.count(one) > 1))
    if "\0" in "".join(values.values()):
        raise MalformedText(reason="NUL")
    if wrong := [name for name in values if name not in known]:
        raise Invalid(
            problem(UnknownParameter, at=name, name=name, nearest=nearest(name, known))
            for name in wrong
        )
    return values


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the known word that was probably meant, or nothing."""
    return next(iter(get_close_matches(name[:64], list(known), n=1, cutoff=0.6)), "")


def whole_number(text: str, *, name: str, least: int, most: int) -> int:
    """Read a parameter that is a whole number within limits."""
    plain = text.isascii() and text.isdigit() and len(text) <= DIGITS
    if not plain or not least <= int(text) <= most:
        wanted = f"{least} … {most}"
        raise WrongParameter(at=name, name=name, value=text[:80], wanted=wanted)
    return int(text)


def one_of(text: str, *, name: str, words: Iterable[str]) -> str:
    """Read a parameter that is one word out of few."""
    if text not in words:
        wanted = " | ".join(words)
        raise WrongParameter(at=name, name=name, value=text[:80], wanted=wanted)
    return text


def truth(text: str, *, name: str) -> bool:
    """Read a parameter that is true or false."""
    return one_of(text, name=name, words=("true", "false")) == "true"


def identifier(text: str | UUID) -> UUID:
    """Read an id in a path; what is no id names nothing that exists."""
    if isinstance(text, UUID):
        return text
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound from error


def members(value: Any, known: frozenset[str], *, at: str = "") -> dict[str, Any]:
    """Give a JSON object, refusing every member nobody knows."""
    if not isinstance(value, dict):
        raise WrongShape(at=at, wanted="{…}")
    if wrong := [name for name in value if name not in known]:
        raise Invalid(_unknown_members(wrong, known, at))
    return value


def _unknown_members(wrong: Iterable[str], known: frozenset[str], at: str) -> list[Problem]:
    return [
        problem(UnknownMember, at=name, name=name, nearest=nearest(name, known)).under(at)
        for name in wrong
    ]


def megabytes(size: int) -> str:
    """Give a size as people say it."""
    return f"{size // (1024 * 1024)} MB"
