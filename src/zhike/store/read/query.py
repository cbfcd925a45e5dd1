"""
A question about the records of one object, as a value: what a caller may ask, read from HTTP or
JSON.

Says nothing about whether the names in it exist or may be seen; that is found out when it is
compiled.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import lru_cache
from typing import Any, Literal, get_args

from zhike.kernel.faults import Invalid, Problem, problem
from zhike.store.read.faults import (
    TooMuch,
    UnknownMember,
    WrongChoice,
    WrongLimit,
    WrongMember,
    WrongOffset,
)

Counting = Literal["none", "capped", "exact"]

LIMIT = 50
MOST = 1000
DIGITS = 9
CAP = 10_000
"""Where a capped count stops counting."""
PARTS = 200
"""How many columns may be selected, and how many keys ordered by."""

FARTHEST = 1_000_000
"""How many records may be passed over, for every one of them is walked past."""

MEMBERS = (
    "select", "where", "order", "limit", "offset", "cursor", "count", "search", "deleted", "view"
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """
    What is asked of an object's records.

    `where` is an expression as text, or its tree as canonical JSON text, so that equal questions
    are equal values and their statement is compiled once.
    """

    select: tuple[str, ...] = ()
    where: str = ""
    tree: str = ""
    """The condition as the JSON of its tree, if it came so."""
    order: tuple[str, ...] = ()
    limit: int = LIMIT
    offset: int = 0
    """How many records are passed over, from the beginning or from where the cursor stands."""
    cursor: str | None = None
    count: Counting = "none"
    search: str = ""
    deleted: bool = False
    view: str = ""
    within: str = ""
    """The condition of that view, once it is opened."""
    opened: bool = False
    """Whether what the view says was filled in; see `views`."""
    floats: bool = False
    """Whether exact decimals are written as JSON numbers, as the caller's `Accept` may wish."""

    def shape(self) -> "Query":
        """Give the question without the place it goes on from: what its statement depends on."""
        here = self.cursor is None and self.offset == 0
        return self if here else replace(self, cursor=None, offset=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Reads the members of a query one by one and keeps what is wrong with them."""

    given: Mapping[str, Any]
    found: list[Problem] = field(default_factory=list)

    def texts(self, name: str) -> tuple[str, ...]:
        value = self.given.get(name)
        if value is None or value == "":
            return ()
        parts = split(value) if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(one, str) for one in parts):
            self.found.append(problem(WrongMember, at=name, name=name, wanted="[text, …]"))
            return ()
        if len(parts) > PARTS:
            self.found.append(problem(TooMuch, at=name, name=name, most=PARTS))
            return ()
        return tuple(one.strip() for one in parts)

    def text(self, name: str) -> str:
        value = self.given.get(name)
        if value is None or isinstance(value, str):
            return (value or "").strip()
        self.found.append(problem(WrongMember, at=name, name=name, wanted="text"))
        return ""

    def limit(self) -> int:
        value = self.given.get("limit")
        if value is None:
            return LIMIT
        number = _whole(value, least=1, most=MOST)
        if number is None:
            self.found.append(problem(WrongLimit, at="limit", value=str(value)[:40], most=MOST))
        return number or LIMIT

    def offset(self) -> int:
        value = self.given.get("offset")
        if value is None:
            return 0
        number = _whole(value, least=0, most=FARTHEST)
        if number is None:
            facts = {"value": str(value)[:40], "most": FARTHEST}
            self.found.append(problem(WrongOffset, at="offset", **facts))
        return number or 0

    def counting(self) -> Counting:
        value = self.given.get("count")
        for known in get_args(Counting):
            if value == known:
                return known  # type: ignore[no-any-return] # one of the literals
        if value is not None:
            self._wrong("count", value, "none, capped, exact")
        return "none"

    def flag(self, name: str) -> bool:
        value = self.given.get(name)
        if value in (None, "", "false", "0") or value is False:
            return False
        if value in ("true", "1") or value is True:
            return True
        self._wrong(name, value, "true, false")
        return False

    def condition(self) -> tuple[str, str]:
        value = self.given.get("where")
        if value is None or isinstance(value, str):
            return (value or "").strip(), ""
        if isinstance(value, (dict, list)):
            return "", json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        self.found.append(problem(WrongMember, at="where", name="where", wanted="text, {…}"))
        return "", ""

    def cursor(self) -> str | None:
        return self.text("cursor") or None

    def strangers(self) -> None:
        for name in self.given:
            if name not in MEMBERS:
                near = get_close_matches(str(name), MEMBERS, n=1)
                facts = {"name": name, "near": near[0] if near else ""}
                self.found.append(problem(UnknownMember, at=str(name), **facts))

    def _wrong(self, name: str, value: object, choices: str) -> None:
        facts = {"value": str(value)[:40], "choices": choices}
        self.found.append(problem(WrongChoice, at=name, **facts))


def _whole(value: object, *, least: int, most: int) -> int | None:
    """Read a whole number, or its digits; None if it is none of that size."""
    digits = isinstance(value, str) and value.isascii() and value.isdigit()
    number = int(str(value)[:DIGITS]) if digits else value
    good = isinstance(number, int) and not isinstance(number, bool) and least <= number <= most
    return number if good and isinstance(number, int) else None


def read_query(given: Mapping[str, Any], *, floats: bool = False) -> Query:
    """
    Read a question from the parameters of an address or from a JSON body; the same members mean
    the same.

    Lists may be written as one text with commas. Raises Invalid with everything that is wrong.
    """
    if all(type(value) is str for value in given.values()):
        return _known(tuple(given.items()), floats=floats)
    return _read(given, floats=floats)


@lru_cache(maxsize=1024)
def _known(given: tuple[tuple[str, str], ...], *, floats: bool) -> Query:
    """The same addresses are asked again and again."""
    return _read(dict(given), floats=floats)


def _read(given: Mapping[str, Any], *, floats: bool) -> Query:
    reader = Reader(given=given)
    reader.strangers()
    where, tree = reader.condition()
    query = Query(
        select=reader.texts("select"),
        where=where,
        tree=tree,
        order=reader.texts("order"),
        limit=reader.limit(),
        offset=reader.offset(),
        cursor=reader.cursor(),
        count=reader.counting(),
        search=reader.text("search"),
        deleted=reader.flag("deleted"),
        view=reader.text("view"),
        floats=floats,
    )
    if reader.found:
        raise Invalid(reader.found)
    return query


def split(text: str) -> list[str]:
    """Cut a list at its commas, but not at those inside brackets, braces or quotes."""
    parts, start, depth, quote = [], 0, 0, ""
    for at, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote and text[at - 1] != "\\" else quote
        elif sign in "\"'":
            quote = sign
        else:
            depth += (sign in "([{") - (sign in ")]}")
            if sign == "," and depth <= 0:
                parts.append(text[start:at])
                start = at + 1
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]
