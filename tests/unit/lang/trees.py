"""Random trees that make sense on a book, type by type, for Hypothesis."""

from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from zhike.lang import Arithmetic, Call, Name, Negative, Node, Number
from zhike.lang.tree import (
    Between,
    Boolean,
    Compare,
    Duration,
    Either,
    Empty,
    Every,
    Filled,
    IsEmpty,
    Listing,
    Not,
    Period,
    Text,
)

Trees = st.SearchStrategy[Node]

FIELDS: dict[str, dict[str, tuple[str, ...]]] = {
    "book": {
        "number": ("pages", "price", "weight", "discount", "stars", "worth", "double", "in"),
        "text": ("title", "subtitle", "phone", "today", "owner.name"),
        "date": ("published", "bought"),
        "moment": ("seen_at", "created_at"),
        "boolean": ("rare",),
    },
    "loan": {
        "number": ("fee", "book.price", "book.worth", "version"),
        "text": ("note", "book.title", "reader.sponsor.name"),
        "date": ("due", "book.published"),
        "moment": ("created_at", "book.seen_at"),
        "boolean": ("book.rare",),
    },
}
WORDS = st.one_of(
    st.sampled_from(["三体", "小说", "a", "%", "_", "\\", "'", '"', "x' OR 1=1 --", "50%", "👍"]),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=8),
)
UNITS = ("minute", "hour", "day", "week", "month", "quarter", "year")
CALENDAR = UNITS[2:]
TWO = ("POWER", "MOD", "MIN2", "MAX2", "COALESCE")
OF_A_DAY = ("YEAR", "MONTH", "WEEK", "WEEKDAY", "DAYS_SINCE")


def name(path: str) -> Node:
    return Name(path=tuple(path.split(".")))


def call(function: str, *args: Node) -> Node:
    return Call(name=function, args=args)


@cache
def number_literals() -> Trees:
    return st.one_of(
        st.integers(0, 400).map(lambda one: Number(value=Decimal(one))),
        st.decimals(0, 10**15, places=4).map(lambda one: Number(value=one)),
        st.sampled_from([Decimal(10) ** 40, Decimal("0.00000000000000000001")]).map(
            lambda one: Number(value=one)
        ),
    )


@cache
def numbers(depth: int = 3, on: str = "book") -> Trees:
    leaves = [number_literals(), st.sampled_from(FIELDS[on]["number"]).map(name)]
    if depth == 0:
        return st.one_of(leaves)
    less = depth - 1
    one = numbers(less, on)
    word = texts(less, on)
    day = dates(less, on)
    return st.one_of(
            *leaves,
            st.builds(Arithmetic, op=st.sampled_from("+-*/%"), left=one, right=one),
            st.builds(Negative, item=one),
            st.builds(call, st.sampled_from(["ABS", "FLOOR", "CEIL", "SQRT", "ROUND"]), one),
            st.builds(call, st.sampled_from(TWO), one, one),
            st.builds(call, st.just("LEN"), word),
            st.builds(call, st.just("FIND"), word, word),
            st.builds(call, st.sampled_from(OF_A_DAY), day),
            st.builds(
                call, st.just("DATEDIFF"), day, moments(less, on),
                st.sampled_from(UNITS).map(lambda unit: Text(value=unit)),
            ),
            st.builds(call, st.just("WORKDAYS"), day, day),
            st.builds(call, st.just("IF"), conditions(less, on), one, one),
            st.builds(call, st.just("SWITCH"), one, one, one, one, one, one),
            *([relations(less)] if on == "book" else []),
    )  # fmt: skip


@cache
def relations(depth: int) -> Trees:
    loan = conditions(depth, "loan")
    fee = numbers(0, "loan").filter(lambda one: isinstance(one, Name))
    of = fee.map(lambda one: Name(path=("loans", *one.path)))
    return st.one_of(
        st.builds(call, st.just("COUNT"), st.just(name("loans")), loan),
        st.builds(call, st.sampled_from(["SUM", "AVG", "MIN", "MAX", "LATEST", "FIRST"]), of, loan),
    )


@cache
def texts(depth: int = 3, on: str = "book") -> Trees:
    leaves = [
        WORDS.map(lambda one: Text(value=one)),
        st.sampled_from(FIELDS[on]["text"]).map(name),
    ]
    if depth == 0:
        return st.one_of(leaves)
    less = depth - 1
    one = texts(less, on)
    count = numbers(less, on)
    return st.one_of(
        *leaves,
        st.builds(Arithmetic, op=st.just("&"), left=one, right=st.one_of(one, count)),
        st.builds(call, st.sampled_from(["LEFT", "RIGHT"]), one, count),
        st.builds(call, st.just("MID"), one, count, count),
        st.builds(call, st.sampled_from(["TRIM", "UPPER", "LOWER", "PINYIN", "MASK"]), one),
        st.builds(call, st.just("REPLACE"), one, one, one),
        st.builds(call, st.just("CONCAT"), one, count, dates(less, on)),
        st.builds(call, st.just("IF"), conditions(less, on), one, one),
    )


@cache
def dates(depth: int = 3, on: str = "book") -> Trees:
    leaves = [
        st.dates().map(lambda one: call("DATE", Text(value=one.isoformat()))),
        st.sampled_from(FIELDS[on]["date"]).map(name),
        st.sampled_from(["today", "yesterday", "tomorrow"]).map(lambda one: Period(word=one)),
    ]
    if depth == 0:
        return st.one_of(leaves)
    less = depth - 1
    one = dates(less, on)
    count = numbers(less, on)
    unit = st.sampled_from(CALENDAR).map(lambda one: Text(value=one))
    days = st.builds(Duration, amount=st.integers(0, 1000), unit=st.sampled_from(CALENDAR))
    return st.one_of(
        *leaves,
        st.builds(Arithmetic, op=st.sampled_from("+-"), left=one, right=days),
        st.builds(Arithmetic, op=st.sampled_from("+-"), left=one, right=count),
        st.builds(call, st.just("DATEADD"), one, count, unit),
        st.builds(call, st.just("DATE"), count, count, count),
        st.builds(call, st.just("DATE_TRUNC"), one, unit),
        st.builds(call, st.just("COALESCE"), one, one),
    )


@cache
def moments(depth: int = 3, on: str = "book") -> Trees:
    leaves = [
        st.sampled_from(FIELDS[on]["moment"]).map(name),
        st.just(call("NOW")),
    ]
    if depth == 0:
        return st.one_of(leaves)
    less = depth - 1
    one = moments(less, on)
    hours = st.builds(Duration, amount=st.integers(0, 1000), unit=st.sampled_from(UNITS))
    unit = st.sampled_from(UNITS).map(lambda one: Text(value=one))
    return st.one_of(
        *leaves,
        st.builds(Arithmetic, op=st.sampled_from("+-"), left=one, right=hours),
        st.builds(call, st.just("DATEADD"), one, numbers(less, on), unit),
        st.builds(call, st.just("MAX2"), one, dates(less, on)),
    )


PERIODS = st.one_of(
    st.builds(Period, word=st.sampled_from(["this", "last", "next"]),
              unit=st.sampled_from(CALENDAR)),
    st.builds(Period, word=st.sampled_from(["last", "next"]), amount=st.integers(0, 900),
              unit=st.sampled_from(CALENDAR)),
)  # fmt: skip
ORDER = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
MATCH = st.sampled_from(["contains", "starts with", "ends with", "=", "!=", "<", ">="])


def _compare(op: Any, left: Trees, right: Trees) -> Trees:
    return st.builds(Compare, op=op, left=left, right=right)


def _list(items: Trees) -> Trees:
    return st.lists(items, max_size=3).map(lambda found: Listing(items=tuple(found)))


@cache
def conditions(depth: int = 3, on: str = "book") -> Trees:
    less = max(depth - 1, 0)
    number, word = numbers(less, on), texts(less, on)
    day, moment = dates(less, on), moments(less, on)
    within = st.sampled_from(["in", "not in", "=", "!=", "<", "<=", ">", ">="])
    simple = [
        st.sampled_from(FIELDS[on]["boolean"]).map(name),
        st.booleans().map(lambda one: Boolean(value=one)),
        _compare(ORDER, number, number),
        _compare(MATCH, word, word),
        _compare(ORDER, st.one_of(day, moment), st.one_of(day, moment)),
        _compare(within, st.one_of(day, moment), PERIODS),
        _compare(st.sampled_from(["in", "not in"]), number, _list(number)),
        _compare(st.sampled_from(["in", "not in"]), word, _list(st.one_of(word, st.just(Empty())))),
        st.builds(Between, item=number, low=number, high=number),
        st.builds(Between, item=moment, low=day, high=moment),
        st.builds(IsEmpty, item=st.one_of(number, word, day, moment)),
        st.builds(Filled, item=st.one_of(number, word, day, moment)),
        *(_of_books(less) if on == "book" else []),
    ]
    if depth == 0:
        return st.one_of(simple)
    one = conditions(less, on)
    several = st.lists(one, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        *simple,
        st.builds(Not, item=one),
        st.builds(Every, items=several),
        st.builds(Either, items=several),
        _compare(st.sampled_from(["=", "!="]), one, one),
        st.builds(call, st.just("IF"), one, one, one),
    )


def _of_books(depth: int) -> list[Trees]:
    genre = st.sampled_from(["小说", "历史", "Poetry"]).map(lambda one: Text(value=one))
    region = st.sampled_from(["华东", "浙江", "北京"]).map(lambda one: Text(value=one))
    person = st.sampled_from(["王芳", "李明", "0198c1c0-0000-7000-8000-000000000001"])
    who = st.one_of(person.map(lambda one: Text(value=one)), st.just(call("ME")))
    has = st.sampled_from(["has", "has any", "has all"])
    equal = st.sampled_from(["=", "!="])
    return [
        _compare(equal, st.just(name("genre")), genre),
        _compare(st.sampled_from(["in", "not in"]), st.just(name("genre")), _list(genre)),
        _compare(has, st.just(name("themes")), _list(genre)),
        _compare(has, st.just(name("tags")), _list(WORDS.map(lambda one: Text(value=one)))),
        _compare(equal, st.just(name("themes")), _list(genre)),
        _compare(equal, st.just(name("printed_in")), region),
        _compare(st.just("in"), st.just(name("printed_in")), _list(region)),
        _compare(equal, st.just(name("owner")), who),
        _compare(st.just("in"), st.just(name("owner")), _list(who)),
        _compare(has, st.just(name("keepers")), _list(who)),
        st.builds(call, st.just("EXISTS"), st.just(name("loans")), conditions(depth, "loan")),
    ]
