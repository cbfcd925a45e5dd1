"""
Text → day or moment, as offices write them: 20260114, 2025年8月1日, 2026/2/3, 26.3.5, 10/14/2025,
二〇二六年三月五日.

Two numbers and a year are month first, unless only the other order makes a day; where both do, the
other day is told as a doubt. A year of two digits stands first and is told likewise. Days that do
not exist are not read, nor what can only be counted from a day that nobody gave: 昨天, 3月5日.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhike.meta.reading.line import halved
from zhike.meta.reading.numerals import DIGITS, numeral

MONTHS: Mapping[str, int] = {
    name: at + 1
    for at, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
    )
}
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)
USUAL = re.compile(
    r"(\d{4})(?:[-/.](\d\d?)[-/.](\d\d?)|年(\d\d?)月(\d\d?)日|(\d\d)(\d\d))(?: 00:00:00)?", re.ASCII
)
YEAR_FIRST = re.compile(
    r"(\d{4})(?:\s*[-/.、年_]\s*|\s+)(\d{1,2})(?:\s*[-/.、月_]\s*|\s+)(\d{1,2})(?:\s*[日号]|(?!\d))",
    re.ASCII,
)
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?", re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?!\d)", re.ASCII)
DAY_MONTH = re.compile(r"(\d{1,2})[- ]([a-z]{3})[a-z]*\.?[- ,]+(\d{4})(?!\d)", re.ASCII)
MONTH_DAY = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)", re.ASCII)
WEEKDAY = re.compile(r"^\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
CLOCK = re.compile(
    r"[t\s]*(上午|下午|中午|凌晨|早上|晚上|晚)?\s*(\d{1,2})(?:[::点时](半|\d{1,2})?)(?:[::分](\d{1,2})(?:[.,](\d{1,9}))?秒?|分)?"
    r"\s*(am|pm)?\s*(z|utc|[+-]\d\d(?::?\d\d)?)?",
    re.ASCII,
)
SHORT_YEAR = re.compile(
    r"(\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\s*[日号]|(?!\d))", re.ASCII
)
SHORT_LAST = re.compile(r"(\d{1,2})-([a-z]{3})[a-z]*-(\d\d)(?!\d)", re.ASCII)
SAID = re.compile(
    "([〇零○一二三四五六七八九]{2}|[〇零○一二三四五六七八九]{4}|\\d{4}|\\d\\d)年"
    "([一二三四五六七八九十]{1,2}|\\d{1,2})月([一二三四五六七八九十廿]{1,3}|\\d{1,2})[日号]?"
)
CENTURY = 70
"""Years of two digits below it are of this century, the others of the last."""
SERIAL = re.compile(r"([2-7]\d{4})(?:\.(\d+))?", re.ASCII)
DAY_ZERO = date(1899, 12, 30)
LATER = frozenset({"下午", "晚上", "晚", "pm"})
EARLIER = frozenset({"上午", "凌晨", "早上", "am"})
FIRST_YEAR = 1000
LONGEST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day, with a time and an offset from UTC if they were given: all in ISO form."""

    day: str
    time: str = ""
    offset: str = ""
    doubts: tuple[str, ...] = ()
    """Other days that the text may mean as well."""


def iso_day(text: str) -> str | None:
    """Give a day that is in ISO form already: the fast path."""
    found = ISO.fullmatch(text)
    return _day(found[1], found[2], found[3]) if found else None


def usual_day(text: str) -> str | None:
    """Give a day alone in one of the usual spellings: the fast path of imports."""
    found = USUAL.fullmatch(text)
    return _day(*(part for part in found.groups() if part)) if found else None


def moment(text: str) -> Moment | None:
    """Read a day with whatever time stands after it; None if it is not one."""
    if len(text) > LONGEST:
        return None
    bare = _in_digits(halved(text).strip(" '.").lower())
    for day, doubts, rest in _days(bare):
        rest = WEEKDAY.sub("", rest).strip()  # noqa: PLW2901 - what is left after the day
        if not rest:
            return Moment(day=day, doubts=doubts)
        if (clock := _clock(rest)) is not None:
            return Moment(day=day, time=clock[0], offset=clock[1], doubts=doubts)
    return _compact(bare) or _serial(bare)


def _in_digits(text: str) -> str:
    """Give a day that is said in Chinese characters in digits: 二〇二六年三月五日."""
    found = SAID.match(text)
    if found is None:
        return text
    year = "".join(str(DIGITS.get(sign, sign)) for sign in found[1].replace("○", "〇"))
    month, day = (_counted(found[at].replace("廿", "二十")) for at in (2, 3))
    return f"{year}年{month}月{day}日{text[found.end() :]}"


def _counted(said: str) -> str:
    number = None if said.isdigit() else numeral(said)
    return said if number is None else str(int(number))


def _days(text: str) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Give each way to see a day at the beginning, with other days it may be and what follows."""
    for shape, read in SHAPES:
        if found := shape.match(text):
            days = [day for day in read(found) if day]
            if days:
                first, *others = dict.fromkeys(days)
                yield first, tuple(others), text[found.end() :]
            return


def _short_year(year: str) -> int:
    return int(year) + (2000 if int(year) < CENTURY else 1900)


def _year_of_two(found: re.Match[str]) -> list[str | None]:
    """
    Read 26.3.5 as offices do, the year first; but 3/5/26 has nothing that must be the year.

    With 年 nothing is in doubt.
    """
    first, second, third = found[1], found[2], found[3]
    day = _day(_short_year(first), second, third)
    if "年" in found.group() or "." in found.group():
        return [day]
    if int(first) <= MONTHS_OF_YEAR:
        return []
    return [day, _day(_short_year(third), second, first) if len(third) == len("26") else None]


MONTHS_OF_YEAR = 12

SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], list[str | None]]], ...] = (
    (YEAR_FIRST, lambda one: [_day(one[1], one[2], one[3])]),
    (YEAR_LAST, lambda one: [_day(one[3], one[1], one[2]), _day(one[3], one[2], one[1])]),
    (DAY_MONTH, lambda one: [_day(one[3], MONTHS.get(one[2], 0), one[1])]),
    (MONTH_DAY, lambda one: [_day(one[3], MONTHS.get(one[1], 0), one[2])]),
    (SHORT_LAST, lambda one: [_day(_short_year(one[3]), MONTHS.get(one[2], 0), one[1])]),
    (SHORT_YEAR, _year_of_two),
)
"""How a day may be written, and the days it then may be: the likeliest first."""


def _compact(text: str) -> Moment | None:
    found = COMPACT.match(text)
    if found is None or (text[found.end() :] and found[4]):
        return None
    day = _day(found[1], found[2], found[3])
    rest = text[found.end() :].strip()
    if day is None:
        return None
    if found[4]:
        time = _time(int(found[4]), int(found[5]), int(found[6] or 0))
        return Moment(day=day, time=time) if time else None
    if not rest:
        return Moment(day=day)
    clock = _clock(rest) if text[found.end()] in {" ", "t"} else None
    return Moment(day=day, time=clock[0], offset=clock[1]) if clock else None


def _serial(text: str) -> Moment | None:
    """Read the number a spreadsheet counts its days by, if it means a day between 1954 and 2119."""
    found = SERIAL.fullmatch(text)
    if found is None:
        return None
    day = (DAY_ZERO + timedelta(days=int(found[1]))).isoformat()
    seconds = round(float(f"0.{found[2] or 0}") * 86_400)
    if not seconds:
        return Moment(day=day)
    minutes, second = divmod(min(seconds, 86_399), 60)
    return Moment(day=day, time=_time(minutes // 60, minutes % 60, second))


def _clock(text: str) -> tuple[str, str] | None:
    found = CLOCK.fullmatch(text)
    if found is None:
        return None
    half = found[1] or found[6] or ""
    hour = int(found[2])
    if half in LATER and hour < 12:  # noqa: PLR2004 - noon
        hour += 12
    elif half in EARLIER and hour == 12:  # noqa: PLR2004 - noon
        hour = 0
    time = _time(
        hour,
        30 if found[3] == "半" else int(found[3] or 0),
        int(found[4] or 0),
        (found[5] or "")[:6],
    )
    offset = _offset(found[7] or "")
    return (time, offset) if time and offset is not None else None


def _time(hour: int, minute: int, second: int, fraction: str = "") -> str:
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - a clock's
        return ""
    fraction = fraction.rstrip("0")
    return f"{hour:02}:{minute:02}:{second:02}" + (f".{fraction}" if fraction else "")


def _offset(text: str) -> str | None:
    if not text:
        return ""
    if text in {"z", "utc"}:
        return "+00:00"
    hours, minutes = int(text[1:3]), int(text[3:].lstrip(":") or 0)
    return f"{text[0]}{hours:02}:{minutes:02}" if hours <= 14 and minutes <= 59 else None  # noqa: PLR2004


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if found.year >= FIRST_YEAR else None
