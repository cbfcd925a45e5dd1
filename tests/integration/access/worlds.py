"""Random libraries: people, departments, roles, records, and what once stood in them."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from tests.integration.access.model import (
    EXPRESSIONS,
    FIELDS,
    GIVEN,
    LEVELS,
    STAGES,
    Denial,
    Grant,
    Role,
    Share,
    Stage,
    World,
)

ROOT, NORTH, SOUTH, COAST = (UUID(int=0xD0 + number) for number in range(4))
UNDER: Mapping[UUID, frozenset[UUID]] = {
    ROOT: frozenset({ROOT, NORTH, SOUTH, COAST}),
    NORTH: frozenset({NORTH}),
    SOUTH: frozenset({SOUTH, COAST}),
    COAST: frozenset({COAST}),
}
"""A department with everything below it."""
NAMES = {ROOT: "总部", NORTH: "北区", SOUTH: "南区", COAST: "沿海"}
PARENTS = {NORTH: ROOT, SOUTH: ROOT, COAST: SOUTH}
MEANT: Mapping[str, frozenset[UUID]] = {
    "总部": UNDER[ROOT],
    str(NORTH): UNDER[NORTH],
    "总部/南区/沿海": UNDER[COAST],
    "无此部门": frozenset(),
    "南区": UNDER[SOUTH],
}
"""What may be written for a department, and what it means."""
USERS = {UUID(int=0xE0 + number): f"馆员{number}" for number in range(4)}
ME = UUID(int=0xE0)
OTHERS = [one for one in USERS if one != ME]

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


BY_PLACE = tuple(f"{word}:{name}" for word in ("department", "departments") for name in MEANT)


def scopes(obj: str) -> st.SearchStrategy[str]:
    """Give any scope."""
    words = ["own", "subordinates", "department", "departments", "all", "none"]
    return st.sampled_from([*words, *words, *EXPRESSIONS[obj], *BY_PLACE])


def several(obj: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Give any scopes, most often one."""
    one = scopes(obj).map(lambda scope: (scope,))
    return one | one | st.lists(scopes(obj), min_size=1, max_size=3).map(tuple)


def levels(obj: str) -> st.SearchStrategy[dict[str, str]]:
    """Give levels of some fields."""
    keys = [*FIELDS[obj], *GIVEN]
    return st.dictionaries(st.sampled_from(keys), st.sampled_from(LEVELS), max_size=4)


def stages(obj: str) -> st.SearchStrategy[list[Stage]]:
    """Give any stages, most often none."""
    one = st.builds(
        Stage,
        when=st.sampled_from(STAGES[obj]),
        fields=levels(obj),
        other_fields=st.none() | st.sampled_from(LEVELS),
    )
    return st.just([]) | st.lists(one, max_size=2)


def grants(obj: str) -> st.SearchStrategy[Grant]:
    """Give any grant on an object."""
    return st.builds(
        Grant,
        read=several(obj),
        update=several(obj),
        delete=st.sampled_from([("none",), ("none",), ("own",), ("all",)]),
        export=several(obj),
        transfer=st.none() | several(obj),
        fields=levels(obj),
        other_fields=st.sampled_from(["read", "write", "masked", "hidden", "write"]),
        stages=stages(obj),
    )


def denials(obj: str) -> st.SearchStrategy[Denial]:
    """Give any denial on an object."""
    return st.builds(
        Denial,
        object=st.just(obj),
        actions=st.lists(st.sampled_from(["read", "update", "delete", "export"]), max_size=2),
        fields=st.lists(st.sampled_from(FIELDS[obj]), max_size=2, unique=True),
        where=st.sampled_from(["all", "own", "departments", *EXPRESSIONS[obj], BY_PLACE[-1]]),
    )


def _seldom(found: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.just([]) | st.just([]) | st.lists(found, max_size=1)


def roles() -> st.SearchStrategy[Role]:
    """Give any role."""
    return st.builds(
        Role,
        grants=st.fixed_dictionaries({obj: grants(obj) for obj in FIELDS}),
        deny=_seldom(st.sampled_from(list(FIELDS)).flatmap(denials)),
    )


def _personal(obj: str) -> st.SearchStrategy[Role]:
    return st.builds(
        lambda grant, denied: Role(grants={obj: grant}, deny=denied),
        grants(obj),
        _seldom(denials(obj)),
    )


PERSONAL = st.none() | st.none() | st.sampled_from(list(FIELDS)).flatmap(_personal)
NARROWED = st.sampled_from(
    [
        *[None] * 6,
        frozenset({"*:*"}),
        frozenset({"*:read"}),
        frozenset({"book:*", "loan:read"}),
        frozenset({"loan:read", "loan:update", "reader:*"}),
    ]
)


@st.composite
def shares(draw: st.DrawFn, records: Mapping[str, Any]) -> list[Share]:
    """Give any shares of some records."""
    grantees = [
        *(f"user:{one}" for one in (ME, ME, *USERS)),
        *(f"department:{one}" for one in UNDER),
        "role:role0",
        "role:role2",
        "role:none",
    ]
    found: dict[Any, Share] = {}
    for _ in range(draw(st.integers(0, 5))):
        obj = draw(st.sampled_from(list(records)))
        one = Share(
            object=obj,
            record=draw(st.sampled_from([one["id"] for one in records[obj]])),
            grantee=draw(st.sampled_from(grantees)),
            level=draw(st.sampled_from(["read", "write"])),
            over=draw(RARELY),
        )
        found[obj, one.record, one.grantee] = one
    return list(found.values())


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Give any world."""
    books, readers = draw(st.integers(2, 6)), draw(st.integers(1, 3))
    loans = draw(st.integers(1, 7))
    mine = draw(st.lists(st.sampled_from(list(UNDER)), max_size=2, unique=True))
    records = {
        "book": draw(st.tuples(*(book(one) for one in range(books)))),
        "reader": draw(st.tuples(*(reader(one, books) for one in range(readers)))),
        "loan": draw(st.tuples(*(loan(one, books, readers) for one in range(loans)))),
    }
    return World(
        me=ME,
        departments=mine,
        below=frozenset().union(*(UNDER[one] for one in mine)),
        above=frozenset(above for one in mine for above, below in UNDER.items() if one in below),
        subordinates=frozenset(draw(st.lists(st.sampled_from(OTHERS), max_size=2))),
        roles=draw(st.lists(roles(), min_size=1, max_size=3)),
        personal=draw(PERSONAL),
        narrowed=draw(NARROWED),
        shares=draw(shares(records)),
        records=records,
        users=USERS,
        places=MEANT,
    )
