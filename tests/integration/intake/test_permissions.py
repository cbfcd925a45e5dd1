"""What may not be written, by whom; only then what may."""

from dataclasses import replace
from uuid import UUID

import pytest
from tests.lending import ANNA, BEN, Desk, furnish, lending, words
from tests.library import Person, role

from zhike.access import ActionNotAllowed
from zhike.db.conversation import Conversation
from zhike.hub.intake import CHECKING
from zhike.store.batch import Entry, Fate

CLERK = role(
    "clerk",
    reader={
        "read": "department",
        "create": True,
        "update": "own",
        "delete": "own",
        "fields": {"secret": "hidden", "deposit": "read", "phone": "masked"},
    },
    card={"read": "all", "create": True, "update": "all", "delete": "all"},
    book={"read": "all"},
)
KEEPER = role(
    "keeper",
    reader={
        "read": "department",
        "update": "department",
        "other_fields": "read",
        "fields": {"grade": "write"},
    },
)


def person(number: int, *roles: str, department: int = 0xD1) -> Person:
    """Give somebody of a department."""
    there = UUID(int=department)
    return Person(
        id=UUID(int=number),
        name=f"职员{number}",
        departments=(there,),
        below=frozenset({there}),
        roles=frozenset(roles),
    )


CARLA = person(0xC1, "clerk")
CHEN = person(0xC2, "clerk")
FAR = person(0xC3, "clerk", department=0xD3)
KIM = person(0xC4, "clerk", "keeper")
NOBODY = person(0xC5)


@pytest.fixture
async def desk(tx: Conversation) -> Desk:
    """Carla at the desk, a clerk."""
    snapshot = lending(CLERK, KEEPER)
    await furnish(tx, snapshot, ANNA, BEN, CARLA, CHEN, FAR, KIM, NOBODY)
    return Desk(tx=tx, snapshot=snapshot, person=CARLA)


def at(desk: Desk, person: Person) -> Desk:
    """Seat somebody else."""
    return replace(desk, person=person)


async def test_who_may_not_create_is_refused_before_anything_is_read(desk: Desk) -> None:
    with pytest.raises(ActionNotAllowed):
        await desk.create("book", {"titel": "甲"})
    with pytest.raises(ActionNotAllowed):
        await at(desk, NOBODY).create("reader", {"name": "王强"})


async def test_who_may_not_import_cannot_do_so_by_any_door(desk: Desk) -> None:
    with pytest.raises(ActionNotAllowed):
        await desk.create("reader", {"name": "王强"}, source="import")


async def test_a_hidden_field_is_an_unknown_one(desk: Desk) -> None:
    hidden, unknown = await desk.create(
        "reader", {"name": "王强", "secret": "x"}, {"name": "李丽", "secrets": "x"}
    )

    assert words(hidden) == ["secret: unknown_field"]
    assert words(unknown) == ["secrets: unknown_field"]
    assert "secret" not in str(unknown.problems[0].facts.get("near"))


async def test_a_hidden_field_is_an_unknown_one_in_a_change_too(desk: Desk) -> None:
    mine = await desk.one("reader", name="自己")

    hidden = await desk.change("reader", mine, {"secret": "x"})
    unknown = await desk.change("reader", mine, {"secrets": "x"})
    masked = await desk.change("reader", mine, {"phone": "13812345678"})

    assert words(hidden) == ["secret: unknown_field"]
    assert words(unknown) == ["secrets: unknown_field"]
    assert words(masked) == ["phone: field_not_writable"]


async def test_what_is_masked_read_only_or_computed_cannot_be_written(desk: Desk) -> None:
    (done,) = await desk.create(
        "reader", {"name": "王强", "deposit": 1, "phone": "13812345678", "fees": 1, "version": 7}
    )

    assert set(words(done)) == {
        "deposit: field_not_writable",
        "phone: field_not_writable",
        "fees: unknown_field",
        "version: field_not_writable",
    }


async def test_a_record_out_of_sight_is_not_there_and_one_of_a_colleague_is_not_theirs(
    desk: Desk,
) -> None:
    far = await at(desk, FAR).one("reader", name="远方")
    near = await at(desk, CHEN).one("reader", name="隔壁")
    mine = await desk.one("reader", name="自己")

    for deed in ("change", "delete"):
        told = {}
        for name, record in {"far": far, "near": near}.items():
            done = (
                await desk.change("reader", record, {"code": "1"})
                if deed == "change"
                else await desk.delete("reader", record)
            )
            told[name] = words(done)
        assert told == {"far": ["no_such_record"], "near": ["record_not_yours"]}
    assert (await desk.change("reader", mine, {"code": "1"})).fate is Fate.UPDATED
    assert (await desk.delete("reader", mine)).fate is Fate.DELETED


async def test_a_field_is_writable_only_where_its_role_reaches(desk: Desk) -> None:
    near = await at(desk, CHEN).one("reader", name="隔壁")
    kim = at(desk, KIM)

    grade = await kim.change("reader", near, {"grade": "金卡"})
    code = await kim.change("reader", near, {"code": "1"})
    both = await kim.change("reader", near, {"grade": "银卡", "code": "1"})

    assert grade.fate is Fate.UPDATED
    assert words(code) == words(both) == ["code: field_not_yours"]
    assert await desk.held("reader", near, "grade") == ("金卡",)


async def test_records_one_may_not_see_cannot_be_pointed_at(desk: Desk) -> None:
    far = await at(desk, FAR).one("reader", name="远方")

    (done,) = await desk.create("card", {"number": "1", "reader": str(far)})

    assert words(done) == ["reader: unknown_record"]


async def test_of_a_record_out_of_sight_only_the_owner_is_told(desk: Desk) -> None:
    await at(desk, FAR).one("reader", name="杭州云启科技有限公司")

    (done,) = await desk.create("reader", {"name": "杭州市云启科技有限责任公司"})

    (found,) = done.problems
    assert found.word == "duplicate"
    assert found.facts["owner"] == FAR.name
    assert {"record", "title"}.isdisjoint(found.facts)
    (match,) = done.matches
    assert (match.seen, match.title, match.owner) == (False, "", FAR.name)


async def test_a_record_one_may_see_is_told_with_its_id(desk: Desk) -> None:
    record = await at(desk, CHEN).one("reader", name="杭州云启科技有限公司")

    (done,) = await desk.create("reader", {"name": "杭州市云启科技有限责任公司"})

    facts = done.problems[0].facts
    assert (facts["record"], facts["title"]) == (record, "杭州云启科技有限公司")


async def test_a_duplicate_is_changed_only_by_who_may_change_it(desk: Desk) -> None:
    await at(desk, FAR).one("reader", name="远方科技有限公司")
    await at(desk, CHEN).one("reader", name="隔壁科技有限公司")
    await desk.one("reader", name="自己科技有限公司")

    done = await desk.create(
        "reader",
        *({"name": f"{name}科技", "code": "1"} for name in ("远方", "隔壁", "自己")),
        on_duplicate="update",
    )

    assert [words(one) for one in done] == [["name: duplicate"], ["record_not_yours"], []]
    assert done[2].fate is Fate.UPDATED


async def test_checking_says_everything_and_saves_nothing(desk: Desk) -> None:
    await at(desk, CHEN).one("reader", name="杭州云启科技有限公司")

    batch = desk.batch("reader", "create", Entry(given={"name": "杭州云启科技", "secret": "x"}))
    (done,) = await desk.take(batch, steps=CHECKING)

    assert words(done) == ["secret: unknown_field"]
    assert [one.title for one in done.matches] == ["杭州云启科技有限公司"]
    assert done.values["name"] == "杭州云启科技"
    assert done.values["grade"] == "普通"
    assert await desk.count("reader") == 1
