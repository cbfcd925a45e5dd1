"""Pages: order, cursors, counts, what an item may be, and how a wrong question is answered."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from tests.integration.access.stage import ALL, ANNA, Stage, furnish, role, seen_by
from tests.library import GENRES, library, make_tables, shelve

from zhike.access import policy
from zhike.db.conversation import Conversation
from zhike.kernel.faults import Fault, Invalid
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.meta import ViewSpec
from zhike.store import read
from zhike.store.read import Query

LIBRARIAN = role("librarian", others=ALL)


@pytest.fixture
async def stage(tx: Conversation) -> Stage:
    """Empty shelves, seen by the platform itself."""
    await make_tables(tx, library())
    return Stage(tx=tx, policy=policy(library(), platform()))


async def walk(stage: Stage, limit: int, **asked: Any) -> list[dict[str, Any]]:
    """Read all pages of a question one after the other."""
    found: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = await stage.page("book", limit=limit, cursor=cursor, **asked)
        found.extend(page["items"])
        cursor = page["next"]
        if cursor is None:
            return found


@pytest.mark.parametrize(
    "order",
    [
        (),
        ("price",),
        ("-price",),
        ("genre", "-price"),
        ("-genre", "price", "-title"),
        ("pages", "genre"),
        ("-published", "-pages"),
        ("rare", "price"),
        ("-worth", "title"),
        ("-LEN(title)", "genre"),
        ("COUNT(loans)",),
        ("owner.name", "-title"),
        ("id",),
        ("-id", "title"),
    ],
)
@pytest.mark.parametrize("limit", [1, 3, 50])
async def test_every_record_comes_once_whatever_the_order(
    stage: Stage, order: Sequence[str], limit: int
) -> None:
    for number in range(11):
        one = {
            "title": f"b{number % 3}",
            "genre": [None, *GENRES][number % 3],
            "price": [None, "1.10", "2.20", "1.10"][number % 4],
            "pages": None if number % 2 else number,
            "published": [None, "2026-01-02", "2025-12-31"][number % 3],
            "rare": [None, True, False][number % 3],
        }
        await shelve(stage.tx, library(), "book", one)
    whole = await walk(stage, 1000, order=order)

    found = await walk(stage, limit, order=order)

    assert len(found) == 11
    assert found == whole


async def test_empty_values_come_last_both_ways(stage: Stage) -> None:
    for title, pages in (("a", 1), ("b", None), ("c", 3)):
        await shelve(stage.tx, library(), "book", {"title": title, "pages": pages})

    assert await stage.titles(order=("pages",)) == ["a", "c", "b"]
    assert await stage.titles(order=("-pages",)) == ["c", "a", "b"]


async def test_options_stand_in_the_order_in_which_they_are_offered(stage: Stage) -> None:
    for genre in sorted(GENRES):
        await shelve(stage.tx, library(), "book", {"title": genre, "genre": genre})

    assert await stage.titles(order=("genre",)) == GENRES
    assert await stage.titles(order=("-genre",)) == GENRES[::-1]
    assert await stage.titles(order=("IF(rare, genre, genre)",)) == GENRES


async def test_the_newest_come_first_unless_asked_otherwise(stage: Stage) -> None:
    for title in "abc":
        await shelve(stage.tx, library(), "book", {"title": title})

    assert await stage.titles() == ["c", "b", "a"]


async def test_paging_is_stable_under_writes(stage: Stage) -> None:
    """What is written before the place changes nothing behind it; nothing comes twice."""
    for title in "bdfh":
        await shelve(stage.tx, library(), "book", {"title": title})
    first = await stage.page("book", order=("title",), limit=2)

    await shelve(stage.tx, library(), "book", {"title": "a"}, {"title": "e"})
    await stage.tx.run(sql("DELETE FROM book WHERE title = 'd'"))
    second = await stage.page("book", order=("title",), limit=5, cursor=first["next"])

    assert [one["title"] for one in first["items"]] == ["b", "d"]
    assert [one["title"] for one in second["items"]] == ["e", "f", "h"]
    assert second["next"] is None


async def test_records_are_passed_over_from_the_beginning_and_from_a_cursor(stage: Stage) -> None:
    for title in "abcdefg":
        await shelve(stage.tx, library(), "book", {"title": title})

    third = await stage.page("book", order=("title",), limit=2, offset=2)
    last = await stage.page("book", order=("title",), limit=2, cursor=third["next"], offset=2)
    beyond = await stage.page("book", order=("title",), limit=2, offset=9)

    assert [one["title"] for one in third["items"]] == ["c", "d"]
    assert [one["title"] for one in last["items"]] == ["g"]
    assert last["next"] is None
    assert beyond == {"items": [], "next": None, "count": None}


async def test_a_cursor_fits_its_own_query_only(stage: Stage) -> None:
    await shelve(stage.tx, library(), "book", {"title": "a"}, {"title": "b"})
    page = await stage.page("book", order=("title",), limit=1)

    for other in ({"order": ("-title",)}, {"where": 'title = "a"', "order": ("title",)}):
        with pytest.raises(Fault) as raised:
            await stage.page("book", limit=1, cursor=page["next"], **other)
        assert raised.value.word() == "foreign_cursor"


async def test_a_count_is_given_when_it_is_asked_for(stage: Stage) -> None:
    await stage.tx.run(sql("INSERT INTO book (title) SELECT 'x' FROM generate_series(1, 10003)"))

    assert (await stage.page("book", limit=1))["count"] is None
    assert (await stage.page("book", limit=1, count="exact"))["count"] == {
        "value": 10003,
        "exact": True,
    }
    assert (await stage.page("book", limit=1, count="capped"))["count"] == {
        "value": 10000,
        "exact": False,
    }


async def test_an_empty_answer_is_an_empty_page(stage: Stage) -> None:
    assert await read.page(stage.tx, stage.policy, "book", Query(count="exact")) == (
        b'{"items":[],"next":null,"count":{"value":0,"exact":true}}'
    )


async def test_an_item_is_a_field_a_path_a_sub_table_or_an_expression(tx: Conversation) -> None:
    things = await furnish(tx)
    await shelve(tx, library(), "card", {"reader": things["reader"], "number": "C1"})
    long_name = "名" * 60
    async with seen_by(tx, ANNA, LIBRARIAN) as stage:
        [reader] = await stage.items("reader", select=("name", "cards", "favourites"))
        book = (
            await stage.items(
                "book",
                select=(
                    "title",
                    "{定价}",
                    "owner.name",
                    "owner.department.name",
                    "price * pages AS worth_all",
                    "SUM(loans.fee) as 总费用",
                    "COUNT(loans)",
                    "COUNT(fans) AS fans",
                    "pages + 1 AS more",
                    f"title AS {long_name}",
                    'IF(price > 15, "dear", "cheap") AS "what; DROP TABLE book --"',
                ),
                order=("title",),
            )
        )[0]

    assert reader["favourites"] == sorted(str(things[one]) for one in ("mine", "theirs"))
    assert [one["number"] for one in reader["cards"]] == ["C1"]
    assert book == {
        "title": "Alpha",
        "{定价}": "10.00",
        "owner.name": "安娜",
        "owner.department.name": "部门d1",
        "worth_all": "1000.00",
        "总费用": "3.00",
        "COUNT(loans)": 2,
        "fans": 1,
        "more": 101,
        long_name: "Alpha",
        "what; DROP TABLE book --": "cheap",
    }


async def test_numbers_are_exact_texts_unless_floats_are_wanted(tx: Conversation) -> None:
    await furnish(tx)
    async with seen_by(tx, ANNA, LIBRARIAN) as stage:
        select = ("price", "pages", "worth", "price / 3 AS third")
        exact = await stage.items("book", select=select, order=("title",), limit=1)
        floats = await stage.items("book", select=select, order=("title",), limit=1, floats=True)

    assert (exact[0]["price"], exact[0]["pages"], exact[0]["worth"]) == ("10.00", 100, "20.00")
    assert exact[0]["third"].startswith("3.333")
    assert floats[0] | {"third": 0} == {"price": 10.0, "pages": 100, "worth": 20.0, "third": 0}


async def test_a_page_can_be_ordered_by_what_it_names(tx: Conversation) -> None:
    await furnish(tx)
    async with seen_by(tx, ANNA, LIBRARIAN) as stage:
        asked = {"select": ("title", "SUM(loans.fee) AS total"), "order": ("-total",)}
        items = await stage.items("book", **asked)

    assert [one["title"] for one in items] == ["Beta", "Alpha"]


async def test_a_view_fills_what_a_question_leaves_open(tx: Conversation) -> None:
    await furnish(tx)
    view = ViewSpec.model_validate(
        {
            "key": "dear",
            "object": "book",
            "label": "贵的书",
            "select": ["title", "price"],
            "where": "price > 5",
            "order": ["-price"],
        }
    )
    known = library(LIBRARIAN, view)
    async with seen_by(tx, ANNA, LIBRARIAN, snapshot=known) as stage:
        items = await stage.items("book", view="dear")
        narrowed = await stage.items("book", view="dear", where="price < 15", select=("title",))
        with pytest.raises(Fault) as raised:
            await stage.items("loan", view="dear")

    assert items == [{"title": "Beta", "price": "20.00"}, {"title": "Alpha", "price": "10.00"}]
    assert narrowed == [{"title": "Alpha"}]
    assert raised.value.problems[0].word == "unknown_view"


async def test_everything_wrong_is_told_with_its_address(stage: Stage) -> None:
    asked = Query(
        select=("title", "nosuch", "title"), where="title >", order=("title", "tags", "-nix")
    )
    with pytest.raises(Invalid) as raised:
        await read.page(stage.tx, stage.policy, "book", asked)

    addresses = [one.at.split(":")[0] for one in raised.value.problems]
    assert [one.rsplit(".", 1)[0] for one in addresses] == [
        "select[1]",
        "select[2]",
        "order[1]",
        "order[2]",
        "where",
    ]


@pytest.mark.parametrize(
    "text",
    ["'; DROP TABLE book; --", '"', "\\", "%", "{title}", "$1", "\U0001f4da", "' or 1=1"],
)
async def test_strange_texts_are_texts(stage: Stage, text: str) -> None:
    await shelve(stage.tx, library(), "book", {"title": text})
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')

    assert await stage.titles(where=f'title = "{quoted}"') == [text]
    assert await stage.items("book", select=(f'"{quoted}" AS it',)) == [{"it": text}]
    assert await stage.titles(search=text) in ([text], [])


async def test_the_statement_is_made_once(stage: Stage) -> None:
    query = Query(where="pages > 3", limit=2)
    await read.page(stage.tx, stage.policy, "book", query)
    made = dict(stage.policy.rights._lately)

    again = replace(stage.policy, viewer=platform("elsewhere"))
    await read.page(stage.tx, again, "book", replace(query))

    assert made
    assert made == stage.policy.rights._lately


async def test_an_object_that_is_not_there_is_not_found(stage: Stage) -> None:
    for name in ("nosuch", "user", "zk_user"):
        with pytest.raises(Fault) as raised:
            await stage.page(name)
        assert raised.value.word() == "unknown_object"


async def test_the_bytes_are_those_of_the_database(stage: Stage) -> None:
    await shelve(stage.tx, library(), "book", {"title": "书名", "tags": ["a", "b"]})

    page = await read.page(stage.tx, stage.policy, "book", Query(select=("title", "tags")))

    assert json.loads(page)["items"] == [{"title": "书名", "tags": ["a", "b"]}]
    assert "书名".encode() in page
