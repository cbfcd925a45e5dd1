"""
The tree once it is understood: every name resolved, every literal of the right type, every rule
decided.

`check` makes it, `sql` writes it down. It is small on purpose: operators that mean the same are one
node here, and whatever is false on an empty side is written so that it need not be asked twice.
"""

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from zhike.lang.functions.function import Function
from zhike.lang.tree import NOWHERE, Period, Span
from zhike.lang.types import BOOLEAN, Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """Anything understood; `shape` is its type."""

    shape: Shape
    span: Span = dataclasses.field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """
    One step from a record to another one, or to many.

    `lookup`: `field` of `origin` holds the id. `array`: it holds ids. `children`: `field` of
    `target` points back. `linked` and `linking`: a link table stands between, seen from either
    side.
    """

    kind: Literal["lookup", "array", "children", "linked", "linking"]
    origin: str
    field: str
    target: str
    table: str = ""


Hops = tuple[Hop, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Constant(Typed):
    """A value that is known; None is empty, a tuple is a list."""

    value: object
    source: int = dataclasses.field(default=0, compare=False, repr=False)
    """
    The identity of the node it was written as, so that the node can be put into its stable form.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Typed):
    """A field of this record, or of the one some lookups lead to."""

    object: str
    field: str
    column: str
    """The SQL type of the column."""
    hops: Hops = ()
    formula: Typed | None = None
    """What to compute instead, if the field has no column."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Many(Typed):
    """The records some relation leads to; only COUNT, EXISTS and the like make a value of it."""

    hops: Hops


@dataclass(frozen=True, slots=True, kw_only=True)
class Apply(Typed):
    """A function or arithmetic on values."""

    function: Function
    args: tuple[Typed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate(Typed):
    """One value of many records; `value` and `condition` speak of the last record of the hops."""

    name: str
    hops: Hops
    value: Typed | None = None
    condition: Typed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Former(Typed):
    """A field's value in the event: before (`old`) or after (`new`)."""

    object: str
    field: str
    side: Literal["old", "new"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge(Typed):
    """Where a period begins, where it is over, or its last day."""

    period: Period
    side: Literal["start", "end", "last"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Predicate(Typed):
    """A condition."""

    shape: Shape = BOOLEAN


@dataclass(frozen=True, slots=True, kw_only=True)
class All(Predicate):
    """Every one of them."""

    items: tuple[Typed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Some(Predicate):
    """At least one of them."""

    items: tuple[Typed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Negation(Predicate):
    """Exactly where the other one does not hold."""

    item: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Equal(Predicate):
    """Both the same, or both empty."""

    left: Typed
    right: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Order(Predicate):
    """One before the other; false if either is empty."""

    op: Literal["<", "<=", ">", ">="]
    left: Typed
    right: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Among(Predicate):
    """One of the items of a list; an empty value is among no list."""

    item: Typed
    these: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Lies(Predicate):
    """A region within one of some ranges of codes, each from (included) to (excluded)."""

    item: Typed
    ranges: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranged(Predicate):
    """Between two others, both included; false if any is empty."""

    item: Typed
    low: Typed
    high: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Match(Predicate):
    """A text that contains, begins or ends with another one, without regard to case."""

    how: Literal["contains", "starts with", "ends with"]
    item: Typed
    part: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds(Predicate):
    """A list that has any or all of the items of another one."""

    how: Literal["any", "all"]
    item: Typed
    these: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class SameItems(Predicate):
    """Two lists with the same items, in whatever order."""

    left: Typed
    right: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Present(Predicate):
    """Not empty."""

    item: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Through(Predicate):
    """A condition on the record that lookups lead to; false if there is none."""

    hops: Hops
    held: Typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed(Predicate):
    """The event changed this field."""

    object: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Created(Predicate):
    """The event created the record."""


def below(node: Typed) -> Iterator[Typed]:
    """Give what a node is made of, of the same record or not."""
    for part in PARTS.get(type(node), ()):
        value = getattr(node, part)
        if isinstance(value, Typed):
            yield value
        elif isinstance(value, tuple):
            yield from value


PARTS: Mapping[type[Typed], tuple[str, ...]] = {
    Constant: ("value",),
    Apply: ("args",),
    Aggregate: ("value", "condition"),
    All: ("items",),
    Some: ("items",),
    Negation: ("item",),
    Equal: ("left", "right"),
    Order: ("left", "right"),
    Ranged: ("item", "low", "high"),
    Among: ("item", "these"),
    Lies: ("item",),
    Match: ("item", "part"),
    Holds: ("item", "these"),
    SameItems: ("left", "right"),
    Present: ("item",),
    Through: ("held",),
}
"""Where the nodes below a node are kept."""


def walk(node: Typed) -> Iterator[Typed]:
    """Give a node and everything below it."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(below(one))


def reads_records(node: Typed) -> bool:
    """Say whether a value depends on any record, so that it differs from row to row."""
    return any(isinstance(one, RECORDS) for one in walk(node))


RECORDS = (Read, Many, Aggregate, Through, Former, Changed, Created)
