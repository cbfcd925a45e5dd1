"""A day of the calendar."""

from collections.abc import Mapping
from typing import Any

from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import ORDER, FieldKind, Json, Reading, unreadable
from zhike.meta.reading.days import Moment, iso_day, moment, usual_day
from zhike.meta.reading.line import figure, shown
from zhike.meta.reading.relative import RELATIVE

MIDNIGHT = "00:00:00"


class DoubtfulDay(Fault):
    """`{value}` was read as {read}; it may also mean {other}."""

    code = "M225"
    zh = "“{value}”已读作 {read}，也可能是 {other}"
    hint = Words(zh="请按 年-月-日 填写", en="write year-month-day")


class DayNotSaid(Fault):
    """`{value}` is counted from another day; which one, is not said."""

    code = "M226"
    zh = "“{value}”要从某一天算起，无法确定是哪一天"
    hint = Words(zh="请写明年月日，如 2026-03-05", en="write the whole day, such as 2026-03-05")


def doubtful(text: str, found: Moment) -> Problem:
    """Say which day was read, and which other ones the text may mean."""
    facts = {"value": shown(text), "read": found.day, "other": "、".join(found.doubts)}
    return problem(DoubtfulDay, **facts)


class Date(FieldKind):
    """
    A day, in ISO form: `2026-01-14`.

    20260114, 2025年8月1日, 2026/2/3, 26.3.5, 二〇二六年三月五日, 10/14/2025 and 26-Aug-2025 are
    understood, and the numbers by which a spreadsheet counts days. A day that might be another one
    (3/5/2026) is remarked on; one that is counted from today (昨天, 3月5日) is refused.
    """

    name = "date"
    label = Words(zh="日期", en="date")
    type = "date"
    operators = ORDER
    display = "date"

    def column(self, settings: Any) -> str:
        return "date"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        if raw.__class__ is str and (day := iso_day(raw) or usual_day(raw)):
            return day
        text = figure(raw)
        if not text:
            return None
        found = moment(text)
        if found is None and RELATIVE.search(text):
            raise DayNotSaid(value=shown(text))
        if found is None or (found.offset and found.time != MIDNIGHT):
            # 16:00 UTC is the next day in China: which day is meant cannot be told from here.
            raise unreadable(raw, self)
        if found.doubts:
            return Reading(value=found.day, remark=doubtful(text, found))
        if found.time in {"", MIDNIGHT}:
            return found.day
        return Reading(value=found.day, rest=(found.time,))

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("to_char({column}, 'YYYY') || '-**-**'", column=column)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "format": "date"}
