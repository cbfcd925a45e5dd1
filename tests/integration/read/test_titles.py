"""Lists by title: in the order in which Chinese readers look, by an index, both ways."""

from typing import Any
from uuid import UUID

import pytest
from tests.integration.access.stage import ALL, ANNA, Stage, furnish, role, seen_by
from tests.library import library, make_tables, shelve

from zhike.access import policy
from zhike.db.conversation import Conversation
from zhike.kernel.faults import Invalid
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.store.read import Query
from zhike.store.read.plan import statements

AT = {"place0": "b", "place1": UUID(int=1)}
TITLES = ["1号", "A", "b", "阿Q正传", "边城", "骆驼祥子", "呐喊", "彷徨", "张三丰"]


@pytest.fixture
async def stage(tx: Conversation) -> Stage:
    """A shelf of books, seen by the platform itself."""
    await make_tables(tx, library())
    for name in reversed(TITLES):
        await shelve(tx, library(), "book", {"title": name, "pages": len(name)})
    return Stage(tx=tx, policy=policy(library(), platform()))


async def walked(stage: Stage, *order: str) -> list[Any]:
    """Read the titles page by page."""
    found: list[Any] = []
    cursor = None
    while True:
        page = await stage.page("book", limit=3, cursor=cursor, order=order, select=("title",))
        found.extend(one["title"] for one in page["items"])
        cursor = page["next"]
        if cursor is None:
            return found


async def test_titles_stand_in_the_order_of_their_reading(stage: Stage) -> None:
    assert await walked(stage, "title") == TITLES
    assert await walked(stage, "-title") == TITLES[::-1]


async def test_no_record_is_left_out_for_want_of_a_title(stage: Stage) -> None:
    for _ in range(4):
        await shelve(stage.tx, library(), "book", {"pages": 1})

    assert await walked(stage, "title") == [None] * 4 + TITLES
    assert await walked(stage, "-title") == TITLES[::-1] + [None] * 4


async def test_a_list_by_title_reads_its_index(stage: Stage) -> None:
    await stage.tx.script(
        "CREATE INDEX book_by_title ON book (zk_title, id) WHERE deleted_at IS NULL;"
        " SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"
    )
    for order in ("title", "-title"):
        query = Query(order=(order,), limit=3)
        asked = statements.understood(stage.policy.rights, "book", query)
        plan = await stage.tx.rows(
            sql("EXPLAIN {page}", page=statements.page(asked, query, (False, False)).filled(**AT))
        )
        told = "\n".join(row[0] for row in plan)
        assert "using book_by_title" in told
        assert "Sort" not in told


async def test_a_title_that_is_masked_or_hidden_orders_nothing(tx: Conversation) -> None:
    await furnish(tx)
    for level, word in (("masked", "masked_field"), ("hidden", "unknown_field")):
        reader = role("reader", others=ALL, book={"read": "all", "fields": {"title": level}})
        async with seen_by(tx, ANNA, reader) as stage:
            for order in ("title", "-title"):
                with pytest.raises(Invalid) as refused:
                    await stage.page("book", order=(order,))
                assert refused.value.problems[0].word == word
