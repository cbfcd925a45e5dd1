"""A file of people as a table: the sheet and the line in which columns are named, and all below."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zhike.hub.roster.columns import Column, columns, is_head
from zhike.hub.roster.faults import NoNamesHere, TooManyLines
from zhike.hub.sheets import Line, Sheet, peek, read

HEAD = 20
"""Lines in which the head is looked for."""
MOST = 50_000
SIZE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The columns of a table of people, and its lines by the numbers of the spreadsheet."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]

    @property
    def ignored(self) -> list[str]:
        """The columns nobody asked for."""
        return [one.header or one.letter for one in self.columns if one.member is None]


async def table(path: Path) -> Table:
    """Read a table of people out of a file of any kind that `sheets` knows."""
    workbook = await peek(path)
    sheet, head, found = _head(workbook.sheets)
    lines: list[Line] = []
    async for piece in read(path, sheet=sheet, size=SIZE):
        lines += [line for line in piece.lines if line[0] > head and any(line[1])]
        if len(lines) > MOST:
            raise TooManyLines(limit=MOST)
    return Table(columns=found, lines=tuple(lines))


def _head(sheets: Sequence[Sheet]) -> tuple[str, int, tuple[Column, ...]]:
    for sheet in sheets:
        for number, cells in sheet.head[:HEAD]:
            found = columns(cells)
            if is_head(found):
                return sheet.name, number, found
    raise NoNamesHere
