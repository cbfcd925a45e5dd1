"""Pages of the small lists (people, keys, imports): `{"items", "next"}` and an opaque cursor."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import Query

from zhike.doors.http.faults import WrongParameter

LONGEST = 2000

Limit = Annotated[int, Query(ge=1, le=1000)]
Cursor = Annotated[str | None, Query(max_length=LONGEST)]
Search = Annotated[str | None, Query(max_length=200)]

Item = Mapping[str, Any]
T = TypeVar("T")
D = TypeVar("D")


def page(items: Sequence[Item], limit: int, *, place: Callable[[Item], Any]) -> Mapping[str, Any]:
    """Give a page out of one item more than it holds; `place` says what to go on from."""
    if len(items) <= limit:
        return {"items": items, "next": None}
    kept = items[:limit]
    return {"items": kept, "next": written(place(kept[-1]))}


def page_by(key: str, items: Sequence[Item], limit: int) -> Mapping[str, Any]:
    """Give a page of items that one value of theirs puts in order; see `page` and `after`."""
    return page(items, limit, place=lambda one: [one[key]])


def whole(items: Sequence[Item]) -> Mapping[str, Any]:
    """Give a list that is always given whole, in the shape of a page."""
    return {"items": items, "next": None}


def written(place: Any) -> str:
    """Give the cursor of a place."""
    return urlsafe_b64encode(orjson.dumps(place)).decode().rstrip("=")


def read(cursor: str | None) -> Any:
    """Give the place a cursor stands for."""
    if cursor is None:
        return None
    try:
        return orjson.loads(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
    except (NotBase64, UnicodeEncodeError, orjson.JSONDecodeError) as error:
        raise _foreign(cursor) from error


def read_as(cursor: str | None, kinds: Sequence[Callable[[str], Any]]) -> tuple[Any, ...] | None:
    """Give the place as a tuple of what `kinds` make of its texts."""
    if cursor is None:
        return None
    place = read(cursor)
    if not isinstance(place, list) or len(place) != len(kinds):
        raise _foreign(cursor)
    try:
        return tuple(kind(str(one)) for kind, one in zip(kinds, place, strict=True))
    except ValueError as error:
        raise _foreign(cursor) from error


def after(cursor: str | None, kind: Callable[[str], T], first: D) -> T | D:
    """Give the one value after which a page begins; `first` where it is the first page."""
    place = read_as(cursor, (kind,))
    return place[0] if place else first


def _foreign(cursor: str) -> WrongParameter:
    return WrongParameter(
        at="cursor", name="cursor", value=cursor[:40], wanted="the `next` of the page before"
    )
