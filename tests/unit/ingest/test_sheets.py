"""Reading tables: what a file is, how it is encoded, and what its cells say."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook
from tests.unit.ingest import hostile, oldbook
from xlsxwriter import Workbook

from zhike.hub.sheets import Line, peek, read
from zhike.hub.sheets.cells import cell, letter
from zhike.hub.sheets.faults import (
    BrokenFile,
    EmptyFile,
    LockedFile,
    NotATable,
    TooLargeFile,
    TooManyColumns,
    TooManySheets,
    UnknownSheet,
)
from zhike.kernel.faults import Fault

LINES = [["书名", "读者"], ["红楼梦", "林徽因"], ["“边城”", "沈,从文"]]


async def lines(path: Path, sheet: str = "") -> list[Line]:
    return [line async for piece in read(path, sheet=sheet, size=2) for line in piece.lines]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]
)
async def test_a_csv_is_read_in_any_encoding_people_use(tmp_path: Path, encoding: str) -> None:
    text = '书名,读者\r\n红楼梦,林徽因\r\n“边城”,"沈,从文"\r\n' * 1
    path = tmp_path / "x.csv"
    path.write_bytes(text.encode(encoding))

    assert [cells for _, cells in await lines(path)] == LINES


@pytest.mark.parametrize("mark", [",", "\t", ";", "|", "，"])
async def test_the_delimiter_is_found(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "x.txt"
    path.write_text(f"a{mark}b{mark}c\n1{mark}2,5{mark}3\n".replace("2,5", "2"), encoding="utf-8")

    assert await lines(path) == [(1, ["a", "b", "c"]), (2, ["1", "2", "3"])]


async def test_a_line_break_in_quotes_stays_in_its_cell_and_counts_as_one_line(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.csv"
    path.write_text('a,b\n"one\ntwo",2\n\n3,4\n', encoding="utf-8")

    assert await lines(path) == [(1, ["a", "b"]), (2, ["one\ntwo", "2"]), (4, ["3", "4"])]


async def test_a_csv_may_name_its_own_delimiter(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("sep=;\na;b\n1;2\n", encoding="utf-8")

    assert await lines(path) == [(2, ["a", "b"]), (3, ["1", "2"])]


async def test_a_few_bad_bytes_do_not_lose_a_file(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes("书名,读者\n红楼梦,林徽因\n".encode("gb18030") + b"\xff\xff,ok\n")

    assert (await lines(path))[1:] == [(2, ["红楼梦", "林徽因"]), (3, ["\ufffd\ufffd", "ok"])]


async def test_texts_that_spreadsheets_were_kept_from_reading_come_back_plain(
    tmp_path: Path,
) -> None:
    path = tmp_path / "x.csv"
    path.write_text('a,b,c\n"=""00138""",\t007,\'=1+1\n', encoding="utf-8")

    assert (await lines(path))[1] == (2, ["00138", "007", "=1+1"])


async def test_a_spreadsheet_keeps_every_cell_its_type(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = Workbook(str(path))
    page = book.add_worksheet("表")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001 - spreadsheets know no zones
    page.write_row(2, 1, ["text", 13812345678.0, 0.25, True])
    page.write_datetime(3, 1, moment.replace(hour=0, minute=0, second=0), day)
    page.write_datetime(3, 2, moment, day)
    page.write_formula(3, 3, "=1/0", None, "#DIV/0!")
    page.write_string(3, 4, "#N/A")
    page.write_string(4, 1, " \u3000\n")
    book.close()

    assert await lines(path, "表") == [
        (3, [None, "text", 13812345678, 0.25, True]),
        (4, [None, "2024-05-06", "2024-05-06 07:08:09"]),
    ]


async def test_a_merged_cell_is_one_value_for_all_lines_it_covers(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = OpenpyxlWorkbook()
    page = book.active
    for line in (["读者", "书"], ["林徽因", "红楼梦"], [None, "边城"], ["沈从文", "呐喊"]):
        page.append(line)
    page.merge_cells("A2:A3")
    book.save(path)

    assert [cells[0] for _, cells in await lines(path, page.title)] == [
        "读者", "林徽因", "林徽因", "沈从文",
    ]  # fmt: skip


async def test_a_column_summed_by_a_formula_is_known_as_a_total(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = Workbook(str(path))
    page = book.add_worksheet("s")
    page.write_row(0, 0, ["a", "b"])
    for number in range(1, 6):
        page.write_row(number, 0, [number, number])
        page.write_formula(number, 2, f"=SUM(A{number + 1}:B{number + 1})")
    page.write_formula(6, 0, "=SUM(A2:A6)")
    book.close()

    totals = [piece.totals async for piece in read(path, sheet="s", size=100)]

    assert totals == [frozenset({7})]


async def test_a_large_workbook_is_looked_at_by_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("long")
    for number in range(30_000):
        page.write_row(number, 0, [f"name {number}", number, "some text to fill the line"])
    book.close()

    (sheet,) = (await peek(path)).sheets

    assert (sheet.last, sheet.width) == (30_000, 3)
    assert sheet.head[0] == (1, ["name 0", 0, "some text to fill the line"])
    assert len(await lines(path, "long")) == 30_000


async def test_hidden_sheets_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = Workbook(str(path))
    book.add_worksheet("shown").write_row(0, 0, ["a"])
    hidden = book.add_worksheet("hidden")
    hidden.hide()
    book.add_chartsheet("chart")
    book.close()

    assert [(one.name, one.hidden) for one in (await peek(path)).sheets] == [
        ("shown", False), ("hidden", True),
    ]  # fmt: skip


async def test_hidden_lines_are_counted_and_read_like_the_others(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    book = Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("s")
    for number in range(20_000):
        if number % 10 == 3:
            page.set_row(number, options={"hidden": True})
        page.write_row(number, 0, [f"name {number}", number])
    page.set_column(1, 1, options={"hidden": True})
    book.add_worksheet("t").write_row(0, 0, ["a"])
    book.close()

    found = (await peek(path)).sheets

    assert [(one.name, one.hides) for one in found] == [("s", 2_000), ("t", 0)]
    assert len(await lines(path, "s")) == 20_000


async def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path: Path) -> None:
    path = hostile.workbook(tmp_path / "x.csv", ["书名"], ["红楼梦"])

    assert (await peek(path)).format == "xlsx"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", EmptyFile),
        (b" \r\n\t", EmptyFile),
        (b"<html><table><tr><td>1</td></tr></table></html>", NotATable),
        (b"\xef\xbb\xbf\r\n<table><tr><td>1</td></tr></table>", NotATable),
        (b"<?xml version='1.0'?><Workbook></Workbook>", NotATable),
        (b"%PDF-1.7\n%\xe2\xe3", NotATable),
        (b"\x89PNG\r\n\x1a\n\x00\x00", NotATable),
        (b"PK\x03\x04 broken", BrokenFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not an xls at all", BrokenFile),
        (bytes(range(256)) * 20, NotATable),
        (b"\x00\x01\x02\x03" * 100, NotATable),
    ],
)
async def test_what_is_no_table_is_refused_by_its_content(
    tmp_path: Path, content: bytes, fault: type[Fault]
) -> None:
    path = tmp_path / "客户.xls"
    path.write_bytes(content)

    with pytest.raises(fault):
        await peek(path)


async def test_an_archive_of_something_else_is_refused(tmp_path: Path) -> None:
    path = hostile.with_sheet(tmp_path / "x.zip", "x")
    plain = path.read_bytes().replace(b"xl/workbook.xml", b"xl/warehouse.xm")
    path.write_bytes(plain)

    with pytest.raises(NotATable):
        await peek(path)


@pytest.mark.parametrize(
    ("make", "fault"),
    [
        (hostile.zip_bomb, TooLargeFile),
        (hostile.strings_bomb, TooLargeFile),
        (hostile.tall_bomb, TooLargeFile),
    ],
)
async def test_what_would_burst_is_refused_before_it_does(
    tmp_path: Path, make: object, fault: type[Fault]
) -> None:
    path = make(tmp_path / "x.xlsx")  # type: ignore[operator] # one of the makers above

    with pytest.raises(fault):
        await peek(path)


async def test_too_many_columns_or_sheets_are_refused(tmp_path: Path) -> None:
    with pytest.raises((TooManyColumns, TooLargeFile)):
        await peek(hostile.wide_bomb(tmp_path / "wide.xlsx"))
    with pytest.raises(TooManyColumns):
        await peek(hostile.many_columns(tmp_path / "wide.csv", 1_000_000))
    with pytest.raises(TooManySheets):
        await peek(hostile.many_sheets(tmp_path / "sheets.xlsx", 150))


async def test_a_million_empty_columns_are_no_columns(tmp_path: Path) -> None:
    path = hostile.many_empty_columns(tmp_path / "x.csv", 1_000_000)

    assert await lines(path) == [(1, ["name", "age"]), (2, ["Ada", "36"])]


async def test_a_sheet_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = hostile.workbook(tmp_path / "x.xlsx", ["a"])

    with pytest.raises(UnknownSheet) as caught:
        await lines(path, "b")

    assert "Sheet1" in caught.value.problems[0].hint("zh")


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        ("", None), ("  ", None), ("#N/A", None), ("#n/a", None), ("#1", "#1"), ("a\x00b", "ab"),
        (1.0, 1), (1.5, 1.5), (float("nan"), None), (float("inf"), None), (1e20, 1e20),
        (True, True), (date(2024, 1, 2), "2024-01-02"),
    ],
)  # fmt: skip
def test_cells_become_json(raw: object, wanted: object) -> None:
    found = cell(raw)

    assert (found, type(found)) == (wanted, type(wanted))


def test_columns_have_letters() -> None:
    assert [letter(one) for one in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


async def test_the_old_binary_workbook_is_read(tmp_path: Path) -> None:
    path = oldbook.xls(
        tmp_path / "x.xls", "读者", ["姓名", "电话"], ["林徽因", 13812345678.0], [None, "0571"]
    )

    seen = await peek(path)

    assert (seen.format, [one.name for one in seen.sheets]) == ("xls", ["读者"])
    assert await lines(path, "读者") == [
        (1, ["姓名", "电话"]), (2, ["林徽因", 13812345678]), (3, [None, "0571"]),
    ]  # fmt: skip


async def test_a_locked_workbook_is_told_to_be_locked(tmp_path: Path) -> None:
    path = oldbook.compound(tmp_path / "x.xlsx", "EncryptedPackage", b"\x00" * 5000)

    with pytest.raises(LockedFile):
        await peek(path)


def test_reading_needs_nothing_of_the_rest() -> None:
    """The reading process has to start in no time, whatever else the hub learns."""
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, zhike.hub.sheets.__main__; print(*sys.modules)"],
        capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip

    assert not {"psycopg", "pydantic", "polars", "starlette"} & set(loaded)
