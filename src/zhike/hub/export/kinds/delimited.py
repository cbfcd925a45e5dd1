"""
csv as spreadsheets open it unasked: UTF-8 with a mark, and no text that acts as a formula.

The trace id stands in a last column, on every line: programs skip a column they do not know, but
stumble over a line that is none, and a column survives when lines are cut out.
"""

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import IO, ClassVar, Self

from zhike.hub.export.kinds.column import Column, Mark
from zhike.hub.sheets import acts
from zhike.meta import Json

NUMBER = re.compile(r"[+-]?[0-9]{1,40}(?:\.[0-9]{1,40})?", re.ASCII)


class Delimited:
    """Writes csv."""

    suffix: ClassVar[str] = "csv"
    media: ClassVar[str] = "text/csv"

    def __init__(self, file: IO[str], mark: Mark) -> None:
        self._file = file
        self._trace = mark.trace
        # Every text stands in quotes: where lists are cut at semicolons, half a text would act.
        self._csv = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)

    @classmethod
    def opened(cls, path: Path, columns: Sequence[Column], *, zone: str, mark: Mark) -> Self:  # noqa: ARG003 - times are written with their offset
        writer = cls(path.open("w", encoding="utf-8-sig", newline=""), mark)
        writer._lines([[*(one.head for one in columns), mark.head]])
        return writer

    def write(self, lines: Sequence[Sequence[Json]]) -> None:
        self._lines([[*line, self._trace] for line in lines])

    def close(self) -> None:
        self._file.close()

    def _lines(self, lines: Sequence[Sequence[Json]]) -> None:
        self._csv.writerows([[harmless(cell) for cell in line] for line in lines])


def harmless(cell: Json) -> Json:
    """Put an apostrophe before a text that would act; our own import takes it off again."""
    if not isinstance(cell, str):
        return cell
    return f"'{cell}" if acts(cell) and not NUMBER.fullmatch(cell) else cell
