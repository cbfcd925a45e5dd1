"""
What records are ordered by: the names in a query become keys, each with the value it compares.

Only what the viewer sees plainly can order records, so neither the order nor a cursor tells on the
rest.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from zhike import lang
from zhike.access import MaskedField, Rights
from zhike.kernel.faults import Fault, Problem
from zhike.kernel.sql import Sql, ident, param, sql
from zhike.lang.types import LISTS
from zhike.meta import Field, Type
from zhike.meta.kinds.kind import NATIVE
from zhike.store import titles
from zhike.store.read.faults import CannotOrder
from zhike.store.read.plan.keyset import Key
from zhike.store.read.plan.select import KEY, NAMED, RECORD
from zhike.store.read.query import Query

TYPES: Mapping[Type, str] = {
    one: native for one, native in NATIVE.items() if one not in LISTS and one != "json"
}
"""What a value of each type that has an order is in SQL."""

FILLED = frozenset({"id", "created_at", "updated_at", "version"})
"""The fields that no record lacks."""


def keys(rights: Rights, obj: str, query: Query) -> tuple[tuple[Key, ...], list[Problem]]:
    """Give what a query orders its records by, the id last, and what is wrong with it."""
    if not query.order:
        return rights.kept(("order", obj), lambda: _closed(_usual(rights, obj))), []
    aliases = _aliases(query.select)
    found: list[Key] = []
    wrong: list[Problem] = []
    for number, text in enumerate(query.order):
        try:
            found.append(_key(rights, obj, text, aliases))
        except Fault as fault:
            wrong.extend(one.under(f"order[{number}]") for one in fault.problems)
    return _closed(found), wrong


def _usual(rights: Rights, obj: str) -> list[Key]:
    """An object's own order, without what these roles cannot order by."""
    found = []
    for text in rights.snapshot.objects[obj].order:
        try:
            found.append(_key(rights, obj, text, {}))
        except (lang.UnknownField, MaskedField, CannotOrder):
            continue
    return found


def _key(rights: Rights, obj: str, text: str, aliases: Mapping[str, str]) -> Key:
    name = text.removeprefix("-").strip()
    name = aliases.get(name, name)
    field = rights.seen.objects[obj].fields.get(name) if KEY.fullmatch(name) else None
    if field is not None:
        return _field(rights, obj, field, descending=text.startswith("-"))
    checked = lang.checked(name, rights.snapshot, obj, sight=rights)
    type_ = TYPES.get(checked.type)
    if type_ is None:
        raise CannotOrder(name=name)
    value = lang.told(checked, alias=RECORD, sight=rights)
    down = text.startswith("-")
    if checked.type == "option" and checked.shape.options is not None:
        return Key(value=rank(checked.shape.options, value), type="integer", descending=down)
    return Key(value=value, type=type_, descending=down)


def _field(rights: Rights, obj: str, field: Field, *, descending: bool) -> Key:
    value = rights.column(obj, field.key, RECORD)
    if not field.kind.ordered:
        raise CannotOrder(name=field.key)
    if titles.titled(rights.snapshot.objects[obj], field):
        return _title(rights, obj, field, descending=descending)
    if field.type == "option":
        return Key(value=rank(field, value), type="integer", descending=descending)
    type_ = field.column or TYPES.get(field.type)
    if type_ is None:
        raise CannotOrder(name=field.key)
    filled = field.system and field.key in FILLED and value == ident(RECORD, field.key)
    return Key(value=value, type=type_, descending=descending, filled=filled)


def _title(rights: Rights, obj: str, field: Field, *, descending: bool) -> Key:
    """
    Titles stand where their reading puts them. One that has to be there is never taken for empty,
    so that its index serves both directions; a record without it stands where the empty text does.
    """
    place = ident(RECORD, titles.COLUMN)
    where = rights.plain(obj, field.key, RECORD)
    if where:
        place = sql("CASE WHEN {where} THEN NULLIF({place}, '') END", where=where, place=place)
    elif not field.required:
        place = sql("NULLIF({place}, '')", place=place)
    filled = field.required and not where
    return Key(value=place, type="text", descending=descending, filled=filled)


def rank(field: Field, value: Sql) -> Sql:
    """Options stand in the order in which they are offered: a stage is no word of the alphabet."""
    options: Sequence[Any] = getattr(field.settings, "options", ())
    return sql(
        "array_position({keys}, {value})",
        keys=param([one.key for one in options], "text[]"),
        value=value,
    )


def _closed(found: list[Key]) -> tuple[Key, ...]:
    """End with the id, so that no two records stand at the same place."""
    identity = ident(RECORD, "id")
    for number, key in enumerate(found):
        if key.value == identity:
            return tuple(found[: number + 1])
    down = found[-1].descending if found else True
    return (*found, Key(value=identity, type="uuid", descending=down, filled=True))


def _aliases(select: Sequence[str]) -> Mapping[str, str]:
    named = (NAMED.fullmatch(one) for one in select)
    return {one["name"].strip('"'): one["what"] for one in named if one}
