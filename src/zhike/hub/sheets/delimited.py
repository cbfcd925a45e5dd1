"""csv and tsv: encoding and delimiter are sniffed, the rest is streamed record by record."""

import csv
from codecs import getincrementaldecoder
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from zhike.hub.sheets.cells import Cell, Line, acts, text, trimmed
from zhike.hub.sheets.faults import BrokenFile, NotATable, TooManyColumns

DELIMITERS = (",", "\t", ";", "|", "，", "；")
COLUMNS = 1_000
FIELD = 1 << 24
TRICKS = frozenset("=\t'")
PIECE = 1 << 20
SAMPLE = 1 << 18
CONTROL = frozenset(range(32)) - frozenset(b"\t\n\r\f\x0b\x1a\x1b")


def encoding(path: Path) -> str:
    """
    Say how the text is encoded, from the whole of it.

    No GB 18030 file is UTF-8 all the way, so the one that reads without an error is right.
    A few bad bytes do not lose a file: the better one is taken and the cells show `\ufffd`.
    """
    with path.open("rb") as file:
        head = file.read(SAMPLE)
    if head.startswith(b"\xef\xbb\xbf"):
        return "utf-8-sig"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if b"\x00" in head:
        return _wide(head)
    if any(byte in CONTROL for byte in set(head)):
        raise NotATable(what="binary data")
    bad = {name: _bad(path, name) for name in ("utf-8", "gb18030")}
    best = min(bad, key=lambda name: bad[name])
    if bad[best] > max(3, path.stat().st_size // 2000):
        raise NotATable(what="text in an unknown encoding")
    return best


def _wide(head: bytes) -> str:
    """Tell UTF-16 without a mark from binary junk: one of the two bytes is mostly zero."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = head[: len(head) // 2 * 2].decode(name, errors="replace")
    if text.count("\ufffd") > len(text) // 100 or any(ord(one) in CONTROL for one in set(text)):
        raise NotATable(what="binary data")
    return name


def _bad(path: Path, name: str) -> int:
    decoder = getincrementaldecoder(name)(errors="replace")
    bad = 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            bad += decoder.decode(piece).count("\ufffd")
    return bad + decoder.decode(b"", final=True).count("\ufffd")


def delimiter(path: Path, encoding: str) -> str:
    """Say what separates the cells: whatever gives the most columns to the most lines alike."""
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        sample = file.read(SAMPLE)
    if sample[:4].lower() == "sep=" and len(sample) > 4:  # noqa: PLR2004 - the length of it
        return sample[4]
    return max(DELIMITERS, key=lambda mark: _fit(sample, mark))


def _fit(sample: str, mark: str) -> tuple[float, int]:
    lines = sample.splitlines(keepends=True)
    whole = lines[:-1] if len(lines) > 1 else lines
    try:
        widths = Counter(len(cells) for cells in csv.reader(whole[:200], delimiter=mark) if cells)
    except csv.Error:
        return (0.0, 0)
    many = Counter({width: count for width, count in widths.items() if width > 1})
    if not many:
        return (0.0, 0)
    (width, count), = many.most_common(1)  # fmt: skip
    return (count / widths.total(), width)


def lines(path: Path, *, encoding: str, delimiter: str) -> Iterator[Line]:
    """Give the lines that are not blank. A quoted line break stays inside its cell."""
    csv.field_size_limit(FIELD)
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        try:
            for number, values in enumerate(reader, 1):
                cells = _line(values)
                if cells and not (number == 1 and _says_separator(cells)):
                    yield number, cells
        except (csv.Error, UnicodeError) as error:
            raise BrokenFile(reason=str(error)) from error


def _line(values: list[str]) -> list[Cell]:
    """Give the cells with their empty end, which tells whether a line is as long as its head."""
    cells: list[Cell] = [
        text(_kept(one) if one[0] in TRICKS else one) if one else None for one in values
    ]
    full = trimmed(cells)
    if len(full) > COLUMNS:
        raise TooManyColumns(count=len(full), limit=COLUMNS)
    return cells if full and len(cells) <= COLUMNS else full


def _kept(value: str) -> str:
    """Undo the tricks by which people (and our exports) keep a spreadsheet from reading a text."""
    if value.startswith('="') and value.endswith('"'):
        return value[2:-1]
    if value[0] == "'" and acts(value[1:]):
        return value[1:]
    return value.lstrip("\t")


def _says_separator(cells: list[Cell]) -> bool:
    return str(cells[0])[:4].lower() == "sep=" and all(one is None for one in cells[1:])
