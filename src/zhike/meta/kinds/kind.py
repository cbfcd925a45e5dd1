"""
What a field kind knows: the contract that every file in this folder fulfils.

A kind holds no state and no connection. It is told the settings of the field it works for (options,
decimals, the object looked up), because those belong to the field.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from zhike.kernel.faults import Fault, Problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.meta.reading.line import shown

Json = Any
"""A value as JSON has it: str, int, float, bool, None, list, dict. Exact decimals are str."""

Type = Literal[
    "id", "text", "number", "money", "percent", "boolean", "date", "datetime", "duration", "option",
    "options", "user", "users", "department", "record", "records", "region", "list", "json",
]  # fmt: skip
"""The type of a field's value in the expression language."""
NATIVE: Mapping[Type, str] = {
    "id": "uuid", "text": "text", "number": "numeric", "money": "numeric", "percent": "numeric",
    "boolean": "boolean", "date": "date", "datetime": "timestamptz", "duration": "interval",
    "option": "text", "options": "text[]", "user": "uuid", "users": "uuid[]",
    "department": "uuid", "record": "uuid", "records": "uuid[]", "region": "text",
    "list": "text[]", "json": "jsonb",
}  # fmt: skip
"""As what PostgreSQL reckons with a value of each type."""

Index = Literal["btree", "gin"]


class Settings(BaseModel):
    """What YAML may say about a field of this kind beyond what every field has."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Settled = type[Settings]
"""The settings model of a kind; named, because a kind's own `type` hides the builtin."""


class Unreadable(Fault):
    """`{value}` cannot be read as {kind}."""

    code = "M201"
    zh = "“{value}”无法识别为{kind}"


class TooLong(Fault):
    """The text has {length} characters; {limit} are allowed."""

    code = "M202"
    zh = "文本有 {length} 个字符，最多 {limit} 个"


class TooLow(Fault):
    """{value} is below {limit}, the least allowed."""

    code = "M203"
    zh = "{value} 小于允许的最小值 {limit}"


class TooHigh(Fault):
    """{value} is above {limit}, the most allowed."""

    code = "M204"
    zh = "{value} 大于允许的最大值 {limit}"


class DigitsLost(Fault):
    """`{value}` has lost digits on its way through a spreadsheet."""

    code = "M205"
    zh = "“{value}”已被表格软件截去数字"
    hint = Words(
        zh="请在表格中把该列设为“文本”格式，重新填写完整号码",
        en="set the column to text in the spreadsheet and enter the whole number again",
    )


class TooManyItems(Fault):
    """There are {count} items; {limit} are allowed."""

    code = "M206"
    zh = "有 {count} 项，最多 {limit} 项"


class WrongCheckDigit(Fault):
    """The check character of `{value}` does not match: at least one character is mistyped."""

    code = "M207"
    zh = "“{value}”校验位不符：至少有一位写错"


class MistakenSigns(Fault):
    """`{value}` has letters where others belong that look like them."""

    code = "M222"
    zh = "“{value}”中有形近的字母写错"
    hint = Words(zh="是否应为 {likely}？", en="is it {likely}?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """
    A value read with a remark.

    `rest` is what the raw value held beyond it (a second phone number), so that nothing is lost
    silently; `remark` says what is doubtful.
    """

    value: Json
    rest: tuple[str, ...] = ()
    remark: Problem | None = None


class FieldKind:
    """
    One kind of field.

    `read` is the standardizer: it takes whatever JSON or a spreadsheet cell holds and gives the one
    standard form as a JSON value (or a `Reading`, if there is something to say), None for empty,
    and raises a `Fault` otherwise. The usual shapes take a fast path.
    """

    name: ClassVar[str]
    label: ClassVar[Words]
    settings: ClassVar[Settled] = Settings
    type: ClassVar[Type] = "text"
    operators: ClassVar[frozenset[str]] = frozenset()
    index: ClassVar[Index | None] = None
    """The index a field of this kind gets without being asked; None for none."""
    indexable: ClassVar[Index | None] = "btree"
    """The index it gets when the field says `index: true`."""
    display: ClassVar[str] = "text"
    writable: ClassVar[bool] = True
    """Whether callers may give a value; formulas and roll-ups are given by PostgreSQL."""
    ordered: ClassVar[bool] = True
    """Whether records can be ordered by it."""
    sensitive: ClassVar[bool] = False
    """Whether it is noted who reads a value in full, unless the field says otherwise."""
    keeps_raw: ClassVar[bool] = True
    """Whether what was typed is kept where it says something else than the standard form."""

    def column(self, settings: Any) -> str | None:
        """
        Give the column's SQL type, or None if the value lives elsewhere (children, link tables).
        """
        return "text"

    def read(self, raw: Json, settings: Any) -> Json | Reading:
        """Give the standard form of a value, None for empty; raise a Fault if it cannot be read."""
        raise NotImplementedError

    def validate(self, value: Json, settings: Any) -> Problem | None:
        """Say what is wrong with a value that was read, if anything (too long, out of range)."""
        return None

    def out(self, column: Sql, settings: Any) -> Sql:
        """Give the SQL of the value as JSON shows it, from the SQL of the column."""
        return column

    def mask(self, column: Sql, settings: Any) -> Sql:
        """Give the SQL of the masked value: always text, telling as little as the trade allows."""
        return sql("CASE WHEN {column} IS NULL THEN NULL ELSE '***' END", column=column)

    def told(self, value: Json, settings: Any) -> Json:
        """Give a kept value as JSON shows it, where no database is asked: what `out` would give."""
        return value

    def cell(self, value: Json, settings: Any) -> Json:
        """Give the value as a spreadsheet or csv shows it, from its JSON form."""
        return value

    def shows(self, raw: Json, value: Json, settings: Any) -> bool:
        """Tell whether what was given is just how a value is shown: nothing of it was changed."""
        return bool(
            raw == value
            or raw == self.cell(value, settings)
            or raw == self.told(value, settings)
            or (isinstance(raw, str) and raw.strip() == value)
        )

    def json_schema(self, settings: Any) -> Mapping[str, Json]:
        """Describe the value for OpenAPI."""
        return {"type": ["string", "null"]}


def unreadable(raw: object, kind: FieldKind) -> Unreadable:
    """Give the fault that says what could not be read and as what."""
    return Unreadable(value=shown(raw), kind=kind.label)


def drained(reading: Json | Reading) -> Json:
    """Give the value of what was read, without what was remarked."""
    return reading.value if isinstance(reading, Reading) else reading


EMPTINESS = frozenset({"is empty", "is not empty"})
EQUALITY = EMPTINESS | {"=", "!=", "in", "not in"}
ORDER = EQUALITY | {"<", "<=", ">", ">=", "between"}
TEXT = EQUALITY | {"contains", "starts with", "ends with"}
MANY = EMPTINESS | {"has", "has any", "has all"}
"""Families of operators that kinds share."""
