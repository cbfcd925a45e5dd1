"""Values of one type where another is wanted: what is turned quietly, and what is refused."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from zhike.lang.check.literals import as_moment, beside, is_empty
from zhike.lang.check.names import field_read
from zhike.lang.check.scene import Scene
from zhike.lang.functions.internal import (
    BOOLEAN_TEXT,
    DATE_TEXT,
    DATETIME_TEXT,
    DAY_OF,
    LIST_TEXT,
    MIDNIGHT,
    NEXT_MIDNIGHT,
    NUMBER_TEXT,
    REGION_TEXT,
)
from zhike.lang.typed import Apply, Constant, Hop, Many, Read, Typed
from zhike.lang.types import (
    DATE,
    DATETIME,
    NUMERIC,
    POINTERS,
    TEXT,
    TIMES,
    Shape,
)
from zhike.meta.kinds.kind import Type

Turn = Callable[[Typed, Scene], Typed | None]


def day_of(value: Typed) -> Typed:
    """Give the day of a moment, in the session's time zone."""
    if value.shape.name == "date":
        return value
    return Apply(function=DAY_OF, args=(value,), shape=DATE, span=value.span)


def midnight(value: Typed) -> Typed:
    """Give the moment at which a day begins."""
    if value.shape.name == "datetime":
        return value
    return Apply(function=MIDNIGHT, args=(value,), shape=DATETIME, span=value.span)


def next_midnight(value: Typed) -> Typed:
    """Give the moment at which a day is over."""
    return Apply(function=NEXT_MIDNIGHT, args=(value,), shape=DATETIME, span=value.span)


def text_of(value: Typed, scene: Scene) -> Typed | None:
    """Give a value as text, None if it has no text of its own."""
    if isinstance(value, Many):
        return None
    turn = TEXTS.get(value.shape.name)
    return turn(value, scene) if turn else None


def title_of(value: Typed, scene: Scene) -> Typed | None:
    """Give the title of the record that a lookup points at."""
    target = scene.snapshot.objects.get(value.shape.object)
    if not isinstance(value, Read) or value.field == "id" or target is None:
        return None
    if target.title not in target.fields:
        return None
    hops = (*value.hops, lookup(value))
    return field_read(target, target.title, hops, scene=scene, span=value.span)


def lookup(value: Read) -> Hop:
    """Give the step to the record that a lookup points at."""
    return Hop(kind="lookup", origin=value.object, field=value.field, target=value.shape.object)


def fitted(value: Typed, accepts: frozenset[Type], scene: Scene) -> Typed | None:
    """Give a value in one of the accepted types, None if it cannot be turned into one."""
    if not accepts or value.shape.name in accepts:
        return value
    if is_empty(value) and isinstance(value, Constant):
        return replace(value, shape=Shape(name=min(accepts)))
    if value.shape.name == "text" and isinstance(value, Constant):
        return _literal(value, accepts, scene)
    if value.shape.name in TIMES and accepts & TIMES:
        return day_of(value) if "date" in accepts else midnight(value)
    return text_of(value, scene) if "text" in accepts else None


def _literal(value: Constant, accepts: frozenset[Type], scene: Scene) -> Typed | None:
    if accepts & TIMES:
        moment = as_moment(value, scene)
        return fitted(moment, accepts, scene) if moment else None
    if accepts & NUMERIC:
        number = beside(value, Constant(value=None, shape=Shape(name="number")), scene)
        return number if number and number.shape.name in accepts else None
    return None


def common(values: Sequence[Typed], scene: Scene, *, options: bool) -> tuple[Typed, ...] | None:
    """
    Give values in the one type they share, None if they share none. Empty ones fit anywhere.

    With `options`, a text beside an option must be one of the options.
    """
    telling = [one for one in values if not is_empty(one)]
    if not telling:
        return tuple(values)
    first = next((one for one in telling if not isinstance(one, Constant)), telling[0])
    fit = beside if options or first.shape.name != "option" else _as_it_is
    known = [fit(one, first, scene) for one in telling]
    if None in known:
        return ()
    shape = _shared([one for one in known if one is not None], first)
    if shape is None:
        return None
    done = [_into(fit(one, first, scene), shape, scene) for one in values]
    return None if None in done else tuple(one for one in done if one is not None)


def _as_it_is(value: Typed, _other: Typed, _scene: Scene) -> Typed | None:
    return value


def _shared(values: Sequence[Typed], first: Typed) -> Shape | None:
    names = {one.shape.name for one in values}
    objects = {one.shape.object for one in values}
    if len(names) == 1 and len(objects) == 1:
        return first.shape
    if names <= NUMERIC:
        return Shape(name="money" if "money" in names else "number")
    if names <= TIMES:
        return DATETIME
    return TEXT if names <= {"text", "option", "region"} else None


def _into(near: Typed | None, shape: Shape, scene: Scene) -> Typed | None:
    if near is None:
        return None
    if isinstance(near, Constant) and near.value is None:
        return replace(near, shape=shape)
    if near.shape.name == shape.name or {near.shape.name, shape.name} <= NUMERIC:
        return near
    if shape.name == "datetime":
        return midnight(near)
    return text_of(near, scene) if shape.name == "text" else None


def _same(value: Typed, _scene: Scene) -> Typed:
    return replace(value, shape=TEXT) if isinstance(value, Constant) else value


def _applied(value: Typed, _scene: Scene) -> Typed:
    functions = {
        "date": DATE_TEXT, "datetime": DATETIME_TEXT, "boolean": BOOLEAN_TEXT,
        "region": REGION_TEXT, "options": LIST_TEXT, "list": LIST_TEXT,
    }  # fmt: skip
    function = functions.get(value.shape.name, NUMBER_TEXT)
    return Apply(function=function, args=(value,), shape=TEXT, span=value.span)


TEXTS: Mapping[Type, Turn] = {
    "text": _same,
    "option": _same,
    **dict.fromkeys((*NUMERIC, *TIMES), _applied),
    **{one: title_of for one in POINTERS if one != "id"},
    "boolean": _applied,
    "region": _applied,
    "options": _applied,
    "list": _applied,
}
