"""Records as files: what their asker may see, as people and programs read it, nothing that acts."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook
from tests.integration.ingest.club import Club, sheet, somebody

from zhike.access import ActionNotAllowed
from zhike.hub import export
from zhike.hub.export.faults import UnknownExport, UnknownFormat
from zhike.hub.export.kinds import FORMATS, Column, Mark
from zhike.hub.faults import AskerGone
from zhike.kernel.faults import Fault

HEAD = ["姓名", "手机", "年费", "入会日期", "等级", "分会", "负责人", "备注"]
BRANCH = "杭州青松读书有限公司"
MARK = Mark(trace="K7QM-3VXD-9A2P", who="干事(E99)", at=datetime(2026, 5, 6, tzinfo=UTC))
SELECT = ["name", "phone", "fee", "joined", "grade", "branch", "owner", "remark"]


@pytest.fixture
async def filled(club: Club) -> Club:
    await club.imported(sheet(["分会名称"], [BRANCH]), "branch")
    await club.imported(
        sheet(
            HEAD,
            [
                "林徽因",
                "13812345678",
                "12.5",
                "2024-05-06",
                "金卡",
                "杭州青松读书有限公司",
                "钱强",
                "",
            ],
            ["沈从文", "13912345678", "", "", "", "", "赵敏", "=HYPERLINK(1)"],
        )
    )
    return club


def lines(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


async def test_a_csv_shows_labels_and_titles_and_holds_nothing_that_acts(filled: Club) -> None:
    path = await filled.exported({"select": SELECT, "order": ["name"]}, "csv")

    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, first, second = lines(path)
    assert head == [*HEAD, "导出追踪号"]
    assert first[:-1] == [
        "林徽因", "13812345678", "12.5", "2024-05-06", "金卡", BRANCH, "钱强", "",
    ]  # fmt: skip
    assert second[-2] == "'=HYPERLINK(1)"


async def test_an_xlsx_has_numbers_dates_and_texts_as_such(filled: Club) -> None:
    path = await filled.exported({"select": SELECT, "order": ["name"]}, "xlsx")

    mark, head, first, second = load_workbook(path).worksheets[0].iter_rows()
    assert "干事(E99)" in mark[0].value
    assert [cell.value for cell in head] == HEAD
    assert [cell.value for cell in first][:4] == [
        "林徽因", "13812345678", 12.5, datetime(2024, 5, 6),  # noqa: DTZ001 - spreadsheets know no zones
    ]  # fmt: skip
    assert (second[-1].value, second[-1].data_type) == ("=HYPERLINK(1)", "s")


async def test_a_parquet_has_exact_amounts_and_days(filled: Club) -> None:
    path = await filled.exported({"select": SELECT, "order": ["name"]}, "parquet")

    frame = pl.read_parquet(path)
    assert frame["年费"].to_list() == [Decimal("12.50"), None]
    assert frame["入会日期"].to_list() == [date(2024, 5, 6), None]
    assert frame["备注"].to_list() == [None, "=HYPERLINK(1)"]


async def test_what_was_exported_comes_in_again_unchanged(filled: Club) -> None:
    path = await filled.exported({"select": SELECT}, "csv")

    again = await filled.imported(path)

    assert (again.counts.created, again.counts.skipped) == (0, 2)
    assert (await filled.rows("SELECT count(*) FROM member")) == [(2,)]


async def test_an_export_follows_rows_fields_and_masks(filled: Club) -> None:
    helper = filled.seen_by(somebody("helper"))
    await filled.give("林徽因", to=helper.viewer)

    head, *rows = lines(await helper.exported({}, "csv"))

    assert len(rows) == 1
    shown = dict(zip(head, rows[0], strict=True))
    assert shown["姓名"] == "林徽因"
    assert "12.5" not in shown["年费"]
    assert shown["年费"]
    assert "邮箱" not in head
    frame = pl.read_parquet(await helper.exported({}, "parquet"))
    assert frame["年费"].to_list() == [None]


async def test_exporting_takes_the_right_to(filled: Club) -> None:
    helper = filled.seen_by(somebody("helper"))

    with pytest.raises(ActionNotAllowed):
        await helper.exported({}, "csv", "visit")


@pytest.mark.parametrize(
    ("query", "form", "fault"),
    [
        ({"select": ["secret"]}, "csv", Fault),
        ({"where": "nothing = 1"}, "csv", Fault),
        ({"frobnicate": 1}, "csv", Fault),
        ({}, "pdf", UnknownFormat),
    ],
)
async def test_a_wrong_question_is_refused_at_once(
    filled: Club, query: dict[str, object], form: str, fault: type[Fault]
) -> None:
    with pytest.raises(fault):
        await filled.exported(query, form)

    assert await filled.rows("SELECT count(*) FROM zk_export") == [(0,)]


async def test_an_export_is_its_askers(filled: Club) -> None:
    await filled.exported({}, "csv")
    ((id_,),) = await filled.rows("SELECT id FROM zk_export")
    other = filled.seen_by(somebody("clerk"))

    async with filled.hands.db.reading(filled.viewer, filled.workspace) as tx:
        mine = await export.own(tx, await filled.policy(), id_)
        with pytest.raises(UnknownExport):
            await export.own(tx, await other.policy(), id_)

    assert (mine.state, mine.count) == ("done", 2)


async def test_an_export_that_is_run_again_stays_one_file(filled: Club) -> None:
    await filled.exported({}, "csv")
    ((id_,),) = await filled.rows("SELECT id FROM zk_export")

    again = await export.run(filled.hands, id_, workspace=filled.workspace)

    assert again.state == "done"
    assert await filled.rows("SELECT count(*) FROM zk_operation WHERE act = 'export.written'") == [
        (1,)
    ]


async def test_a_person_who_left_gets_no_file(filled: Club) -> None:
    asked = await filled.asked({})

    async def nobody(*_: object) -> None:
        return None

    gone = replace(filled.hands, viewer_of=nobody)
    with pytest.raises(AskerGone):
        await export.run(gone, asked.id, workspace=filled.workspace)
    assert await filled.rows("SELECT state FROM zk_export") == [("refused",)]


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_writes_an_empty_table_and_many_pieces(tmp_path: Path, form: str) -> None:
    columns = [
        Column(head="a"),
        Column(head="a", shape="number"),
        Column(head="c", shape="boolean"),
    ]
    piece: Sequence[Sequence[object]] = [["x", 1, True], [None, None, None], ["***", "***", "***"]]

    empty = FORMATS[form].opened(
        tmp_path / f"empty.{form}", columns, zone="Asia/Shanghai", mark=MARK
    )
    empty.close()
    full = FORMATS[form].opened(tmp_path / f"full.{form}", columns, zone="Asia/Shanghai", mark=MARK)
    for _ in range(3):
        full.write(piece)
    full.close()

    assert (tmp_path / f"empty.{form}").stat().st_size > 0
    assert (tmp_path / f"full.{form}").stat().st_size > 0
