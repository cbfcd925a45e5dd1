"""A day of the calendar."""

from collections.abc import Mapping
from typing import Any

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import ORDER, FieldKind, Json, Reading, unreadable
from zhike.meta.reading.days import iso_day, moment, usual_day
from zhike.meta.reading.line import figure

MIDNIGHT = "00:00:00"


class Date(FieldKind):
    """
    A day, in ISO form: `2026-01-14`.

    20260114, 2025年8月1日, 2026/2/3, 2023.02.17, 10/14/2025 and 26-Aug-2025 are understood, and the
    numbers by which a spreadsheet counts days.
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
        if found is None or (found.offset and found.time != MIDNIGHT):
            # 16:00 UTC is the next day in China: which day is meant cannot be told from here.
            raise unreadable(raw, self)
        if found.time in {"", MIDNIGHT}:
            return found.day
        return Reading(value=found.day, rest=(found.time,))

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("to_char({column}, 'YYYY') || '-**-**'", column=column)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "format": "date"}
