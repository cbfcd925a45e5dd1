"""Stories of the gate beyond exact keys: who is told of, who is refused, and why."""

import pytest
from tests.lending import SAME_READER, Desk, furnish, lending, words

from zhike.db.conversation import Conversation
from zhike.hub.intake import CHECKING
from zhike.store.batch import Entry, Fate, Match

KNOWN = {
    "name": "杭州海纳恒通信息技术有限公司",
    "phone": "139 0000 1234",
    "email": "li@hainaht.com",
}


async def asked(desk: Desk, **given: str) -> tuple[Match, ...]:
    """Ask who a reader may be the same as, without saving anything."""
    batch = desk.batch("reader", "create", Entry(given=given), on_duplicate="create")
    (entry,) = await desk.take(batch, steps=CHECKING)
    return (*entry.matches, *entry.hints)


@pytest.mark.parametrize(
    ("typed", "agreement"),
    [
        ("杭州海那恒通信息技术有限公司", "same_sound"),
        ("杭州海纳横通信息技术有限公司", "same_sound"),
        ("杭州海金恒通信息技术有限公司", "one_typo"),
        ("杭州海恒纳通信息技术有限公司", "one_typo"),
        ("杭州海纳恒信息技术有限公司", "misspelt"),
        ("杭州海纳恒通达信息技术有限公司", "misspelt"),
        ("海纳恒通信息技术有限公司", "same_core"),
        ("海纳恒通", "cut_short"),
        ("杭州海納恆通信息技術有限公司", "same"),
    ],
)
async def test_a_name_typed_in_another_way_is_found(desk: Desk, typed: str, agreement: str) -> None:
    record = await desk.one("reader", **KNOWN)

    found = await asked(desk, name=typed)

    assert [one.record for one in found] == [record]
    assert found[0].compared[0].agreement == agreement
    assert found[0].compared[0].held == KNOWN["name"]
    assert (found[0].verdict == "block") is (agreement == "same")


async def test_a_likeness_is_told_and_refuses_nothing(desk: Desk) -> None:
    record = await desk.one("reader", **KNOWN)

    (done,) = await desk.create("reader", {"name": "杭州海那恒通信息技术有限公司"})

    assert done.fate is Fate.CREATED
    assert [(one.record, one.verdict) for one in done.hints] == [(record, "warn")]
    assert 0.2 < done.hints[0].score < 0.99


async def test_what_is_nearly_sure_is_refused(desk: Desk) -> None:
    """A homophone and a slip of the finger in the telephone: no key agrees, and yet it is one."""
    record = await desk.one("reader", **KNOWN)

    (done,) = await desk.create(
        "reader", {"name": "杭州海那恒通信息技术有限公司", "phone": "13900001235"}
    )

    assert words(done) == ["name: near_duplicate"]
    assert done.matches[0].record == record
    assert done.matches[0].score > 0.99
    assert [one.agreement for one in done.matches[0].compared] == ["same_sound", "one_typo"]


async def test_row_against_row_within_a_batch(desk: Desk) -> None:
    first, second = await desk.create(
        "reader", KNOWN, {"name": "杭州海那恒通信息技术有限公司", "phone": "13900001235"}
    )

    assert first.fate is Fate.CREATED
    assert words(second) == ["name: near_duplicate_inside"]


async def test_sisters_with_one_switchboard_are_two(desk: Desk) -> None:
    record = await desk.one("reader", **KNOWN)
    sister = {**KNOWN, "name": "杭州海纳恒通贸易有限公司"}

    (told,) = await asked(desk, **sister)
    (done,) = await desk.create("reader", sister)

    assert (told.record, told.verdict) == (record, "warn")
    assert done.fate is Fate.CREATED


async def test_an_agents_telephone_makes_nobody_one(desk: Desk) -> None:
    await desk.one("reader", name="苏州云图科技有限公司", phone=KNOWN["phone"])

    first, second = await desk.create(
        "reader", KNOWN, {"name": "宁波天景物流有限公司", "phone": KNOWN["phone"]}
    )

    assert [first.fate, second.fate] == [Fate.CREATED, Fate.CREATED]


async def test_relatives_are_told_as_such(desk: Desk) -> None:
    head = await desk.one("reader", name="北京字节跳动科技有限公司")

    (trade,) = await asked(desk, name="北京字节跳动网络技术有限公司")
    (branch,) = await asked(desk, name="北京字节跳动科技有限公司杭州分公司")

    assert (trade.record, trade.verdict) == (head, "related")
    assert (branch.record, branch.verdict) == (head, "related")


@pytest.mark.parametrize("name", ["杭州云图信息技术有限公司", "宁波海纳恒通信息技术有限公司"])
async def test_other_companies_are_nobody(desk: Desk, name: str) -> None:
    await desk.one("reader", **KNOWN)

    assert await asked(desk, name=name) == ()


async def test_a_change_into_somebody_else_is_refused(desk: Desk) -> None:
    await desk.one("reader", **KNOWN)
    other = await desk.one("reader", name="苏州云图科技有限公司", phone="13900001235")

    done = await desk.change("reader", other, {"name": "杭州海那恒通信息技术有限公司"})

    assert words(done) == ["name: near_duplicate"]


@pytest.mark.parametrize(
    ("policy", "fate", "hints"),
    [
        ({"api": {"block": None, "warn": None}}, Fate.CREATED, 0),
        ({"others": {"block": 0.3, "warn": None}}, Fate.REFUSED, 0),
        ({"import": {"block": 0.3}}, Fate.CREATED, 1),
    ],
)
async def test_each_source_has_its_policy(
    tx: Conversation, policy: dict[str, object], fate: Fate, hints: int
) -> None:
    snapshot = lending(match={**SAME_READER, "policy": policy})
    await furnish(tx, snapshot)
    desk = Desk(tx=tx, snapshot=snapshot)
    await desk.one("reader", **KNOWN)

    (done,) = await desk.create("reader", {"name": "杭州海那恒通信息技术有限公司"})

    assert (done.fate, len(done.hints)) == (fate, hints)


ROOM = {"key": "room", "expression": 'LEFT(secret, 1) & "-" & grade'}


@pytest.mark.parametrize(
    ("more", "secret", "verdict"),
    [
        ({"weights": {"same": 12}}, "a 17", "block"),
        ({"weights": {"different": -30}}, "b 17", None),
        ({"using": "text", "weights": {"same": 12}}, "A 9", "block"),
    ],
)
async def test_an_expression_counts_like_a_field(
    tx: Conversation, more: dict[str, object], secret: str, verdict: str | None
) -> None:
    """Its value is worked out for what is typed and for what is there alike."""
    snapshot = lending(match={**SAME_READER, "compare": [{**ROOM, **more}]})
    await furnish(tx, snapshot)
    desk = Desk(tx=tx, snapshot=snapshot)
    record = await desk.one("reader", **KNOWN, secret="A 5", grade="金卡")

    found = await asked(desk, name="杭州海那恒通信息技术有限公司", secret=secret, grade="金卡")

    assert [one.verdict for one in found] == ([verdict] if verdict else [])
    if verdict:
        told = {one.field: one for one in found[0].compared}["room"]
        assert found[0].record == record
        assert (told.given, told.held) == (f"{secret[0]}-金卡", "A-金卡")
        assert "room" in found[0].reasons


async def test_rows_of_a_batch_are_compared_by_expressions_too(tx: Conversation) -> None:
    snapshot = lending(match={**SAME_READER, "compare": [{**ROOM, "weights": {"same": 12}}]})
    await furnish(tx, snapshot)
    desk = Desk(tx=tx, snapshot=snapshot)

    first, second = await desk.create(
        "reader",
        {**KNOWN, "secret": "A 5", "grade": "金卡"},
        {"name": "杭州海那恒通信息技术有限公司", "secret": "A 6", "grade": "金卡"},
    )

    assert first.fate is Fate.CREATED
    assert words(second) == ["name: near_duplicate_inside"]
