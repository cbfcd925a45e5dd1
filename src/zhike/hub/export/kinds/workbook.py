"""xlsx in constant memory: numbers as numbers, dates as dates, everything else as text."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, ClassVar, Self
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook

from zhike.hub.export.kinds.column import Column
from zhike.meta import Json

ROWS = 1_000_000
LONGEST = 32_767
WIDTH = 16
OLDEST = 1900
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class Spreadsheet:
    """Writes xlsx; goes on on another sheet when one is full."""

    suffix: ClassVar[str] = "xlsx"
    media: ClassVar[str] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, path: Path, columns: Sequence[Column], zone: str) -> None:
        self._book = Workbook(str(path), OPTIONS)
        self._columns = columns
        self._zone = ZoneInfo(zone)
        self._bold = self._book.add_format({"bold": True})
        self._formats = {
            "date": self._book.add_format({"num_format": "yyyy-mm-dd"}),
            "datetime": self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        self._sheet: Any = None
        self._at = 0
        self._begin()

    @classmethod
    def opened(cls, path: Path, columns: Sequence[Column], *, zone: str) -> Self:
        return cls(path, columns, zone)

    def write(self, lines: Sequence[Sequence[Json]]) -> None:
        for line in lines:
            if self._at > ROWS:
                self._begin()
            for place, (column, cell) in enumerate(zip(self._columns, line, strict=True)):
                if cell is not None:
                    self._cell(place, column, cell)
            self._at += 1

    def close(self) -> None:
        self._book.close()

    def _begin(self) -> None:
        self._sheet = self._book.add_worksheet()
        self._sheet.set_column(0, len(self._columns), WIDTH)
        self._sheet.freeze_panes(1, 0)
        for place, column in enumerate(self._columns):
            self._sheet.write_string(0, place, column.head, self._bold)
        self._at = 1

    def _cell(self, place: int, column: Column, cell: Json) -> None:
        if isinstance(cell, bool):
            self._sheet.write_boolean(self._at, place, cell)
        elif isinstance(cell, int | float):
            self._sheet.write_number(self._at, place, cell)
        else:
            moment = self._moment(column, str(cell))
            if moment is None:
                self._sheet.write_string(self._at, place, str(cell)[:LONGEST])
            else:
                self._sheet.write_datetime(self._at, place, moment, self._formats[column.shape])

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
