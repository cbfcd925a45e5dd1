"""Files that were made to hurt, and files that are not what they say: written by tests only."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><worksheet '
    'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
)
END = "</sheetData></worksheet>"


def workbook(path: Path, *lines: list[object], sheet: str = "Sheet1") -> Path:
    """Write a plain workbook."""
    book = Workbook(str(path))
    page = book.add_worksheet(sheet)
    for number, line in enumerate(lines):
        page.write_row(number, 0, line)
    book.close()
    return path


def with_sheet(path: Path, xml: str) -> Path:
    """Write a workbook whose only sheet is this XML, whatever it may be."""
    plain = workbook(path.with_suffix(".plain"), ["a"])
    with ZipFile(plain) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            sheet = name == "xl/worksheets/sheet1.xml"
            target.writestr(name, xml if sheet else source.read(name))
    return path


def zip_bomb(path: Path) -> Path:
    """A sheet of 64 MB of blanks in 64 KB."""
    return with_sheet(path, HEAD + " " * (64 << 20) + END)


def wide_bomb(path: Path) -> Path:
    """Two cells so far apart that a table between them would need hundreds of gigabytes."""
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_sheet(path, HEAD + '<row r="1"><c r="A1"><v>1</v></c></row>' + far + END)


def tall_bomb(path: Path) -> Path:
    """The same within the number of columns that is allowed."""
    far = '<row r="1048576"><c r="ALL1048576"><v>1</v></c></row>'
    return with_sheet(path, HEAD + '<row r="1"><c r="A1"><v>1</v></c></row>' + far + END)


def many_columns(path: Path, count: int) -> Path:
    """A csv of one line with very many empty cells and one that is not."""
    path.write_text("name" + "," * count + "x\n", encoding="utf-8")
    return path


def many_empty_columns(path: Path, count: int) -> Path:
    """A csv whose head is followed by very many empty cells."""
    path.write_text("name,age" + "," * count + "\nAda,36" + "," * count + "\n", encoding="utf-8")
    return path


def many_sheets(path: Path, count: int) -> Path:
    """A workbook of very many sheets."""
    book = Workbook(str(path))
    for _ in range(count):
        book.add_worksheet()
    book.close()
    return path


def strings_bomb(path: Path) -> Path:
    """Shared texts that are short in the archive and 60 MB in memory."""
    plain = workbook(path.with_suffix(".plain"), ["a"])
    text = b"<si><t>" + b"x" * 1000 + b"</t></si>"
    with ZipFile(plain) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            if name == "xl/sharedStrings.xml":
                start, end = body.split(b"<si>", 1)[0], b"</sst>"
                body = start + text * 60_000 + end
            target.writestr(name, body)
    return path
