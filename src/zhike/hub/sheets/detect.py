"""
Which kind of table a file really is, by its first bytes. The name is not believed.

Zip archives are weighed here before anything unpacks them.
"""

from pathlib import Path
from typing import Literal
from zipfile import BadZipFile, ZipFile, ZipInfo

from zhike.hub.sheets.faults import BrokenFile, EmptyFile, NotATable, TooLargeFile

Format = Literal["xlsx", "xls", "csv"]

UNPACKED = 1 << 30
RATIO = 200
SMALL = 20 << 20
PARTS = 5_000

ZIPPED = {
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "Word (docx)",
    "ppt/presentation.xml": "PowerPoint (pptx)",
    "content.xml": "OpenDocument (ods)",
    "AndroidManifest.xml": "apk",
}
PLAIN = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"PAR1", "Parquet"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "exe"),
)
MARKED = (b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml", b"<workbook", b"<body", b"<head")


def detected(path: Path) -> Format:
    """Say what the file is, or raise what it is instead."""
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise EmptyFile
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "xls"
    _refuse_known(head)
    return "csv"


def _refuse_known(head: bytes) -> None:
    for magic, what in PLAIN:
        if head.startswith(magic):
            raise NotATable(what=what)
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t").lower()
    if text.startswith(MARKED):
        raise NotATable(what="XML" if text.startswith(b"<?xml") else "HTML")
    if text.startswith(b"mime-version"):
        raise NotATable(what="MHTML")


def _zipped(path: Path) -> Format:
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BrokenFile(reason=str(error)) from error
    names = {part.filename for part in parts}
    for name, what in ZIPPED.items():
        if name in names:
            raise NotATable(what=what)
    if not any(name.lower().endswith("workbook.xml") for name in names):
        raise NotATable(what="zip")
    _weigh(parts)
    return "xlsx"


def _weigh(parts: list[ZipInfo]) -> None:
    if len(parts) > PARTS or len({part.filename for part in parts}) < len(parts):
        raise BrokenFile(reason=f"{len(parts)} parts")
    if sum(part.file_size for part in parts) > UNPACKED:
        raise TooLargeFile(limit="1 GB")
    for part in parts:
        if part.file_size > SMALL and part.file_size > RATIO * max(part.compress_size, 1):
            raise TooLargeFile(limit=f"1:{RATIO}")
