"""The errors file: the failed lines as they came and why, to be mended and sent again."""

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from xlsxwriter import Workbook

from zhike.hub.ingest import ledger
from zhike.hub.ingest.ledger import Import
from zhike.kernel.tx import Tx
from zhike.kernel.words import BETWEEN, Language, Words
from zhike.meta import Json

FAILED = Words(zh="未导入的行", en="Not imported")
TOLD = Words(zh="已导入但有提示", en="Imported with remarks")
WHY = Words(zh="原因", en="Reason")
LINE = Words(zh="原行号", en="Line")
HEADS = (LINE, Words(zh="列", en="Column"), Words(zh="表头", en="Head"),
         Words(zh="原值", en="Value"), Words(zh="说明", en="What"))  # fmt: skip
PLAIN = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""Texts stay texts: a cell that begins with `=` must not become a formula on somebody's screen."""


async def write_errors(tx: Tx, task: Import, path: Path, *, language: Language) -> Path:
    """Write everything that is wrong with an import into a workbook."""
    book = Workbook(str(path), PLAIN)
    failed = book.add_worksheet(FAILED.said(language))
    width = max((one.at for one in task.spec.columns), default=-1) + 1
    heads = {one.at: one.header for one in task.spec.columns}
    _write(failed, 0, [*(heads.get(at, "") for at in range(width)), WHY.said(language)])
    at = 1
    async for page in ledger.all_problems(tx, task.id):
        lines = [one for one in page if one["failed"]]
        await to_thread(_write_failed, failed, at, (lines, width, language))
        at += len(lines)
    await _write_told(tx, task.id, book, language=language)
    await to_thread(book.close)
    return path


async def _write_told(tx: Tx, id: UUID, book: Any, *, language: Language) -> None:  # noqa: A002 - what it is
    told = book.add_worksheet(TOLD.said(language))
    _write(told, 0, [one.said(language) for one in HEADS])
    at = 1
    async for page in ledger.all_problems(tx, id):
        for line in page:
            if line["failed"]:
                continue
            for one in line["problems"]:
                cells = (line["line"], one["column"], one["header"], one["value"], one[language])
                _write(told, at, cells)
                at += 1


def _write_failed(
    sheet: Any, at: int, given: tuple[Sequence[Mapping[str, Json]], int, Language]
) -> None:
    lines, width, language = given
    for number, line in enumerate(lines, at):
        cells = list(line["cells"] or ())[:width]
        why = BETWEEN.said(language).join(_why(one, language) for one in line["problems"])
        _write(sheet, number, [*cells, *([None] * (width - len(cells))), why])


def _why(one: Mapping[str, Json], language: Language) -> str:
    place = f"{one['column']} {one['header']}: " if one["column"] else ""
    return f"{place}{one[language]}"


def _write(sheet: Any, at: int, cells: Sequence[Json]) -> None:
    for column, value in enumerate(cells):
        if isinstance(value, bool):
            sheet.write_boolean(at, column, value)
        elif isinstance(value, int | float):
            sheet.write_number(at, column, value)
        elif value is not None:
            sheet.write_string(at, column, str(value)[:32_767])
