"""
The types of the language: what a value is, how PostgreSQL holds it, and what it is called.

Which types go together is decided in `check`; here are only the families.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhike.kernel.words import Words
from zhike.meta.kinds.kind import NATIVE, Type
from zhike.meta.snapshot import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A type and what belongs to it: the object pointed at, the field whose options it has."""

    name: Type
    object: str = ""
    options: Field | None = field(default=None, compare=False)
    item: "Type | None" = None
    """The type of a list's items."""

    @property
    def native(self) -> str:
        """The SQL type in which PostgreSQL reckons with it."""
        if self.name == "list":
            return f"{NATIVE[self.item or 'text']}[]"
        return NATIVE[self.name]


NUMERIC: frozenset[Type] = frozenset({"number", "money", "percent"})
TIMES: frozenset[Type] = frozenset({"date", "datetime"})
WORDS: frozenset[Type] = frozenset({"text", "option", "region"})
POINTERS: frozenset[Type] = frozenset({"id", "user", "department", "record"})
LISTS: frozenset[Type] = frozenset({"options", "users", "records", "list"})
ORDERED: frozenset[Type] = NUMERIC | TIMES | {"text", "duration"}

TEXT = Shape(name="text")
NUMBER = Shape(name="number")
BOOLEAN = Shape(name="boolean")
DATE = Shape(name="date")
DATETIME = Shape(name="datetime")
DURATION = Shape(name="duration")

CALLED: Mapping[Type, Words] = {
    "id": Words(zh="编码", en="an id"),
    "text": Words(zh="文本", en="a text"),
    "number": Words(zh="数字", en="a number"),
    "money": Words(zh="金额", en="an amount of money"),
    "percent": Words(zh="百分比", en="a percentage"),
    "boolean": Words(zh="是/否", en="true or false"),
    "date": Words(zh="日期", en="a date"),
    "datetime": Words(zh="日期时间", en="a date and time"),
    "duration": Words(zh="时长", en="a duration"),
    "option": Words(zh="选项", en="an option"),
    "options": Words(zh="多个选项", en="several options"),
    "user": Words(zh="人员", en="a user"),
    "users": Words(zh="多个人员", en="several users"),
    "department": Words(zh="部门", en="a department"),
    "record": Words(zh="记录", en="a record"),
    "records": Words(zh="多条记录", en="several records"),
    "region": Words(zh="地区", en="a region"),
    "list": Words(zh="列表", en="a list"),
    "json": Words(zh="结构化数据", en="structured data"),
}
"""What people call a value of this type."""


def called(names: frozenset[Type]) -> Words:
    """Name several types in a row."""
    known = [CALLED[one] for one in CALLED if one in names]
    return Words(zh="、".join(one.zh for one in known), en=" or ".join(one.en for one in known))
