"""Groups: counts and sums of what a viewer sees, conditions that find just their records, pages."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.integration.access.stage import ALL, ANNA, BORIS, Stage, furnish, role, seen_by
from tests.library import hire, library, make_tables, shelve

from zhike import lang
from zhike.access import policy
from zhike.db.conversation import Conversation
from zhike.kernel.faults import Fault, Invalid
from zhike.kernel.viewer import platform
from zhike.store import read
from zhike.store.read import read_grouping

LIBRARIAN = role("librarian", others=ALL)
BOOKS: tuple[dict[str, Any], ...] = (
    {"title": "a", "genre": "历史", "price": "10.00", "pages": 120, "published": "2026-01-31"},
    {"title": "b", "genre": "历史", "price": "5.50", "pages": 80, "published": "2026-02-01"},
    {"title": "c", "genre": "小说", "price": None, "pages": -5, "published": "2025-12-31"},
    {"title": "d", "genre": None, "price": "1.00", "pages": None, "published": None},
    {"title": 'e "x"\\', "genre": "小说", "price": "2.00", "pages": 80, "rare": True},
)


@pytest.fixture
async def stage(tx: Conversation) -> Stage:
    """Some books, seen by the platform itself."""
    known = library()
    await make_tables(tx, known)
    await hire(tx, ANNA, BORIS)
    owners = (ANNA.id, ANNA.id, BORIS.id, None, BORIS.id)
    books = [{**one, "owner": owner} for one, owner in zip(BOOKS, owners, strict=True)]
    await shelve(tx, known, "book", *books)
    return Stage(tx=tx, policy=policy(known, platform()))


async def groups(stage: Stage, obj: str = "book", **asked: Any) -> dict[str, Any]:
    found = await read.groups(stage.tx, stage.policy, obj, read_grouping(asked), language="zh")
    return dict(found)


async def counted(stage: Stage, **asked: Any) -> dict[str | None, int]:
    return {one["key"]: one["count"] for one in (await groups(stage, **asked))["items"]}


BY = [
    "genre", "title", "price", "pages", "pages by 50", "price by 2.5", "published",
    "published by week", "published by month", "published by quarter", "published by year", "rare",
    "owner", "worth", "worth by 10", "created_at", "created_at by month", "remark",
]  # fmt: skip


@pytest.mark.parametrize("by", BY)
async def test_the_condition_of_a_group_finds_its_records_and_no_others(
    stage: Stage, by: str
) -> None:
    found = await groups(stage, by=by)

    assert sum(one["count"] for one in found["items"]) == found["records"] == len(BOOKS)
    assert len(found["items"]) == found["groups"]
    for one in found["items"]:
        page = await stage.page("book", where=one["where"], count="exact")
        assert page["count"]["value"] == one["count"], one


async def test_groups_stand_in_the_order_of_their_values_the_empty_one_last(stage: Stage) -> None:
    assert await counted(stage, by="genre") == {"小说": 2, "历史": 2, None: 1}
    assert list(await counted(stage, by="genre")) == ["小说", "历史", None]
    assert list(await counted(stage, by="pages", order="-key")) == ["120", "80", "-5", None]
    assert list(await counted(stage, by="pages by 50")) == ["-50", "50", "100", None]
    months = await counted(stage, by="published by month")
    assert list(months) == ["2025-12-01", "2026-01-01", "2026-02-01", None]
    assert list(await counted(stage, by="rare", order="-count")) == [None, "true"]


async def test_groups_are_summed_and_ordered_by_their_sums(stage: Stage) -> None:
    measures = ["SUM(price)", "avg(price)", "MIN(pages)", "MAX( pages )"]

    found = await groups(stage, by="genre", measures=measures, order="-sum(price)")

    assert [one["key"] for one in found["items"]] == ["历史", "小说", None]
    assert found["items"][0]["measures"] == {
        "SUM(price)": "15.50", "AVG(price)": "7.750000", "MIN(pages)": "80", "MAX(pages)": "120",
    }  # fmt: skip
    assert Decimal(found["items"][2]["measures"]["SUM(price)"]) == 1


async def test_groups_of_people_are_called_by_their_names(stage: Stage) -> None:
    found = await groups(stage, by="owner")

    names = {one["key"]: one["label"] for one in found["items"]}
    assert names == {str(ANNA.id): "安娜", str(BORIS.id): "鲍里斯", None: None}


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("title", "key"), ("title", "-key"), ("genre", "key"), ("owner", "-key"), ("pages", "key"),
        ("published by month", "-key"), ("genre", "count"), ("genre", "-count"), ("rare", "key"),
        ("title", "SUM(price)"), ("title", "-SUM(price)"), ("pages by 50", "-SUM(price)"),
    ],
)  # fmt: skip
async def test_pages_of_groups_put_together_are_the_whole(
    stage: Stage, by: str, order: str
) -> None:
    asked: dict[str, Any] = {"by": by, "order": order, "measures": ["SUM(price)"]}
    whole = (await groups(stage, **asked))["items"]

    found: list[Any] = []
    cursor = None
    while True:
        page = await groups(stage, **asked, limit=1, cursor=cursor)
        assert page["groups"] == len(whole)
        found.extend(page["items"])
        cursor = page["next"]
        if cursor is None:
            break

    assert found == whole


async def test_only_what_is_seen_is_counted(tx: Conversation) -> None:
    await furnish(tx)
    mine = role("mine", book={**ALL, "read": "own"}, others=ALL)
    masked = role("masked", book={**ALL, "fields": {"isbn": "masked"}}, others=ALL)
    hidden = role(
        "hidden", book={**ALL, "fields": {"isbn": "hidden", "price": "hidden"}}, others=ALL
    )

    async with seen_by(tx, ANNA, mine) as stage:
        found = await groups(stage, by="genre", measures=["SUM(price)"])
        assert [one["key"] for one in found["items"]] == ["小说"]
        assert (found["groups"], found["records"]) == (1, 1)
        loans = await groups(stage, "loan", by="book")
        # Whoever does not see a book reads no name of it.
        assert sorted(str(one["label"]) for one in loans["items"]) == ["Alpha", "None"]
    async with seen_by(tx, ANNA, masked) as stage:
        with pytest.raises(Invalid) as told:
            await groups(stage, by="isbn")
        assert [one.code for one in told.value.problems] == ["A101"]
    async with seen_by(tx, ANNA, hidden) as stage:
        for asked in ({"by": "isbn"}, {"by": "nothing"}, {"by": "genre by month"}):
            with pytest.raises(Invalid):
                await groups(stage, **asked)
        with pytest.raises(Invalid) as told:
            await groups(stage, by="genre", measures=["SUM(price)", "SUM(worth)"])
        assert {one.at for one in told.value.problems} >= {"measures[0]"}
        with pytest.raises(Invalid):
            await groups(stage, by="genre", where="price > 1")


async def test_a_value_seen_on_some_records_only_is_empty_on_the_others(tx: Conversation) -> None:
    await furnish(tx)
    plain = role("plain", book={**ALL, "read": "own"}, others=ALL)
    less = role("less", book={**ALL, "fields": {"remark": "masked"}}, others=ALL)
    async with seen_by(tx, ANNA, plain, less) as stage:
        found = await counted(stage, by="remark")

    assert found == {"first": 1, None: 1}


WRONG: list[dict[str, Any]] = [
    {}, {"by": ""}, {"by": 1}, {"by": "genre; drop table book"}, {"by": "tags"}, {"by": "id"},
    {"by": "genre by month"}, {"by": "published by century"}, {"by": "price by 0"},
    {"by": "price by -1"}, {"by": "price by NaN"}, {"by": "price by Infinity"},
    {"by": "price by 1e999999"}, {"by": "price by 1e-300"},
    {"by": "genre", "measures": "COUNT(id)"},
    {"by": "genre", "measures": ["SUM(title)"]}, {"by": "genre", "measures": 7},
    {"by": "genre", "measures": ["SUM(price)"] * 21}, {"by": "genre", "order": "price"},
    {"by": "genre", "order": ["key"]}, {"by": "genre", "limit": 0}, {"by": "genre", "limit": 9999},
    {"by": "genre", "select": ["title"]}, {"by": "genre", "where": "nothing = 1"},
    {"by": "genre", "view": "nothing"}, {"by": "genre", "cursor": "x"},
    {"by": "genre", "offset": 1},
]  # fmt: skip


@pytest.mark.parametrize("asked", WRONG, ids=str)
async def test_a_wrong_question_is_answered_by_what_is_wrong(
    stage: Stage, asked: dict[str, Any]
) -> None:
    with pytest.raises(Fault):
        await groups(stage, **asked)


async def test_a_cursor_fits_its_question_only(stage: Stage) -> None:
    first = await groups(stage, by="genre", limit=1)

    with pytest.raises(Fault):
        await groups(stage, by="title", limit=1, cursor=first["next"])


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_every_text_has_a_condition_that_means_it(text: str) -> None:
    written = lang.written(lang.from_json({"op": "=", "args": [{"field": "title"}, text]}))

    known = lang.checked(written, library(), "book", wants="boolean")
    assert lang.to_json(known.node) == {"op": "=", "args": [{"field": "title"}, text]}
