"""csv as spreadsheets open it unasked: UTF-8 with a mark, and no text that acts as a formula."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import IO, ClassVar, Self

from zhike.hub.export.kinds.column import Column
from zhike.meta import Json

ACTIVE = frozenset("=+-@\t\r")
"""What a text must not begin with, or a spreadsheet takes it for a formula."""


class Delimited:
    """Writes csv."""

    suffix: ClassVar[str] = "csv"
    media: ClassVar[str] = "text/csv"

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._csv = csv.writer(file)

    @classmethod
    def opened(cls, path: Path, columns: Sequence[Column], *, zone: str) -> Self:  # noqa: ARG003 - times are written with their offset
        writer = cls(path.open("w", encoding="utf-8-sig", newline=""))
        writer.write([[one.head for one in columns]])
        return writer

    def write(self, lines: Sequence[Sequence[Json]]) -> None:
        self._csv.writerows([[harmless(cell) for cell in line] for line in lines])

    def close(self) -> None:
        self._file.close()


def harmless(cell: Json) -> Json:
    """Put an apostrophe before a text that would act; our own import takes it off again."""
    if isinstance(cell, str) and cell and cell[0] in ACTIVE:
        return f"'{cell}"
    return cell
