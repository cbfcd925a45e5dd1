"""
One cell → one clean line of text (or clean paragraphs), whatever type the cell had.

Refuses what PostgreSQL could not keep (NUL, half a surrogate pair) and what is no single value.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from zhike.kernel.faults import Fault
from zhike.kernel.words import Words

LONGEST_NUMBER = 1024
"""In bits; no number of a business is longer, and Python is slow at writing longer ones."""

EXACT = 10**15
"""Beyond it a binary floating-point number no longer holds every digit."""

PARAGRAPH = 4000
"""In characters."""

ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
"""What a spreadsheet shows where a formula failed: nothing was entered."""

BLANKS = frozenset(
    {"-", "--", "---", "—", "——", "–", "/", "//", "\\", "*", ".", "?", "？"}
    | {
        "无",
        "暂无",
        "没有",
        "空",
        "未知",
        "不详",
        "待定",
        "n/a",
        "na",
        "null",
        "none",
        "nil",
        "nan",
    }
)
"""What people type into a column of numbers, dates or phones to say that there is none."""

HALF = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: 0x20}
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), "-")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
ODD_SPACES = re.compile(
    "[\x01-\x1f\x7f-\x9f\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+"
)
CONTROLS = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f]")
LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")


class Unstorable(Fault):
    """The text holds a character that cannot be kept: {character}."""

    code = "M208"
    zh = "文本含有无法保存的字符：{character}"


class Overlong(Fault):
    """The text has {length} characters, far too many for a value of this sort."""

    code = "M221"
    zh = "文本有 {length} 个字符，远超此类内容应有的长度"


class NotSingle(Fault):
    """One value is wanted here, not {shape}."""

    code = "M209"
    zh = "此处需要单个值，而不是{shape}"


def line(raw: object) -> str:
    """
    Give what a cell says as clean text on one line; nothing is the empty text.

    Spaces of every sort become plain ones, invisible marks go, a spreadsheet's error is nothing.
    """
    if isinstance(raw, str):
        text = raw.strip() if raw.isprintable() else _tidied(raw)
        return "" if text.startswith("#") and text.upper() in ERRORS else text
    return "" if raw is None else _told(raw)


def figure(raw: object) -> str:
    """
    Give the same for a number, a date, a name or the like.

    There, `-`, `无` and `N/A` say that there is nothing, and nothing is longer than a paragraph.
    """
    if isinstance(raw, str) and len(raw) > PARAGRAPH:
        raise Overlong(length=len(raw))
    text = line(raw)
    return "" if text in BLANKS or text.lower() in BLANKS else text


def paragraphs(raw: object) -> str:
    """Give what a cell says as clean text that may have several lines."""
    if not isinstance(raw, str):
        return line(raw)
    text = raw
    if not raw.isprintable():
        refuse_unstorable(raw)
        text = CONTROLS.sub("", LINE_ENDS.sub("\n", INVISIBLE.sub("", raw)))
    text = composed(text.strip())
    return "" if text.startswith("#") and text.upper() in ERRORS else text


def composed(text: str) -> str:
    """Give text in the one composition in which equal texts are equal."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def halved(text: str) -> str:
    """Give text with full-width letters, digits and signs in their usual width, dashes alike."""
    return text if text.isascii() else text.translate(HALF).translate(DASHES)


def refuse_unstorable(text: str) -> None:
    """Raise if PostgreSQL could not keep the text."""
    if found := UNSTORABLE.search(text):
        raise Unstorable(character=f"U+{ord(found.group()):04X}")


def shown(raw: object) -> str:
    """Give a value short and printable, for a sentence about it."""
    text = raw[:200] if isinstance(raw, str) else _outlined(raw)
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    return text if len(text) <= 60 else f"{text[:59]}…"  # noqa: PLR2004 - as much as a sentence bears


def _outlined(raw: object) -> str:
    match raw:
        case list() | tuple():
            return f"[… {len(raw)}]"
        case dict():
            return f"{{… {len(raw)}}}"
        case int() if raw.bit_length() > LONGEST_NUMBER:
            return f"2^{raw.bit_length()}"
        case _:
            return str(raw)


def _tidied(text: str) -> str:
    refuse_unstorable(text)
    return ODD_SPACES.sub(" ", INVISIBLE.sub("", text)).strip()


def _told(raw: object) -> str:
    for kind, tell in TELLERS:
        if isinstance(raw, kind):
            return tell(raw)
    raise NotSingle(shape=LIST if isinstance(raw, list | tuple) else THING)


LIST = Words(zh="列表", en="a list")
THING = Words(zh="一组键值", en="an object")


def _whole(raw: int) -> str:
    if raw.bit_length() > LONGEST_NUMBER:
        raise NotSingle(shape=Words(zh="超长数字", en="an endless number"))
    return str(raw)


def _floating(raw: float) -> str:
    if raw.is_integer() and abs(raw) < EXACT:
        return str(int(raw))
    return "" if raw != raw else _decimal(Decimal(repr(raw)))  # noqa: PLR0124 - only NaN is not itself


def _decimal(raw: Decimal) -> str:
    return format(raw, "f") if raw.is_finite() and abs(raw.adjusted()) < LONGEST_NUMBER else ""


TELLERS: tuple[tuple[type, Callable[..., str]], ...] = (
    (bool, lambda raw: "TRUE" if raw else "FALSE"),
    (int, _whole),
    (float, _floating),
    (Decimal, _decimal),
    (datetime, lambda raw: raw.isoformat(sep=" ")),
    (date, date.isoformat),
    (time, time.isoformat),
    (UUID, str),
)
