"""Heads of columns as people write them, folded until two spellings of one name are one text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

BRACKETS = re.compile(r"[(\[【{<〔「『](.{0,60}?)[)\]】}>〕」』]")
LONGEST = 300
"""Characters of a head that are read; nobody names a column at greater length."""
PARTS = re.compile(r"[/\\、,|;\n&]|\bor\b|或")
DROPPED = re.compile(r"[\W_]+")
NOTES = re.compile(r"^(必填|选填|可选|非必填|必须|不填|下拉|示例|例|例如|required|optional)")
TAIL = re.compile(r"(号码|号|栏|列|信息|一|\d+|(?<=邮箱)地址|(?<=邮件)地址|(?<=mail)address)$")
UNITS: Mapping[str, str] = {
    "元": "", "人民币": "", "rmb": "", "cny": "", "¥": "", "人": "", "个": "",
    "百元": "100", "千元": "1000", "千": "1000", "k": "1000",
    "万元": "10000", "万": "10000", "万人民币": "10000", "万元人民币": "10000", "w": "10000",
    "十万元": "100000", "百万元": "1000000", "百万": "1000000",
    "千万元": "10000000", "千万": "10000000", "亿元": "100000000", "亿": "100000000",
}  # fmt: skip
"""What a number in a column with such a head is multiplied by; nothing for once."""
PERCENT = "0.01"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """One way to read a head, and how far to trust it."""

    text: str
    trust: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of one column says."""

    spellings: tuple[Spelling, ...]
    bare: str
    """Without brackets and unit, folded: what a near miss is measured against."""
    times: str = ""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Fold a name: width, case, blanks, stars, brackets and strokes do not count."""
    return DROPPED.sub("", normalize("NFKC", text).casefold())


@lru_cache(maxsize=4096)
def head(levels: tuple[str, ...]) -> Head:
    """Read a head of one or several lines, the last of which names the column."""
    text = normalize("NFKC", levels[-1][:LONGEST]).strip()
    inside = [part.strip() for part in BRACKETS.findall(text)]
    outside = BRACKETS.sub("", text)
    name, times = _without_unit(outside, inside)
    spellings = [Spelling(text=fold(text), trust=1.0), Spelling(text=fold(name), trust=0.98)]
    parts = [fold(part) for part in PARTS.split(name) if fold(part)]
    if len(parts) > 1:
        spellings += [
            Spelling(text=one, trust=0.93 - 0.01 * place) for place, one in enumerate(parts)
        ]
    spellings += [
        Spelling(text=fold(one), trust=0.86)
        for one in inside
        if not NOTES.match(one) and one.casefold() not in UNITS
    ]
    shorn = TAIL.sub("", fold(name))
    if shorn != fold(name):
        spellings.append(Spelling(text=shorn, trust=0.85))
    if len(levels) > 1:
        above = fold(levels[-2])
        spellings = [
            Spelling(text=above + fold(name), trust=0.99),
            *(Spelling(text=one.text, trust=one.trust * 0.96) for one in spellings),
        ]
    known = tuple(one for one in spellings if one.text)
    return Head(spellings=known, bare=fold(name), times=times)


def _without_unit(outside: str, inside: list[str]) -> tuple[str, str]:
    """Take the unit out of a head: in brackets, after a stroke, or at the end of the name."""
    for one in inside:
        unit = re.sub(r"^(单位|unit)[::]?", "", one.casefold()).strip()
        if unit in UNITS:
            return outside, UNITS[unit]
        if unit == "%":
            return outside, PERCENT
    parts = re.split(r"[/::]", outside)
    last = parts[-1].strip().casefold()
    if len(parts) > 1 and (last in UNITS or last == "%"):
        return "".join(parts[:-1]), UNITS.get(last, PERCENT)
    for unit in ("亿元", "千万元", "百万元", "万元", "千元"):
        if outside.endswith(unit) and len(outside) > len(unit):
            return outside[: -len(unit)], UNITS[unit]
    return outside, ""
