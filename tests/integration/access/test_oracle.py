"""
Reading compared with a plain model of who may see what, on random libraries and random questions.

`--hypothesis-profile thorough` asks many more.
"""

import json
import operator
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from decimal import Decimal
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, note, settings
from hypothesis import strategies as st
from tests.integration.access.model import FIELDS, GIVEN, Record, World, in_order
from tests.integration.access.worlds import ME, UNDER, USERS, WORDS, worlds
from tests.library import GENRES, Person, hire, library, make_tables, role, shelve

from zhike.access import Policy, policy
from zhike.db.conversation import Conversation
from zhike.kernel.faults import Fault
from zhike.meta import Snapshot
from zhike.store import read
from zhike.store.read import Query

MANY = 100
"""What Hypothesis tries unless told otherwise; a profile with more means it."""
LIBRARY = library()
VERSIONS = count(100)
OBJECTS = tuple(FIELDS)
KEYS = {obj: (*fields, *GIVEN) for obj, fields in FIELDS.items()}
LITERALS: Mapping[str, Sequence[Any]] = {
    "title": WORDS, "remark": WORDS, "name": WORDS, "phone": WORDS, "note": WORDS,
    "genre": ["小说", "历史"], "grade": ["普通", "金卡"], "pages": [12, 300, 301],
    "price": ["5.00", "49.99"], "balance": ["5.00", "50.00"], "fee": ["0.00", "5.00"],
}  # fmt: skip
OPTIONS = {"genre": GENRES, "grade": ["普通", "银卡", "金卡"]}
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Shrinking a whole library takes minutes; `thorough` does it."""


@pytest.fixture
async def shelves(tx: Conversation) -> Conversation:
    """A transaction in which the tables of the library stand, and its people work."""
    await make_tables(tx, LIBRARY)
    people = [Person(id=one, name=name, below=frozenset(UNDER)) for one, name in USERS.items()]
    await hire(tx, *people)
    return tx


def oracle(examples: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Run a test on random worlds; each one is cleared away by its own savepoint."""
    profile = settings.default
    more = profile is not None and profile.max_examples > MANY
    return settings(
        max_examples=profile.max_examples if more else examples,
        phases=profile.phases if more else QUICK,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )


@asynccontextmanager
async def opened(tx: Conversation, world: World) -> AsyncIterator[Policy]:
    """Fill the shelves as a world says, and look at them as whoever asks there."""
    over = RuntimeError("the probe is over")
    note(told(world))
    try:
        async with tx.savepoint():
            for obj in OBJECTS:
                await shelve(tx, LIBRARY, obj, *(_row(one) for one in world.records[obj]))
            looking = policy(_snapshot(world), _viewer(world).viewer())
            platform, tx.viewer = tx.viewer, looking.viewer
            try:
                yield looking
            finally:
                tx.viewer = platform
            raise over
    except RuntimeError as met:
        if met is not over:
            raise


def told(world: World) -> str:
    """Give a world as a few lines, for whoever has to find out what went wrong in it."""
    lines = [f"departments {world.departments}", *(f"role {one}" for one in world.roles)]
    lines += [f"{obj} {one}" for obj in OBJECTS for one in world.records[obj]]
    return "\n".join(re.sub(r"UUID\('0+-?([^']*)'\)", r"\1", line) for line in lines)


def _row(one: Record) -> Mapping[str, Any]:
    gone = "2026-03-01T00:00:00Z" if one["deleted"] else None
    values = {key: value for key, value in one.items() if key != "deleted"}
    return {**values, "deleted_at": gone}


def _snapshot(world: World) -> Snapshot:
    roles = {}
    for number, grants in enumerate(world.roles):
        given = {
            obj: {
                "read": grant.read,
                "delete": grant.delete,
                "fields": grant.fields,
                "other_fields": grant.other_fields,
                "export": grant.read,
            }
            for obj, grant in grants.items()
        }
        roles[f"role{number}"] = role(f"role{number}", **given)
    return replace(LIBRARY, roles=roles, version=next(VERSIONS))


def _viewer(world: World) -> Person:
    return Person(
        id=ME,
        name="我",
        departments=tuple(world.departments),
        below=world.below,
        roles=frozenset(f"role{number}" for number in range(len(world.roles))),
    )


async def pages(tx: Conversation, looking: Policy, obj: str, query: Query) -> list[dict[str, Any]]:
    """Walk through all pages of a query by their cursors."""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = json.loads(await read.page(tx, looking, obj, replace(query, cursor=cursor)))
        found.extend(page["items"])
        cursor = page["next"]
        assert len(page["items"]) == query.limit or cursor is None
        if cursor is None:
            return found


async def refusal(asked: Any) -> str:
    """Give the word of what refuses a question, or nothing if it was answered."""
    try:
        await asked
    except Fault as fault:
        return fault.problems[0].word
    return ""


def readable(world: World) -> list[str]:
    """The objects that may be asked about at all."""
    return [obj for obj in OBJECTS if world.grants(obj)]


def ids(records: Sequence[Record]) -> list[str]:
    """What a list of records is told by."""
    return [str(one["id"]) for one in records]


@oracle(60)
@given(world=worlds(), data=st.data())
async def test_a_list_shows_what_the_model_says(
    shelves: Conversation, world: World, data: st.DataObject
) -> None:
    by = {
        obj: [
            (key, data.draw(st.booleans()))
            for key in data.draw(st.permutations([k for k in KEYS[obj] if k != "favourites"]))[:2]
        ]
        for obj in OBJECTS
    }
    async with opened(shelves, world) as looking:
        for obj in OBJECTS:
            if obj in readable(world):
                await _compare_list(shelves, looking, world, obj=obj, by=by[obj])
            else:
                assert await refusal(read.page(shelves, looking, obj, Query()))


async def _compare_list(
    tx: Conversation, looking: Policy, world: World, *, obj: str, by: list[tuple[str, bool]]
) -> None:
    order = tuple(f"{'-' if down else ''}{key}" for key, down in by)
    query = Query(order=order, limit=2, count="exact")
    worst = [world.best(obj, key) for key, _ in by]
    if {"hidden", "masked"} & set(worst):
        expected = {"hidden": "unknown_field", "masked": "masked_field"}
        first = next(level for level in worst if level in expected)
        assert await refusal(read.page(tx, looking, obj, query)) == expected[first]
        return
    seen = [one for one in world.records[obj] if world.sees(obj, one)]
    told = in_order(seen, [(_plain(world, obj, key), down) for key, down in by])

    found = await pages(tx, looking, obj, query)

    assert [one["id"] for one in found] == ids(told)
    shown = [world.shown(obj, one, KEYS[obj]) for one in told]
    assert [{key: one[key] for key in KEYS[obj] if key in one} for one in found] == shown
    first_page = json.loads(await read.page(tx, looking, obj, query))
    assert first_page["count"] == {"value": len(told), "exact": True}


def _plain(world: World, obj: str, key: str) -> Callable[[Record], Any]:
    def value(one: Record) -> Any:
        found = world.plain(obj, key, one)
        if isinstance(found, UUID):
            return found.int
        return OPTIONS[key].index(found) if found is not None and key in OPTIONS else found

    return value


@st.composite
def conditions(draw: st.DrawFn, obj: str) -> tuple[str, str, Any]:
    """Give a field, a comparison and a value."""
    key = draw(st.sampled_from([one for one in FIELDS[obj] if one in LITERALS]))
    orders = () if key in ("genre", "grade") else tuple(COMPARE)
    how = draw(st.sampled_from(["=", "!=", "empty", *orders]))
    return key, how, draw(st.sampled_from(LITERALS[key]))


@oracle(60)
@given(world=worlds(), data=st.data())
async def test_a_condition_holds_where_the_model_says(
    shelves: Conversation, world: World, data: st.DataObject
) -> None:
    asked = {obj: data.draw(conditions(obj)) for obj in OBJECTS}
    async with opened(shelves, world) as looking:
        for obj in readable(world):
            key, how, literal = asked[obj]
            where, holds = _condition(key, how, literal)
            level = world.best(obj, key)
            query = Query(where=where, order=("id",), limit=3)
            if level in ("hidden", "masked"):
                word = await refusal(read.page(shelves, looking, obj, query))
                assert word == {"hidden": "unknown_field", "masked": "masked_field"}[level]
                assert await refusal(read.count(shelves, looking, obj, query)) == word
                continue
            expected = [
                one
                for one in world.records[obj]
                if world.sees(obj, one) and holds(world.plain(obj, key, one))
            ]

            found = await pages(shelves, looking, obj, query)

            assert [one["id"] for one in found] == ids(expected)
            assert await read.count(shelves, looking, obj, query) == len(expected)


def _condition(key: str, how: str, literal: Any) -> tuple[str, Callable[[Any], bool]]:
    money = key in ("price", "balance", "fee")
    written = literal if money or isinstance(literal, int) else f'"{literal}"'
    value = Decimal(literal) if money else literal
    match how:
        case "=":
            return f"{key} = {written}", lambda held: held == value
        case "!=":
            return f"{key} != {written}", lambda held: held != value
        case "empty":
            return f"{key} is empty", lambda held: held is None
        case _:
            compare = COMPARE[how]
            return f"{key} {how} {written}", lambda held: held is not None and compare(held, value)


@oracle(40)
@given(world=worlds(), text=st.lists(st.sampled_from(WORDS), min_size=1, max_size=2).map(" ".join))
async def test_a_search_finds_what_the_model_says(
    shelves: Conversation, world: World, text: str
) -> None:
    async with opened(shelves, world) as looking:
        for obj in readable(world):
            expected = [
                one
                for one in world.records[obj]
                if world.sees(obj, one) and world.found(obj, one, text)
            ]

            found = await pages(shelves, looking, obj, Query(search=text, order=("id",), limit=3))

            assert [one["id"] for one in found] == ids(expected)


@oracle(40)
@given(world=worlds())
async def test_the_recycle_bin_shows_what_the_model_says(
    shelves: Conversation, world: World
) -> None:
    async with opened(shelves, world) as looking:
        for obj in readable(world):
            query = Query(deleted=True, order=("id",), limit=2)
            if all(grants[obj].delete == "none" for grants in world.roles):
                asked = read.page(shelves, looking, obj, query)
                assert await refusal(asked) == "action_not_allowed"
                continue

            found = await pages(shelves, looking, obj, query)

            expected = [one for one in world.records[obj] if world.bins(obj, one)]
            assert [one["id"] for one in found] == ids(expected)


@oracle(40)
@given(world=worlds())
async def test_relations_hold_what_the_model_says(shelves: Conversation, world: World) -> None:
    async with opened(shelves, world) as looking:
        if "book" not in readable(world):
            return
        seen = [one for one in world.records["book"] if world.sees("book", one)]
        counted = Query(
            select=("id", "COUNT(loans) AS n"), where="COUNT(loans) > 0", order=("-COUNT(loans)",)
        )
        level = world.best("loan", "book")
        if level in ("hidden", "masked"):
            word = {"hidden": "unknown_field", "masked": "masked_field"}[level]
            assert await refusal(read.page(shelves, looking, "book", counted)) == word
        else:
            expected = {str(one["id"]): len(world.visible_loans_of(one)) for one in seen}
            found = await pages(shelves, looking, "book", counted)
            assert {one["id"]: one["n"] for one in found} == {
                k: n for k, n in expected.items() if n
            }
            await _compare_sums(shelves, looking, world, seen)
            await _compare_related(shelves, looking, world)
        await _compare_fans(shelves, looking, world, seen)


async def _compare_sums(
    tx: Conversation, looking: Policy, world: World, seen: list[Record]
) -> None:
    query = Query(select=("id", "SUM(loans.fee) AS total"), limit=100)
    level = world.best("loan", "fee")
    if level in ("hidden", "masked"):
        assert await refusal(read.page(tx, looking, "book", query))
        return
    page = json.loads(await read.page(tx, looking, "book", query))
    for one in seen:
        fees = [world.plain("loan", "fee", each) for each in world.visible_loans_of(one)]
        filled = [fee for fee in fees if fee is not None]
        found = next(each["total"] for each in page["items"] if each["id"] == str(one["id"]))
        assert Decimal(found or 0) == sum(filled, Decimal(0))


async def _compare_related(tx: Conversation, looking: Policy, world: World) -> None:
    for one in world.records["book"]:
        asked = read.related(
            tx, looking, ("book", one["id"]), Query(order=("id",), limit=100), by="loans"
        )
        if not world.sees("book", one):
            assert await refusal(asked) == "not_found"
            continue
        found = json.loads(await asked)
        assert [each["id"] for each in found["items"]] == ids(world.visible_loans_of(one))


async def _compare_fans(
    tx: Conversation, looking: Policy, world: World, seen: list[Record]
) -> None:
    query = Query(select=("id", "COUNT(fans) AS n"), limit=100)
    level = world.best("reader", "favourites")
    if level in ("hidden", "masked"):
        word = {"hidden": "unknown_field", "masked": "masked_field"}[level]
        assert await refusal(read.page(tx, looking, "book", query)) == word
        return
    page = json.loads(await read.page(tx, looking, "book", query))
    expected = {str(one["id"]): len(world.visible_fans_of(one)) for one in seen}
    assert {one["id"]: one["n"] for one in page["items"]} == expected
    for one in seen:
        walked = Query(order=("id",), limit=100)
        found = json.loads(await read.related(tx, looking, ("book", one["id"]), walked, by="fans"))
        assert [each["id"] for each in found["items"]] == ids(world.visible_fans_of(one))


@oracle(40)
@given(world=worlds(), word=st.sampled_from(WORDS))
async def test_a_path_shows_and_asks_what_the_model_says(
    shelves: Conversation, world: World, word: str
) -> None:
    async with opened(shelves, world) as looking:
        if "loan" not in readable(world):
            return
        seen = [one for one in world.records["loan"] if world.sees("loan", one)]
        shown = Query(select=("id", "book.title"), order=("id",), limit=100)
        asked = Query(where=f'book.title = "{word}"', order=("id",), limit=100)
        lookup, title = world.best("loan", "book"), world.best("book", "title")
        if lookup in ("hidden", "masked") or title == "hidden":
            assert await refusal(read.page(shelves, looking, "loan", shown))
            assert await refusal(read.page(shelves, looking, "loan", asked))
            return
        books = [world.reached("book", world.plain("loan", "book", one)) for one in seen]

        page = json.loads(await read.page(shelves, looking, "loan", shown))

        assert [one["book.title"] for one in page["items"]] == [
            None if book is None else world.shown_value("book", "title", book, book["title"])
            for book in books
        ]
        if title == "masked":
            word = await refusal(read.page(shelves, looking, "loan", asked))
            assert word == "masked_field"
            return
        page = json.loads(await read.page(shelves, looking, "loan", asked))
        assert [one["id"] for one in page["items"]] == [
            str(one["id"])
            for one, book in zip(seen, books, strict=True)
            if book is not None and world.plain("book", "title", book) == word
        ]


@oracle(40)
@given(world=worlds())
async def test_one_record_is_there_where_the_model_says(
    shelves: Conversation, world: World
) -> None:
    async with opened(shelves, world) as looking:
        for obj in readable(world):
            for one in world.records[obj]:
                found = await read.one(shelves, looking, obj, one["id"])

                assert (found is not None) == world.sees(obj, one)
                if found is not None:
                    shown = json.loads(found.json)
                    told = world.shown(obj, one, KEYS[obj])
                    assert {key: shown[key] for key in KEYS[obj] if key in shown} == told
