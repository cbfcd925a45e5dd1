"""A value computed from the record's other fields."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import Field

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.kinds.kind import NATIVE, ORDER, TEXT, FieldKind, Json, Settings, Settled, Type
from zhike.meta.kinds.number import spreadsheet_number

COLUMNS: Mapping[Type, str] = {**NATIVE, "region": 'text COLLATE "C"', "list": "jsonb"}
"""As what a value of each type is kept."""
NUMERIC = frozenset({"number", "money", "percent"})


class FormulaSettings(Settings):
    """
    The expression, and how its value is kept.

    `stored: false` computes it on every read (for what changes with time or lies in other records).
    `result` is found by checking the expression; nobody has to write it.
    """

    formula: str = Field(min_length=1, max_length=10_000)
    stored: bool | None = None
    decimals: int | None = Field(default=None, ge=0, le=10)
    result: Type | None = None


class Formula(FieldKind):
    """`COALESCE(amount, 0) - COALESCE(received, 0)`: given by PostgreSQL, never by a caller."""

    name = "formula"
    label = Words(zh="公式", en="formula")
    settings: ClassVar[Settled] = FormulaSettings
    operators = ORDER | TEXT
    display = "formula"
    writable = False

    def column(self, settings: Any) -> str | None:
        return None if settings.stored is False else COLUMNS[settings.result or "text"]

    def read(self, raw: Json, settings: Any) -> Json:
        return raw

    def out(self, column: Sql, settings: Any) -> Sql:
        match settings.result:
            case "number" | "money" | "percent":
                return _number(column, settings)
            case "region":
                return sql("(SELECT path FROM zhike.region WHERE code = {column})", column=column)
            case _:
                return column

    def cell(self, value: Json, settings: Any) -> Json:
        if settings.result in NUMERIC:
            return spreadsheet_number(value)
        if isinstance(value, bool):
            return "是" if value else "否"
        return "、".join(map(str, value)) if isinstance(value, list) else value

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        match settings.result:
            case "number" | "money" | "percent" if settings.decimals == 0:
                return {"type": ["integer", "null"]}
            case "boolean":
                return {"type": ["boolean", "null"]}
            case "options" | "users" | "records" | "list":
                return {"type": ["array", "null"]}
            case "json":
                return {}
            case _:
                return {"type": ["string", "null"]}


def _number(column: Sql, settings: FormulaSettings) -> Sql:
    """Say an exact number as text, as long as it says everything: `"0.25"`, `"1200.00"`."""
    decimals = settings.decimals
    if decimals is None:
        decimals = 2 if settings.result == "money" else None
    match decimals:
        case None:
            return sql("trim_scale(round({column}, 10))::text", column=column)
        case 0:
            return sql("round({column})", column=column)
        case _:
            return sql(
                "round({column}, {places})::text", column=column, places=Sql((str(decimals),))
            )
