"""Ways in which others have let slip what somebody may not see, each by its name."""

import json
from collections.abc import Awaitable, Mapping
from uuid import UUID

import pytest
from tests.integration.access.probing import computing
from tests.integration.access.stage import (
    ALL,
    ANNA,
    BORIS,
    NORTH,
    SOUTH,
    furnish,
    role,
    seen_by,
)

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
        tx, things["mine"], old={"price": 9, "remark": "ab"}, new={"price": 10, "remark": "bc"}
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


async def test_a_total_is_not_told_to_who_sees_only_some_of_its_parts(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    """The total less the visible parts would be the hidden ones: a small cell."""
    known = computing(
        role("part", book={"read": "all"}, loan={"read": "own"}),
        role("whole", book={"read": "all"}, loan={"read": "all"}),
        role("named", book={"read": "all", "fields": {"takings": "read"}}, loan={"read": "own"}),
        role("feeless", book={"read": "all"}, loan={"read": "all", "fields": {"fee": "masked"}}),
        role("blind", book={"read": "all"}),
    )
    seen: dict[str, object] = {}
    for one in known.roles.values():
        async with seen_by(tx, ANNA, one, snapshot=known) as stage:
            items = await stage.items("book", order=("title",))
            seen[one.key] = [each.get("takings", "absent") for each in items]
            if seen[one.key] == ["absent", "absent"]:
                for asked in ({"where": "takings > 2"}, {"order": ("-takings",)}):
                    assert [word for _, _, word in await told(stage.page("book", **asked))] == [
                        "unknown_field"
                    ]

    assert seen == {
        "part": ["absent", "absent"],
        "whole": ["3.00", "4.00"],
        "named": ["3.00", "4.00"],
        "feeless": ["absent", "absent"],
        "blind": ["absent", "absent"],
    }


async def test_a_formula_does_not_look_into_records_that_are_not_seen(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    known = computing(
        role("part", loan={"read": "all"}, book={"read": "own"}),
        role("whole", loan={"read": "all"}, book={"read": "all"}),
    )
    for key, expected in (("part", None), ("whole", "20.00")):
        async with seen_by(tx, ANNA, known.roles[key], snapshot=known) as stage:
            items = await stage.items("loan", where='note = "three"')

        assert [one.get("book_price") for one in items] == [expected]


async def test_a_denied_field_is_in_no_total(tx: Conversation, things: Mapping[str, UUID]) -> None:
    named = {**ALL, "fields": {"takings": "read", "worth": "read"}}
    no_fees = {"object": "loan", "fields": ["fee"]}
    no_price = {"object": "book", "fields": ["price"], "where": "own"}
    known = computing(role("denied", book=named, others=ALL, deny=[no_fees, no_price]))
    async with seen_by(tx, ANNA, known.roles["denied"], snapshot=known) as stage:
        items = await stage.items("book", order=("title",))
        summed = await told(stage.page("book", select=("SUM(loans.fee) AS n",)))

    assert ["takings" in one for one in items] == [False, False]
    assert [(one["price"], one["worth"]) for one in items] == [(None, None), ("20.00", "40.00")]
    assert summed[0][2] == "unknown_field"


async def test_a_stage_hides_on_the_records_that_are_in_it(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    sold = {"when": "pages >= 200", "fields": {"price": "hidden", "remark": "masked"}}
    looking = role("staged", book={**ALL, "stages": [sold]})
    async with seen_by(tx, ANNA, looking) as stage:
        items = await stage.items("book", order=("title",))
        rows = [
            one
            async for some in read.stream(tx, stage.policy, "book", Query(select=("price",)))
            for one in some
        ]
        assert await stage.titles(where="price > 5") == ["Alpha"]
        assert await stage.titles(where="worth > 5") == ["Alpha"]
        assert await stage.titles(search="second") == []
        assert await stage.titles(order=("price",)) == ["Alpha", "Beta"]

    assert [(one["price"], one["remark"], one["worth"]) for one in items] == [
        ("10.00", "first", "20.00"),
        (None, "s***", None),
    ]
    assert sorted(rows, key=str) == [["10.00"], [None]]


async def test_a_share_opens_one_record_and_no_field(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    looking = role("own", book={"read": "own", "fields": {"price": "hidden"}})
    blind = role("blind", reader=ALL)
    for until, titles in (("infinity", ["Alpha", "Beta"]), ("2020-01-01", ["Alpha"])):
        await tx.run(sql("DELETE FROM zk_share"))
        for obj, record in (("book", things["theirs"]), ("loan", things["loan"])):
            await share(tx, obj, record, grantee=f"user:{ANNA.id}", until=until)
        async with seen_by(tx, ANNA, looking) as stage:
            assert await stage.titles(order=("title",)) == titles
            assert await read.count(tx, stage.policy, "book", Query()) == len(titles)
            assert all("price" not in one for one in await stage.items("book"))
            assert [word for _, _, word in await told(stage.page("loan"))] == ["action_not_allowed"]
        async with seen_by(tx, ANNA, blind) as stage:
            assert [word for _, _, word in await told(stage.page("book"))] == ["action_not_allowed"]
        async with seen_by(tx, BORIS, looking) as stage:
            assert await stage.titles() == ["Beta"], "what is shared with her is not with him"


async def test_a_share_of_another_object_opens_nothing(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    await share(tx, "loan", things["theirs"], grantee=f"user:{ANNA.id}")
    async with seen_by(tx, ANNA, OWN) as stage:
        assert await stage.titles() == ["Alpha"]


@pytest.mark.parametrize(
    ("scope", "titles"),
    [
        ("department:北馆", ["Alpha"]),
        ("departments:总馆", ["Alpha", "Beta"]),
        ("department:总馆", []),
        ("departments:总馆/南馆", ["Beta"]),
        ("department:南馆", ["Beta"]),
        ("department:馆", []),
        ("departments:西馆", []),
        (f"department:{NORTH}", ["Alpha"]),
        ("department:' OR true --", []),
    ],
)
async def test_a_department_is_meant_by_name_path_or_id(
    tx: Conversation, things: Mapping[str, UUID], scope: str, titles: list[str]
) -> None:
    await plant(tx)
    async with seen_by(tx, BORIS, role("place", book={"read": scope})) as stage:
        assert await stage.titles(order=("title",)) == titles


async def test_a_place_that_is_gone_or_no_longer_one_is_nothing(
    tx: Conversation, things: Mapping[str, UUID]
) -> None:
    await plant(tx)
    looking = role("place", book={"read": "department:北馆"})
    kept_out = role("out", deny=[{"object": "book", "where": "department:北馆"}])
    async with seen_by(tx, BORIS, looking) as stage:
        assert await stage.titles() == ["Alpha"]
    await tx.run(
        sql(
            "INSERT INTO zk_department (name, parent) VALUES ('北馆', {south})",
            south=param(SOUTH, "uuid"),
        )
    )
    async with seen_by(tx, BORIS, looking) as stage:
        assert await stage.titles() == [], "two of a name mean nobody"
    async with seen_by(tx, BORIS, role("all", book=ALL), kept_out) as stage:
        assert await stage.titles() == ["Beta"], "who is kept out of one is kept out of both"
    await tx.run(sql("UPDATE zk_department SET deleted_at = now() WHERE name = '北馆'"))
    async with seen_by(tx, BORIS, looking) as stage:
        assert await stage.titles() == []


async def plant(tx: Conversation) -> None:
    """Make a tree of the departments: 总馆 over 北馆 and 南馆."""
    root = UUID(int=0xD0)
    for one, name, above in ((root, "总馆", None), (NORTH, "北馆", root), (SOUTH, "南馆", root)):
        await tx.run(
            sql(
                "INSERT INTO zk_department (id, name, parent) VALUES ({one}, {name}, {above})"
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name, parent = excluded.parent",
                one=param(one, "uuid"),
                name=param(name, "text"),
                above=param(above, "uuid"),
            )
        )


async def share(
    tx: Conversation, obj: str, record: UUID, *, grantee: str, until: str = "infinity"
) -> None:
    """Share a record with somebody."""
    await tx.run(
        sql(
            "INSERT INTO zk_share (object, record, grantee, level, until)"
            " VALUES ({obj}, {record}, {grantee}, 'read', {until})",
            obj=param(obj, "text"),
            record=param(record, "uuid"),
            grantee=param(grantee, "text"),
            until=param(until, "timestamptz"),
        )
    )


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
