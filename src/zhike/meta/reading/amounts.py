"""
Text → exact decimal: `9077万`, `¥1,030,000.00`, `（1,000）`, `12.5万元`, `25%`, 壹佰万元整.

`约5万` and `5万左右` are the number they name. Nothing is guessed: a comma in the wrong place or a
word that is no unit makes the text unreadable.
"""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from zhike.meta.reading.line import halved
from zhike.meta.reading.numerals import numeral

EXACTLY = Context(prec=60)
"""Enough that no amount of a business is ever rounded by arithmetic."""

MOST = Decimal(10) ** 15
"""No amount is as large as this; more is a mistake in the input, and would not fit the column."""

LONGEST = 60
"""In characters; nobody writes a number longer than this."""

PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,14})(?:\.\d+)?", re.ASCII)
GROUPS = re.compile(r"[¥￥]?([1-9]\d{0,2}(?:,\d{3}){1,4})(\.\d+)?", re.ASCII)
SHORT = re.compile(r"(\d{1,9}(?:\.\d{1,6})?)([万亿])", re.ASCII)
NUMBER = r"\d+(?:\.\d*)?|\.\d+"
GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?!\d)|\d{1,4}(?:,\d{4})+(?!\d)", re.ASCII)
SPACED = re.compile(r"(?<=\d)[ '](?=\d{3}(?!\d))", re.ASCII)
MARKS = re.compile(
    r"^(?:约|大约|人民币|rmb|cny|us\$|usd|hkd|hk\$|eur|gbp|[¥￥$€£])|(?:元整|圆整|圓整|元正|圆正|元|圆|圓|人民币|美元|港币|港元|欧元|英镑|rmb|cny|usd|hkd|eur|人|名|个|台|件|套|家|左右|整)$"
)
SCIENTIFIC = re.compile(r"-?\d(?:\.\d+)?e[+-]?\d{1,2}", re.ASCII)
SEGMENT = re.compile(rf"({NUMBER})\s*([亿万千百wk]*)", re.ASCII)
WHOLE = re.compile(rf"(?:(?:{NUMBER})\s*[亿万千百wk]+\s*)*(?:{NUMBER})?", re.ASCII)

UNITS: Mapping[str, int] = {
    "亿": 8, "万": 4, "千": 3, "百": 2, "w": 4, "k": 3,
}  # fmt: skip


def plain(text: str, *, decimals: int) -> str | None:
    """Give the standard form of a number that is nearly in it already: the fast path."""
    if PLAIN.fullmatch(text) is None:
        if (found := GROUPS.fullmatch(text)) is None:
            return None
        text = found[1].replace(",", "") + (found[2] or "")
    if text.startswith("-0"):
        return None
    whole, _, part = text.partition(".")
    if len(part) > decimals:
        return None
    return f"{whole}.{part:0<{decimals}}" if decimals else whole


def amount(text: str) -> Decimal | None:
    """Read an exact number; None if it is not one, or is larger than any amount."""
    if len(text) > LONGEST:
        return None
    if short := SHORT.fullmatch(text):
        return _below_most(Decimal(short[1]).scaleb(UNITS[short[2]]))
    bare = halved(text).strip().lower()
    negative, bare = _signed(bare)
    value = _below_most(_unsigned(bare))
    if value is None:
        return None
    return -value if negative and value else value


def portion(text: str) -> Decimal | None:
    """Read a share of one: `25%`, `0.25` and `百分之25` are the same."""
    bare = halved(text).strip().lower()
    for mark, scale in (
        ("%", 2),
        ("‰", 3),
        ("百分之", 2),
        ("千分之", 3),
        ("个百分点", 2),
        ("成", 1),
    ):
        if bare.endswith(mark) or bare.startswith(mark):
            value = amount(bare.removesuffix(mark).removeprefix(mark))
            return value.scaleb(-scale, EXACTLY) if value is not None else None
    return amount(bare)


def rounded(value: Decimal, *, decimals: int) -> str:
    """Give a number with exactly so many decimals, half a unit rounded away from zero."""
    out = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, EXACTLY)
    return format(out or abs(out), "f")


def trimmed(value: Decimal) -> str:
    """Give a number without needless zeros."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in {"-0", ""} else text


def scientific(text: str) -> bool:
    """Tell whether a text is a number as a spreadsheet shows it in too narrow a column."""
    return SCIENTIFIC.fullmatch(text.lower()) is not None


def _below_most(value: Decimal | None) -> Decimal | None:
    return None if value is None or value >= MOST else value


def _signed(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip()
    bare = _unmarked(text)
    return bare.startswith("-"), bare[1:].strip() if bare[:1] in {"+", "-"} else bare


def _unmarked(text: str) -> str:
    sign, rest = (text[0], text[1:]) if text[:1] in {"-", "+"} else ("", text)
    previous = ""
    while rest != previous:
        previous, rest = rest, MARKS.sub("", rest).strip()
    return sign + rest


def _unsigned(text: str) -> Decimal | None:
    bare = _unmarked(text)
    if SCIENTIFIC.fullmatch(bare):
        return _decimal(bare)
    bare = SPACED.sub("", GROUPED.sub(lambda found: found.group().replace(",", ""), bare))
    if bare and WHOLE.fullmatch(bare):
        return _summed(SEGMENT.findall(bare))
    return numeral(text)


def _summed(segments: list[tuple[str, str]]) -> Decimal | None:
    """
    Add up `1亿2000万`: each segment must be smaller than the unit before it.

    `3万5` means 35000 to some and 30005 to others, so what has no unit must fill all the digits.
    """
    total = Decimal(0)
    last: int | None = None
    for number, units in segments:
        power = sum(UNITS[unit] for unit in units)
        value = _decimal(number)
        if value is None or (last is not None and not _fits(number, power=power, below=last)):
            return None
        total = EXACTLY.add(total, value.scaleb(power, EXACTLY))
        last = power
    return total


def _fits(number: str, *, power: int, below: int) -> bool:
    digits = len(number.partition(".")[0])
    return power + digits <= below if power else digits == below


def _decimal(text: str) -> Decimal | None:
    if len(text) > EXACTLY.prec:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
