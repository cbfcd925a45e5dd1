"""`=`: what may be the same as what. Empty is a value like any other here."""

from collections.abc import Sequence
from dataclasses import replace

from zhike.lang.check.comparing.conditions import absent, equal, same_day
from zhike.lang.check.comparing.pointers import located, pointing
from zhike.lang.check.literals import beside, is_empty, items_of, uuid_of
from zhike.lang.check.scene import Scene
from zhike.lang.faults import NotComparable
from zhike.lang.tree import Span
from zhike.lang.typed import Constant, Many, SameItems, Typed
from zhike.lang.types import CALLED, LISTS, NUMERIC, POINTERS, TIMES, Shape


def refused(op: str, left: Typed, right: Typed, *, scene: Scene, span: Span) -> None:
    """Report two values between which this operator cannot stand."""
    scene.wrong(
        NotComparable, span, op=op, left=CALLED[left.shape.name], right=CALLED[right.shape.name]
    )


def same(left: Typed, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    """Understand equality: empty is a value like any other."""
    if is_empty(right):
        return absent(left)
    if is_empty(left):
        return absent(right)
    return _same_values(left, right, scene=scene, span=span)


def _same_values(left: Typed, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    names = {left.shape.name, right.shape.name}
    if isinstance(left, Constant):
        left, right = right, left
    if left.shape.name in POINTERS:
        return pointing(left, (right,), scene=scene, span=span)
    if left.shape.name == "region":
        return located(left, (right,), scene=scene, span=span)
    if names <= TIMES and len(names) > 1:
        moment, day = (left, right) if left.shape.name == "datetime" else (right, left)
        return same_day(moment, day)
    if names <= LISTS:
        return _same_items(left, right, scene=scene, span=span)
    if len(names) == 1 or names <= NUMERIC or names <= {"text", "option"}:
        if "json" in names:
            refused("=", left, right, scene=scene, span=span)
            return None
        return equal(left, right)
    refused("=", left, right, scene=scene, span=span)
    return None


def _same_items(left: Typed, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    if isinstance(left, Many) or isinstance(right, Many):
        refused("=", left, right, scene=scene, span=span)
        return None
    items = items_of(right)
    if items is not None:
        fitted = items_like(left, items, scene=scene, span=span)
        if fitted is None:
            return None
        right = fitted
    return SameItems(left=left, right=right)


def items_like(many: Typed, items: Sequence[Typed], *, scene: Scene, span: Span) -> Constant | None:
    """Give a written list the type of the list it is compared with."""
    known: list[Typed] = []
    for item in items:
        one = _identified(item, many) or beside(item, many, scene)
        if one is None:
            return None
        if one.shape.name not in ITEMS.get(many.shape.name, ITEMS["list"]):
            refused("=", many, one, scene=scene, span=span)
            return None
        known.append(one)
    return Constant(value=tuple(known), shape=many.shape, span=span)


def _identified(item: Typed, many: Typed) -> Typed | None:
    """Give a text as the id it is, where the list holds ids."""
    if many.shape.name != "users" or not isinstance(item, Constant):
        return None
    known = uuid_of(item) if item.shape.name == "text" and item.value else None
    return replace(item, value=known, shape=Shape(name="user", object="user")) if known else None


ITEMS = {
    "options": frozenset({"text", "option"}),
    "users": frozenset({"user"}),
    "list": frozenset({"text", "option", "department", "user"}),
}
"""What a list of some type may hold."""
