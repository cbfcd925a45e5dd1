"""`& + - * / %` and the sign: numbers with numbers, dates with durations, texts with anything."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal

from zhike.kernel.words import Words
from zhike.lang.check.conversion import midnight, text_of
from zhike.lang.check.literals import beside, is_empty
from zhike.lang.check.scene import Scene
from zhike.lang.faults import NotComparable, WrongType
from zhike.lang.functions.function import Function
from zhike.lang.functions.internal import (
    DAYS_AS_SPAN,
    DAYS_BETWEEN,
    DIVIDE,
    EARLIER,
    EARLIER_MOMENT,
    JOIN,
    LATER,
    LATER_MOMENT,
    MINUS,
    MODULO,
    NEGATIVE,
    PLUS,
    SPAN_DIVIDED,
    SPAN_TIMES,
    TIMES,
)
from zhike.lang.tree import Arithmetic, Negative
from zhike.lang.typed import Apply, Constant, Typed
from zhike.lang.types import CALLED, DATE, DATETIME, DURATION, NUMERIC, TEXT, Shape, called
from zhike.meta.kinds.kind import Type

SIGNED = Words(zh="负号后的值", en="What follows the sign")
CLOCK = ("hour", "minute")


def negative(node: Negative, scene: Scene) -> Typed | None:
    """Understand a sign; a negative literal is a literal."""
    item = scene.read(node.item)
    if item is None:
        return None
    if item.shape.name in NUMERIC:
        if isinstance(item, Constant) and isinstance(item.value, Decimal):
            return replace(item, value=-item.value, span=node.span)
        return Apply(function=NEGATIVE, args=(item,), shape=item.shape, span=node.span)
    if item.shape.name == "duration":
        return Apply(function=NEGATIVE, args=(item,), shape=DURATION, span=node.span)
    if is_empty(item):
        return item
    wanted = called(NUMERIC | {"duration"})
    scene.wrong(WrongType, node.span, what=SIGNED, wanted=wanted, found=CALLED[item.shape.name])
    return None


def arithmetic(node: Arithmetic, scene: Scene) -> Typed | None:
    """Understand two values and what is between them."""
    left, right = scene.read(node.left), scene.read(node.right)
    if left is None or right is None:
        return None
    if node.op == "&":
        done = _joined(left, right, scene)
    else:
        pair = _beside_each_other(left, right, scene)
        if pair is None:
            return None
        done = _reckoned(node.op, *pair)
    if done is None:
        scene.wrong(
            NotComparable, node.span, op=node.op,
            left=CALLED[left.shape.name], right=CALLED[right.shape.name],
        )  # fmt: skip
        return None
    return replace(done, span=node.span)


def _beside_each_other(left: Typed, right: Typed, scene: Scene) -> tuple[Typed, Typed] | None:
    near_left = _like(left, right, scene)
    near_right = _like(right, left, scene)
    return (near_left, near_right) if near_left and near_right else None


def _like(value: Typed, other: Typed, scene: Scene) -> Typed | None:
    if isinstance(value, Constant) and value.value is None:
        name: Type = other.shape.name if other.shape.name != "text" else "number"
        return replace(value, shape=Shape(name=name))
    if value.shape.name == "text" and other.shape.name in NUMERIC | {"date", "datetime"}:
        return beside(value, other, scene)
    return value


def _joined(left: Typed, right: Typed, scene: Scene) -> Typed | None:
    texts = [text_of(one, scene) for one in (left, right)]
    known = tuple(one for one in texts if one is not None)
    if len(known) < len(texts):
        return None
    return Apply(function=JOIN, args=known, shape=TEXT)


def _reckoned(op: str, left: Typed, right: Typed) -> Typed | None:
    kinds = (_family(left), op, _family(right))
    rule = RULES.get(kinds)
    return rule(left, right) if rule else None


def _family(value: Typed) -> str:
    return "number" if value.shape.name in NUMERIC else value.shape.name


def _numbers(function: Function) -> Callable[[Typed, Typed], Typed]:
    def make(left: Typed, right: Typed) -> Typed:
        names = (left.shape.name, right.shape.name)
        return Apply(
            function=function, args=(left, right), shape=Shape(name=_unit(function.name, *names))
        )

    return make


def _unit(op: str, left: Type, right: Type) -> Type:
    if op == "/":
        return "money" if left == "money" and right != "money" else "number"
    if "money" in (left, right):
        return "money"
    return "percent" if left == right == "percent" else "number"


def _moved(
    by_days: Function, by_clock: Function, *, number: bool = False
) -> Callable[[Typed, Typed], Typed]:
    def make(left: Typed, right: Typed) -> Typed:
        span = right
        if number:
            span = Apply(function=DAYS_AS_SPAN, args=(right,), shape=DURATION)
        if left.shape.name == "date" and _whole_days(span, number=number):
            return Apply(function=by_days, args=(left, span), shape=DATE)
        return Apply(function=by_clock, args=(midnight(left), span), shape=DATETIME)

    return make


def _whole_days(span: Typed, *, number: bool) -> bool:
    if number:
        return True
    written = isinstance(span, Constant) and isinstance(span.value, str)
    return written and not any(unit in str(getattr(span, "value", "")) for unit in CLOCK)


def _between(left: Typed, right: Typed) -> Typed:
    if left.shape.name == right.shape.name == "date":
        return Apply(function=DAYS_BETWEEN, args=(left, right), shape=DURATION)
    return Apply(function=MINUS, args=(midnight(left), midnight(right)), shape=DURATION)


def _span(function: Function) -> Callable[[Typed, Typed], Typed]:
    return lambda left, right: Apply(function=function, args=(left, right), shape=DURATION)


def _span_swapped(left: Typed, right: Typed) -> Typed:
    return Apply(function=SPAN_TIMES, args=(right, left), shape=DURATION)


Rule = Callable[[Typed, Typed], Typed]

RULES: Mapping[tuple[str, str, str], Rule] = {
    **{
        ("number", function.name, "number"): _numbers(function)
        for function in (PLUS, MINUS, TIMES, DIVIDE, MODULO)
    },
    **{
        (moment, op, "duration"): rule
        for moment in ("date", "datetime")
        for op, rule in (
            ("+", _moved(LATER, LATER_MOMENT)),
            ("-", _moved(EARLIER, EARLIER_MOMENT)),
        )
    },
    **{
        (moment, op, "number"): rule
        for moment in ("date", "datetime")
        for op, rule in (
            ("+", _moved(LATER, LATER_MOMENT, number=True)),
            ("-", _moved(EARLIER, EARLIER_MOMENT, number=True)),
        )
    },
    **{
        (left, "-", right): _between
        for left in ("date", "datetime")
        for right in ("date", "datetime")
    },
    ("duration", "+", "duration"): _span(PLUS),
    ("duration", "-", "duration"): _span(MINUS),
    ("duration", "*", "number"): _span(SPAN_TIMES),
    ("number", "*", "duration"): _span_swapped,
    ("duration", "/", "number"): _span(SPAN_DIVIDED),
}
