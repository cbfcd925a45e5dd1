"""
A large xlsx made short: the same workbook with the first lines of each sheet, for a quick look.

Calamine reads a sheet whole or not at all; a draft needs its first lines at once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from zhike.hub.sheets.faults import BrokenFile, TooManySheets

PIECE = 1 << 20
OVERLAP = 4_096
ROWS = 120
HEAD = 16 << 20
END = 4 << 20
SHEETS = 100
KEPT = re.compile(
    r"(\[Content_Types\]\.xml|.*\.rels|xl/(workbook|styles|sharedStrings)\.xml)", re.IGNORECASE
)

SHEET = re.compile(r'<(?:\w+:)?sheet\b[^>]*?\b\w+:id="([^"]+)"')
RELATION = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,9})"')
HIDDEN = re.compile(rb'<(?:\w+:)?row\b[^>]*?\bhidden="(?:1|true)"')
ROW_END = re.compile(rb"</(?:\w+:)?row>")
DATA_END = re.compile(rb"</(?:\w+:)?sheetData>")
TOTAL = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*><f[^>]*>=?(?:SUM|SUBTOTAL)\((?:\d+,)?'
    rb"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})\)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """A shortened workbook, and the last line of each of its sheets as it really is."""

    file: BytesIO
    last: tuple[int, ...]
    hidden: tuple[int, ...]
    """How many lines of each sheet are hidden: by hand, or by a filter."""


def glance(path: Path) -> Glance:
    """Shorten a workbook: what is not cells stays as it is, the cells after the first lines go."""
    short = BytesIO()
    last: dict[str, int] = {}
    hidden: dict[str, int] = {}
    try:
        with ZipFile(path) as archive, ZipFile(short, "w") as copy:
            parts = sheet_parts(archive)
            if len(parts) > SHEETS:
                raise TooManySheets(count=len(parts), limit=SHEETS)
            for name in archive.namelist():
                if name in parts:
                    body, last[name], hidden[name] = _shortened(archive, name)
                    copy.writestr(name, body)
                elif KEPT.fullmatch(name):
                    copy.writestr(name, archive.read(name))
    except (BadZipFile, OSError, KeyError, ValueError, EOFError, NotImplementedError) as error:
        raise BrokenFile(reason=str(error)) from error
    short.seek(0)
    return Glance(
        file=short,
        last=tuple(last.get(part, 0) for part in parts),
        hidden=tuple(hidden.get(part, 0) for part in parts),
    )


def sheet_parts(archive: ZipFile) -> tuple[str, ...]:
    """Give where the archive keeps each sheet, in the order of the workbook."""
    relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = _targets(relations)
    asked = SHEET.findall(archive.read("xl/workbook.xml").decode("utf-8", "replace"))
    return tuple(targets.get(one, "") for one in asked)


def _targets(relations: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for relation in RELATION.findall(relations):
        facts = dict(ATTRIBUTE.findall(relation))
        target = facts.get("Target", "")
        found[facts.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    return found


def _shortened(archive: ZipFile, name: str) -> tuple[bytes, int, int]:
    """
    Keep the first rows and what follows the last one; regular expressions only touch those.

    Beside it stand the number of the last row, and how many are hidden.
    """
    with archive.open(name) as file:
        head = _head(file)
        hidden, open_ = _hidden(head)
        tail, ending = b"", b""
        while piece := file.read(PIECE):
            more, open_ = _hidden(open_ + piece)
            hidden += more
            if ending:
                ending += piece[: max(0, END - len(ending))]
                continue
            tail = tail[-OVERLAP:] + piece
            if b"sheetData>" in tail:
                ending = tail
    if not tail:
        return head, _last(head), hidden
    cut = list(ROW_END.finditer(head))
    end = DATA_END.search(ending)
    if not cut or end is None:
        raise BrokenFile(reason=name)
    short = head[: cut[min(len(cut), ROWS) - 1].end()] + ending[end.start() :]
    return short, _last(tail), hidden


def _hidden(piece: bytes) -> tuple[int, bytes]:
    """Count the hidden rows that begin in a piece; give back a tag that goes on in the next."""
    cut = piece.rfind(b"<")
    known = b'hidden="' in piece[:cut]
    return len(HIDDEN.findall(piece, 0, cut)) if known else 0, piece[cut:][:OVERLAP]


def _head(file: IO[bytes]) -> bytes:
    head = b""
    while len(head) < HEAD and head.count(b"row>") < ROWS:
        piece = file.read(PIECE)
        if not piece:
            break
        head += piece
    return head


def _last(body: bytes) -> int:
    rows = ROW.findall(body)
    return int(rows[-1]) if rows else len(ROW_END.findall(body))


def totals(path: Path, *, position: int) -> frozenset[int]:
    """Find the lines in which a formula sums the column above them."""
    found: set[int] = set()
    try:
        with ZipFile(path) as archive:
            for piece in _pieces(archive, sheet_parts(archive)[position]):
                found.update(totals_in(piece))
    except (BadZipFile, OSError, LookupError, ValueError, EOFError, NotImplementedError):
        return frozenset()
    return frozenset(found)


def _pieces(archive: ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as file:
        tail = b""
        while piece := file.read(PIECE):
            yield tail + piece
            tail = piece[-OVERLAP:]


def totals_in(piece: bytes) -> Iterator[int]:
    """Find them in a part of the sheet."""
    if b"SUM(" not in piece and b"SUBTOTAL(" not in piece:
        return
    for column, at, first, top, last, bottom in TOTAL.findall(piece):
        if column == first == last and int(top) < int(bottom) < int(at):
            yield int(at)
