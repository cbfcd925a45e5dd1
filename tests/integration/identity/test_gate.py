"""Stories of the gate: who is recognised, and what becomes of them."""

from uuid import uuid4

import pytest
from tests.lending import BEN, Desk, words

from zhike.kernel.faults import Invalid
from zhike.kernel.sql import sql
from zhike.store.batch import Fate

FIRST = {"name": "宁波市海纳建筑工程有限公司", "phone": "189 9046 3691", "email": "A@Example.com"}


async def test_two_spellings_are_one_reader(desk: Desk) -> None:
    record = await desk.one("reader", **FIRST)

    done = await desk.create(
        "reader",
        {"name": "宁波海纳建筑工程有限责任公司"},
        {"name": "张三", "phone": "+86-18990463691"},
        {"name": "李四", "email": "a@example.COM"},
        {"name": "宁波海纳一建筑工程有限公司"},
    )

    assert [words(one) for one in done[:3]] == [
        ["name: duplicate"],
        ["phone: duplicate"],
        ["email: duplicate"],
    ]
    assert {one.matches[0].record for one in done[:3]} == {record}
    assert done[3].fate is Fate.CREATED


async def test_a_different_code_makes_them_two(desk: Desk) -> None:
    await desk.one("reader", **FIRST, code="A1")

    other, unsaid = await desk.create("reader", {**FIRST, "code": "B2"}, FIRST)

    assert other.fate is Fate.CREATED
    assert unsaid.fate is Fate.REFUSED


async def test_row_against_row(desk: Desk) -> None:
    done = await desk.create("reader", FIRST, {"name": "张三"}, {"name": "宁波海纳建筑工程"})

    assert [one.fate for one in done] == [Fate.CREATED, Fate.CREATED, Fate.REFUSED]
    assert words(done[2]) == ["name: duplicate_inside"]
    assert done[2].problems[0].facts["entry"] == 1


async def test_skipping_leaves_the_known_ones_alone(desk: Desk) -> None:
    record = await desk.one("reader", **FIRST)

    known, new, again = await desk.create(
        "reader", {**FIRST, "code": "X"}, {"name": "张三"}, {"name": "张三"}, on_duplicate="skip"
    )

    assert (known.fate, known.record) == (Fate.SKIPPED, record)
    assert (new.fate, again.fate) == (Fate.CREATED, Fate.SKIPPED)
    assert await desk.held("reader", record, "code") == (None,)
    assert await desk.count("reader") == 2


async def test_what_is_left_out_draws_nobody_in(desk: Desk) -> None:
    """An entry that is the same as a record and left out must not make others the same as it."""
    await desk.one("reader", name="张三", phone="13800000001")

    bridge, other, same = await desk.create(
        "reader",
        {"name": "李四", "phone": "13800000001"},
        {"name": "李四", "phone": "13800000002"},
        {"name": "李四", "phone": "13800000003"},
        on_duplicate="skip",
    )

    assert [bridge.fate, other.fate, same.fate] == [Fate.SKIPPED, Fate.CREATED, Fate.SKIPPED]
    assert [match.entry for match in same.matches] == [1]


async def test_updating_completes_the_known_ones(desk: Desk) -> None:
    record = await desk.one("reader", **FIRST, grade="金卡")

    (done,) = await desk.create(
        "reader",
        {"name": "宁波海纳建筑工程有限公司", "deposit": "1万", "grade": ""},
        on_duplicate="update",
        blank_clears=False,
    )

    assert (done.fate, done.record, done.version) == (Fate.UPDATED, record, 2)
    held = await desk.held("reader", record, "name", "deposit", "grade", "phone")
    assert held == ("宁波海纳建筑工程有限公司", 10000, "金卡", "+86-18990463691")


async def test_updating_merges_entries_that_mean_the_same(desk: Desk) -> None:
    record = await desk.one("reader", **FIRST)

    done = await desk.create(
        "reader",
        {"name": "宁波海纳建筑工程", "code": "1"},
        {"name": "张三", "code": "5"},
        {"name": "张三", "deposit": "7"},
        {"phone": "18990463691", "deposit": "3"},
        on_duplicate="update",
    )

    assert [one.fate for one in done] == [
        Fate.UPDATED,
        Fate.CREATED,
        Fate.SKIPPED,
        Fate.SKIPPED,
    ]
    assert await desk.held("reader", record, "code", "deposit") == ("1", 3)
    assert await desk.held("reader", done[1].record, "code", "deposit") == ("5", 7)
    assert (done[2].record, done[3].record) == (done[1].record, record)


async def test_creating_all_the_same_keeps_only_what_is_unique(desk: Desk) -> None:
    await desk.one("reader", **FIRST, number="N1")

    same, taken = await desk.create(
        "reader", FIRST, {"name": "张三", "number": "N1"}, on_duplicate="create"
    )

    assert same.fate is Fate.CREATED
    assert words(taken) == ["number: taken"]


async def test_a_change_that_makes_two_the_same_is_refused(desk: Desk) -> None:
    await desk.one("reader", **FIRST)
    other = await desk.one("reader", name="张三")

    clash = await desk.change("reader", other, {"phone": "18990463691"})
    free = await desk.change("reader", other, {"phone": "13800000001"})
    still = await desk.change("reader", other, {"phone": "13800000001", "name": "张三"})

    assert words(clash) == ["phone: duplicate"]
    assert free.fate is Fate.UPDATED
    assert still.fate is Fate.UNCHANGED


async def test_keys_follow_a_change(desk: Desk) -> None:
    record = await desk.one("reader", **FIRST)
    await desk.change("reader", record, {"phone": "13800000001"})

    old, new = await desk.create(
        "reader", {"name": "张三", "phone": "18990463691"}, {"name": "李四", "phone": "13800000001"}
    )

    assert old.fate is Fate.CREATED
    assert words(new) == ["phone: duplicate"]


async def test_what_comes_back_from_the_bin_meets_the_gate_too(desk: Desk) -> None:
    record = await desk.one("reader", **FIRST)
    await desk.delete("reader", record)
    await desk.one("reader", name="宁波海纳建筑工程")

    refused = await desk.restore("reader", record)
    forced = await desk.restore("reader", record, on_duplicate="create")

    assert words(refused) == ["name: duplicate"]
    assert forced.fate is Fate.RESTORED


async def test_an_upsert_goes_by_its_key(desk: Desk) -> None:
    known = await desk.one("reader", name="张三", number="N1")

    done = await desk.create(
        "reader",
        {"number": "N1", "code": "1"},
        {"number": "N2", "name": "李四"},
        {"number": "N2", "code": "9"},
        {"number": "N3"},
        key=("number",),
        on_duplicate="update",
    )

    assert [one.fate for one in done] == [
        Fate.UPDATED,
        Fate.CREATED,
        Fate.SKIPPED,
        Fate.REFUSED,
    ]
    assert words(done[3]) == ["name: required"]
    assert done[0].record == known
    assert await desk.held("reader", done[1].record, "name", "code") == ("李四", "9")


@pytest.mark.parametrize("key", [("nothing",), ("grade",), ("number", "grade")])
async def test_an_upsert_wants_a_unique_key(desk: Desk, key: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        await desk.create("reader", {"number": "N1"}, key=key, on_duplicate="update")


async def test_a_departed_owner_is_refused(desk: Desk) -> None:
    await desk.tx.run(sql("UPDATE zk_user SET active = false WHERE name = '小本'"))

    gone, nobody = await desk.create(
        "reader", {"name": "张三", "owner": str(BEN.id)}, {"name": "李四", "owner": str(uuid4())}
    )

    assert words(gone) == ["owner: departed"]
    assert words(nobody) == ["owner: unknown_record"]
