"""
Conditions asked of a small library: whom they find, what they never find, and what helps them find
it.
"""

from collections.abc import AsyncIterator

import pytest
from tests.integration.lang.stage import LI, WANG, Stage, set_up, titles, worth
from tests.library import shelve
from tests.unit.lang.shelves import SHELVES

from zhike.db import Database
from zhike.kernel.sql import param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Viewer
from zhike.lang import FULL_SIGHT, checked, compiled, predicate

UNDONE = RuntimeError("the test is over")
FULL, BARE, THIRD = "三体 50%", "-", "史记"


class Opened:
    """A stage in a transaction that is undone."""

    def __init__(self, tx: Tx, stage: Stage) -> None:
        self.tx = tx
        self.stage = stage

    async def finds(self, text: str, obj: str = "book") -> list[str]:
        return await titles(self.tx, text, obj)


async def _opened(database: Database, viewer: Viewer) -> AsyncIterator[Opened]:
    try:
        async with database.transaction(viewer, "main") as tx:
            yield Opened(tx, await set_up(tx))
            raise UNDONE
    except RuntimeError as met:
        if met is not UNDONE:
            raise


@pytest.fixture
async def library(database: Database) -> AsyncIterator[Opened]:
    async for one in _opened(database, WANG.viewer()):
        yield one


async def test_a_person_finds_what_is_hers(library: Opened) -> None:
    assert await library.finds("owner = ME()") == [FULL]
    assert await library.finds("owner != ME()") == [BARE, THIRD]
    assert await library.finds("keepers has ME()") == [FULL]
    assert await library.finds("department in MY_DEPARTMENTS()") == [FULL]
    assert await library.finds("department = MY_DEPARTMENT()") == []
    assert await library.finds('HAS_ROLE("librarian")') == [BARE, FULL, THIRD]
    assert await library.finds("IN_TEAM()") == [FULL]
    assert await library.finds("not IN_TEAM()") == [BARE, THIRD]
    assert await library.finds("SHARED_WITH_ME()") == []
    assert await library.finds("owner in MY_SUBORDINATES()") == []


async def test_nobody_finds_nothing_of_his_own(database: Database) -> None:
    async for nobody in _opened(database, Viewer(id=None)):
        assert await nobody.finds("owner = ME()") == []
        assert await nobody.finds("owner != ME()") == [BARE, FULL, THIRD]
        assert await nobody.finds("IN_TEAM() or SHARED_WITH_ME()") == []
        assert await nobody.finds("owner in MY_SUBORDINATES()") == []
        assert await nobody.finds("department in MY_DEPARTMENTS()") == []
        assert await nobody.finds("not department in MY_DEPARTMENTS()") == [BARE, FULL, THIRD]


async def test_people_are_found_by_name_login_or_id(library: Opened) -> None:
    assert await library.finds('owner = "王芳"') == [FULL]
    assert await library.finds(f'owner = "{WANG.id}"') == [FULL]
    assert await library.finds(f'owner in ["李明", "{WANG.id}"]') == [FULL, THIRD]
    assert await library.finds('owner != "王芳"') == [BARE, THIRD]
    assert await library.finds('keepers has all ["王芳", "李明"]') == [FULL]
    assert await library.finds('keepers has any ["nobody"]') == []
    assert await library.finds(f'keepers = ["{WANG.id}"]') == []
    assert await library.finds(f'keepers = ["{LI.id}", "{WANG.id}"]') == [FULL]


async def test_a_region_lies_within_larger_ones(library: Opened) -> None:
    assert await library.finds('printed_in = "浙江省"') == [FULL]
    assert await library.finds('printed_in = "华东"') == [FULL]
    assert await library.finds('printed_in = "杭州"') == [FULL]
    assert await library.finds('printed_in in ["华东", "北京"]') == [FULL, THIRD]
    assert await library.finds('printed_in != "华东"') == [BARE, THIRD]


async def test_what_is_deleted_is_seen_through_no_lookup_and_no_relation(library: Opened) -> None:
    assert await library.finds('book.title = "三体 50%"', "loan") == [BARE, BARE, BARE]

    await library.tx.run(sql("UPDATE book SET deleted_at = now() WHERE title LIKE '三体%'"))
    await library.tx.run(sql("UPDATE loan SET deleted_at = now() WHERE fee IS NOT NULL"))

    assert await library.finds("book.title is not empty", "loan") == ["nobody's"]
    assert await library.finds("book is not empty", "loan") == [BARE, "nobody's"]
    assert await worth(library.tx, "COUNT(loans)", library.stage.full) == "1"
    assert await worth(library.tx, "COUNT(fans)", library.stage.full) == "2"


async def test_a_related_record_is_asked_about_its_own_relations(library: Opened) -> None:
    assert await library.finds('EXISTS(loans, reader.sponsor.name = "老张")') == [FULL]
    assert await library.finds("COUNT(loans, COUNT(reader.sponsored) > 0) = 1") == [FULL]
    assert await library.finds('EXISTS(favourites, rare) and name = "小张"', "reader") == ["小张"]
    assert await library.finds("COUNT(book.loans) = 3", "loan") == [BARE, BARE, BARE]


@pytest.mark.parametrize(
    ("period", "inside"),
    [
        ("today", {0}), ("yesterday", {-1}), ("tomorrow", {1}),
        ("last 1 day", {0}), ("last 2 days", {-1, 0}), ("next 2 days", {0, 1}),
        ("last 1 week", {-6, -1, 0}), ("next 1 week", {0, 1, 6}), ("last 0 days", set()),
    ],
)  # fmt: skip
async def test_a_period_counts_from_today(library: Opened, period: str, inside: set[int]) -> None:
    days = (-8, -7, -6, -1, 0, 1, 6, 7, 8)
    for day in days:
        await library.tx.run(
            sql(
                "INSERT INTO book (title, published, seen_at) VALUES ({day}, CURRENT_DATE + {day}"
                "::integer, (CURRENT_DATE + {day}::integer)::timestamptz + interval '23 hours')",
                day=param(str(day), "text"),
            )
        )

    for field in ("published", "seen_at"):
        found = set(await library.finds(f"{field} in {period}"))
        assert {int(one) for one in found if one.lstrip("-").isdigit()} == inside
        outside = set(await library.finds(f"{field} not in {period}"))
        assert outside >= {str(day) for day in set(days) - inside} | {BARE}
        assert not found & outside


async def test_calendar_periods_touch_without_overlapping(library: Opened) -> None:
    for unit in ("week", "month", "quarter", "year"):
        for end in ("last", "this", "next"):
            edges = f"published in {end} {unit} and published in {_after(end)} {unit}"
            await shelve(library.tx, SHELVES, "book", *_every_day())
            assert await library.finds(edges) == []
            await library.tx.run(sql("DELETE FROM book WHERE title = 'day'"))


def _after(end: str) -> str:
    return {"last": "this", "this": "next", "next": "last"}[end]


def _every_day() -> list[dict[str, str]]:
    return [
        {"title": "day", "published": f"2026-{month:02}-{day:02}"}
        for month in (1, 10, 11, 12)
        for day in (1, 15, 28)
    ]


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE book; --", '" OR 1=1 --', "\\", "%", "_", "$1", "{x}", "');--", "\U0001f600"],
)
async def test_a_text_is_never_sql(library: Opened, text: str) -> None:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    await shelve(library.tx, SHELVES, "book", {"title": text})

    for ask in ("title = {}", "title contains {}", "title in [{}, {}]", "title & {} = {} & {}"):
        found = await library.finds(ask.replace("{}", f'"{escaped}"'))
        assert text in found
        assert THIRD not in found


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ('genre = "小说"', "(genre)"),
        ('genre in ["小说", "历史"] and rare', "(genre)"),
        ("pages = 300", "(pages)"),
        ("pages in [1, 2]", "(pages)"),
        ("price >= 10 and price < 20", "(price)"),
        ("published in this month", "(published)"),
        ("seen_at in last 30 days", "(seen_at)"),
        ('seen_at = "2026-01-31"', "(seen_at)"),
        ("seen_at > NOW() - 2 hours", "(seen_at)"),
        ("published = today", "(published)"),
        ('printed_in = "浙江省"', "(printed_in)"),
        ("owner = ME()", "(owner)"),
        ("department in MY_DEPARTMENTS()", "(department)"),
        ('tags has "新"', "USING gin (tags)"),
        ("keepers has ME()", "USING gin (keepers)"),
    ],
)  # fmt: skip
async def test_an_index_helps(library: Opened, text: str, index: str) -> None:
    made = f"CREATE INDEX helping ON book {index}"
    await library.tx.script(f"{made}; SET LOCAL enable_seqscan = off")
    where = predicate(text, SHELVES, "book", "r", FULL_SIGHT)

    plan = await library.tx.rows(sql("EXPLAIN SELECT 1 FROM book r WHERE {where}", where=where))

    assert any("Index Cond" in line for (line,) in plan), plan
    assert any("helping" in line for (line,) in plan)


async def test_a_change_can_be_asked_about(library: Opened) -> None:
    known = checked(
        'CHANGED_TO(price, 5) and OLD(tags) has "a" and not CHANGED(pages) and not CREATED()',
        SHELVES, "book", event=True, wants="boolean",
    )  # fmt: skip
    held = compiled(known, alias="r", sight=FULL_SIGHT)

    found = await library.tx.rows(
        sql(
            "SELECT event.n FROM book r, (VALUES"
            """ (1, 'updated', '{"tags": ["a", "b"]}'::jsonb, '{"price": "5.00"}'::jsonb),"""
            """ (2, 'updated', '{"tags": null}', '{"price": "5.00"}'),"""
            """ (3, 'updated', '{"tags": ["a"]}', '{"price": "6.00"}'),"""
            """ (4, 'updated', '{"tags": ["a"]}', '{"price": "5", "pages": 3}'),"""
            """ (5, 'created', NULL, '{"price": "5"}')"""
            ") AS event (n, kind, old, new) WHERE r.title = '史记' AND {held}",
            held=held,
        )
    )

    assert found == [(1,)]
