"""Records become one: what the survivor takes, what leads to it, what is kept of the others."""

from uuid import UUID

import pytest
from tests.integration.merge.counter import merged, merging, parted
from tests.lending import BEN, Desk, furnish, lending

from zhike.db.conversation import Conversation
from zhike.hub import merge
from zhike.hub.merge.faults import MergedAgain, SinceChanged, ValueTaken
from zhike.kernel.sql import param, sql
from zhike.meta import ObjectSpec
from zhike.store import shares
from zhike.store.merged import survivors


async def test_two_readers_become_one_and_part_again(desk: Desk) -> None:
    kept = await desk.one("reader", name="王芳", phone="13800000001")
    gone = await desk.one("reader", name="王方", email="fang@example.com", deposit="12.50")
    loan = await desk.one("loan", reader=str(gone), fee="3.00")
    card = await desk.one("card", reader=str(gone), number="K-1")

    made = await merged(desk, kept, gone)

    names = ("name", "phone", "email", "deposit")
    assert [str(one) for one in await desk.held("reader", kept, *names)] == [
        "王芳", "+86-13800000001", "fang@example.com", "12.50",
    ]  # fmt: skip
    assert await desk.held("loan", loan, "reader") == (kept,)
    assert await desk.held("card", card, "reader") == (kept,)
    assert (await desk.held("reader", gone, "deleted_at"))[0] is not None
    assert await desk.held("reader", kept, "loan_count", "card_count") == (1, 1)

    undone = await parted(desk, made)

    assert undone.conflicts == ()
    assert [str(one) for one in await desk.held("reader", kept, *names)] == [
        "王芳", "+86-13800000001", "None", "None",
    ]  # fmt: skip
    assert [str(one) for one in await desk.held("reader", gone, *names)] == [
        "王方", "None", "fang@example.com", "12.50",
    ]  # fmt: skip
    assert await desk.held("loan", loan, "reader") == (gone,)
    assert await desk.held("card", card, "reader") == (gone,)
    assert await desk.held("reader", gone, "deleted_at", "loan_count") == (None, 1)
    assert await desk.held("reader", kept, "loan_count", "card_count") == (0, 0)


async def test_lists_are_united_and_taken_apart(desk: Desk) -> None:
    books = [str(await desk.one("book", title=f"书{n}")) for n in range(4)]
    kept = await desk.one("reader", name="王芳", favourites=books[:2])
    gone = await desk.one("reader", name="王方", favourites=books[1:3])

    made = await merged(desk, kept, gone)
    assert await favourites(desk, kept) == books[:3]
    await desk.change("reader", kept, {"favourites": [*books[1:3], books[3]]})
    await parted(desk, made)

    assert await favourites(desk, kept) == [books[1], books[3]]
    assert await favourites(desk, gone) == books[1:3]
    assert await desk.held("book", UUID(books[2]), "fan_count") == (1,)


async def test_what_was_changed_since_stays_and_is_told(desk: Desk) -> None:
    kept = await desk.one("reader", name="王芳")
    gone = await desk.one("reader", name="王方", phone="13800000001", email="a@example.com")
    loan = await desk.one("loan", reader=str(gone))
    moved = await desk.one("loan", reader=str(gone))
    made = await merged(desk, kept, gone)
    third = await desk.one("reader", name="李雷")
    await desk.change("reader", kept, {"phone": "13800000009"})
    await desk.change("loan", moved, {"reader": str(third)})
    new = await desk.one("loan", reader=str(kept))

    undone = await parted(desk, made)

    assert await desk.held("reader", kept, "phone", "email") == ("+86-13800000009", None)
    assert await desk.held("reader", gone, "phone") == ("+86-13800000001",)
    assert [await desk.held("loan", one, "reader") for one in (loan, moved, new)] == [
        (gone,), (third,), (kept,),
    ]  # fmt: skip
    assert {(one.object, one.field, one.fault) for one in undone.conflicts} == {
        ("reader", "phone", SinceChanged), ("loan", "reader", SinceChanged),
    }  # fmt: skip


async def test_a_value_that_somebody_else_has_now_stays_empty_and_is_told(desk: Desk) -> None:
    kept = await desk.one("reader", name="王芳", number="R1")
    gone = await desk.one("reader", name="王方", number="R2")
    made = await merged(desk, kept, gone, number=gone)
    await desk.one("reader", name="李雷", number="R1")

    undone = await parted(desk, made)

    assert await desk.held("reader", kept, "number") == (None,)
    assert await desk.held("reader", gone, "number", "deleted_at") == ("R2", None)
    assert [(one.record, one.field, one.fault) for one in undone.conflicts] == [
        (kept, "number", ValueTaken)
    ]


async def test_a_part_whose_value_is_taken_comes_back_without_it(desk: Desk) -> None:
    kept = await desk.one("reader", name="王芳", number="R1")
    gone = await desk.one("reader", name="王方", number="R2", secret="x")
    made = await merged(desk, kept, gone)
    await desk.one("reader", name="李雷", number="R2")

    undone = await parted(desk, made)

    assert await desk.held("reader", gone, "number", "secret", "deleted_at") == (None, "x", None)
    assert [(one.record, one.field, one.fault) for one in undone.conflicts] == [
        (gone, "number", ValueTaken)
    ]


async def test_merges_in_a_row_are_taken_back_from_the_last(desk: Desk) -> None:
    a, b, c = [await desk.one("reader", name=name) for name in ("王芳", "李雷", "韩梅梅")]
    loan = await desk.one("loan", reader=str(a))
    first = await merged(desk, b, a)
    second = await merged(desk, c, b)
    assert await desk.held("loan", loan, "reader") == (c,)
    assert await survivors(desk.tx, "reader", [a, b]) == {a: c, b: c}

    with pytest.raises(MergedAgain) as told:
        await parted(desk, first)
    await parted(desk, second)
    assert await survivors(desk.tx, "reader", [a, b]) == {a: b}
    await parted(desk, first)

    assert told.value.facts["merge"] == second.id
    assert await desk.held("loan", loan, "reader") == (a,)
    assert await survivors(desk.tx, "reader", [a, b]) == {}


async def test_the_first_of_merges_in_a_row_takes_the_later_ones_with_it(desk: Desk) -> None:
    names = ("王芳", "李雷", "韩梅梅", "林涛")
    a, b, c, d = [await desk.one("reader", name=name) for name in names]
    loan = await desk.one("loan", reader=str(a))
    first = await merged(desk, b, a)
    second = await merged(desk, c, b)
    third = await merged(desk, d, c)
    beside = await merged(desk, d, await desk.one("reader", name="旁人"))

    undone = await merge.part_with_later(merging(desk), first.id)

    assert [one.merge.id for one in undone] == [third.id, second.id, first.id]
    assert await desk.held("loan", loan, "reader") == (a,)
    assert await survivors(desk.tx, "reader", [a, b, c]) == {}
    assert [await desk.held("reader", one, "name") for one in (a, b, c, d)] == [
        (name,) for name in names
    ]
    await parted(desk, beside)


async def test_merges_into_the_same_are_taken_back_in_any_order(desk: Desk) -> None:
    kept = await desk.one("reader", name="王芳")
    one = await desk.one("reader", name="李雷", code="C1")
    two = await desk.one("reader", name="韩梅梅", code="C2")
    first = await merged(desk, kept, one)
    second = await merged(desk, kept, two, code=two)

    await parted(desk, first)
    assert await desk.held("reader", kept, "code") == ("C2",)
    await parted(desk, second)

    assert await desk.held("reader", kept, "code") == (None,)
    assert [await desk.held("reader", each, "code") for each in (one, two)] == [("C1",), ("C2",)]


async def test_shares_and_teams_follow_and_return(desk: Desk) -> None:
    kept = await desk.one("reader", name="王芳")
    gone = await desk.one("reader", name="王方")
    shared = {"level": "write", "until": None, "reason": "r", "by": None, "at": None}
    role = "role:librarian"
    own = {**shared, "level": "read"}
    team = f"user:{BEN.id} team"
    await shares.put(desk.tx, "reader", {kept: {role: own}, gone: {role: shared, team: own}})
    before = await shares.held(desk.tx, "reader", [kept, gone])

    made = await merged(desk, kept, gone)
    between = await shares.held(desk.tx, "reader", [kept, gone])
    await parted(desk, made)

    levels = {key: told["level"] for key, told in between[kept].items()}
    assert (levels, between[gone]) == ({role: "write", team: "read"}, {})
    assert await shares.held(desk.tx, "reader", [kept, gone]) == before


async def test_records_in_the_bin_lead_to_the_survivor_once_they_come_back(desk: Desk) -> None:
    kept = await desk.one("reader", name="王芳")
    gone = await desk.one("reader", name="王方")
    first, second = [await desk.one("loan", reader=str(gone)) for _ in range(2)]
    await desk.delete("loan", first)
    await desk.delete("loan", second)

    made = await merged(desk, kept, gone)
    await desk.restore("loan", first)
    assert await desk.held("loan", first, "reader") == (kept,)
    await parted(desk, made)
    await desk.restore("loan", second)

    assert [await desk.held("loan", one, "reader") for one in (first, second)] == [(gone,)] * 2


async def test_a_survivor_that_was_thrown_away_gives_its_parts_back(desk: Desk) -> None:
    kept = await desk.one("reader", name="王芳")
    gone = await desk.one("reader", name="王方", number="R2")
    made = await merged(desk, kept, gone)
    await desk.delete("reader", kept)

    await parted(desk, made)

    assert await desk.held("reader", gone, "number", "deleted_at") == ("R2", None)
    assert (await desk.held("reader", kept, "deleted_at"))[0] is not None
    assert await desk.held("reader", kept, "number") == (None,)


async def test_who_is_merged_with_their_own_parent_has_none(tx: Conversation) -> None:
    field = {"key": "parent", "kind": "lookup", "label": "上级", "object": "firm",
             "relation": "subsidiaries"}  # fmt: skip
    firm = ObjectSpec.model_validate(
        {"key": "firm", "label": "公司", "fields": [
            {"key": "name", "kind": "text", "label": "名称", "required": True}, field]}
    )  # fmt: skip
    snapshot = lending(firm)
    await furnish(tx, snapshot)
    desk = Desk(tx=tx, snapshot=snapshot)
    top = await desk.one("firm", name="集团")
    gone = await desk.one("firm", name="甲", parent=str(top))
    kept = await desk.one("firm", name="甲方", parent=str(gone))
    below = await desk.one("firm", name="子", parent=str(gone))

    made = await merged(desk, kept, gone, obj="firm")
    between = [(await desk.held("firm", one, "parent"))[0] for one in (kept, gone, below)]
    await parted(desk, made, obj="firm")

    assert between == [top, top, kept]
    assert [(await desk.held("firm", one, "parent"))[0] for one in (kept, gone, below)] == [
        gone, top, gone,
    ]  # fmt: skip


async def test_a_link_that_cannot_move_stays_behind_and_is_told(tx: Conversation) -> None:
    seat = ObjectSpec.model_validate(
        {"key": "seat", "label": "座位", "title": "place", "unique": [["reader", "place"]],
         "fields": [
             {"key": "reader", "kind": "lookup", "label": "读者", "object": "reader"},
             {"key": "place", "kind": "text", "label": "位置"}]}
    )  # fmt: skip
    snapshot = lending(seat)
    await furnish(tx, snapshot)
    desk = Desk(tx=tx, snapshot=snapshot)
    kept, gone = [await desk.one("reader", name=name) for name in ("王芳", "王方")]
    own = await desk.one("seat", reader=str(kept), place="A1")
    same = await desk.one("seat", reader=str(gone), place="A1")
    free = await desk.one("seat", reader=str(gone), place="A2")

    made = await merged(desk, kept, gone)

    assert [await desk.held("seat", one, "reader") for one in (own, same, free)] == [
        (kept,), (gone,), (kept,),
    ]  # fmt: skip
    assert {(one.record, one.why) for one in made.moves} == {(same, "taken"), (free, "")}
    await parted(desk, made)
    assert [await desk.held("seat", one, "reader") for one in (own, same, free)] == [
        (kept,), (gone,), (gone,),
    ]  # fmt: skip


async def favourites(desk: Desk, reader: UUID) -> list[str]:
    rows = await desk.tx.rows(
        sql(
            "SELECT target::text FROM reader__favourites WHERE record = {id} ORDER BY 1",
            id=param(reader, "uuid"),
        )
    )
    return [row[0] for row in rows]
