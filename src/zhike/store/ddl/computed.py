"""
What stands in definitions of tables, which take no parameters: stored formulas, and values as text.

A stored formula is a generated column, and such a column may not read another one: a formula that
reads a formula holds it whole. Only what the expression language compiled, or a value that a field
kind has read, is ever written out here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import orjson

from zhike.kernel.sql import (
    NOTHING,
    Asker,
    Blank,
    Param,
    Part,
    Sql,
    ident,
    joined,
    sql,
    vetted,
)
from zhike.lang import told
from zhike.meta import Field, Json, Object, Snapshot
from zhike.store.catalog import Named, Settled
from zhike.store.ddl import names
from zhike.store.ddl.columns import SYSTEM, column_type, generated


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenOut:
    """A sight for definitions: it sees every column, and through every formula to what it reads."""

    settled: Settled

    def rows(self, object: str, alias: str) -> Sql:  # noqa: A002 - the protocol's words
        """See every record."""
        return NOTHING

    def column(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - the protocol's word
        """Give a column, or what a formula is made of."""
        known = self.settled.snapshot.objects[object].fields[field]
        if known.kind.name != "formula":
            return ident(alias, field) if alias else ident(field)
        value = told(self.settled.checked[object, field], alias=alias, sight=self)
        return sql("({value})", value=value)

    def plain(self, object: str, field: str, alias: str) -> Sql:  # noqa: A002 - the protocol's word
        """See everything as it is."""
        return NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two configurations a plan lies between."""

    settled: Settled

    @property
    def snapshot(self) -> Snapshot:
        """What there is on this side."""
        return self.settled.snapshot

    def value(self, object_: Object, field: Field) -> Sql:
        """Give what a stored formula is made of, as text without parameters."""
        checked = self.settled.checked[object_.key, field.key]
        sight = WrittenOut(settled=self.settled)
        return inlined(told(checked, alias="", sight=sight))

    def stored(self, object_: Object, field: Field) -> "Stored":
        """
        Give a stored formula as a column has it: a long one is called, not written out.

        PostgreSQL reads the definition of a generated column anew with every statement that writes
        a record. Of a hundred lines that takes longer than the record, of a call nothing.
        """
        value = self.value(object_, field)
        if len(value.text) < LONG:
            return Stored(value=value)
        name = ident(names.formula(object_.table, field.key, value.text))
        keys = sorted(key for of, key in self.reads((object_.key, field.key)) if of == object_.key)
        read = [one for key in keys if (one := object_.fields[key]).kind.name != "formula"]
        return Stored(
            value=sql("{name}({given})", name=name, given=joined(map(_given, read))),
            function=sql(
                "CREATE OR REPLACE FUNCTION {name}({taken}) RETURNS {type} LANGUAGE plpgsql"
                " IMMUTABLE PARALLEL SAFE SET search_path FROM CURRENT AS {body}",
                name=name,
                taken=joined(
                    sql("{key} {type}", key=ident(one.key), type=_plain(one)) for one in read
                ),
                type=_plain(field),
                body=vetted(_quoted(f"BEGIN RETURN {value.text}; END")),
            ),
        )

    def formulas(self, object_: Object) -> Iterator[Field]:
        """Give the fields of an object that are generated columns."""
        return (one for one in object_.fields.values() if generated(one))

    def readers(self, object_: Object, key: str) -> Iterator[Field]:
        """Give the generated columns that read a column, be it through other formulas."""
        for formula in self.formulas(object_):
            if (object_.key, key) in self.reads((object_.key, formula.key)):
                yield formula

    def reads(self, name: Named) -> frozenset[Named]:
        """Give everything a formula or roll-up reads, and what the formulas among that read."""
        found: set[Named] = set()
        waiting = [name]
        while waiting:
            known = self.settled.checked.get(waiting.pop())
            fresh = known.reads - found if known else frozenset()
            found |= fresh
            waiting.extend(one for one in fresh if self._formula(one))
        return frozenset(found)

    def _formula(self, name: Named) -> bool:
        of, key = name
        return self.snapshot.objects[of].fields[key].kind.name == "formula"


LONG = 300
"""Characters from which on a formula is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A stored formula: what its column says, and the function that has to be there for it."""

    value: Sql
    function: Sql = NOTHING

    @property
    def first(self) -> tuple[Sql, ...]:
        """What has to be done before a column can say so."""
        return (self.function,) if self.function else ()


def _given(field: Field) -> Sql:
    """Give a column to a function, in which texts are compared as everywhere."""
    column = ident(field.key)
    told_apart = " COLLATE " in column_type(field)
    return sql('{column} COLLATE "default"', column=column) if told_apart else column


def _plain(field: Field) -> Sql:
    """Give the type of a column as functions know it."""
    if field.key in SYSTEM:
        return vetted(SYSTEM[field.key].partition(" ")[0])
    return vetted(column_type(field).partition(" COLLATE")[0].partition("(")[0])


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
