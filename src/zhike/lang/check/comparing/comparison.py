"""Comparisons: which operator stands between which types, and what that asks."""

from collections.abc import Callable, Mapping

from zhike.lang.check.comparing import membership
from zhike.lang.check.comparing.conditions import (
    FALSE,
    FLIPPED,
    Sign,
    absent,
    exists,
    negated,
    ordered,
    present,
    ranged,
)
from zhike.lang.check.comparing.equality import refused, same
from zhike.lang.check.comparing.stretches import DAYS, beside_period
from zhike.lang.check.literals import beside, is_empty, standard
from zhike.lang.check.scene import Scene
from zhike.lang.tree import Between, Compare, Filled, IsEmpty, Node, Period, Span
from zhike.lang.typed import Aggregate, Constant, Many, Typed
from zhike.lang.types import NUMERIC, ORDERED, TIMES


def compare(node: Compare, scene: Scene) -> Typed | None:
    """Understand a comparison of two values."""
    left = scene.read(node.left)
    if left is None:
        return None
    if isinstance(node.right, Period) and node.right.word not in DAYS:
        return beside_period(left, node.op, node.right, scene=scene, span=node.span)
    right = scene.read(node.right)
    if right is None:
        return None
    pair = (left, right) if node.op in MATCHING else _beside_each_other(left, right, scene)
    if pair and node.op in EXACT and isinstance(pair[1], Constant):
        pair = (pair[0], standard(pair[1], pair[0], scene) or pair[1])
    return _compared(node.op, *pair, scene=scene, span=node.span) if pair else None


def between(node: Between, scene: Scene) -> Typed | None:
    """Understand `a between b and c`."""
    item, low, high = (scene.read(one) for one in (node.item, node.low, node.high))
    if item is None or low is None or high is None:
        return None
    ends = [beside(one, item, scene) for one in (low, high)]
    known = [one for one in ends if one is not None]
    if len(known) < len(ends):
        return None
    for one in known:
        if not is_empty(one) and not _orderable(item, one):
            refused("between", item, one, scene=scene, span=node.span)
            return None
    if any(is_empty(one) for one in (item, *known)):
        return FALSE
    return ranged(item, known[0], known[1])


def is_empty_test(node: IsEmpty, scene: Scene) -> Typed | None:
    """Understand `a is empty`."""
    item = scene.read(node.item)
    return absent(item) if item else None


def filled_test(node: Filled, scene: Scene) -> Typed | None:
    """Understand `a is not empty`."""
    item = scene.read(node.item)
    return present(item) if item else None


def _compared(op: str, left: Typed, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    match op:
        case "=" | "!=":
            held = _counted(left, "=", right) or same(left, right, scene=scene, span=span)
            return negated(held) if held and op == "!=" else held
        case "<" | "<=" | ">" | ">=":
            return _in_order(left, op, right, scene=scene, span=span)
        case "not in":
            held = membership.among(left, right, scene=scene, span=span)
            return negated(held) if held else None
        case _:
            return MEMBERSHIP[op](left, right, scene, span)


def _in_order(left: Typed, op: Sign, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    if is_empty(left) or is_empty(right):
        return FALSE
    if not _orderable(left, right):
        refused(op, left, right, scene=scene, span=span)
        return None
    if isinstance(left, Constant) and not isinstance(right, Constant):
        return ordered(right, FLIPPED[op], left)
    return _counted(left, op, right) or ordered(left, op, right)


def _orderable(left: Typed, right: Typed) -> bool:
    if isinstance(left, Many) or isinstance(right, Many):
        return False
    names = {left.shape.name, right.shape.name}
    if not names <= ORDERED:
        return False
    return len(names) == 1 or names <= NUMERIC or names <= TIMES


def _counted(left: Typed, op: str, right: Typed) -> Typed | None:
    """`COUNT(x) > 0` and `COUNT(x) = 0` are asked as EXISTS, which stops at the first record."""
    if not isinstance(left, Aggregate) or left.name != "COUNT" or left.value is not None:
        return None
    asked = (op, right.value if isinstance(right, Constant) else None)
    if asked not in {*ANY, *NONE}:
        return None
    held = exists(Many(hops=left.hops, shape=left.shape, span=left.span), left.condition)
    return held if asked in ANY else negated(held)


def _beside_each_other(left: Typed, right: Typed, scene: Scene) -> tuple[Typed, Typed] | None:
    fitted_right = beside(right, left, scene)
    fitted_left = beside(left, right, scene)
    if fitted_left is None or fitted_right is None:
        return None
    return fitted_left, fitted_right


ANY: frozenset[tuple[str, object]] = frozenset({(">", 0), (">=", 1)})
NONE: frozenset[tuple[str, object]] = frozenset({("=", 0), ("<", 1), ("<=", 0)})
"""What a count is compared with to ask whether there is anything at all."""

MATCHING = frozenset({"contains", "starts with", "ends with"})
"""Where a literal is a part of a text, whatever stands beside it."""

EXACT = frozenset({"=", "!="})
"""Where a literal is taken in the standard form of the field beside it."""

Membership = Callable[[Typed, Typed, Scene, Span], Typed | None]


def _has(how: membership.How) -> Membership:
    return lambda left, right, scene, span: membership.has(how, left, right, scene=scene, span=span)


def _matches(how: membership.MatchHow) -> Membership:
    return lambda left, right, scene, span: membership.matches(
        how, left, right, scene=scene, span=span
    )


MEMBERSHIP: Mapping[str, Membership] = {
    "in": lambda left, right, scene, span: membership.among(left, right, scene=scene, span=span),
    "has": _has("any"),
    "has any": _has("any"),
    "has all": _has("all"),
    "contains": _matches("contains"),
    "starts with": _matches("starts with"),
    "ends with": _matches("ends with"),
}

COMPARING: Mapping[type[Node], Callable[..., Typed | None]] = {
    Compare: compare, Between: between, IsEmpty: is_empty_test, Filled: filled_test,
}  # fmt: skip
