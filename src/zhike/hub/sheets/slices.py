"""
A very large sheet of an xlsx in slices: workbooks of their own, each with some of its rows.

Calamine reads a sheet whole or not at all. In slices the first lines come at once, while the others
are still packed, and no more of them lie in memory than one slice holds.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from zhike.hub.sheets.faults import BrokenFile
from zhike.hub.sheets.glance import DATA_END, KEPT, OVERLAP, PIECE, ROW, sheet_parts, totals_in

LARGE = 24 << 20
"""Bytes of a sheet from which on it is read in slices."""
SLICE = 8 << 20
STRINGS = 1 << 20
"""Bytes of texts that stand apart from the cells, which every slice has to read again."""
END = 64 << 10
"""Bytes that may follow the rows."""
DATA = re.compile(rb"<(?:\w+:)?sheetData>")
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)\d+:([A-Z]+)\d+"')
DAMAGE = (BadZipFile, OSError, LookupError, ValueError, EOFError, NotImplementedError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slicing:
    """One sheet that can be read in slices."""

    path: Path
    part: str
    """Where the archive keeps it."""
    end: bytes
    """What follows its rows."""
    size: int

    def slices(self) -> Iterator[tuple[BytesIO, frozenset[int]]]:
        """Give workbooks with some rows each, and which of them are totals by their formula."""
        try:
            with ZipFile(self.path) as archive:
                kept = [(one, archive.read(one)) for one in archive.namelist() if self._kept(one)]
                with archive.open(self.part) as file:
                    for body, rows in self._bodies(file):
                        yield self._workbook(kept, body), frozenset(totals_in(rows))
        except DAMAGE as error:
            raise BrokenFile(reason=str(error)) from error

    def _kept(self, name: str) -> bool:
        return name != self.part and KEPT.fullmatch(name) is not None

    def _bodies(self, file: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Cut the sheet before rows that say their number; give each slice, and its rows alone."""
        rows = b""
        while (begin := DATA.search(rows)) is None:
            piece = file.read(min(PIECE, self.size))
            if not piece:
                raise BrokenFile(reason=self.part)
            rows += piece
        head, rows = rows[: begin.end()], rows[begin.end() :]
        while piece := file.read(min(PIECE, self.size)):
            rows += piece
            if len(rows) >= self.size and (cut := _last_row(rows)):
                yield head + rows[:cut] + self.end, rows[:cut]
                rows = rows[cut:]
        yield head + rows, rows

    def _workbook(self, kept: list[tuple[str, bytes]], body: bytes) -> BytesIO:
        short = BytesIO()
        with ZipFile(short, "w") as copy:
            for name, content in (*kept, (self.part, body)):
                copy.writestr(name, content)
        short.seek(0)
        return short


def _last_row(rows: bytes) -> int:
    """Give where the last row begins that says its number; 0 if none does."""
    begins = [one.start() for one in ROW.finditer(rows, max(0, len(rows) - OVERLAP * 16))]
    return begins[-1] if begins else 0


def slicing(path: Path, *, position: int, large: int = LARGE, size: int = SLICE) -> Slicing | None:
    """Say how a sheet is read in slices; None if it is not large, or hangs together too much."""
    try:
        with ZipFile(path) as archive:
            part = sheet_parts(archive)[position]
            strings = sum(
                one.file_size
                for one in archive.infolist()
                if "sharedstrings" in one.filename.lower()
            )
            if archive.getinfo(part).file_size < large or strings > STRINGS:
                return None
            with archive.open(part) as file:
                end = _end(file)
    except DAMAGE:
        return None
    downwards = any(left == right for left, right in MERGED.findall(end))
    if not end or downwards:
        return None
    return Slicing(path=path, part=part, end=end, size=size)


def _end(file: IO[bytes]) -> bytes:
    """Give what follows the rows; nothing if that is much, or they do not begin as usual."""
    tail = end = b""
    piece = file.read(PIECE)
    if DATA.search(piece) is None:
        return b""
    while piece:
        if end:
            end += piece
        else:
            tail = tail[-OVERLAP:] + piece
            found = DATA_END.search(tail)
            end = tail[found.start() :] if found else b""
        if len(end) > END + PIECE:
            return b""
        piece = file.read(PIECE)
    return end if len(end) <= END else b""
