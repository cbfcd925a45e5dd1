"""
The old binary workbook (xls), as small as it can be written.

A compound file (MS-CFB) of one stream, and in it the few BIFF8 records that a sheet needs. No
library writes them any more, but people still send them.
"""

import struct
from collections.abc import Sequence
from pathlib import Path

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
LEAST = 4096
"""Streams shorter than this would live in another place."""


def compound(path: Path, name: str, stream: bytes) -> Path:
    """Write a compound file with one stream."""
    stream = stream.ljust(max(LEAST, -(-len(stream) // SECTOR) * SECTOR), b"\0")
    count = len(stream) // SECTOR
    fat = [FAT, END, *range(3, count + 2), END]
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 0, LEAST, END, 0, END, 0,
    )  # fmt: skip
    directory = _entry("Root Entry", kind=5, start=END, size=0, child=1)
    directory += _entry(name, kind=2, start=2, size=len(stream), child=FREE)
    content = header + struct.pack("<I", 0) + b"\xff" * 4 * 108
    content += struct.pack(f"<{len(fat)}I", *fat).ljust(SECTOR, b"\xff")
    path.write_bytes(content + directory.ljust(SECTOR, b"\0") + stream)
    return path


def _entry(name: str, *, kind: int, start: int, size: int, child: int) -> bytes:
    encoded = name.encode("utf-16-le")
    links = (FREE, FREE, child)
    return struct.pack(
        "<64sHBB3I16sI8s8sIQ", encoded, len(encoded) + 2, kind, 1, *links, b"", 0, b"", b"",
        start, size,
    )  # fmt: skip


def xls(path: Path, sheet: str, *lines: Sequence[str | float | None]) -> Path:
    """Write a workbook of one sheet with texts and numbers."""
    name = sheet.encode("utf-16-le")
    begin = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    bound = struct.pack("<HBB", 0, len(sheet), 1) + name
    length = len(begin) + 4 + 4 + len(bound) + 4
    globals_ = begin + _record(0x85, struct.pack("<I", length) + bound) + _record(0x0A, b"")
    cells = [
        _cell(row, column, value)
        for row, line in enumerate(lines)
        for column, value in enumerate(line)
        if value is not None
    ]
    page = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    return compound(path, "Workbook", globals_ + page + b"".join(cells) + _record(0x0A, b""))


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return _record(0x204, place + text)
    return _record(0x203, place + struct.pack("<d", value))


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
