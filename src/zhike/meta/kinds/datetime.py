"""A moment: a day and a time."""

import re
from collections.abc import Mapping
from typing import Any

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.date import MIDNIGHT, DayNotSaid, doubtful
from zhike.meta.kinds.kind import ORDER, FieldKind, Json, Reading, unreadable
from zhike.meta.reading.days import iso_day, moment
from zhike.meta.reading.line import figure, shown
from zhike.meta.reading.relative import RELATIVE

USUAL = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(\.\d{0,5}[1-9])?"
    r"([+-](?:0\d|1[0-3]):[0-5]\d)?",
    re.ASCII,
)


class Datetime(FieldKind):
    """
    A moment, in ISO form: `2026-06-13T01:26:00` or, with its offset, `2026-06-13T01:26:00+08:00`.

    A moment without an offset is one in the time zone of the workspace.
    """

    name = "datetime"
    label = Words(zh="日期时间", en="date and time")
    type = "datetime"
    operators = ORDER
    display = "datetime"

    def column(self, settings: Any) -> str:
        return "timestamptz"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        if raw.__class__ is str and (found := USUAL.fullmatch(raw)) and iso_day(found[1]):
            return f"{found[1]}T{found[2]}{found[3] or ''}{found[4] or ''}"
        text = figure(raw)
        if not text:
            return None
        read = moment(text)
        if read is None and RELATIVE.search(text):
            raise DayNotSaid(value=shown(text))
        if read is None:
            raise unreadable(raw, self)
        told = f"{read.day}T{read.time or MIDNIGHT}{read.offset}"
        return Reading(value=told, remark=doubtful(text, read)) if read.doubts else told

    def shows(self, raw: Json, value: Json, settings: Any) -> bool:
        return isinstance(raw, str) and raw.replace(" ", "T") == value

    def mask(self, column: Sql, settings: Any) -> Sql:
        return sql("to_char({column}, 'YYYY') || '-**-**'", column=column)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "format": "date-time"}
