"""The small steps that comparisons are made of, each false on an empty side."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Literal

from zhike.lang.check.conversion import day_of, midnight, next_midnight
from zhike.lang.typed import (
    Aggregate,
    All,
    Constant,
    Equal,
    Many,
    Negation,
    Order,
    Predicate,
    Present,
    Ranged,
    Read,
    Some,
    Through,
    Typed,
    reads_records,
)
from zhike.lang.types import BOOLEAN

Sign = Literal["<", "<=", ">", ">="]

TRUE = Constant(value=True, shape=BOOLEAN)
FALSE = Constant(value=False, shape=BOOLEAN)
FLIPPED: dict[Sign, Sign] = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def lifted(item: Typed, make: Callable[[Typed], Typed], *others: Typed) -> Typed:
    """
    Ask about the record that lookups lead to in one EXISTS, if nothing else depends on this record.

    PostgreSQL turns that into a join; a scalar subquery it would run for every row.
    """
    plain = not any(reads_records(one) for one in others)
    if isinstance(item, Read) and item.hops and plain:
        held = make(replace(item, hops=()))
        return Through(hops=item.hops, held=held, span=item.span)
    return make(item)


def present(item: Typed) -> Typed:
    """Say that a value is not empty."""
    if isinstance(item, Constant):
        return FALSE if item.value in (None, ()) else TRUE
    if isinstance(item, Many):
        return exists(item)
    return lifted(item, lambda one: Present(item=one, span=item.span))


def absent(item: Typed) -> Typed:
    """Say that a value is empty."""
    return negated(present(item))


def negated(item: Typed) -> Typed:
    """Say the exact opposite."""
    match item:
        case Negation(item=Predicate() as positive):
            return positive
        case Constant(value=bool(truth)):
            return FALSE if truth else TRUE
        case _:
            return Negation(item=item, span=item.span)


def exists(many: Many, condition: Typed | None = None) -> Typed:
    """Say that there is a related record."""
    return Aggregate(
        name="EXISTS", hops=many.hops, condition=condition, shape=BOOLEAN, span=many.span
    )


def equal(left: Typed, right: Typed) -> Typed:
    """Say that two values of one type are the same; the literal comes last."""
    if isinstance(left, Constant) and not isinstance(right, Constant):
        left, right = right, left
    if isinstance(right, Constant) and right.value is not None:
        return lifted(left, lambda one: Equal(left=one, right=right))
    return Equal(left=left, right=right)


def ordered(left: Typed, op: Sign, right: Typed) -> Typed:
    """
    Say that one value comes before or after another; a day against a moment counts as a whole.
    """
    if (left.shape.name, right.shape.name) == ("date", "datetime"):
        left, op, right = right, FLIPPED[op], left
    if (left.shape.name, right.shape.name) == ("datetime", "date"):
        later = next_midnight if op in ("<=", ">") else midnight
        sign: Sign = "<" if op in ("<", "<=") else ">="
        return lifted(left, lambda one: Order(left=one, op=sign, right=later(right)), right)
    return lifted(left, lambda one: Order(left=one, op=op, right=right), right)


def same_day(moment: Typed, day: Typed) -> Typed:
    """Say that a moment falls on a day; on a bare column as a range, so that an index can help."""
    if not isinstance(moment, Read) or reads_records(day):
        return equal(day_of(moment), day)
    return lifted(moment, lambda one: both(ordered(one, ">=", day), ordered(one, "<=", day)))


def ranged(item: Typed, low: Typed, high: Typed) -> Typed:
    """Say that a value lies between two others, both included."""
    days = item.shape.name == "datetime" and "date" in (low.shape.name, high.shape.name)
    if isinstance(item, Read):
        return lifted(
            item,
            lambda one: both(ordered(one, ">=", low), ordered(one, "<=", high)),
            low,
            high,
        )
    if days:
        item, low, high = day_of(item), day_of(low), day_of(high)
    elif "datetime" in (item.shape.name, low.shape.name, high.shape.name):
        low, high, item = midnight(low), midnight(high), midnight(item)
    return Ranged(item=item, low=low, high=high)


def both(*items: Typed) -> Typed:
    """Say all of them, without nesting."""
    flat: list[Typed] = []
    for one in items:
        flat.extend(one.items if isinstance(one, All) else (one,))
    return flat[0] if len(flat) == 1 else All(items=tuple(flat))


def some(items: Sequence[Typed]) -> Typed:
    """Say at least one of them; false for none."""
    telling = [one for one in items if one != FALSE]
    if not telling:
        return FALSE
    single = len(telling) == 1 and isinstance(telling[0], Predicate | Aggregate)
    return telling[0] if single else Some(items=tuple(telling))
