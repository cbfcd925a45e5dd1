"""What roles say about writing: stages, denials, who may give away, what may be created."""

from dataclasses import replace
from uuid import UUID

import pytest
from tests.lending import Desk, furnish, lending, words
from tests.library import ALL, Person, role

from zhike.access import ActionNotAllowed
from zhike.db.conversation import Conversation
from zhike.kernel.faults import Invalid
from zhike.kernel.sql import param, sql
from zhike.store.batch import Entry, Fate

HALL, ANNEX = UUID(int=0xD1), UUID(int=0xD2)
GOLD = {"when": 'grade = "金卡"', "fields": {"deposit": "read"}}
ROLES = (
    role("librarian", others=ALL),
    role("staged", reader={**ALL, "stages": [GOLD]}),
    role("locked", reader={**ALL, "stages": [{**GOLD, "other_fields": "read"}]}),
    role(
        "drafts",
        reader={
            **ALL,
            "other_fields": "read",
            "stages": [{"when": "grade is empty or grade = '普通'", "other_fields": "write"}],
        },
    ),
    role("rich", reader={"read": "own", "update": "own", "other_fields": "write"}),
    role("kept", reader={**ALL, "transfer": "none"}),
    role("giver", reader={"read": "all", "transfer": "all"}),
    role("homely", reader={"read": "all", "create": "own", "update": "all"}),
    role(
        "careful",
        reader=ALL,
        deny=[
            {"object": "reader", "actions": ["update"], "fields": ["phone"]},
            {"object": "reader", "actions": ["delete"], "where": 'grade = "金卡"'},
        ],
    ),
    role(
        "sealed",
        others=ALL,
        deny=[{"object": "card", "actions": ["update", "delete"], "where": 'number = "K1"'}],
    ),
    role("blind", deny=[{"object": "reader", "fields": ["secret"]}]),
)


def person(number: int, *roles: str) -> Person:
    """Give somebody of the hall."""
    return Person(
        id=UUID(int=number),
        name=f"馆员{number}",
        departments=(HALL,),
        below=frozenset({HALL}),
        roles=frozenset(roles),
    )


MAX, MIA = person(0xA1), person(0xA2)


@pytest.fixture
async def desk(tx: Conversation) -> Desk:
    """Max at the desk, with no role yet."""
    snapshot = lending(*ROLES)
    await furnish(tx, snapshot, MAX, MIA)
    return Desk(tx=tx, snapshot=snapshot, person=MAX)


def holding(desk: Desk, *roles: str) -> Desk:
    """Give Max some roles."""
    return replace(desk, person=replace(desk.person, roles=frozenset(roles)))


async def reader(desk: Desk, **given: str | None) -> UUID:
    """Give a reader that stands there, whoever made it."""
    made = {"name": "王强", "deposit": "10", **given}
    return await holding(desk, "librarian").one("reader", **made)


async def test_a_stage_closes_a_field(desk: Desk) -> None:
    seen = holding(desk, "staged")
    plain, gold = await reader(desk), await reader(desk, name="李丽", grade="金卡")

    assert words(await seen.change("reader", plain, {"deposit": "20"})) == []
    assert words(await seen.change("reader", gold, {"deposit": "20"})) == [
        "deposit: field_not_yours"
    ]
    assert words(await seen.change("reader", gold, {"code": "x"})) == []


async def test_a_closed_field_is_not_filled_on_the_way_into_its_stage(desk: Desk) -> None:
    seen = holding(desk, "staged")
    one = await reader(desk)

    both = await seen.change("reader", one, {"grade": "金卡", "deposit": "20"})
    assert words(both) == ["deposit: closed_then"]
    assert await seen.held("reader", one, "deposit", "grade", "version") == (10, "普通", 1)

    out = await reader(desk, name="李丽", grade="金卡")
    assert words(await seen.change("reader", out, {"grade": "普通", "deposit": "20"})) == [
        "deposit: field_not_yours"
    ]


async def test_the_field_that_decides_may_close_itself(desk: Desk) -> None:
    seen = holding(desk, "locked")
    one = await reader(desk)

    assert words(await seen.change("reader", one, {"grade": "金卡"})) == []
    assert words(await seen.change("reader", one, {"grade": "普通"})) == ["grade: field_not_yours"]


async def test_nothing_is_created_in_a_stage_where_it_could_not_be_filled(desk: Desk) -> None:
    seen = holding(desk, "staged")

    done = await seen.create(
        "reader",
        {"name": "甲", "deposit": "1"},
        {"name": "乙", "deposit": "1", "grade": "金卡"},
        {"name": "丙", "grade": "金卡"},
    )

    assert [words(one) for one in done] == [[], ["deposit: closed_then"], []]
    assert [one.fate for one in done] == [Fate.CREATED, Fate.REFUSED, Fate.CREATED]
    assert await seen.count("reader") == 2


async def test_a_stage_may_open_what_is_closed_otherwise(desk: Desk) -> None:
    seen = holding(desk, "drafts")
    one = await seen.one("reader", name="甲", deposit="1")

    assert words(await seen.change("reader", one, {"deposit": "2", "grade": "普通"})) == []
    assert words(await seen.change("reader", one, {"deposit": "3", "grade": "金卡"})) == [
        "deposit: closed_then"
    ]
    assert words(await seen.change("reader", one, {"grade": "金卡"})) == []
    assert words(await seen.change("reader", one, {"deposit": "3"})) == ["deposit: field_not_yours"]
    (gold,) = await seen.create("reader", {"name": "乙", "grade": "金卡"})
    assert gold.fate is Fate.REFUSED


async def test_another_role_may_keep_its_own_records_open(desk: Desk) -> None:
    seen = holding(desk, "staged", "rich")
    mine = await reader(desk)
    other = await reader(desk, name="李丽", owner=str(MIA.id))

    change = {"grade": "金卡", "deposit": "20"}
    assert words(await seen.change("reader", mine, change)) == []
    assert words(await seen.change("reader", other, change)) == ["deposit: closed_then"]


async def test_all_or_nothing_takes_everything_back(desk: Desk) -> None:
    seen = holding(desk, "staged")

    with pytest.raises(Invalid) as raised:
        await seen.create(
            "reader", {"name": "甲"}, {"name": "乙", "deposit": "1", "grade": "金卡"}, atomic=True
        )

    assert [(one.at, one.word) for one in raised.value.problems] == [("[1].deposit", "closed_then")]


async def test_to_give_away_is_a_right_of_its_own(desk: Desk) -> None:
    one = await reader(desk)
    to_mia = {"owner": str(MIA.id)}

    assert words(await holding(desk, "kept").change("reader", one, {"code": "1"})) == []
    with pytest.raises(ActionNotAllowed):
        await holding(desk, "kept").change("reader", one, to_mia)
    mixed = await holding(desk, "kept").change("reader", one, {"code": "2", **to_mia})
    assert mixed.fate is Fate.REFUSED

    with pytest.raises(ActionNotAllowed):
        await holding(desk, "giver").change("reader", one, {"code": "2"})
    assert words(await holding(desk, "giver").change("reader", one, to_mia)) == []
    assert await desk.held("reader", one, "owner") == (MIA.id,)


async def test_creation_may_be_granted_for_ones_own_only(desk: Desk) -> None:
    seen = holding(desk, "homely")

    mine, other = await seen.create("reader", {"name": "甲"}, {"name": "乙", "owner": str(MIA.id)})

    assert (words(mine), words(other)) == ([], ["not_like_this"])
    assert await seen.count("reader") == 1


async def test_what_is_denied_is_granted_by_nobody(desk: Desk) -> None:
    seen = holding(desk, "librarian", "careful")
    one, gold = await reader(desk), await reader(desk, name="李丽", grade="金卡")

    assert words(await seen.change("reader", one, {"code": "1"})) == []
    refused = await seen.change("reader", one, {"phone": "13812345678"})
    assert refused.fate is Fate.REFUSED
    assert words(await seen.delete("reader", gold)) == ["record_not_yours"]
    assert words(await seen.delete("reader", one)) == []


async def test_what_is_denied_is_denied_inside_a_record_too(desk: Desk) -> None:
    seen = holding(desk, "sealed")
    one = await seen.one("reader", name="甲", cards=[{"number": "K1"}, {"number": "K2"}])
    rows = await desk.tx.rows(sql("SELECT id FROM card ORDER BY number"))
    first, second = ({"id": str(row[0])} for row in rows)

    renamed = await seen.change("reader", one, {"cards": [{**first, "number": "K9"}, second]})
    dropped = await seen.change("reader", one, {"cards": [second]})
    other = await seen.change("reader", one, {"cards": [first, {**second, "number": "K3"}]})

    assert words(renamed) == ["cards[0]: record_not_yours"]
    assert words(dropped) == ["cards: record_not_yours"]
    assert words(other) == [], "a row of which nothing is given stays as it is"


async def test_a_denied_field_is_an_unknown_one(desk: Desk) -> None:
    seen = holding(desk, "librarian", "blind")

    (refused,) = await seen.create("reader", {"name": "甲", "secret": "x"})
    (unknown,) = await seen.create("reader", {"name": "甲", "sicret": "x"})

    assert words(refused) == ["secret: unknown_field"]
    assert [one.split(": ")[1] for one in words(unknown)] == ["unknown_field"]


@pytest.mark.parametrize(
    ("level", "until", "said"),
    [
        ("read", None, "record_not_yours"),
        ("write", None, None),
        ("write", "2020-01-01", "no_such_record"),
    ],
)
async def test_a_share_is_worked_on_as_far_as_it_goes(
    desk: Desk, level: str, until: str | None, said: str | None
) -> None:
    one = await reader(desk, owner=str(MIA.id))
    await desk.tx.run(
        sql(
            "INSERT INTO zk_share (object, record, grantee, level, until)"
            " VALUES ('reader', {one}, {me}, {level}, {until})",
            one=param(one, "uuid"),
            me=param(f"user:{MAX.id}", "text"),
            level=param(level, "text"),
            until=param(until, "timestamptz"),
        )
    )
    seen = holding(desk, "rich")

    changed = await seen.change("reader", one, {"code": "1"})
    given = await seen.change("reader", one, {"owner": str(MAX.id)})

    assert words(changed) == ([said] if said else [])
    assert given.fate is Fate.REFUSED, "what is shared is not given away"


async def test_an_upsert_looks_back_like_any_change(desk: Desk) -> None:
    seen = holding(desk, "staged")
    await reader(desk, number="R1")

    rows = [
        {"number": "R1", "grade": "金卡", "deposit": "5"},
        {"number": "R2", "name": "乙", "grade": "金卡", "deposit": "5"},
        {"number": "R3", "name": "丙", "deposit": "5"},
    ]
    entries = (Entry(at=f"[{n}]", given=one) for n, one in enumerate(rows))
    done = await seen.take(seen.batch("reader", "create", *entries, key=("number",)))

    assert [words(one) for one in done] == [
        ["deposit: closed_then"],
        ["deposit: closed_then"],
        [],
    ]
