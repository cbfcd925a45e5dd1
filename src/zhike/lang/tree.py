"""
The tree of an expression: what was written, before anybody asks what it means.

Equal trees are equal values wherever they were written; a node's place (`span`) does not count.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

MAX_DEPTH = 100
"""
How deep a tree may be; deeper ones are refused when read, so that nobody below can run out of
stack.
"""

Unit = Literal["minute", "hour", "day", "week", "month", "quarter", "year"]

Comparison = Literal[
    "=", "!=", "<", "<=", ">", ">=", "in", "not in", "contains", "starts with", "ends with",
    "has", "has any", "has all",
]  # fmt: skip
Operator = Literal["&", "+", "-", "*", "/", "%"]


@dataclass(frozen=True, slots=True)
class Span:
    """
    Where something was written: `at` for people (`line:column`), `start` and `end` for editors.
    """

    at: str = ""
    start: int = -1
    end: int = -1

    def until(self, last: "Span") -> "Span":
        """Give the place from here to the end of another one."""
        return Span(self.at, self.start, last.end)


NOWHERE = Span()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """Anything that may stand in an expression."""

    span: Span = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text(Node):
    """`"华东"`."""

    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Number(Node):
    """`50000000`, exact; negative numbers are a `Negative`."""

    value: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Boolean(Node):
    """`true`, `false`."""

    value: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty(Node):
    """`empty`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Node):
    """`["A", "B"]`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duration(Node):
    """`7 days`."""

    amount: int
    unit: Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Period(Node):
    """
    A stretch of days or hours seen from now.

    `today yesterday tomorrow` have neither amount nor unit; `last month` has no amount and is the
    calendar's; `last 3 months` ends with today.
    """

    word: Literal["today", "yesterday", "tomorrow", "this", "last", "next"]
    amount: int | None = None
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A step of a path given by its label: `{年营收}`."""

    text: str


Step = str | Label


@dataclass(frozen=True, slots=True, kw_only=True)
class Name(Node):
    """A field, a path over lookups, or a relation: `customer.owner.name`."""

    path: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call(Node):
    """`SUM(orders.amount, status = "已完成")`; the name is upper case."""

    name: str
    args: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Every(Node):
    """`a and b and c`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Either(Node):
    """`a or b or c`."""

    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Not(Node):
    """`not a`."""

    item: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Negative(Node):
    """`-a`."""

    item: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Arithmetic(Node):
    """`a + b`, `a & b`."""

    op: Operator
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare(Node):
    """`a >= b`, `a in [b]`, `a contains b`."""

    op: Comparison
    left: Node
    right: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Between(Node):
    """`a between b and c`, both ends included."""

    item: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class IsEmpty(Node):
    """`a is empty`; its opposite is a `Filled`."""

    item: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled(Node):
    """`a is not empty`."""

    item: Node


def children(node: Node) -> tuple[Node, ...]:
    """Give the nodes directly below a node, from left to right."""
    match node:
        case Listing(items=items) | Every(items=items) | Either(items=items) | Call(args=items):
            return items
        case Not(item=item) | Negative(item=item) | IsEmpty(item=item) | Filled(item=item):
            return (item,)
        case Arithmetic(left=left, right=right) | Compare(left=left, right=right):
            return (left, right)
        case Between(item=item, low=low, high=high):
            return (item, low, high)
        case _:
            return ()


def too_deep(node: Node) -> Node | None:
    """Give the first node that lies deeper than allowed, without ever recursing."""
    waiting: list[tuple[Node, int]] = [(node, 1)]
    while waiting:
        one, depth = waiting.pop()
        if depth > MAX_DEPTH:
            return one
        waiting.extend((below, depth + 1) for below in children(one))
    return None


def every_node(node: Node) -> Iterator[Node]:
    """Walk through a tree, parents first."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(reversed(children(one)))
