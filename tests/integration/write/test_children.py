"""Stories of sub-tables: rows that go in, change and go out together with their record."""

from uuid import uuid4

from tests.lending import BEN, Desk, words

from zhike.kernel.sql import param, sql
from zhike.store.batch import Fate


async def cards(desk: Desk, record: object) -> dict[str, tuple[str, int]]:
    rows = await desk.tx.rows(
        sql(
            "SELECT number, id::text, version FROM card WHERE reader = {id} AND deleted_at IS NULL",
            id=param(record, "uuid"),
        )
    )
    return {row[0]: (row[1], row[2]) for row in rows}


async def test_rows_are_made_with_their_record_and_belong_to_its_owner(desk: Desk) -> None:
    given = {"name": "王强", "owner": str(BEN.id), "cards": [{"number": "C1"}, {"number": "C2"}]}

    (done,) = await desk.create("reader", given)

    owners = await desk.tx.rows(sql("SELECT DISTINCT owner, department FROM card"))
    assert set(await cards(desk, done.record)) == {"C1", "C2"}
    assert owners == [(BEN.id, BEN.departments[0])]
    assert await desk.held("reader", done.record, "card_count") == (2,)


async def test_given_rows_replace_those_that_are_there(desk: Desk) -> None:
    record = await desk.one("reader", name="王强", cards=[{"number": "C1"}, {"number": "C2"}])
    before = await cards(desk, record)

    done = await desk.change(
        "reader",
        record,
        {"cards": [{"id": before["C2"][0], "number": "C9"}, {"number": "C3"}]},
    )

    after = await cards(desk, record)
    assert (done.fate, done.version) == (Fate.UPDATED, 2)
    assert set(after) == {"C9", "C3"}
    assert after["C9"] == (before["C2"][0], 2)
    assert await desk.held("reader", record, "card_count") == (2,)


async def test_the_same_rows_again_change_nothing(desk: Desk) -> None:
    record = await desk.one("reader", name="王强", cards=[{"number": "C1"}])
    before = await cards(desk, record)

    same = [{"id": id_, "number": number} for number, (id_, _) in before.items()]
    done = await desk.change("reader", record, {"cards": same})

    assert done.fate is Fate.UNCHANGED
    assert await cards(desk, record) == before


async def test_a_record_whose_rows_are_wrong_is_not_saved_and_the_others_are(desk: Desk) -> None:
    await desk.one("reader", name="赵六", cards=[{"number": "C1"}])

    done = await desk.create(
        "reader",
        {"name": "钱一", "cards": [{"number": "C2"}, {"numbr": "C3"}]},
        {"name": "孙二", "cards": [{"number": "C4"}, {"number": "C1"}]},
        {"name": "李三", "cards": [{"number": "C5"}]},
    )

    assert words(done[0]) == ["cards[1].numbr: unknown_field", "cards[1].number: required"]
    assert words(done[1]) == ["cards[1].number: taken"]
    assert done[2].fate is Fate.CREATED
    assert await desk.count("reader") == 2
    assert await desk.count("card") == 2


async def test_rows_of_another_record_cannot_be_taken(desk: Desk) -> None:
    other = await desk.one("reader", name="赵六", cards=[{"number": "C1"}])
    record = await desk.one("reader", name="王强")
    stolen = (await cards(desk, other))["C1"][0]

    done = await desk.change("reader", record, {"cards": [{"id": stolen, "number": "C1"}]})
    none = await desk.change("reader", record, {"cards": [{"id": str(uuid4()), "number": "C7"}]})

    assert words(done) == words(none) == ["cards[0].id: unknown_record"]
    assert await desk.held("reader", record, "version") == (1,)


async def test_rows_go_into_the_bin_with_their_record_and_come_back_with_it(desk: Desk) -> None:
    record = await desk.one("reader", name="王强", cards=[{"number": "C1"}, {"number": "C2"}])
    held = await cards(desk, record)
    await desk.change("reader", record, {"cards": [{"id": held["C1"][0], "number": "C1"}]})
    await desk.tx.run(sql("UPDATE card SET deleted_at = deleted_at - interval '1 hour'"))

    await desk.delete("reader", record)
    gone = await cards(desk, record)
    await desk.restore("reader", record)

    assert gone == {}
    assert set(await cards(desk, record)) == {"C1"}
