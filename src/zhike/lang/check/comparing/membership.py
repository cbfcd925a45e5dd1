"""
`in`, `has`, `contains` and their kin: a value among several, several in a list, a text in a text.
"""

from collections.abc import Mapping, Sequence
from typing import Literal

from zhike.lang.check.comparing.conditions import (
    FALSE,
    absent,
    both,
    lifted,
    some,
)
from zhike.lang.check.comparing.equality import items_like, refused, same
from zhike.lang.check.comparing.pointers import holding, listed, located, pointing
from zhike.lang.check.conversion import text_of
from zhike.lang.check.literals import beside, is_empty, items_of, spread, standard
from zhike.lang.check.scene import Scene
from zhike.lang.tree import Span
from zhike.lang.typed import Among, Constant, Holds, Many, Match, Typed
from zhike.lang.types import LISTS, POINTERS, WORDS, Shape

How = Literal["any", "all"]
MatchHow = Literal["contains", "starts with", "ends with"]
HAS: Mapping[How, str] = {"any": "has", "all": "has all"}


def among(left: Typed, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    """Understand `in`: among the items of a list, written or computed."""
    items = items_of(right)
    if items is not None:
        return _among_items(left, items, scene=scene, span=span)
    if right.shape.name == "list" and not isinstance(right, Many):
        return _among_computed(left, right, scene=scene, span=span)
    if right.shape.name in LISTS:
        return has("any", right, left, scene=scene, span=span)
    return same(left, right, scene=scene, span=span)


def _among_items(left: Typed, items: Sequence[Typed], *, scene: Scene, span: Span) -> Typed | None:
    fitted = spread(items, left, scene)
    if fitted is None:
        return None
    telling = [one for one in fitted if not is_empty(one)]
    found = _among_telling(left, telling, scene=scene, span=span) if telling else FALSE
    if found is None:
        return None
    return found if len(telling) == len(fitted) else some([found, absent(left)])


def _among_telling(
    left: Typed, items: Sequence[Typed], *, scene: Scene, span: Span
) -> Typed | None:
    if left.shape.name in POINTERS:
        return pointing(left, items, scene=scene, span=span)
    if left.shape.name == "region":
        return located(left, items, scene=scene, span=span)
    simple = all(isinstance(one, Constant) and not items_of(one) for one in items)
    alike = all(one.shape.native == left.shape.native for one in items)
    if simple and alike and left.shape.name not in LISTS and len(items) > 1:
        exact = [standard(one, left, scene) or one for one in items if isinstance(one, Constant)]
        these = listed(exact, Shape(name="list", item=left.shape.name))
        return lifted(left, lambda one: Among(item=one, these=these))
    each = [same(left, one, scene=scene, span=span) for one in items]
    known = [one for one in each if one is not None]
    return some(known) if len(known) == len(each) else None


def _among_computed(left: Typed, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    item = right.shape.item or "text"
    if is_empty(left):
        return FALSE
    fits = item == left.shape.name or (item == "text" and left.shape.name in {"text", "option"})
    if not fits or left.shape.name in LISTS:
        refused("in", left, right, scene=scene, span=span)
        return None
    return lifted(left, lambda one: Among(item=one, these=right), right)


def has(how: How, left: Typed, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    """Understand `has`, `has any`, `has all`."""
    if left.shape.name not in LISTS:
        refused(HAS[how], left, right, scene=scene, span=span)
        return None
    items = items_of(right)
    wanted = [one for one in (items if items is not None else (right,)) if not is_empty(one)]
    if not wanted or items_of(left) is not None:
        return FALSE if not wanted else _in_written(how, left, wanted, scene=scene, span=span)
    if left.shape.name in {"users", "records"}:
        if any(one.shape.name in LISTS for one in wanted):
            refused(HAS[how], left, right, scene=scene, span=span)
            return None
        each = [holding(left, one, scene=scene, span=span) for one in wanted]
        known = [one for one in each if one is not None]
        if len(known) < len(each):
            return None
        return some(known) if how == "any" else both(*known)
    if right.shape.name in LISTS and items is None:
        return _has_computed(how, left, right, scene=scene, span=span)
    these = items_like(left, wanted, scene=scene, span=span)
    return lifted(left, lambda one: Holds(how=how, item=one, these=these), these) if these else None


def _has_computed(how: How, left: Typed, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    if isinstance(right, Many) or left.shape.native != right.shape.native:
        refused(HAS[how], left, right, scene=scene, span=span)
        return None
    return lifted(left, lambda one: Holds(how=how, item=one, these=right), right)


def _in_written(
    how: How, left: Typed, wanted: Sequence[Typed], *, scene: Scene, span: Span
) -> Typed | None:
    each = [among(one, left, scene=scene, span=span) for one in wanted]
    known = [one for one in each if one is not None]
    if len(known) < len(each):
        return None
    return some(known) if how == "any" else both(*known)


def matches(how: MatchHow, left: Typed, right: Typed, *, scene: Scene, span: Span) -> Typed | None:
    """Understand `contains`, `starts with`, `ends with`."""
    if how == "contains" and left.shape.name in LISTS:
        return has("any", left, right, scene=scene, span=span)
    if is_empty(left) or is_empty(right):
        return FALSE
    if left.shape.name not in WORDS | POINTERS or right.shape.name in LISTS:
        refused(how, left, right, scene=scene, span=span)
        return None
    item = text_of(left, scene)
    part = text_of(beside(right, item, scene) or right, scene) if item else None
    if item is None or part is None:
        refused(how, left, right, scene=scene, span=span)
        return None
    return lifted(item, lambda one: Match(how=how, item=one, part=part), part)
