"""Random libraries: people, departments, roles, records, and what once stood in them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from tests.integration.access.model import EXPRESSIONS, FIELDS, GIVEN, LEVELS, Grant, World

ROOT, NORTH, SOUTH, COAST = (UUID(int=0xD0 + number) for number in range(4))
UNDER: Mapping[UUID, frozenset[UUID]] = {
    ROOT: frozenset({ROOT, NORTH, SOUTH, COAST}),
    NORTH: frozenset({NORTH}),
    SOUTH: frozenset({SOUTH, COAST}),
    COAST: frozenset({COAST}),
}
"""A department with everything below it."""
USERS = {UUID(int=0xE0 + number): f"馆员{number}" for number in range(4)}
ME = UUID(int=0xE0)

WORDS = ("alpha", "beta", "gamma", "delta", "omega")
WORDED = st.none() | st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
MONEY = st.none() | st.sampled_from([Decimal(one) for one in ("0.00", "5.00", "49.99", "50.00")])
OWNERS = st.none() | st.sampled_from(list(USERS))
PLACES = st.none() | st.sampled_from(list(UNDER))
RARELY = st.integers(0, 7).map(lambda number: number == 0)


def _identity(kind: int, number: int) -> UUID:
    """Ids rise with time, as those of the product do."""
    return UUID(int=(kind << 64) + number + 1)


def _record(kind: int, number: int, **values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"id": st.just(_identity(kind, number))}
        | values
        | {"owner": OWNERS, "department": PLACES, "deleted": RARELY}
    )


def book(number: int) -> st.SearchStrategy[Any]:
    """Give any book."""
    return _record(
        1,
        number,
        title=WORDED,
        genre=st.sampled_from([None, "小说", "历史", "科学"]),
        price=MONEY,
        pages=st.sampled_from([None, 12, 300, 301, 900]),
        remark=WORDED,
    )


def reader(number: int, books: int) -> st.SearchStrategy[Any]:
    """Give any reader."""
    favourites = st.lists(st.integers(0, books - 1), max_size=3, unique=True)
    return _record(
        2,
        number,
        name=WORDED,
        phone=WORDED,
        grade=st.sampled_from([None, "普通", "金卡"]),
        balance=MONEY,
        favourites=favourites.map(lambda some: [_identity(1, one) for one in some]),
    )


def loan(number: int, books: int, readers: int) -> st.SearchStrategy[Any]:
    """Give any loan."""
    return _record(
        3,
        number,
        book=st.none() | st.integers(0, books - 1).map(lambda one: _identity(1, one)),
        reader=st.none() | st.integers(0, readers - 1).map(lambda one: _identity(2, one)),
        fee=MONEY,
        note=WORDED,
    )


def scopes(obj: str) -> st.SearchStrategy[str]:
    """Give any scope."""
    words = ["own", "department", "departments", "all", "none", *EXPRESSIONS[obj]]
    return st.sampled_from(words)


def grants(obj: str) -> st.SearchStrategy[Grant]:
    """Give any grant on an object."""
    keys = [*FIELDS[obj], *GIVEN]
    return st.builds(
        Grant,
        read=scopes(obj),
        fields=st.dictionaries(st.sampled_from(keys), st.sampled_from(LEVELS), max_size=4),
        other_fields=st.sampled_from(["read", "write", "masked", "hidden", "write"]),
        delete=st.sampled_from(["none", "none", "own", "all"]),
    )


ROLES = st.lists(
    st.fixed_dictionaries({obj: grants(obj) for obj in FIELDS}), min_size=1, max_size=3
)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Give any world."""
    books, readers = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    loans = draw(st.integers(1, 7))
    mine = draw(st.lists(st.sampled_from(list(UNDER)), max_size=2, unique=True))
    return World(
        me=ME,
        departments=mine,
        below=frozenset().union(*(UNDER[one] for one in mine)),
        roles=draw(ROLES),
        records={
            "book": draw(st.tuples(*(book(one) for one in range(books)))),
            "reader": draw(st.tuples(*(reader(one, books) for one in range(readers)))),
            "loan": draw(st.tuples(*(loan(one, books, readers) for one in range(loans)))),
        },
        users=USERS,
    )
