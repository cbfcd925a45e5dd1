"""
Days that are counted from another one: 昨天, 三天前, 下周三, 本月5号, 本月底, 3月5日.

Nothing is known of today here: whoever knows from which day is counted hands it in.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from zhike.meta.reading.line import halved
from zhike.meta.reading.numerals import numeral

COUNT = r"(\d{1,3}|[一二三四五六七八九十两]{1,3})"
SPAN = r"(?:天|日|周|个?星期|个?礼拜|个?月|年)[之以]?[前后]"
DAY = (
    rf"(?:大前天|前天|昨天|昨日|今天|今日|明天|明日|大后天|后天|{COUNT}\s*{SPAN}"
    rf"|(?:上上|上|本|这|下下|下)?个?(?:周|星期|礼拜)[一二三四五六日天]"
    rf"|(?:上|本|这|下)个?月(?:{COUNT}[日号]|[初底末])|月[底末]|(?:[今去前明]年年?|年)[初底末]"
    rf"|(?:今年|去年|前年|明年)?{COUNT}月(?:[初底末]|{COUNT}[日号]?))"
)
"""How such days are said, where a text may begin with one."""
RELATIVE = re.compile(rf"^(?:{DAY}|{COUNT}[日号]$)")
DAYS: Mapping[str, int] = {
    "大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1,
    "后天": 2, "大后天": 3,
}  # fmt: skip
STEPS: Mapping[str, int] = {"上上": -2, "上": -1, "本": 0, "这": 0, "": 0, "下": 1, "下下": 2}
YEARS: Mapping[str, int] = {"前年": -2, "去年": -1, "今年": 0, "": 0, "明年": 1}
WEEK = "一二三四五六日"

NAMED = re.compile("(大前天|前天|昨天|昨日|今天|今日|明天|明日|大后天|后天)")
AGO = re.compile(rf"{COUNT}\s*(天|日|周|个?星期|个?礼拜|个?月|年)[之以]?([前后])")
WEEKDAY = re.compile("(上上|上|本|这|下下|下|)个?(?:周|星期|礼拜)([一二三四五六日天])")
OF_MONTH = re.compile(rf"(上|本|这|下|)个?月?{COUNT}[日号]")
EDGE_OF_MONTH = re.compile("(上|本|这|下|)个?月([初底末])")
EDGE_OF_NAMED = re.compile(rf"(今年|去年|前年|明年|){COUNT}月([初底末])")
EDGE_OF_YEAR = re.compile("(?:(今年|去年|前年|明年)年?|年)([初底末])")
OF_YEAR = re.compile(rf"(今年|去年|前年|明年|){COUNT}月{COUNT}[日号]?")


def placed(text: str, as_of: date) -> str | None:
    """
    Give a text that begins with a day counted from another one with the day itself in ISO form.

    What follows (a time) stays as it is. None if it begins otherwise, or there is no such day.
    """
    bare = halved(text).strip()
    for shape, read in SHAPES:
        if found := shape.match(bare):
            try:
                day = read(found, as_of)
            except (ValueError, OverflowError):
                return None
            return f"{day.isoformat()} {bare[found.end() :].strip()}".strip()
    return None


def _number(said: str) -> int:
    return int(said) if said.isdigit() else int(numeral(said.replace("两", "二")) or 0)


def _ago(found: re.Match[str], as_of: date) -> date:
    count = _number(found[1]) * (-1 if found[3] == "前" else 1)
    if "月" in found[2] or found[2] == "年":
        return _months(as_of, count * (12 if found[2] == "年" else 1))
    return as_of + timedelta(days=count * (7 if found[2] not in {"天", "日"} else 1))


def _months(as_of: date, count: int) -> date:
    year, month = divmod(as_of.year * 12 + as_of.month - 1 + count, 12)
    return date(year, month + 1, min(as_of.day, monthrange(year, month + 1)[1]))


def _weekday(found: re.Match[str], as_of: date) -> date:
    monday = as_of - timedelta(days=as_of.weekday())
    at = WEEK.index(found[2].replace("天", "日"))
    return monday + timedelta(days=7 * STEPS[found[1]] + at)


def _of_month(found: re.Match[str], as_of: date) -> date:
    month = _months(as_of.replace(day=1), STEPS[found[1]])
    return month.replace(day=_number(found[2]))


def _edge_of_month(found: re.Match[str], as_of: date) -> date:
    first = _months(as_of.replace(day=1), STEPS[found[1]])
    return first if found[2] == "初" else _last(first)


def _edge_of_named(found: re.Match[str], as_of: date) -> date:
    first = date(as_of.year + YEARS[found[1]], _number(found[2]), 1)
    return first if found[3] == "初" else _last(first)


def _edge_of_year(found: re.Match[str], as_of: date) -> date:
    year = as_of.year + YEARS[found[1] or ""]
    return date(year, 1, 1) if found[2] == "初" else date(year, 12, 31)


def _last(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def _of_year(found: re.Match[str], as_of: date) -> date:
    return date(as_of.year + YEARS[found[1]], _number(found[2]), _number(found[3]))


SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], date]], ...] = (
    (NAMED, lambda found, as_of: as_of + timedelta(days=DAYS[found[1]])),
    (AGO, _ago),
    (WEEKDAY, _weekday),
    (EDGE_OF_MONTH, _edge_of_month),
    (EDGE_OF_NAMED, _edge_of_named),
    (EDGE_OF_YEAR, _edge_of_year),
    (OF_YEAR, _of_year),
    (OF_MONTH, _of_month),
)
