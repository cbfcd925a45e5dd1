"""Ways in which others have let slip what somebody may not see, each by its name."""

import json
from collections.abc import Awaitable, Mapping
from uuid import UUID

import pytest
from tests.integration.access.stage import ALL, ANNA, furnish, role, seen_by

from zhike.db.conversation import Conversation
from zhike.kernel.faults import Fault, NotFound
from zhike.kernel.sql import param, sql
from zhike.store import read
from zhike.store.read import Query

OWN = role("own", book={"read": "own"}, loan={"read": "all"}, reader={"read": "all"})
NO_PRICE = role("no_price", book={**ALL, "fields": {"price": "hidden"}}, others=ALL)
MASKED_PRICE = role("masked_price", book={**ALL, "fields": {"price": "masked"}}, others=ALL)


@pytest.fixture
async def things(tx: Conversation) -> Mapping[str, UUID]:
    """The records of the little library."""
    return await furnish(tx)


async def told(asked: Awaitable[object]) -> list[tuple[str, str, str]]:
    """Give everything that a refusal says."""
    with pytest.raises(Fault) as raised:
        await asked
    return [(one.at, one.says("zh") + one.hint("zh"), one.word) for one in raised.value.problems]


async def test_a_count_counts_only_what_is_seen(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    async with seen_by(tx, ANNA, OWN) as stage:
        page = await stage.page("book", count="exact")
        capped = await stage.page("book", count="capped")

        assert page["count"] == capped["count"] == {"value": 1, "exact": True}
        assert await read.count(tx, stage.policy, "book", Query()) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"where": "{} > 5"},
        {"where": 'genre = "小说" or {} is empty'},
        {"order": ("-{}",)},
        {"order": ("title", "{} + 1")},
        {"select": ("title", "{}")},
        {"select": ("{} * 2 AS twice",)},
        {"select": ("IF({} > 5, 1, 2) AS more",)},
    ],
)
async def test_a_hidden_field_answers_like_one_that_does_not_exist(
    tx: Conversation, things: Mapping[str, UUID], asked: Mapping[str, str | tuple[str, ...]]
) -> None:
    def named(name: str) -> dict[str, object]:
        return {
            key: text.format(name)
            if isinstance(text, str)
            else tuple(one.format(name) for one in text)
            for key, text in asked.items()
        }

    async with seen_by(tx, ANNA, NO_PRICE) as stage:
        hidden = await told(stage.page("book", **named("price")))
        absent = await told(stage.page("book", **named("prize")))

    assert [word for _, _, word in hidden] == ["unknown_field"]
    assert [(at, says.replace("prize", "price"), word) for at, says, word in absent] == hidden


async def test_a_hidden_field_is_not_what_somebody_may_have_meant(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    async with seen_by(tx, ANNA, NO_PRICE) as stage:
        [(_, says, _)] = await told(stage.page("book", where="pricee > 5"))

    assert "price`" not in says.replace("pricee`", "")
    assert "定价" not in says


async def test_a_label_finds_no_hidden_field(tx: Conversation, things: Mapping[str, UUID]) -> None:
    async with seen_by(tx, ANNA, NO_PRICE) as stage:
        hidden = await told(stage.page("book", where="{定价} > 5"))
        absent = await told(stage.page("book", where="{定什} > 5"))

    assert [word for _, _, word in hidden] == [word for _, _, word in absent]


async def test_a_hidden_field_is_in_no_answer(tx: Conversation, things: Mapping[str, UUID]) -> None:
    async with seen_by(tx, ANNA, NO_PRICE) as stage:
        found = await read.one(tx, stage.policy, "book", things["mine"])

        assert found is not None
        assert "price" not in json.loads(found.json)
        assert all("price" not in one for one in await stage.items("book"))
        assert "price" not in stage.policy.described()["book"]["fields"]
        assert [one.key for one in read.columns(stage.policy, "book", Query())].count("price") == 0


async def test_a_formula_tells_no_more_than_its_parts(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    for level in ("hidden", "masked"):
        looking = role(f"less_{level}", book={**ALL, "fields": {"price": level}}, others=ALL)
        async with seen_by(tx, ANNA, looking) as stage:
            assert all("worth" not in one for one in await stage.items("book"))
            for asked in ({"select": ("worth",)}, {"where": "worth > 30"}, {"order": ("worth",)}):
                assert [word for _, _, word in await told(stage.page("book", **asked))] == [
                    "unknown_field"
                ]


async def test_a_role_may_name_a_formula_and_show_it_all_the_same(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    named = {"price": "hidden", "worth": "read"}
    looking = role("valuer", book={**ALL, "fields": named}, others=ALL)
    async with seen_by(tx, ANNA, looking) as stage:
        items = await stage.items("book", select=("title", "worth"), where="worth > 30")

    assert items == [{"title": "Beta", "worth": "40.00"}]


@pytest.mark.parametrize(
    "asked",
    [
        {"where": "price > 5"},
        {"where": "price is empty"},
        {"order": ("price",)},
        {"select": ("price + 1 AS more",)},
        {"select": ("MAX2(price, 15) AS more",)},
    ],
)
async def test_a_masked_field_is_shown_and_not_asked(
    tx: Conversation, things: Mapping[str, UUID], asked: Mapping[str, str | tuple[str, ...]]
) -> None:
    async with seen_by(tx, ANNA, MASKED_PRICE) as stage:
        assert [one["price"] for one in await stage.items("book")] == ["***", "***"]
        [(_, _, word)] = await told(stage.page("book", **asked))

    assert word == "masked_field"


async def test_a_search_does_not_reach_hidden_or_masked_fields(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    for level in ("hidden", "masked"):
        looking = role(f"no_{level}", book={**ALL, "fields": {"remark": level}})
        async with seen_by(tx, ANNA, looking) as stage:
            assert await stage.titles(search="second") == []
            assert await stage.titles(search="Beta") == ["Beta"]


async def test_a_field_seen_on_some_records_is_searched_on_those(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    wide = role("wide", book={"read": "all", "fields": {"remark": "hidden"}})
    narrow = role("narrow", book={"read": "own"})
    async with seen_by(tx, ANNA, wide, narrow) as stage:
        assert await stage.titles(search="first") == ["Alpha"]
        assert await stage.titles(search="second") == []
        assert await stage.titles(where='remark = "second"') == []
        assert await stage.titles(where="remark is empty") == ["Beta"]


async def test_a_cursor_carries_no_hidden_value(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    wide = role("wide", book={"read": "all", "fields": {"price": "hidden"}})
    narrow = role("narrow", book={"read": "own"})
    async with seen_by(tx, ANNA, wide, narrow) as stage:
        first = await stage.page("book", order=("price",), limit=1)
        second = await stage.page("book", order=("price",), limit=1, cursor=first["next"])

    assert [one["price"] for one in first["items"] + second["items"]] == ["10.00", None]


async def test_a_path_ends_at_a_record_that_is_not_seen(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    async with seen_by(tx, ANNA, OWN) as stage:
        items = await stage.items("loan", select=("note", "book.title"), order=("note",))
        found = await stage.items("loan", where='book.title = "Beta"')
        empty = await stage.items("loan", where="book.title is empty", select=("note",))

    assert [one["book.title"] for one in items] == ["Alpha", None, "Alpha"]
    assert found == []
    assert empty == [{"note": "three"}]


async def test_an_aggregate_holds_only_what_is_seen(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    looking = role("loans", book={"read": "all"}, loan={"read": "own"})
    async with seen_by(tx, ANNA, looking) as stage:
        items = await stage.items(
            "book",
            select=("title", "COUNT(loans) AS n", "SUM(loans.fee) AS fees"),
            order=("title",),
        )
        many = await stage.titles(where="COUNT(loans) > 1")

    assert [(one["n"], one["fees"]) for one in items] == [(1, "1.00"), (1, "4.00")]
    assert many == []


@pytest.mark.parametrize("level", ["hidden", "masked"])
async def test_a_relation_is_seen_as_the_lookup_behind_it(
    tx: Conversation, things: Mapping[str, UUID], level: str
) -> None:
    looking = role("blind", loan={**ALL, "fields": {"book": level}}, others=ALL)
    async with seen_by(tx, ANNA, looking) as stage:
        counted = await told(stage.page("book", where="COUNT(loans) > 0"))
        walked = await told(
            read.related(tx, stage.policy, ("book", things["mine"]), Query(), by="loans")
        )

    words = {"hidden": ["unknown_field", "unknown_relation"], "masked": ["masked_field"] * 2}
    assert [counted[0][2], walked[0][2]] == words[level]


async def test_an_object_one_may_not_read_has_no_relations(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    async with seen_by(tx, ANNA, role("books", book=ALL)) as stage:
        counted = await told(stage.page("book", where="COUNT(loans) > 0"))
        absent = await told(stage.page("book", where="COUNT(loanz) > 0"))

    assert counted[0][2] == absent[0][2]


async def test_related_records_of_an_unseen_record_are_not_found(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    async with seen_by(tx, ANNA, OWN) as stage:
        origin = ("book", things["theirs"])
        with pytest.raises(NotFound):
            await read.related(tx, stage.policy, origin, Query(), by="loans")
        with pytest.raises(NotFound):
            await read.history(tx, stage.policy, "book", things["theirs"])
        with pytest.raises(NotFound):
            await read.timeline(tx, stage.policy, origin)
        assert await read.one(tx, stage.policy, "book", things["theirs"]) is None
        assert await read.titles(tx, stage.policy, "book", things.values()) == {
            things["mine"]: "Alpha"
        }


async def test_history_leaves_out_what_is_hidden_and_masks_what_is_masked(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    await happened(
        tx, things["mine"], old={"price": 9, "remark": "a"}, new={"price": 10, "remark": "b"}
    )
    await happened(tx, things["mine"], old={"price": 10}, new={"price": 11})
    looking = role("past", book={**ALL, "fields": {"price": "hidden", "remark": "masked"}})

    async with seen_by(tx, ANNA, looking) as stage:
        found = json.loads(await read.history(tx, stage.policy, "book", things["mine"]))

    assert [one["changes"] for one in found["items"]] == [
        [{"field": "remark", "old": "a***", "new": "b***"}]
    ]


async def test_the_recycle_bin_is_for_those_who_may_delete(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    await tx.run(sql("UPDATE book SET deleted_at = now()"))
    deleting = role("bin", book={"read": "all", "delete": "own"})

    async with seen_by(tx, ANNA, deleting) as stage:
        assert await stage.titles(deleted=True) == ["Alpha"]
        assert await stage.titles() == []
    async with seen_by(tx, ANNA, OWN) as stage:
        assert [word for _, _, word in await told(stage.page("book", deleted=True))] == [
            "action_not_allowed"
        ]


async def test_an_export_holds_only_what_may_be_exported(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    looking = role("out", book={"read": "all", "export": "own", "fields": {"price": "masked"}})
    async with seen_by(tx, ANNA, looking) as stage:
        query = Query(select=("title", "price"))
        rows = [one async for some in read.stream(tx, stage.policy, "book", query) for one in some]

    assert rows == [["Alpha", "***"]]


async def test_two_roles_add_up_record_by_record(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    wide = role("wide", book={"read": "all", "fields": {"price": "masked"}})
    narrow = role("narrow", book={"read": "own"})
    async with seen_by(tx, ANNA, wide, narrow) as stage:
        items = await stage.items("book", select=("title", "price"), order=("title",))
        dear = await stage.titles(where="price > 5")

    assert [one["price"] for one in items] == ["10.00", "***"]
    assert dear == ["Alpha"]


async def test_nobody_without_a_role_sees_anything(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    async with seen_by(tx, ANNA) as stage:
        assert [word for _, _, word in await told(stage.page("book"))] == ["action_not_allowed"]
        assert await read.titles(tx, stage.policy, "book", things.values()) == {}


async def happened(
    tx: Conversation, record: UUID, *, old: Mapping[str, object], new: Mapping[str, object]
) -> None:
    """Write down a change of a book."""
    await tx.run(
        sql(
            "INSERT INTO zk_event (source, object, record, kind, old, new)"
            " VALUES ('api', 'book', {record}, 'updated', {old}, {new})",
            record=param(record, "uuid"),
            old=param(json.dumps(old), "jsonb"),
            new=param(json.dumps(new), "jsonb"),
        )
    )
