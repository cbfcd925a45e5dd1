"""Files into the base: what comes in, what is told, and what is never lost, doubled or invented."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import load_workbook
from tests.integration.ingest.club import Club, sheet, somebody, workbook

from zhike.access import ActionNotAllowed
from zhike.hub import ingest
from zhike.hub.ingest import Change
from zhike.hub.ingest.faults import NotADraft, RunElsewhere, UnknownImport
from zhike.kernel.faults import Invalid, Unavailable
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch

HEAD = ["姓名", "手机", "邮箱", "年费", "入会日期", "等级", "备注"]


async def test_a_line_becomes_a_record_in_standard_form(club: Club) -> None:
    task = await club.imported(
        sheet(
            HEAD, ["林 徽因", "138 1234 5678", " Lin@Book.CN", "1.2万", "2024年5月6日", "金卡", "x"]
        )
    )

    assert (task.state, task.counts.created, task.counts.failed) == ("done", 1, 0)
    assert await club.rows(
        "SELECT name, phone, email, fee::text, joined::text, grade, remark FROM member"
    ) == [("林徽因", "+86-13812345678", "lin@book.cn", "12000.00", "2024-05-06", "金卡", "x")]
    assert await club.rows(
        "SELECT raw->>'name', raw->>'phone', raw->>'email', raw->>'fee', raw->>'grade'"
        " FROM zk_event WHERE object = 'member' AND raw IS NOT NULL"
    ) == [("林 徽因", "138 1234 5678", " Lin@Book.CN", "1.2万", None)], "what was typed is kept"


async def test_an_unreadable_cell_costs_its_value_and_a_required_one_its_line(club: Club) -> None:
    task = await club.imported(
        sheet(
            HEAD,
            ["林徽因", "1381234", "", "", "2024-13-99", "白金", ""],
            ["", "13912345678", "", "", "", "", ""],
        )
    )

    assert (task.counts.created, task.counts.failed) == (1, 1)
    assert [(line, column) for line, column, _ in await club.told(task)] == [
        (2, "B"), (2, "E"), (2, "F"), (3, "A"),
    ]  # fmt: skip
    first = (await club.problems(task))[0]["problems"][0]
    assert (first["header"], first["value"], first["field"]) == ("手机", "1381234", "phone")
    assert first["zh"]
    assert first["en"]
    assert await club.rows("SELECT name, phone, joined, grade FROM member") == [
        ("林徽因", None, None, None)
    ]


async def test_what_a_cell_holds_beyond_its_value_goes_on_or_is_told(club: Club) -> None:
    task = await club.imported(
        sheet(
            ["姓名", "手机/电话", "邮箱"],
            ["林徽因(采购)", "13812345678/0571-85634111", "a@b.cn;c@d.cn"],
        )
    )

    assert await club.rows("SELECT name, title, phone, landline, email FROM member") == [
        ("林徽因", "采购", "+86-13812345678", "0571-85634111", "a@b.cn")
    ]
    assert [(column, word) for _, column, word in await club.told(task)] == [
        ("A", "put_elsewhere"), ("B", "put_elsewhere"), ("C", "left_over"),
    ]  # fmt: skip


async def test_units_of_the_head_multiply_bare_numbers_only(club: Club) -> None:
    await club.imported(sheet(["姓名", "年费(万元)"], ["甲", "2"], ["乙", "30元"], ["丙", "4万"]))

    assert await club.rows("SELECT name, fee::text FROM member ORDER BY name") == [
        ("丙", "40000.00"), ("乙", "30.00"), ("甲", "20000.00"),
    ]  # fmt: skip


async def test_totals_notes_and_repeated_heads_are_no_records(club: Club) -> None:
    head = ["姓名", "年费"]
    task = await club.imported(
        sheet(
            ["会员登记表"],
            head,
            ["林徽因", "1"],
            [],
            head,
            ["小计", "1"],
            ["沈从文", "2"],
            ["合 计:", "3"],
            ["制表人:赵敏", ""],
        )
    )

    assert [tuple(one) for one in task.counts.ignored] == [
        (5, "head"), (6, "total"), (8, "total"), (9, "note"),
    ]  # fmt: skip
    assert await club.rows("SELECT name FROM member ORDER BY fee") == [("林徽因",), ("沈从文",)]


async def test_a_slipped_line_of_a_csv_is_left_out_and_a_short_one_told(club: Club) -> None:
    content = "姓名,备注,年费\n林徽因,a,b,3\n沈从文,c\n鲁迅,d,5,\n".encode()
    task = await club.imported(content)

    assert await club.told(task) == [
        (2, "C", "unreadable"), (2, None, "too_many_cells"), (3, None, "too_few_cells"),
    ]  # fmt: skip
    assert await club.rows("SELECT name FROM member ORDER BY name") == [("沈从文",), ("鲁迅",)]


async def test_people_are_found_by_name_and_number_and_never_invented(club: Club) -> None:
    names = ["钱强", "钱 强", "赵敏(E02)", "e02", "吴刚", "已离职-吴刚", "已离职-吴刚", "李雷"]
    lines = [[f"会员{'甲乙丙丁戊己庚辛'[n]}", name] for n, name in enumerate(names)]
    task = await club.imported(sheet(["姓名", "负责人"], *lines))

    assert task.counts.unknown == {"负责人": {"吴刚": 1, "已离职-吴刚": 2}}
    assert [(line, word) for line, _, word in await club.told(task)] == [
        (6, "departed_link"), (7, "unknown_link"), (8, "unknown_link"), (9, "ambiguous_link"),
    ]  # fmt: skip
    assert await club.rows(
        "SELECT u.login, count(*) FROM member m LEFT JOIN zk_user u ON u.id = m.owner"
        " GROUP BY 1 ORDER BY 1"
    ) == [("clerk", 4), ("qian", 2), ("zhao", 2)]


async def test_records_are_found_by_title_spelling_and_code(club: Club) -> None:
    await club.imported(
        sheet(["分会名称", "编码"], ["杭州市青松读书有限公司", "HZ"], ["上海晨读社", "SH"]),
        "branch",
    )
    task = await club.imported(
        sheet(
            ["姓名", "分会"],
            ["甲", "杭州市青松读书有限公司"],
            ["乙", "杭州青松读书有限责任公司"],
            ["丙", "SH"],
            ["丁", "北京没有"],
        )
    )

    assert await club.told(task) == [(5, "B", "unknown_link")]
    assert await club.rows(
        "SELECT m.name, b.code FROM member m LEFT JOIN branch b ON b.id = m.branch ORDER BY 2, 1"
    ) == [("乙", "HZ"), ("甲", "HZ"), ("丙", "SH"), ("丁", None)]


async def test_a_required_record_that_is_not_found_costs_the_line(club: Club) -> None:
    await club.imported(sheet(["姓名"], ["林徽因"], ["沈从文"], ["沈从文"]))
    task = await club.imported(
        sheet(["会员", "说明"], ["林徽因", "a"], ["鲁迅", "b"], ["沈从文", "c"]), "visit"
    )

    assert (task.counts.created, task.counts.failed) == (1, 2)
    assert await club.told(task) == [(3, "A", "unknown_link"), (4, "A", "ambiguous_link")]


async def test_several_records_of_one_cell_are_all_linked(club: Club) -> None:
    await club.imported(sheet(["姓名"], ["林徽因"], ["沈从文"]))
    task = await club.imported(sheet(["姓名", "好友"], ["鲁迅", "林徽因、沈从文;无此人"]))

    assert await club.told(task) == [(2, "B", "unknown_link")]
    assert await club.rows(
        "SELECT t.name FROM member__friends f JOIN member t ON t.id = f.target ORDER BY 1"
    ) == [("林徽因",), ("沈从文",)]


async def test_an_importer_finds_only_what_they_may_see(club: Club) -> None:
    await club.imported(sheet(["姓名"], ["林徽因"]))
    helper = club.seen_by(somebody("helper"))

    task = await helper.imported(sheet(["会员", "说明"], ["林徽因", "a"]), "visit")

    assert (task.counts.created, task.counts.failed) == (0, 1)
    assert await helper.told(task) == [(2, "A", "unknown_link")]


async def test_a_record_is_not_found_by_what_is_masked(club: Club) -> None:
    await club.imported(sheet(["姓名", "手机"], ["林徽因", "13812345678"]))
    seeing = '{"member": {"read": "all", "fields": {"phone": "%s"}}}'

    for level, created in (("masked", 0), ("hidden", 0), ("read", 1)):
        held = replace(club.viewer, roles=frozenset({"helper"}), personal=seeing % level)
        guest = club.seen_by(held)
        task = await guest.imported(sheet(["会员", "说明"], ["13812345678", "a"]), "visit")
        assert (task.counts.created, task.counts.failed) == (created, 1 - created)


async def test_the_same_one_twice_in_a_file_is_told_by_line(club: Club) -> None:
    task = await club.imported(
        sheet(["姓名", "手机"], ["林徽因", "13812345678"], ["林徽音", "+86 138-1234-5678"])
    )

    assert (task.counts.created, task.counts.skipped) == (1, 1)
    (line,) = await club.problems(task)
    assert line["line"] == 3
    assert "第 2 行" in line["problems"][0]["zh"]


async def test_a_second_import_of_the_same_file_creates_nothing(club: Club) -> None:
    content = sheet(["姓名", "手机"], ["林徽因", "13812345678"], ["沈从文", "13912345678"])
    first, second = await club.imported(content), await club.imported(content)

    assert (first.counts.created, second.counts.created, second.counts.skipped) == (2, 0, 2)
    assert "林徽因" in (await club.problems(second))[0]["problems"][0]["zh"]


async def test_an_update_keeps_what_the_file_leaves_blank(club: Club) -> None:
    await club.imported(
        sheet(["姓名", "手机", "备注", "等级"], ["林徽因", "13812345678", "old", "银卡"])
    )
    task = await club.imported(
        sheet(["姓名", "手机", "备注", "等级"], ["林徽因", "13812345678", "", "金卡"]),
        change=Change(on_duplicate="update"),
    )

    assert (task.counts.created, task.counts.updated) == (0, 1)
    assert await club.rows("SELECT remark, grade FROM member") == [("old", "金卡")]


async def test_an_import_keeps_when_a_record_was_made_and_says_where_it_came_from(
    club: Club,
) -> None:
    task = await club.imported(sheet(["姓名", "录入日期"], ["林徽因", "2020/2/3"]))

    assert await club.rows(
        "SELECT m.created_at::date::text, e.source, e.cause, e.kind"
        " FROM member m JOIN zk_event e ON e.record = m.id"
    ) == [("2020-02-03", "import", str(task.id), "created")]


async def test_importing_takes_the_right_to(club: Club) -> None:
    helper = club.seen_by(somebody("helper"))

    with pytest.raises(ActionNotAllowed):
        await helper.draft(sheet(["姓名"], ["林徽因"]))


async def test_a_field_that_may_not_be_written_is_no_field(club: Club) -> None:
    draft = await club.draft(sheet(["姓名", "内部评价"], ["林徽因", "x"]))
    forced = await club.draft(
        sheet(["姓名", "内部评价"], ["林徽因", "x"]), change=Change(mapping={"内部评价": "secret"})
    )
    nothing = await club.draft(
        sheet(["姓名", "内部评价"], ["林徽因", "x"]), change=Change(mapping={"内部评价": "sicret"})
    )

    assert [one.field for one in draft.spec.columns] == ["name", None]
    assert [one.word for one in forced.problems] == [one.word for one in nothing.problems]
    assert [one.word for one in forced.problems] == ["not_importable"]


async def test_a_draft_that_misses_a_required_field_does_not_start(club: Club) -> None:
    with pytest.raises(Invalid) as caught:
        await club.started(sheet(["手机", "备注"], ["13812345678", "x"]))

    assert [one.word for one in caught.value.problems] == ["required_unmapped"]


async def test_a_started_import_is_no_draft_and_nobody_elses(club: Club) -> None:
    content = sheet(["姓名"], ["林徽因"])
    id_ = await club.started(content)
    workbook_ = (await club.draft(content)).workbook
    other = club.seen_by(somebody("clerk"))

    async with club.hands.db.transaction(club.viewer, club.workspace) as tx:
        with pytest.raises(NotADraft):
            await ingest.amend(tx, await club.policy(), id_, Change(), workbook=workbook_)
        with pytest.raises(UnknownImport):
            await ingest.found(tx, id_, policy=await other.policy())


async def test_the_head_may_be_named(club: Club) -> None:
    content = sheet(["姓名", "手机"], ["甲", "乙"], ["林徽因", "13812345678"])
    below = await club.imported(content, change=Change(header=(2,), mapping={"A": "name"}))
    without = await club.imported(
        content, change=Change(header=(), mapping={"A": "name", "B": None})
    )

    assert (below.counts.created, without.counts.rows) == (1, 3)


Way = Callable[[Batch, Tx], Awaitable[Batch]]


def breaking(way: Way, *, at: int, by: BaseException) -> Way:
    """Give a way in that breaks once, at the given batch, after everything was written."""
    seen: list[int] = []

    async def broken(batch: Batch, tx: Tx) -> Batch:
        done = await way(batch, tx)
        seen.append(1)
        if len(seen) == at:
            raise by
        return done

    return broken


class PulledPlugError(BaseException):
    """What ends a process without asking."""


LINES = [["内容", "序号"], *([f"n{n}", n] for n in range(1, 26))]


async def test_whatever_ends_a_run_leaves_whole_chunks_and_it_goes_on_from_there(
    club: Club,
) -> None:
    id_ = await club.started(sheet(*LINES), "note")
    way = breaking(club.hands.take_in, at=3, by=PulledPlugError())

    with pytest.raises(PulledPlugError):
        await ingest.run(replace(club.hands, take_in=way), id_, workspace=club.workspace, chunk=10)
    before = await club.rows("SELECT count(*) FROM note")
    task = await ingest.run(club.hands, id_, workspace=club.workspace, chunk=7)

    assert before == [(19,)]
    assert (task.state, task.counts.created, task.counts.rows) == ("done", 25, 25)
    assert await club.rows("SELECT count(*), count(DISTINCT number) FROM note") == [(25, 25)]


async def test_a_database_that_comes_back_is_waited_for(club: Club) -> None:
    id_ = await club.started(sheet(*LINES), "note")
    way = breaking(club.hands.take_in, at=2, by=Unavailable(reason="restart"))

    task = await ingest.run(
        replace(club.hands, take_in=way), id_, workspace=club.workspace, chunk=10
    )

    assert (task.state, task.counts.created) == ("done", 25)
    assert await club.rows("SELECT count(*) FROM note") == [(25,)]


async def test_two_runs_of_one_import_do_not_double_it(club: Club) -> None:
    id_ = await club.started(sheet(*LINES), "note")

    async def meanwhile(batch: Batch, tx: Tx) -> Batch:
        await ingest.run(club.hands, id_, workspace=club.workspace, chunk=10)
        return await club.hands.take_in(batch, tx)

    with pytest.raises(RunElsewhere):
        await ingest.run(
            replace(club.hands, take_in=meanwhile), id_, workspace=club.workspace, chunk=10
        )

    assert await club.rows("SELECT count(*) FROM note") == [(25,)]


async def test_a_done_import_stays_done(club: Club) -> None:
    task = await club.imported(sheet(*LINES), "note")
    again = await ingest.run(club.hands, task.id, workspace=club.workspace)

    assert (again.state, again.counts) == (task.state, task.counts)


async def test_an_import_that_lost_its_field_stops_and_says_why(club: Club) -> None:
    id_ = await club.started(sheet(["姓名", "手机"], ["林徽因", "13812345678"]))
    await club.do("""UPDATE zk_import SET plan = replace(plan::text, '"phone"', '"fax"')::json""")

    with pytest.raises(Invalid):
        await ingest.run(club.hands, id_, workspace=club.workspace)

    task = await _found(club, id_)
    assert task.state == "failed"
    assert set(task.counts.stopped) == {"zh", "en"}


async def _found(club: Club, id_: UUID) -> ingest.Import:
    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        return await ingest.found(tx, id_)


async def test_the_errors_file_gives_failed_lines_back_with_the_reason(
    club: Club, tmp_path: Path
) -> None:
    given = workbook(
        tmp_path / "in.xlsx",
        ["标题"],
        ["姓名", "手机", "心情"],
        [None, 13812345678, "=1+1"],
        ["沈从文", "wrong", "好"],
    )
    task = await club.imported(given)
    async with club.hands.db.reading(club.viewer, club.workspace) as tx:
        path = await ingest.write_errors(tx, task, tmp_path / "errors.xlsx", language="zh")

    failed, told = load_workbook(path).worksheets
    rows = [[cell.value for cell in row] for row in failed.iter_rows()]
    assert rows[0] == ["姓名", "手机", "心情", "原因"]
    assert rows[1][:3] == [None, 13812345678, "=1+1"]
    assert "姓名" in rows[1][3]
    assert failed["C2"].data_type == "s"
    assert [cell.value for cell in told[2]][:4] == [4, "B", "手机", "wrong"]


async def test_progress_is_told(club: Club) -> None:
    id_ = await club.started(sheet(*LINES), "note")
    seen: list[tuple[int, int]] = []

    await ingest.run(
        club.hands, id_, workspace=club.workspace, chunk=10,
        on_progress=lambda one: seen.append((one.counts.rows, one.total)),
    )  # fmt: skip
    told = (await _found(club, id_)).described()

    assert seen == [(9, 25), (19, 25), (25, 25)]
    assert (told["state"], told["rows"], told["total"], told["eta"]) == ("done", 25, 25, None)
    assert told["rate"] > 0
