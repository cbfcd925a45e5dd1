"""
A question about groups, as a value: by which field, what is summed, in which order.

As with a `Query`, whether the names in it exist or may be seen is found out when it is compiled.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from zhike.kernel.faults import Invalid, Problem, problem
from zhike.store.read.faults import TooMuch, UnknownMember, WrongChoice, WrongMember
from zhike.store.read.query import Query, read_query, split

ASKED = ("where", "search", "view", "deleted", "limit", "cursor")
"""The members that mean what they mean in a query."""
OWN = ("by", "measures", "order")
GROUPING = frozenset((*OWN, *ASKED))
MOST = 20
"""How many measures may be asked for at once."""

BY = re.compile(r"(?P<field>[a-z]\w*)(?:\s+by\s+(?P<grain>\S{1,40}))?", re.ASCII | re.IGNORECASE)
MEASURE = re.compile(
    r"(?P<what>SUM|AVG|MIN|MAX)\(\s*(?P<field>[a-z]\w*)\s*\)", re.ASCII | re.IGNORECASE
)

WANTED = "[SUM(field), AVG(field), MIN(field), MAX(field)]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """`SUM(amount)`: one number of every group."""

    what: str
    """SUM, AVG, MIN or MAX."""
    field: str

    def __str__(self) -> str:
        return f"{self.what}({self.field})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grouping:
    """
    What is asked of groups; `query` says of which records, how many groups, and after which one.

    `grain` is the calendar's unit for dates, the width of the bands for numbers.
    """

    field: str
    grain: str = ""
    measures: tuple[Measure, ...] = ()
    order: str = "key"
    """`key`, `count`, or one of the measures."""
    descending: bool = False
    query: Query


def read_grouping(given: Mapping[str, Any], *, floats: bool = False) -> Grouping:
    """Read a question about groups from a JSON body; raises Invalid with all that is wrong."""
    wrong = list(_strangers(given))
    field, grain = _by(given.get("by"), wrong)
    measures = tuple(dict.fromkeys(_measures(given.get("measures"), wrong)))
    order, descending = _order(given.get("order"), measures, wrong)
    query = Query()
    try:
        query = read_query({one: given[one] for one in ASKED if one in given}, floats=floats)
    except Invalid as fault:
        wrong.extend(fault.problems)
    if wrong:
        raise Invalid(wrong)
    return Grouping(
        field=field,
        grain=grain,
        measures=measures,
        order=order,
        descending=descending,
        query=query,
    )


def _strangers(given: Mapping[str, Any]) -> Iterator[Problem]:
    for name in given:
        if name not in (*ASKED, *OWN):
            near = get_close_matches(str(name), (*ASKED, *OWN), n=1)
            facts = {"name": str(name)[:80], "near": near[0] if near else ""}
            yield problem(UnknownMember, at=str(name), **facts)


def _by(value: object, wrong: list[Problem]) -> tuple[str, str]:
    found = BY.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None:
        wrong.append(problem(WrongMember, at="by", name="by", wanted="field, field by month"))
        return "", ""
    return found["field"], (found["grain"] or "").lower()


def _measures(value: object, wrong: list[Problem]) -> Iterator[Measure]:
    parts: object = split(value) if isinstance(value, str) else value
    if not isinstance(parts, list | None):
        wrong.append(problem(WrongMember, at="measures", name="measures", wanted=WANTED))
    elif parts and len(parts) > MOST:
        wrong.append(problem(TooMuch, at="measures", name="measures", most=MOST))
    else:
        for number, part in enumerate(parts or ()):
            found = MEASURE.fullmatch(part.strip()) if isinstance(part, str) else None
            if found is not None:
                yield Measure(what=found["what"].upper(), field=found["field"])
                continue
            at = f"measures[{number}]"
            wrong.append(problem(WrongMember, at=at, name="measures", wanted=WANTED))


def _order(value: object, measures: Sequence[Measure], wrong: list[Problem]) -> tuple[str, bool]:
    if value is None or value == "":
        return "key", False
    choices = ("key", "count", *map(str, measures))
    text = value.strip() if isinstance(value, str) else ""
    name = text.removeprefix("-")
    known = {one.lower(): one for one in choices}.get(name.lower())
    if known is None:
        facts = {"value": str(value)[:40], "choices": ", ".join(choices)}
        wrong.append(problem(WrongChoice, at="order", **facts))
        return "key", False
    return known, text.startswith("-")
