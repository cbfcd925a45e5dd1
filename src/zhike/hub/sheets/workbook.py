"""
xlsx and xls through calamine, which keeps every cell its type.

A merged cell is one value for all lines it covers.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from zhike.hub.sheets.cells import Line, line
from zhike.hub.sheets.faults import BrokenFile, LockedFile, TooManyColumns, TooManySheets

SHEETS = 100
COLUMNS = 1_000
MERGED = 10_000
"""How many lines a merged cell may cover and still be taken at its word."""

Value = int | float | str | bool | time | date | datetime | timedelta
PIECE = 1 << 20


def opened(path: Path, *, instead: BinaryIO | None = None) -> CalamineWorkbook:
    """Open a workbook (or what stands for it), or say why it cannot be."""
    try:
        book = CalamineWorkbook.from_object(instead or path)
    except PasswordError as error:
        raise LockedFile from error
    except (CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower() or _encrypted(path):
            raise LockedFile from error
        raise BrokenFile(reason=str(error)) from error
    if len(book.sheet_names) > SHEETS:
        raise TooManySheets(count=len(book.sheet_names), limit=SHEETS)
    return book


def _encrypted(path: Path) -> bool:
    """An encrypted xlsx is an OLE file with a stream of this name."""
    with path.open("rb") as file:
        return "EncryptedPackage".encode("utf-16-le") in file.read(PIECE)


def names(book: CalamineWorkbook) -> list[tuple[str, bool]]:
    """Give the sheets that hold cells, and whether each is hidden."""
    return [
        (one.name, one.visible != SheetVisibleEnum.Visible)
        for one in book.sheets_metadata
        if one.typ == SheetTypeEnum.WorkSheet
    ]


def sheet(book: CalamineWorkbook, name: str) -> CalamineSheet:
    """Read one sheet whole, as calamine does."""
    try:
        found = book.get_sheet_by_name(name)
    except (CalamineError, OSError, ValueError) as error:
        raise BrokenFile(reason=str(error)) from error
    if found.end is not None and found.end[1] >= COLUMNS:
        raise TooManyColumns(count=found.end[1] + 1, limit=COLUMNS)
    return found


def lines(sheet: CalamineSheet) -> Iterator[Line]:
    """Give the lines that are not blank."""
    if sheet.start is None:
        return
    offset = sheet.start[1]
    covered = _covered(sheet)
    above: dict[int, Value] = {}
    for number, values in enumerate(sheet.iter_rows()):
        for column, first in covered.get(number, ()):
            if first:
                above[column] = values[column - offset]
            elif values[column - offset] == "":
                values[column - offset] = above.get(column, "")
        cells = line(values, offset=offset)
        if cells:
            yield number + 1, cells


def lines_of_slice(sheet: CalamineSheet) -> Iterator[Line]:
    """Give the same of a slice of a sheet, which begins anywhere and has no merged cells."""
    if sheet.start is None:
        return
    top, left = sheet.start
    for number, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
        cells = line(values, offset=left)
        if cells:
            yield number, cells


def _covered(sheet: CalamineSheet) -> dict[int, list[tuple[int, bool]]]:
    """Find the cells merged downwards, by line: the column, and whether the value stands there."""
    covered: dict[int, list[tuple[int, bool]]] = {}
    if sheet.start is None or sheet.end is None:
        return covered
    (_, first), (_, last) = sheet.start, sheet.end
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        if left == right and top < bottom <= top + MERGED and first <= left <= last:
            for number in range(top, bottom + 1):
                covered.setdefault(number, []).append((left, number == top))
    return covered
