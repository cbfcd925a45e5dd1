"""A share of a whole."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from zhike.kernel.faults import problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import Json, Reading, Settled, unreadable
from zhike.meta.kinds.number import Number, NumberSettings, Rounded
from zhike.meta.reading.amounts import portion, rounded, trimmed
from zhike.meta.reading.line import figure, shown

USUAL = re.compile(r"(\d{1,9})(?:\.(\d{1,8}))?%", re.ASCII)


class PercentSettings(NumberSettings):
    """`decimals` counts those of the percentage as people see it: 2 keeps 12.34 %."""

    decimals: int = Field(default=2, ge=0, le=8)


class Percent(Number):
    """
    A share, kept as a fraction of one: `25%` is `"0.25"`.

    `25%` and `0.25` are the same; a bare `25` is 2500 %, as in a spreadsheet.
    """

    name = "percent"
    label = Words(zh="百分比", en="percent")
    type = "percent"
    settings: ClassVar[Settled] = PercentSettings
    display = "percent"

    def column(self, settings: Any) -> str:
        return f"numeric(26, {settings.decimals + 2})"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        if raw.__class__ is str and (found := USUAL.fullmatch(raw)):
            part = found[2] or ""
            if len(part) <= settings.decimals:
                return _shifted(found[1], part)
        text = figure(raw)
        if not text:
            return None
        value = portion(text)
        if value is None:
            raise unreadable(raw, self)
        kept = trimmed(Decimal(rounded(value, decimals=settings.decimals + 2)))
        if isinstance(raw, str) and Decimal(kept) != value:
            return Reading(value=kept, remark=problem(Rounded, value=shown(text), kept=kept))
        return kept

    def out(self, column: Sql, settings: Any) -> Sql:
        return sql("trim_scale({column})::text", column=column)

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        return {"type": ["string", "null"], "format": "decimal"}


def _shifted(whole: str, part: str) -> str:
    """Give a percentage as a fraction of one, two places further down."""
    digits = f"{whole}{part}".rjust(len(part) + 3, "0")
    point = len(digits) - len(part) - 2
    fraction = digits[point:].rstrip("0")
    before = digits[:point].lstrip("0") or "0"
    return f"{before}.{fraction}" if fraction else before
