"""A number that is counted with, exact to a set number of decimals."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any, ClassVar

from pydantic import Field

from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import (
    ORDER,
    DigitsLost,
    FieldKind,
    Json,
    Reading,
    Settings,
    Settled,
    TooHigh,
    TooLow,
    Type,
    unreadable,
)
from zhike.meta.reading.amounts import MOST, PLAIN, amount, plain, rounded, scientific
from zhike.meta.reading.line import figure, shown


class Rounded(Fault):
    """`{value}` has more decimals than the field keeps; it was rounded to {kept}."""

    code = "M210"
    zh = "“{value}”的小数位超出字段精度，已取为 {kept}"


class NumberSettings(Settings):
    """How exact the number is and how large it may be. Without decimals it is a whole number."""

    decimals: int = Field(default=0, ge=0, le=10)
    min: Decimal | None = None
    max: Decimal | None = None


class Number(FieldKind):
    """
    A quantity. With decimals it travels as exact text (`"1.50"`), without as a JSON number.

    `1,234`, `1.2万`, full-width and Chinese digits are understood.
    """

    name = "number"
    label = Words(zh="数字", en="number")
    type: ClassVar[Type] = "number"
    settings: ClassVar[Settled] = NumberSettings
    operators = ORDER
    display = "number"

    def column(self, settings: Any) -> str:
        return f"numeric(26, {settings.decimals})" if settings.decimals else "bigint"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        text = raw if raw.__class__ is str else _usual(raw)
        if text:
            done = plain(text, decimals=settings.decimals)
            if done is not None:
                return done if settings.decimals else int(done)
        return self._slowly(raw, settings)

    def _slowly(self, raw: Json, settings: Any) -> Json | Reading:
        text = figure(raw)
        if not text:
            return None
        value = amount(text)
        if value is None:
            raise unreadable(raw, self)
        kept = rounded(value, decimals=settings.decimals)
        done = kept if settings.decimals else int(kept)
        remark = _remark(text, value, kept)
        return Reading(value=done, remark=remark) if remark else done

    def validate(self, value: Json, settings: Any) -> Problem | None:
        if value is None or (settings.min is None and settings.max is None):
            return None
        number = Decimal(value)
        if settings.min is not None and number < settings.min:
            return problem(TooLow, value=value, limit=settings.min)
        if settings.max is not None and number > settings.max:
            return problem(TooHigh, value=value, limit=settings.max)
        return None

    def out(self, column: Sql, settings: Any) -> Sql:
        return sql("{column}::text", column=column) if settings.decimals else column

    def cell(self, value: Json, settings: Any) -> Json:
        return spreadsheet_number(value)

    def shows(self, raw: Json, value: Json, settings: Any) -> bool:
        if isinstance(raw, str) and PLAIN.fullmatch(raw) is None:
            return False
        return not isinstance(raw, bool) and Decimal(str(raw)) == Decimal(str(value))

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        if settings.decimals:
            return {"type": ["string", "null"], "format": "decimal"}
        return {"type": ["integer", "null"]}


NOISE = Decimal("1e-9")
"""What binary floating-point arithmetic adds to a number by itself."""

EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number; more are sent as text."""


def _usual(raw: Json) -> str:
    if raw.__class__ is float:
        return repr(raw)
    return str(raw) if raw.__class__ is int and abs(raw) < MOST else ""


def _remark(text: str, value: Decimal, kept: str) -> Problem | None:
    if scientific(text):
        return problem(DigitsLost, value=shown(text))
    if abs(Decimal(kept) - value) > NOISE:
        return problem(Rounded, value=shown(text), kept=kept)
    return None


def spreadsheet_number(value: Json) -> Json:
    """Give an exact number as a spreadsheet has it: text if it has too many digits for one."""
    if not isinstance(value, str):
        return value
    digits = sum(sign.isdigit() for sign in value)
    if digits > EXACT_DIGITS:
        return value
    return float(value) if "." in value else int(value)
