"""
Durations and periods: how they are written, in English and Chinese, and how far they reach.

Everything else of the language treats them as values.
"""

import re
from collections.abc import Mapping
from typing import get_args

from zhike.lang.tree import NOWHERE, Duration, Period, Span, Unit

UNITS: tuple[Unit, ...] = get_args(Unit)

CHINESE_UNITS: Mapping[str, Unit] = {
    "分钟": "minute", "小时": "hour", "天": "day", "日": "day", "周": "week", "月": "month",
    "季度": "quarter", "年": "year",
}  # fmt: skip

CHINESE_DAYS: Mapping[str, str] = {"今天": "today", "昨天": "yesterday", "明天": "tomorrow"}
CHINESE_TURNS: Mapping[str, str] = {"本": "this", "今": "this", "上": "last", "去": "last"}
CHINESE_STRETCHES: Mapping[str, str] = {"最近": "last", "近": "last", "未来": "next"}

DURATION = re.compile(r"([0-9]+)\s*(\w+)")
STRETCH = re.compile(r"(last|next|最近|近|未来)\s*([0-9]+)\s*(\w+)")
CALENDAR = re.compile(r"(this|last|next)\s+([a-z]+)")
CHINESE_CALENDAR = re.compile(r"([本今上去下明])个?(周|月|季度|年)")

LONGEST = 1000 * 366 * 24 * 60
"""
No duration in minutes is longer than about a thousand years: PostgreSQL's calendar has an end.
"""

MINUTES: Mapping[Unit, int] = {
    "minute": 1, "hour": 60, "day": 1440, "week": 10080, "month": 43200, "quarter": 129600,
    "year": 525600,
}  # fmt: skip


def unit(word: str) -> Unit | None:
    """Give the unit that a word names: `days`, `DAY`, `天`, `个月`."""
    low = word.lower()
    chinese = CHINESE_UNITS.get(low.removeprefix("个"))
    singular = low.removesuffix("s")
    return chinese or next((one for one in UNITS if one == singular), None)


def within_reach(amount: int, of: Unit) -> bool:
    """Say whether a duration is short enough to reckon with."""
    return amount * MINUTES[of] <= LONGEST


def duration(text: str, span: Span = NOWHERE) -> Duration | None:
    """Read `7 days`."""
    found = DURATION.fullmatch(text.strip())
    of = unit(found[2]) if found else None
    return Duration(amount=int(found[1]), unit=of, span=span) if found and of else None


def period(text: str, span: Span = NOWHERE) -> Period | None:
    """Read `today`, `this month`, `last 30 days`, `最近30天`."""
    low = " ".join(text.lower().split())
    day = CHINESE_DAYS.get(low, low)
    match day:
        case "today" | "yesterday" | "tomorrow":
            return Period(word=day, span=span)
        case _:
            return _stretch(low, span) or _calendar(low, span)


def _stretch(low: str, span: Span) -> Period | None:
    found = STRETCH.fullmatch(low)
    of = unit(found[3]) if found else None
    if not found or not of:
        return None
    word = CHINESE_STRETCHES.get(found[1], found[1])
    return Period(
        word="last" if word == "last" else "next", amount=int(found[2]), unit=of, span=span
    )


def _calendar(low: str, span: Span) -> Period | None:
    found = CALENDAR.fullmatch(low) or CHINESE_CALENDAR.fullmatch(low)
    of = unit(found[2]) if found else None
    if not found or not of:
        return None
    match CHINESE_TURNS.get(found[1], found[1]):
        case "this":
            return Period(word="this", unit=of, span=span)
        case "last":
            return Period(word="last", unit=of, span=span)
        case _:
            return Period(word="next", unit=of, span=span)


def in_words(value: Duration | Period) -> str:
    """Write a duration or period the way the language prints it."""
    if isinstance(value, Duration):
        return f"{value.amount} {value.unit}{'' if value.amount == 1 else 's'}"
    if value.amount is not None:
        return f"{value.word} {value.amount} {value.unit}{'' if value.amount == 1 else 's'}"
    return f"{value.word} {value.unit}" if value.unit else value.word
