"""
What records are grouped by: a field's value, or the stretch it falls into.

A field is grouped by as it may be asked about: on the records that do not show it plainly it is
empty, so that a group tells nothing that a condition would not. Each group says itself what its
records are asked for with.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from zhike import lang
from zhike.access import Rights
from zhike.kernel.sql import NOTHING, Sql, every, ident, param, sql
from zhike.lang.tree import (
    Boolean,
    Compare,
    Every,
    IsEmpty,
    Name,
    Negative,
    Node,
    Number,
    Text,
)
from zhike.meta import Field, Object, Type
from zhike.store import titles
from zhike.store.read.faults import CannotGroup, WrongGrain
from zhike.store.read.plan.order import TYPES, rank
from zhike.store.read.plan.select import RECORD

GRAINS: Mapping[str, str] = {
    "day": "1 day", "week": "7 days", "month": "1 month", "quarter": "3 months", "year": "1 year",
}  # fmt: skip
"""The stretches of the calendar that dates fall into, and how long each is."""
FIGURES: frozenset[Type] = frozenset({"number", "money", "percent"})
DAYS: frozenset[Type] = frozenset({"date", "datetime"})
POINTERS: frozenset[Type] = frozenset({"user", "department", "record"})
WORDS: frozenset[Type] = frozenset({"text", "boolean", "option", "region"})
TYPES_OF = WORDS | FIGURES | DAYS | POINTERS
LONGEST = 20
"""Digits that the width of a band may have."""
NARROWEST = Decimal("1e-9")
"""Narrower bands would begin and end at what reads as the same number."""
TARGET = "r"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """A field understood as what groups are made by."""

    field: Field
    value: Sql
    """The value of a record under `RECORD`."""
    type: str
    """Its SQL type."""
    grain: str = ""
    width: Decimal | None = None
    """How wide a band is, if numbers are grouped by bands."""

    def upto(self, key: Sql) -> Sql:
        """Give where a group ends whose value begins at `key`; NULL if it is one value only."""
        if self.width is not None:
            width = param(self.width, "numeric")
            return sql("trim_scale({key} + {width})::text", key=key, width=width)
        if self.grain:
            length = param(GRAINS[self.grain], "text")
            return sql("({key} + {length}::interval)::date::text", key=key, length=length)
        return sql("NULL::text")

    def text(self, key: Sql) -> Sql:
        """Give the key as text."""
        if self.field.type in FIGURES:
            return sql("trim_scale({key})::text", key=key)
        return sql("{key}::text", key=key)

    def condition(self, key: str | None, upto: str | None) -> str:
        """Write the condition of a group's records."""
        name = Name(path=(self.field.key,))
        node: Node
        if key is None:
            node = IsEmpty(item=name)
        elif upto is None or (self.grain == "day" and self.field.type == "date"):
            node = Compare(op="=", left=name, right=self._literal(key))
        else:
            low = Compare(op=">=", left=name, right=self._literal(key))
            high = Compare(op="<", left=name, right=self._literal(upto))
            node = Every(items=(low, high))
        return lang.written(node)

    def _literal(self, key: str) -> Node:
        if self.field.type in FIGURES:
            number = Decimal(key)
            plain = Number(value=abs(number))
            return Negative(item=plain) if number < 0 else plain
        if self.field.type == "boolean":
            return Boolean(value=key == "true")
        return Text(value=key)


def dimension(rights: Rights, obj: str, key: str, grain: str) -> Dimension:
    """Understand what records shall be grouped by; raises a fault if they cannot be."""
    value = rights.column(obj, key, RECORD)
    field = rights.snapshot.objects[obj].fields[key]
    if field.type not in TYPES_OF or not field.kind.ordered:
        raise CannotGroup(name=key)
    if field.type in DAYS:
        if grain and grain not in GRAINS:
            raise WrongGrain(name=key, value=grain, choices=", ".join(GRAINS))
        unit = grain or "day"
        day = sql("({value})::date", value=value)
        start = sql("zhike.start_of({day}, {unit})", day=day, unit=param(unit, "text"))
        return Dimension(
            field=field, value=day if unit == "day" else start, type="date", grain=unit
        )
    if field.type in FIGURES and grain:
        width = _width(key, grain)
        band = sql(
            "floor(({value}) / {width}) * {width}", value=value, width=param(width, "numeric")
        )
        return Dimension(field=field, value=band, type="numeric", grain=grain, width=width)
    if grain:
        raise WrongGrain(name=key, value=grain, choices="-")
    return Dimension(field=field, value=value, type=TYPES[field.type])


def _width(key: str, grain: str) -> Decimal:
    try:
        width = Decimal(grain)
    except InvalidOperation:
        width = Decimal(0)
    if len(grain) > LONGEST or not width.is_finite() or width < NARROWEST:
        raise WrongGrain(name=key, value=grain, choices="1000, 0.5 …")
    return width


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """What groups are called, and where that puts them."""

    label: Sql
    """As JSON; NULL where the key says all there is, or the viewer does not see what it means."""
    place: Sql
    type: str
    join: Sql = NOTHING


def called(rights: Rights, one: Dimension, key: Sql) -> Called:
    """Say what the groups of a dimension are called."""
    field, nothing = one.field, sql("NULL::json")
    if field.type == "option":
        return Called(label=nothing, place=rank(field, key), type="integer")
    if field.type == "region":
        path = sql("(SELECT path FROM zhike.region WHERE code = {key})", key=key)
        return Called(label=sql("to_json({path})", path=path), place=key, type=one.type)
    target = rights.snapshot.objects.get(field.target or "") if field.type in POINTERS else None
    if target is None:
        return Called(label=nothing, place=key, type=one.type)
    shown = rights.shown(target.key, target.title, TARGET)
    if shown is None:
        return Called(label=nothing, place=key, type=one.type)
    there = ident(TARGET, "id")
    return Called(
        label=sql("CASE WHEN {id} IS NOT NULL THEN to_json({shown}) END", id=there, shown=shown),
        place=_place(rights, target, shown),
        type="text",
        join=sql(
            " LEFT JOIN {table} AS {r} ON {where}",
            table=ident(target.table),
            r=ident(TARGET),
            where=every(
                (
                    sql("{id} = {key}", id=there, key=key),
                    sql("{gone} IS NULL", gone=ident(TARGET, "deleted_at")),
                    rights.rows(target.key, TARGET),
                )
            ),
        ),
    )


def _place(rights: Rights, target: Object, shown: Sql) -> Sql:
    """Titles stand where their reading puts them, as far as every record shows its own plainly."""
    field = target.fields[target.title]
    plain = (
        titles.titled(target, field)
        and not target.system
        and rights.level(target.key, field.key) in ("read", "write")
        and not rights.plain(target.key, field.key, TARGET)
    )
    if plain:
        return ident(TARGET, titles.COLUMN)
    text = sql("(to_json({shown}) #>> '{{}}')", shown=shown)
    return sql("CASE WHEN {id} IS NOT NULL THEN {text} END", id=ident(TARGET, "id"), text=text)
