"""
Values written into SQL text, for the one place that takes no parameters: definitions of tables.

Only what the expression language compiled, or a default that its kind has read, comes this way.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from uuid import UUID

import orjson

from zhike.kernel.sql import Asker, Blank, Param, Part, Sql, joined, sql, vetted
from zhike.meta import Json


def inlined(statement: Sql) -> Sql:
    """Give a statement whose values stand in its text."""
    return joined((_written(part) for part in statement.parts), by="")


def _written(part: Part) -> Sql:
    match part:
        case str():
            return vetted(part)
        case Param(value=value, type=type_):
            return literal(value, type_)
        case Asker() | Blank():
            raise TypeError(f"a definition cannot depend on {part}")


def literal(value: object, type_: str = "") -> Sql:
    """Give one value as SQL text."""
    return vetted(f"{_text(value)}::{type_}" if type_ else _text(value))


def default_of(value: Json, column: str) -> Sql:
    """Give a JSON value as a literal of a column's type."""
    match value:
        case list():
            text = _array(value) if column.endswith("[]") else orjson.dumps(value).decode()
        case dict():
            text = orjson.dumps(value).decode()
        case bool() | str():
            text = str(value).lower() if isinstance(value, bool) else value
        case _:
            text = str(value)
    type_ = column.partition(" COLLATE")[0]
    return sql("{text}::{type}", text=vetted(_quoted(text)), type=vetted(type_))


def _text(value: object) -> str:
    match value:
        case None:
            return "NULL"
        case bool():
            return "true" if value else "false"
        case int() | float() | Decimal():
            return f"({value})" if value < 0 else str(value)
        case date() | UUID():
            return _quoted(str(value))
        case list() | tuple() | frozenset():
            return _quoted(_array(value))
        case str():
            return _quoted(value)
        case _:
            raise TypeError(f"no literal for {type(value).__name__}")


def _array(values: Iterable[object]) -> str:
    return "{" + ",".join("NULL" if one is None else _item(str(one)) for one in values) + "}"


def _item(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _quoted(text: str) -> str:
    if "\x00" in text:
        raise ValueError("NUL has no place in SQL")
    doubled = text.replace("'", "''")
    return "E'" + doubled.replace("\\", "\\\\") + "'" if "\\" in doubled else f"'{doubled}'"
