"""
xlsx in constant memory: numbers as numbers, dates as dates, everything else as text.

The trace id stands in the properties of the file and on its last sheet. Where the workspace wants
a watermark, who took it and when stands above the head, which stays in sight, and on every page
that is printed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from zhike.hub.export.kinds.column import Column, Mark
from zhike.kernel.words import Words
from zhike.meta import Json

LINES = 1_000_000
"""Records on a sheet; a sheet ends at 1,048,576 lines."""
LONGEST = 32_767
"""UTF-16 units that a cell takes."""
EXACT = 10**15
"""From here on a spreadsheet would change the last digits of a number."""
WIDTH = 16
OLDEST = 1900
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
CUT = "…"
SHEET = Words(zh="导出信息", en="About")
ABOUT = (
    Words(zh="导出人", en="Taken by"),
    Words(zh="导出时间", en="Taken at"),
    Words(zh="导出追踪号", en="Trace id"),
    Words(zh="记录数", en="Records"),
    Words(zh="因过长被截断的单元格", en="Cells cut because they are too long"),
)


class Spreadsheet:
    """Writes xlsx; goes on on another sheet when one is full."""

    suffix: ClassVar[str] = "xlsx"
    media: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, path: Path, columns: Sequence[Column], zone: str, mark: Mark) -> None:
        self._book = Workbook(str(path), OPTIONS)
        self._columns = columns
        self._zone = ZoneInfo(zone)
        self._mark = mark
        self._bold = self._book.add_format({"bold": True})
        self._pale = self._book.add_format({"font_color": "#808080", "italic": True})
        self._formats = {
            "date": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "datetime": self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        self._book.set_custom_property("zhike:trace", mark.trace)
        self._book.set_properties({"author": mark.who, "comments": mark.line})
        self._sheet: Any = None
        self._at = self._last = 0
        self._count = self._cut = 0
        self._begin()

    @classmethod
    def opened(cls, path: Path, columns: Sequence[Column], *, zone: str, mark: Mark) -> Self:
        return cls(path, columns, zone, mark)

    def write(self, lines: Sequence[Sequence[Json]]) -> None:
        for line in lines:
            if self._at > self._last:
                self._begin()
            for place, (column, cell) in enumerate(zip(self._columns, line, strict=True)):
                if cell is not None:
                    self._cell(place, column, cell)
            self._at += 1
            self._count += 1

    def close(self) -> None:
        self._tell()
        self._book.close()

    def _begin(self) -> None:
        sheet = self._sheet = self._book.add_worksheet()
        sheet.set_column(0, len(self._columns), WIDTH)
        head = 0
        if self._mark.visible:
            plain = self._mark.line.replace("&", "&&")
            sheet.set_header(f"&C&K808080{plain}")
            sheet.set_footer(f"&C&K808080{plain}  &P/&N")
            sheet.write_string(0, 0, self._mark.line, self._pale)
            head = 1
        sheet.repeat_rows(0, head)
        sheet.freeze_panes(head + 1, 0)
        for place, column in enumerate(self._columns):
            sheet.write_string(head, place, column.head, self._bold)
        self._at = head + 1
        self._last = head + LINES

    def _tell(self) -> None:
        """Write the last sheet."""
        mark, language = self._mark, self._mark.language
        sheet = self._book.add_worksheet(SHEET.said(language))
        sheet.set_column(0, 1, 2 * WIDTH)
        told = (mark.who, f"{mark.at:%Y-%m-%d %H:%M:%S}", mark.trace, self._count, self._cut)
        for line, (label, value) in enumerate(zip(ABOUT, told, strict=True)):
            sheet.write_string(line, 0, label.said(language), self._bold)
            sheet.write_string(line, 1, str(value))

    def _cell(self, place: int, column: Column, cell: Json) -> None:
        if isinstance(cell, bool):
            self._sheet.write_boolean(self._at, place, cell)
        elif isinstance(cell, int | float) and abs(cell) < EXACT:
            self._sheet.write_number(self._at, place, cell)
        else:
            moment = self._moment(column, str(cell))
            if moment is None:
                self._sheet.write_string(self._at, place, self._fitting(str(cell)))
            else:
                self._sheet.write_datetime(self._at, place, moment, self._formats[column.shape])

    def _fitting(self, text: str) -> str:
        """Cut a text that no cell can hold, and show that it was cut."""
        units = len(text) if len(text) <= LONGEST // 2 else len(text.encode("utf-16-le")) // 2
        if units <= LONGEST:
            return text
        self._cut += 1
        room = 2 * (LONGEST - len(CUT))
        return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT

    def _moment(self, column: Column, text: str) -> datetime | date | None:
        """Give a moment as the spreadsheet has it: without offset, none before 1900."""
        if column.shape not in self._formats:
            return None
        try:
            if column.shape == "date":
                day = date.fromisoformat(text)
                return day if day.year >= OLDEST else None
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        local = moment.astimezone(self._zone).replace(tzinfo=None) if moment.tzinfo else moment
        return local if local.year >= OLDEST else None
