"""From whatever a spreadsheet library calls a cell to a JSON value. Judges nothing."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from math import isfinite

Cell = str | int | float | bool | None
Line = tuple[int, list[Cell]]
"""A line that is not blank: its number as the spreadsheet counts, from 1, and its cells."""

ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA", "#SPILL!")
)
EXACT = 10**15
"""Beyond this a float no longer tells every whole number."""
BLANK = " \t\r\n\u3000\u00a0\ufeff\x00"


ODD = f"{BLANK}#"
"""How a text begins that may be blank or an error."""


def text(value: str) -> str | None:
    """Give a text as it came, or None if it is blank or the error of a formula."""
    bare = value.strip(BLANK)
    if not bare or (bare[0] == "#" and bare.upper() in ERRORS):
        return None
    return value.replace("\x00", "") if "\x00" in value else value


def cell(value: object) -> Cell:
    """Give one cell as JSON has it: whole floats as integers, so that phones keep their digits."""
    if isinstance(value, str):
        return text(value)
    if isinstance(value, bool | None):
        return value
    if isinstance(value, int | float):
        return _number(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.isoformat(timespec="seconds")
    return str(value) if isinstance(value, timedelta) else text(str(value))


def _number(value: float) -> Cell:
    if not isfinite(value):
        return None
    whole = int(value)
    return whole if whole == value and abs(whole) < EXACT else value


def line(values: Iterable[object], *, offset: int = 0) -> list[Cell]:
    """Give a whole line without its empty end; an empty list for a blank one."""
    cells: list[Cell] = [None] * offset
    cells.extend([
        one if one.__class__ is str and one and one[0] not in ODD and "\0" not in one
        else cell(one)
        for one in values
    ])  # fmt: skip
    return trimmed(cells)


def trimmed(cells: list[Cell]) -> list[Cell]:
    """Cut the empty end off a line."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def letter(column: int) -> str:
    """Name a column as the spreadsheet does: 0 is A, 26 is AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def widest(lines: Sequence[Line]) -> int:
    """Give the number of columns that some line uses."""
    return max((len(cells) for _, cells in lines), default=0)


ACTIVE = frozenset("=+-@\t\r\n＝＋－＠")
"""What a text must not begin with, or a spreadsheet takes it for a formula."""
OVERLOOKED = "' \u00a0\u3000\ufeff\u200b\u200c\u200d\u2060"
"""What may stand before it: what nobody sees, and what keeps such a text back."""


def acts(text: str) -> bool:
    """Tell whether a spreadsheet takes a text for a formula, or would without what is before it."""
    return text.lstrip(OVERLOOKED)[:1] in ACTIVE
