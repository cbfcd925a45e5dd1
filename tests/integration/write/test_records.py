"""Stories of records that are written: created, changed, left alone, thrown away and taken back."""

from uuid import uuid4

import pytest
from tests.lending import BEN, Desk, words

from zhike.kernel.faults import Invalid
from zhike.kernel.sql import param, sql
from zhike.store.batch import Fate


async def test_a_new_record_belongs_to_whoever_makes_it(desk: Desk) -> None:
    (done,) = await desk.create("reader", {"name": "杭州云启科技有限公司"})

    owner, department, version, grade = await desk.held(
        "reader", done.record, "owner", "department", "version", "grade"
    )
    assert done.fate is Fate.CREATED
    assert (owner, department) == (desk.person.id, desk.person.departments[0])
    assert (version, grade) == (1, "普通")


async def test_a_record_given_to_somebody_goes_to_their_department(desk: Desk) -> None:
    record = await desk.one("reader", name="王强", owner=str(BEN.id))

    assert await desk.held("reader", record, "owner", "department") == (BEN.id, BEN.departments[0])


async def test_a_record_handed_over_follows_its_new_owner(desk: Desk) -> None:
    record = await desk.one("reader", name="王强")

    await desk.change("reader", record, {"owner": str(BEN.id)})

    assert await desk.held("reader", record, "owner", "department") == (BEN.id, BEN.departments[0])


async def test_every_problem_of_every_record_is_told_and_the_others_are_saved(desk: Desk) -> None:
    done = await desk.create(
        "reader",
        {"name": "赵一"},
        {"nam": "钱二", "phone": "12"},
        {"name": "孙三", "grade": "钻石", "deposit": "很多"},
        {"name": "李四", "branch": str(uuid4())},
    )

    assert [one.fate for one in done] == [Fate.CREATED, Fate.REFUSED, Fate.REFUSED, Fate.REFUSED]
    assert "nam: unknown_field" in words(done[1])
    assert "name: required" in words(done[1])
    assert {one.at for one in done[1].problems} == {"nam", "phone", "name"}
    assert {one.at for one in done[2].problems} == {"grade", "deposit"}
    assert words(done[3]) == ["branch: unknown_record"]
    assert await desk.count("reader") == 1


async def test_what_does_not_change_is_not_written(desk: Desk) -> None:
    record = await desk.one("reader", name="王强", deposit="100", favourites=[])

    done = await desk.change("reader", record, {"deposit": "¥100.00", "favourites": []})

    assert done.fate is Fate.UNCHANGED
    assert await desk.held("reader", record, "version") == (1,)
    assert await events(desk, record) == ["created"]


async def test_a_change_is_told_with_what_was_and_what_is(desk: Desk) -> None:
    record = await desk.one("reader", name="王强", phone="13812345678")

    done = await desk.change("reader", record, {"phone": "13900001111", "grade": "金卡"})

    rows = await desk.tx.rows(
        sql(
            "SELECT e.old->>'phone', e.new->>'phone', e.old->>'grade', e.new->>'grade',"
            " (SELECT count(*) FROM jsonb_object_keys(e.new)) FROM zk_event AS e"
            " WHERE record = {id} AND kind = 'updated'",
            id=param(record, "uuid"),
        )
    )
    assert done.version == 2
    assert rows == [("+86-13812345678", "+86-13900001111", "普通", "金卡", 2)]


async def test_an_empty_value_clears_a_field_or_keeps_it_as_the_source_says(desk: Desk) -> None:
    record = await desk.one("reader", name="王强", code="X1", deposit="5")

    await desk.change("reader", record, {"code": "", "deposit": None}, blank_clears=False)
    kept = await desk.held("reader", record, "code")
    await desk.change("reader", record, {"code": "", "deposit": None})

    assert kept == ("X1",)
    assert await desk.held("reader", record, "code", "deposit") == (None, None)


async def test_a_required_field_cannot_be_cleared(desk: Desk) -> None:
    record = await desk.one("reader", name="王强")

    done = await desk.change("reader", record, {"name": " "})

    assert words(done) == ["name: required"]


async def test_a_version_that_has_passed_is_refused(desk: Desk) -> None:
    record = await desk.one("reader", name="王强")
    await desk.change("reader", record, {"code": "1"})

    late = await desk.change("reader", record, {"code": "2"}, version=1)
    right = await desk.change("reader", record, {"code": "2"}, version=2)

    assert words(late) == ["stale"]
    assert (right.fate, right.version) == (Fate.UPDATED, 3)


async def test_a_unique_value_is_refused_where_it_stands(desk: Desk) -> None:
    await desk.one("book", title="甲", isbn="1", shelf="A")

    done = await desk.create(
        "book",
        {"title": "乙", "isbn": "1"},
        {"title": "甲", "isbn": "2", "shelf": "A"},
        {"title": "甲", "isbn": "3", "shelf": "B"},
        {"title": "丙", "isbn": "3"},
    )

    assert words(done[0]) == ["isbn: taken"]
    assert words(done[1]) == ["title: taken"]
    assert done[2].fate is Fate.CREATED
    assert words(done[3]) == ["isbn: duplicate_inside"]


async def test_a_change_to_a_taken_value_is_refused(desk: Desk) -> None:
    await desk.one("book", title="甲", isbn="1")
    other = await desk.one("book", title="乙", isbn="2")

    done = await desk.change("book", other, {"isbn": "1"})
    same = await desk.change("book", other, {"isbn": "2", "shelf": "C"})

    assert words(done) == ["isbn: taken"]
    assert same.fate is Fate.UPDATED


async def test_links_are_made_changed_and_told(desk: Desk) -> None:
    books = [str(await desk.one("book", title=title)) for title in "甲乙丙"]
    record = await desk.one("reader", name="王强", favourites=books[:2])

    done = await desk.change("reader", record, {"favourites": books[1:]})

    linked = await desk.tx.rows(sql('SELECT target::text FROM "reader__favourites" ORDER BY 1'))
    assert [row[0] for row in linked] == sorted(books[1:])
    assert done.version == 2
    fans = await desk.tx.rows(sql("SELECT title, fan_count::integer FROM book"))
    assert dict(fans) == {"甲": 0, "乙": 1, "丙": 1}


async def test_the_bin_keeps_a_record_and_frees_its_unique_values(desk: Desk) -> None:
    record = await desk.one("book", title="甲", isbn="1")

    gone = await desk.delete("book", record)
    again = await desk.delete("book", record)
    taking = await desk.one("book", title="乙", isbn="1")
    clash = await desk.restore("book", record)
    await desk.delete("book", taking)
    back = await desk.restore("book", record)

    assert gone.fate is Fate.DELETED
    assert words(again) == ["no_such_record"]
    assert words(clash) == ["isbn: taken"]
    assert back.fate is Fate.RESTORED
    assert await events(desk, record) == ["created", "deleted", "restored"]


async def test_a_deleted_record_cannot_be_changed_or_pointed_at(desk: Desk) -> None:
    branch = await desk.one("branch", name="东馆")
    await desk.delete("branch", branch)

    change = await desk.change("branch", branch, {"name": "西馆"})
    (point,) = await desk.create("reader", {"name": "王强", "branch": str(branch)})

    assert words(change) == ["no_such_record"]
    assert words(point) == ["branch: unknown_record"]


async def test_texts_that_cannot_be_stored_are_refused_at_their_place(desk: Desk) -> None:
    done = await desk.create("book", {"title": "a\x00b"}, {"title": "x\ud800"}, {"title": "好"})

    assert [one.fate for one in done][2] is Fate.CREATED
    for one in done[:2]:
        assert one.fate is Fate.CREATED or words(one)[0].startswith("title:")


async def test_an_import_may_say_who_made_a_record_and_when(desk: Desk) -> None:
    given = {"name": "王强", "created_at": "2020-01-02 03:04", "created_by": str(BEN.id)}

    (usual,) = await desk.create("reader", given)
    (trusted,) = await desk.create("reader", given, trusted=True)

    assert set(words(usual)) == {
        "created_at: field_not_writable",
        "created_by: field_not_writable",
    }
    year, by = await desk.held("reader", trusted.record, "created_at", "created_by")
    assert (year.year, by) == (2020, BEN.id)


async def test_all_or_nothing_refuses_the_whole_batch(desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        await desk.create("book", {"title": "甲"}, {"titel": "乙"}, atomic=True)

    assert {one.at for one in refused.value.problems} == {"[1].titel", "[1].title"}
    assert await desk.count("book") == 0


async def events(desk: Desk, record: object) -> list[str]:
    rows = await desk.tx.rows(
        sql("SELECT kind FROM zk_event WHERE record = {id} ORDER BY seq", id=param(record, "uuid"))
    )
    return [row[0] for row in rows]
