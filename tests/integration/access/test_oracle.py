"""Reading compared with a plain model of who may see what, on random libraries and questions."""

import json
import operator
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st
from tests.integration.access.model import FIELDS, Record, World, in_order
from tests.integration.access.probing import (
    KEYS,
    OBJECTS,
    ids,
    opened,
    oracle,
    pages,
    readable,
    refusal,
    shelves,
)
from tests.integration.access.worlds import WORDS, worlds
from tests.library import GENRES

from zhike.access import Policy
from zhike.db.conversation import Conversation
from zhike.store import read
from zhike.store.read import Grouping, Query

LITERALS: Mapping[str, Sequence[Any]] = {
    "title": WORDS, "remark": WORDS, "name": WORDS, "phone": WORDS, "note": WORDS,
    "genre": ["小说", "历史"], "grade": ["普通", "金卡"], "pages": [12, 300, 301],
    "price": ["5.00", "49.99"], "balance": ["5.00", "50.00"], "fee": ["0.00", "5.00"],
}  # fmt: skip
OPTIONS = {"genre": GENRES, "grade": ["普通", "银卡", "金卡"]}
COMPARE: Mapping[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip


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
            if obj in readable(looking, world):
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
    told = in_order(seen, [(_by(looking, world, obj, key), down) for key, down in by])

    found = await pages(tx, looking, obj, query)

    assert [one["id"] for one in found] == ids(told)
    shown = [world.shown(obj, one, KEYS[obj]) for one in told]
    assert [{key: one[key] for key in KEYS[obj] if key in one} for one in found] == shown
    first_page = json.loads(await read.page(tx, looking, obj, query))
    assert first_page["count"] == {"value": len(told), "exact": True}


def _by(looking: Policy, world: World, obj: str, key: str) -> Callable[[Record], Any]:
    """A title that has to be there and is shown on every record stands, if empty, where '' does."""
    plain, known = _plain(world, obj, key), looking.snapshot.objects[obj]
    if key != known.title or not known.fields[key].required or looking.plain(obj, key, "t"):
        return plain
    return lambda one: plain(one) or ""


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
        for obj in readable(looking, world):
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
        for obj in readable(looking, world):
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
        for obj in readable(looking, world):
            query = Query(deleted=True, order=("id",), limit=2)
            if not looking.may(obj, "delete"):
                asked = read.page(shelves, looking, obj, query)
                assert await refusal(asked) == "action_not_allowed"
                assert not any(world.bins(obj, one) for one in world.records[obj])
                continue

            found = await pages(shelves, looking, obj, query)

            expected = [one for one in world.records[obj] if world.bins(obj, one)]
            assert [one["id"] for one in found] == ids(expected)


@oracle(40)
@given(world=worlds())
async def test_relations_hold_what_the_model_says(shelves: Conversation, world: World) -> None:
    async with opened(shelves, world) as looking:
        if "book" not in readable(looking, world):
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
        if not looking.may("loan", "read"):
            break
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
    for one in seen if looking.may("reader", "read") else ():
        walked = Query(order=("id",), limit=100)
        found = json.loads(await read.related(tx, looking, ("book", one["id"]), walked, by="fans"))
        assert [each["id"] for each in found["items"]] == ids(world.visible_fans_of(one))


@oracle(40)
@given(world=worlds(), word=st.sampled_from(WORDS))
async def test_a_path_shows_and_asks_what_the_model_says(
    shelves: Conversation, world: World, word: str
) -> None:
    async with opened(shelves, world) as looking:
        if "loan" not in readable(looking, world):
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
        for obj in readable(looking, world):
            for one in world.records[obj]:
                found = await read.one(shelves, looking, obj, one["id"])

                assert (found is not None) == world.sees(obj, one)
                if found is not None:
                    shown = json.loads(found.json)
                    told = world.shown(obj, one, KEYS[obj])
                    assert {key: shown[key] for key in KEYS[obj] if key in shown} == told


__all__ = ["shelves"]


@oracle(40)
@given(world=worlds(), data=st.data())
async def test_groups_count_what_the_model_says(
    shelves: Conversation, world: World, data: st.DataObject
) -> None:
    keys = {obj: data.draw(st.sampled_from([*LITERALS.keys() & FIELDS[obj]])) for obj in OBJECTS}
    async with opened(shelves, world) as looking:
        for obj in readable(looking, world):
            key = keys[obj]
            grouping = Grouping(field=key, query=Query(limit=2))
            level = world.best(obj, key)
            if level in ("hidden", "masked"):
                word = await refusal(read.groups(shelves, looking, obj, grouping, language="zh"))
                assert word == {"hidden": "unknown_field", "masked": "masked_field"}[level]
                continue
            seen = [one for one in world.records[obj] if world.sees(obj, one)]

            found = await _groups(shelves, looking, obj, grouping)

            told = Counter(_as_key(world.plain(obj, key, one)) for one in seen)
            assert {one["key"]: one["count"] for one in found} == told
            assert len(found) == len(told)
            for one in found:
                query = Query(where=one["where"])
                assert await read.count(shelves, looking, obj, query) == one["count"]


async def _groups(
    tx: Conversation, looking: Policy, obj: str, grouping: Grouping
) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    while True:
        page = await read.groups(tx, looking, obj, grouping, language="zh")
        found.extend(page["items"])
        if page["next"] is None:
            return found
        grouping = replace(grouping, query=replace(grouping.query, cursor=page["next"]))


def _as_key(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return f"{Decimal(value).normalize():f}"
