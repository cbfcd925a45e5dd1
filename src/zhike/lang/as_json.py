"""
Tree ↔ JSON, as the builders in the browser write it. It has no version: a new kind of node is a new
shape.

- a text, a number, true, false, null (empty) and a list are themselves; a number that a float would
  not hold exactly is `{"number": "0.1234567890123456789"}`
- `{"field": "customer.owner"}`, with a label `{"field": ["customer", {"label": "年营收"}]}`
- `{"op": "and", "args": [...]}` for every operator: `and or not = != < <= > >= in "not in" contains
  "starts with" "ends with" has "has any" "has all" between "is empty" "is not empty" & + - * / %`;
  `-` with one argument is the sign
- `{"call": "SUM", "args": [...]}`, `{"duration": "7 days"}`, `{"period": "last 30 days"}`
"""

import math
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, cast, get_args

from zhike.lang.faults import (
    ExpressionTooDeep,
    ExpressionTooLong,
    NotAnExpression,
    NumberTooLarge,
    PeriodTooLong,
)
from zhike.lang.parse import MAX_DIGITS, MAX_LENGTH, placed, sound, step
from zhike.lang.periods import duration, in_words, period, within_reach
from zhike.lang.tree import (
    MAX_DEPTH,
    Arithmetic,
    Between,
    Boolean,
    Call,
    Compare,
    Comparison,
    Duration,
    Either,
    Empty,
    Every,
    Filled,
    IsEmpty,
    Label,
    Listing,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Operator,
    Period,
    Span,
    Step,
    Text,
)
from zhike.lang.written import WORD, digits

Json = Any

COMPARISONS: frozenset[str] = frozenset(get_args(Comparison))
OPERATORS: frozenset[str] = frozenset(get_args(Operator))
MAX_NODES = 5000
EXACT = 2**53


def to_json(node: Node) -> Json:
    """Give an expression as JSON."""
    return WRITERS[type(node)](node)


def from_json(value: Json) -> Node:
    """
    Read an expression from JSON.

    Raises a fault whose `at` is the path into the JSON: `args[1].args[0]`.
    """
    return _Reading().node(value, at="", depth=1)


def _op(word: str, *items: Node) -> Json:
    return {"op": word, "args": [to_json(one) for one in items]}


def _number(value: Decimal) -> Json:
    if value == value.to_integral_value():
        return int(value) if abs(value) <= EXACT else {"number": digits(value)}
    rough = float(value)
    return rough if Decimal(repr(rough)) == value else {"number": digits(value)}


def _path(path: tuple[Step, ...]) -> Json:
    if all(isinstance(one, str) for one in path):
        return ".".join(cast("tuple[str, ...]", path))
    return [{"label": one.text} if isinstance(one, Label) else one for one in path]


def _listed(items: Sequence[Node]) -> Json:
    return [to_json(one) for one in items]


Writer = Callable[[Any], Json]

WRITERS: Mapping[type[Node], Writer] = {
    Text: lambda one: one.value,
    Number: lambda one: _number(one.value),
    Boolean: lambda one: one.value,
    Empty: lambda _: None,
    Listing: lambda one: _listed(one.items),
    Duration: lambda one: {"duration": in_words(one)},
    Period: lambda one: {"period": in_words(one)},
    Name: lambda one: {"field": _path(one.path)},
    Call: lambda one: {"call": one.name, "args": _listed(one.args)},
    Either: lambda one: _op("or", *one.items),
    Every: lambda one: _op("and", *one.items),
    Not: lambda one: _op("not", one.item),
    Negative: lambda one: _op("-", one.item),
    IsEmpty: lambda one: _op("is empty", one.item),
    Filled: lambda one: _op("is not empty", one.item),
    Arithmetic: lambda one: _op(one.op, one.left, one.right),
    Compare: lambda one: _op(one.op, one.left, one.right),
    Between: lambda one: _op("between", one.item, one.low, one.high),
}


class _Reading:
    """One reading of one JSON value; it counts what it has read."""

    def __init__(self) -> None:
        self.count = 0

    def node(self, value: Json, *, at: str, depth: int) -> Node:
        self.count += 1
        if depth > MAX_DEPTH:
            raise ExpressionTooDeep(at=at, limit=MAX_DEPTH)
        if self.count > MAX_NODES:
            raise ExpressionTooLong(at=at, limit=MAX_NODES)
        span = Span(at)
        match value:
            case list():
                return Listing(items=self.nodes(value, at=at, depth=depth), span=span)
            case dict():
                return self.structure(value, span, depth=depth)
            case _:
                return _scalar(value, span)

    def nodes(self, values: Sequence[Json], *, at: str, depth: int) -> tuple[Node, ...]:
        return tuple(
            self.node(one, at=f"{at}[{number}]", depth=depth + 1)
            for number, one in enumerate(values)
        )

    def structure(self, value: Mapping[str, Json], span: Span, *, depth: int) -> Node:
        match value:
            case {"op": str(op), "args": list(args), **rest} if not rest:
                return _operator(op, self.args(args, span, depth=depth), span)
            case {"call": str(name), "args": list(args), **rest} if not rest:
                called = name.upper() if WORD.fullmatch(name) else _refused(span, "call")
                return Call(name=called, args=self.args(args, span, depth=depth), span=span)
            case {"field": field, **rest} if not rest:
                return Name(path=_steps(field, span), span=span)
            case {"number": str(text), **rest} if not rest:
                return _signed(text, span)
            case {"duration": str(text), **rest} if not rest:
                return _in_reach(duration(text[:MAX_DIGITS], span), span)
            case {"period": str(text), **rest} if not rest:
                return _in_reach(period(text[:MAX_DIGITS], span), span)
            case _:
                return cast("Node", _refused(span, ", ".join(map(str, value))[:80] or "{}"))

    def args(self, values: Sequence[Json], span: Span, *, depth: int) -> tuple[Node, ...]:
        return self.nodes(values, at=f"{span.at}.args" if span.at else "args", depth=depth)


def _scalar(value: Json, span: Span) -> Node:
    match value:
        case None:
            return Empty(span=span)
        case bool():
            return Boolean(value=value, span=span)
        case str():
            return Text(value=_text(value, span), span=span)
        case int() | float():
            return _signed(value, span)
        case _:
            return cast("Node", _refused(span, type(value).__name__))


def _refused(span: Span, reason: str) -> Any:
    raise NotAnExpression(at=span.at, reason=reason)


def _text(value: str, span: Span) -> str:
    if len(value) > MAX_LENGTH:
        raise ExpressionTooLong(at=span.at, limit=MAX_LENGTH)
    sound(value, span=span)
    return value


def _signed(value: float | str, span: Span) -> Node:
    if isinstance(value, float) and not math.isfinite(value):
        _refused(span, "number")
    try:
        number = Decimal(str(value)[: MAX_DIGITS * 2])
    except InvalidOperation:
        return cast("Node", _refused(span, "number"))
    if not number.is_finite():
        _refused(span, "number")
    if abs(number.adjusted()) > MAX_DIGITS or _long(number):
        raise NumberTooLarge(at=span.at, limit=MAX_DIGITS)
    positive = Number(value=abs(number), span=span)
    return Negative(item=positive, span=span) if number < 0 else positive


def _long(number: Decimal) -> bool:
    return len(digits(number)) > MAX_DIGITS


def _steps(value: Json, span: Span) -> tuple[Step, ...]:
    steps = value.split(".") if isinstance(value, str) else value
    if not isinstance(steps, list) or not steps:
        return cast("tuple[Step, ...]", _refused(span, "field"))
    return tuple(_step(one, span) for one in steps)


def _step(value: Json, span: Span) -> Step:
    match value:
        case str(word) if WORD.fullmatch(word):
            return word
        case str(text) | {"label": str(text)} if text.strip() and not set("{}｛｝") & set(text):
            return step(_text(text.strip(), span))
        case _:
            return cast("Step", _refused(span, "field"))


def _in_reach(node: Duration | Period | None, span: Span) -> Node:
    if node is None:
        return cast("Node", _refused(span, "duration, period"))
    if node.amount is not None and node.unit and not within_reach(node.amount, node.unit):
        raise placed(PeriodTooLong(), span)
    return node


def _operator(op: str, args: tuple[Node, ...], span: Span) -> Node:
    made = OPERATIONS.get(op)
    if made is None:
        return cast("Node", _refused(span, op[:40]))
    wanted, make = made
    if len(args) not in wanted:
        _refused(span, op)
    return make(op, args, span)


Make = Callable[[str, tuple[Node, ...], Span], Node]


def _compare(op: str, args: tuple[Node, ...], span: Span) -> Node:
    return Compare(op=cast("Comparison", op), left=args[0], right=args[1], span=span)


def _arithmetic(op: str, args: tuple[Node, ...], span: Span) -> Node:
    if len(args) == 1:
        return Negative(item=args[0], span=span)
    return Arithmetic(op=cast("Operator", op), left=args[0], right=args[1], span=span)


def _joined(op: str, args: tuple[Node, ...], span: Span) -> Node:
    if len(args) == 1:
        return args[0]
    return Every(items=args, span=span) if op == "and" else Either(items=args, span=span)


MANY = range(1, MAX_NODES)

OPERATIONS: Mapping[str, tuple[Sequence[int], Make]] = {
    **dict.fromkeys(COMPARISONS, ((2,), _compare)),
    **dict.fromkeys(OPERATORS, ((2,), _arithmetic)),
    "-": ((1, 2), _arithmetic),
    "and": (MANY, _joined),
    "or": (MANY, _joined),
    "not": ((1,), lambda _, args, span: Not(item=args[0], span=span)),
    "between": (
        (3,),
        lambda _, args, span: Between(item=args[0], low=args[1], high=args[2], span=span),
    ),
    "is empty": ((1,), lambda _, args, span: IsEmpty(item=args[0], span=span)),
    "is not empty": ((1,), lambda _, args, span: Filled(item=args[0], span=span)),
}
