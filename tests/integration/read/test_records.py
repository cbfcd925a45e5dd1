"""One record: now, then, its history, its relations, its timeline."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from tests.integration.access.stage import ALL, ANNA, Stage, furnish, role, seen_by
from tests.library import library, make_tables, shelve

from zhike.access import policy
from zhike.db.conversation import Conversation
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform
from zhike.store import read
from zhike.store.read import Query

LIBRARIAN = role("librarian", others=ALL)


@pytest.fixture
async def stage(tx: Conversation) -> Stage:
    """Empty shelves, seen by the platform itself."""
    await make_tables(tx, library())
    return Stage(tx=tx, policy=policy(library(), platform()))


def day(number: int) -> datetime:
    """A day in January 2026."""
    return datetime(2026, 1, number, tzinfo=UTC)


async def happened(
    stage: Stage, record: UUID, at: datetime, kind: str = "updated", **changes: tuple[Any, Any]
) -> None:
    """Write down what happened to a book."""
    old = {key: pair[0] for key, pair in changes.items()} or None
    new = {key: pair[1] for key, pair in changes.items()} or None
    await stage.tx.run(
        sql(
            "INSERT INTO zk_event (at, source, object, record, kind, old, new)"
            " VALUES ({at}, 'api', 'book', {record}, {kind}, {old}, {new})",
            at=param(at, "timestamptz"),
            record=param(record, "uuid"),
            kind=param(kind, "text"),
            old=param(json.dumps(old) if old else None, "jsonb"),
            new=param(json.dumps(new) if new else None, "jsonb"),
        )
    )


async def test_one_record_with_its_version(stage: Stage) -> None:
    [book] = await shelve(stage.tx, library(), "book", {"title": "a", "price": "1.50"})

    found = await read.one(stage.tx, stage.policy, "book", book)

    assert found is not None
    assert found.version == 1
    shown = json.loads(found.json)
    assert (shown["id"], shown["price"], shown["worth"]) == (str(book), "1.50", "3.00")
    assert "deleted_at" not in shown
    assert datetime.fromisoformat(shown["created_at"]).tzinfo is not None


async def test_a_record_in_the_bin_is_not_found(stage: Stage) -> None:
    [book] = await shelve(stage.tx, library(), "book", {"title": "a"})
    await stage.tx.run(sql("UPDATE book SET deleted_at = now()"))

    assert await read.one(stage.tx, stage.policy, "book", book) is None
    [binned] = await stage.items("book", deleted=True)
    assert binned["title"] == "a"
    assert binned["deleted_at"] is not None


async def test_some_records_in_one_statement(stage: Stage) -> None:
    books = await shelve(stage.tx, library(), "book", {"title": "a"}, {"title": "b"})

    found = await read.some(stage.tx, stage.policy, "book", [*books, UUID(int=7)])

    assert {one: json.loads(text.json)["title"] for one, text in found.items()} == {
        books[0]: "a",
        books[1]: "b",
    }


async def a_life(stage: Stage) -> UUID:
    """
    A book made on the 1st, changed on the 3rd and the 5th, thrown away on the 7th, back on the 9th.
    """
    [book] = await shelve(
        stage.tx,
        library(),
        "book",
        {"title": "c", "price": "3.00", "pages": None, "created_at": day(1), "version": 5},
    )
    await happened(stage, book, day(1), "created", title=(None, "a"), price=(None, "1.00"))
    await happened(stage, book, day(3), title=("a", "b"), price=("1.00", "3.00"))
    await happened(stage, book, day(5), title=("b", "c"), pages=(7, None))
    await happened(stage, book, day(7), "deleted")
    await happened(stage, book, day(9), "restored")
    return book


@pytest.mark.parametrize(
    ("moment", "values"),
    [
        (2, ("a", "2.00", 7, 1)),
        (4, ("b", "6.00", 7, 2)),
        (6, ("c", "6.00", None, 3)),
        (10, ("c", "6.00", None, 5)),
    ],
)
async def test_a_record_as_it_was(stage: Stage, moment: int, values: tuple[Any, ...]) -> None:
    book = await a_life(stage)

    found = await read.then(stage.tx, stage.policy, "book", book, moment=day(moment))

    assert found is not None
    shown = json.loads(found.json)
    assert (shown["title"], shown["worth"], shown["pages"], shown["version"]) == values
    assert found.version == shown["version"]


@pytest.mark.parametrize("moment", [datetime(2025, 12, 31, tzinfo=UTC), day(8)])
async def test_a_record_unborn_or_thrown_away_then_is_not_found(
    stage: Stage, moment: datetime
) -> None:
    book = await a_life(stage)

    assert await read.then(stage.tx, stage.policy, "book", book, moment=moment) is None


async def test_history_is_paged_newest_first(stage: Stage) -> None:
    book = await a_life(stage)
    kinds: list[str] = []
    cursor = None
    while True:
        page = json.loads(
            await read.history(stage.tx, stage.policy, "book", book, limit=2, cursor=cursor)
        )
        kinds.extend(one["kind"] for one in page["items"])
        cursor = page["next"]
        if cursor is None:
            break

    assert kinds == ["restored", "deleted", "updated", "updated", "created"]
    assert page["items"][-1]["changes"] == [
        {"field": "title", "old": None, "new": "a"},
        {"field": "price", "old": None, "new": "1.00"},
    ]
    assert page["items"][-1]["actor"] is None


async def test_what_never_changed_has_no_history(stage: Stage) -> None:
    [book] = await shelve(stage.tx, library(), "book", {"title": "a"})

    assert await read.history(stage.tx, stage.policy, "book", book) == b'{"items":[],"next":null}'


async def test_relations_are_walked_both_ways(tx: Conversation) -> None:
    things = await furnish(tx)
    await shelve(tx, library(), "card", {"reader": things["reader"], "number": "C1"})
    async with seen_by(tx, ANNA, LIBRARIAN) as stage:
        loans = await related(stage, "book", things["mine"], by="loans", order=("note",))
        fans = await related(stage, "book", things["mine"], by="fans")
        loved = await related(stage, "reader", things["reader"], by="favourites", order=("title",))
        cards = await related(stage, "reader", things["reader"], by="cards")

    assert [one["note"] for one in loans] == ["one", "two"]
    assert [one["name"] for one in fans] == ["Rita"]
    assert [one["title"] for one in loved] == ["Alpha", "Beta"]
    assert [one["number"] for one in cards] == ["C1"]


async def related(
    stage: Stage, obj: str, identity: UUID, *, by: str, **asked: Any
) -> list[dict[str, Any]]:
    """Give the records that belong to one."""
    page = await read.related(stage.tx, stage.policy, (obj, identity), Query(**asked), by=by)
    found: list[dict[str, Any]] = json.loads(page)["items"]
    return found


async def test_a_related_page_goes_on_where_it_ended(tx: Conversation) -> None:
    things = await furnish(tx)
    async with seen_by(tx, ANNA, LIBRARIAN) as stage:
        origin = ("book", things["mine"])
        query = Query(order=("note",), limit=1, count="exact")
        first = json.loads(await read.related(tx, stage.policy, origin, query, by="loans"))
        rest = Query(order=("note",), limit=1, count="exact", cursor=first["next"])
        second = json.loads(await read.related(tx, stage.policy, origin, rest, by="loans"))

    assert [one["note"] for page in (first, second) for one in page["items"]] == ["one", "two"]
    assert first["count"] == second["count"] == {"value": 2, "exact": True}
    assert second["next"] is None


async def test_a_timeline_mixes_what_happened_with_what_belongs(tx: Conversation) -> None:
    things = await furnish(tx)
    async with seen_by(tx, ANNA, LIBRARIAN) as stage:
        await happened(stage, things["mine"], day(1), title=("A", "Alpha"))
        whole = await timeline(stage, things["mine"], 50)
        pieces = await timeline(stage, things["mine"], 1)
        loans = await timeline(stage, things["mine"], 50, kinds=("loan",))

    assert [one["kind"] for one in whole] == ["loan", "loan", "history"]
    assert whole[0]["record"]["note"] == "two"
    assert whole[-1]["event"]["changes"] == [{"field": "title", "old": "A", "new": "Alpha"}]
    assert pieces == whole
    assert loans == whole[:2]


async def timeline(
    stage: Stage, identity: UUID, limit: int, kinds: tuple[str, ...] = ()
) -> list[Mapping[str, Any]]:
    """Give the whole timeline of a book."""
    found: list[Mapping[str, Any]] = []
    cursor = None
    while True:
        page = json.loads(
            await read.timeline(
                stage.tx,
                stage.policy,
                ("book", identity),
                kinds=kinds,
                limit=limit,
                cursor=cursor,
            )
        )
        found.extend(page["items"])
        cursor = page["next"]
        if cursor is None:
            return found


async def test_an_export_streams_every_record(stage: Stage) -> None:
    await stage.tx.run(
        sql("INSERT INTO book (title, pages) SELECT 'b' || n, n FROM generate_series(1, 25) AS n")
    )
    query = Query(select=("title", "pages", "price"), order=("pages",), limit=3)

    pieces = [piece async for piece in read.stream(stage.tx, stage.policy, "book", query, size=10)]

    assert [len(piece) for piece in pieces] == [10, 10, 5]
    assert pieces[0][0] == ["b1", 1, None]
    columns = read.columns(stage.policy, "book", query)
    assert [one.key for one in columns] == ["title", "pages", "price"]
    assert columns[2].field is not None
    assert columns[2].field.kind.name == "money"
