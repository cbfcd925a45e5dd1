"""Periods: whether a day or moment falls within, before or after a stretch of time."""

from typing import cast

from zhike.lang.check.comparing.conditions import Sign, both, lifted, negated, ordered, ranged
from zhike.lang.check.comparing.equality import refused
from zhike.lang.check.conversion import day_of, midnight
from zhike.lang.check.scene import Scene
from zhike.lang.tree import Period, Span
from zhike.lang.typed import Edge, Order, Read, Typed
from zhike.lang.types import DATE, DATETIME, TIMES

DAYS = frozenset({"today", "yesterday", "tomorrow"})
"""These are single days, and so dates."""

CLOCK = frozenset({"minute", "hour"})


def beside_period(
    item: Typed, op: str, period: Period, *, scene: Scene, span: Span
) -> Typed | None:
    """Understand a comparison with a period: `created_at in last 30 days`, `due < this month`."""
    clock = period.unit in CLOCK
    shape = DATETIME if clock else DATE
    if item.shape.name not in TIMES or (clock and item.shape.name == "date"):
        refused(op, item, Edge(shape=shape, period=period, side="start"), scene=scene,
                       span=span)  # fmt: skip
        return None
    start = Edge(shape=shape, period=period, side="start", span=period.span)
    end = Edge(shape=shape, period=period, side="end", span=period.span)
    match op:
        case "=" | "in":
            return _inside(item, start, end)
        case "!=" | "not in":
            return negated(_inside(item, start, end))
        case "<" | ">=":
            return ordered(item, cast("Sign", op), start)
        case "<=":
            return _before(item, end)
        case ">":
            return _from(item, end)
        case _:
            refused(op, item, start, scene=scene, span=span)
            return None


def _inside(item: Typed, start: Edge, end: Edge) -> Typed:
    if not isinstance(item, Read):
        if start.shape.name == "datetime":
            return ranged(item, start, end)
        last = Edge(shape=DATE, period=end.period, side="last", span=end.span)
        return ranged(day_of(item), start, last)
    return lifted(item, lambda one: both(_from(one, start), _before(one, end)))


def _from(item: Typed, edge: Edge) -> Typed:
    if _ends_now(edge):
        return ordered(item, ">", edge)
    return lifted(item, lambda one: Order(left=one, op=">=", right=_fit(edge, one)))


def _before(item: Typed, edge: Edge) -> Typed:
    if _ends_now(edge):
        return ordered(item, "<=", edge)
    return lifted(item, lambda one: Order(left=one, op="<", right=_fit(edge, one)))


def _ends_now(edge: Edge) -> bool:
    """`last 2 hours` ends with this very moment, which belongs to it."""
    rolling = edge.period.word == "last" and edge.period.amount is not None
    return rolling and edge.shape.name == "datetime"


def _fit(edge: Edge, item: Typed) -> Typed:
    return midnight(edge) if item.shape.name == "datetime" else edge
