"""Literals: what a text or a number means beside a value of some type."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from zhike.kernel.faults import Fault
from zhike.lang.check.nearest import nearest
from zhike.lang.check.scene import Scene
from zhike.lang.faults import NotADate, PeriodAlone, UnknownOption
from zhike.lang.functions import FUNCTIONS
from zhike.lang.functions.internal import EARLIER, LATER
from zhike.lang.periods import in_words
from zhike.lang.tree import Boolean, Duration, Empty, Listing, Number, Period, Text
from zhike.lang.typed import Apply, Constant, Read, Typed
from zhike.lang.types import BOOLEAN, DATE, DATETIME, DURATION, NUMBER, NUMERIC, TEXT, Shape
from zhike.meta.kinds.kind import Reading
from zhike.meta.kinds.option import folded

NUMBER_TEXT = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,20})?")
DAY_TEXT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
MOMENT_TEXT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)

ONE_DAY = Constant(value="1 day", shape=DURATION)


def text(node: Text, _scene: Scene) -> Typed:
    """A text of no characters is empty."""
    return Constant(value=node.value or None, shape=TEXT, source=id(node), span=node.span)


def number(node: Number, _scene: Scene) -> Typed:
    return Constant(value=node.value, shape=NUMBER, source=id(node), span=node.span)


def boolean(node: Boolean, _scene: Scene) -> Typed:
    return Constant(value=node.value, shape=BOOLEAN, span=node.span)


def empty(node: Empty, _scene: Scene) -> Typed:
    return Constant(value=None, shape=TEXT, span=node.span)


def duration(node: Duration, _scene: Scene) -> Typed:
    return Constant(value=as_interval(node), shape=DURATION, span=node.span)


def as_interval(node: Duration) -> str:
    """Write a duration as PostgreSQL reads it, which knows no quarters."""
    if node.unit == "quarter":
        return f"{node.amount * 3} months"
    return f"{node.amount} {node.unit}s"


def period(node: Period, scene: Scene) -> Typed | None:
    """Understand a single day; a longer stretch is no value by itself."""
    today = Apply(function=FUNCTIONS["TODAY"], args=(), shape=DATE, span=node.span)
    match node.word:
        case "today":
            return today
        case "yesterday":
            return replace(today, function=EARLIER, args=(today, ONE_DAY))
        case "tomorrow":
            return replace(today, function=LATER, args=(today, ONE_DAY))
        case _:
            scene.wrong(PeriodAlone, node.span, period=in_words(node))
            return None


def listing(node: Listing, scene: Scene) -> Typed | None:
    """Understand a list of literals; what its items mean is decided by what stands beside it."""
    items = [scene.read(one) for one in node.items]
    if None in items:
        return None
    known = tuple(one for one in items if one is not None)
    return Constant(value=known, shape=Shape(name="list"), span=node.span)


def items_of(value: Typed) -> tuple[Typed, ...] | None:
    """Give the items of a list that was written out; None if the list is computed."""
    if isinstance(value, Constant) and isinstance(value.value, tuple):
        return value.value
    return None


def is_empty(value: Typed) -> bool:
    """Say whether this is `empty` itself."""
    return isinstance(value, Constant) and value.value is None


def beside(value: Typed, other: Typed, scene: Scene) -> Typed | None:
    """
    Give a literal the type of what stands beside it, if it has the form of one.

    None if it claims to be one and is not (a day that is none, an option that does not exist).
    """
    if not isinstance(value, Constant) or value.value is None:
        return value
    if value.shape.name == "number" and other.shape.name == "text":
        return replace(value, value=_digits(value), shape=TEXT)
    if value.shape.name != "text":
        return value
    fitting = FITTING.get(other.shape.name)
    return fitting(value, other, scene) if fitting else value


def uuid_of(value: Constant) -> str | None:
    """Give the id that a text is, or None if it is a name."""
    try:
        return str(UUID(str(value.value))) if len(str(value.value)) in (32, 36) else None
    except ValueError:
        return None


def as_day(value: Constant, scene: Scene) -> Constant | None:
    """Read a text as a date."""
    raw = str(value.value).strip()
    try:
        day = date.fromisoformat(raw) if DAY_TEXT.fullmatch(raw) else None
    except ValueError:
        day = None
    if day is None:
        scene.wrong(NotADate, value.span, value=raw[:40])
        return None
    return replace(value, value=day.isoformat(), shape=DATE)


def as_moment(value: Constant, scene: Scene) -> Constant | None:
    """Read a text as a date and time, or as a date if it says no time."""
    raw = str(value.value).strip()
    if not MOMENT_TEXT.fullmatch(raw):
        return as_day(value, scene)
    try:
        moment = datetime.fromisoformat(raw)
        return replace(value, value=moment.isoformat(), shape=DATETIME)
    except ValueError:
        scene.wrong(NotADate, value.span, value=raw[:40])
        return None


def as_option(value: Constant, other: Typed, scene: Scene) -> Constant | None:
    """Give the key of the option that a text names."""
    field = other.shape.options
    known: Mapping[str, str] | None = getattr(field.settings, "known", None) if field else None
    if field is None or known is None:
        return value
    raw = str(value.value)
    options = getattr(field.settings, "options", ())
    exact = raw if any(one.key == raw for one in options) else known.get(folded(raw))
    if exact is None:
        ways = [way for one in options for way in (one.label.zh, one.label.en, one.key) if way]
        near = nearest(raw, ways)
        scene.wrong(UnknownOption, value.span, field=field.key, option=raw[:40], near=near)
        return None
    scene.texts[value.source] = exact
    return replace(value, value=exact, shape=replace(other.shape, name="option"))


def _as_number(value: Constant, _other: Typed, _scene: Scene) -> Typed | None:
    raw = str(value.value).strip()
    if not NUMBER_TEXT.fullmatch(raw):
        return value
    return replace(value, value=Decimal(raw), shape=NUMBER)


def standard(value: Constant, other: Typed, scene: Scene) -> Typed | None:
    """Give a text in the standard form of the field beside it: `138 1234 5678` as it is stored."""
    if not isinstance(other, Read) or other.shape.name != "text":
        return value
    field = scene.snapshot.objects[other.object].fields[other.field]
    try:
        read = field.kind.read(value.value, field.settings)
    except (Fault, NotImplementedError):
        return value
    done = read.value if isinstance(read, Reading) else read
    return replace(value, value=done) if isinstance(done, str) and done else value


def _digits(value: Constant) -> str:
    return format(value.value, "f") if isinstance(value.value, Decimal) else str(value.value)


Fit = Callable[[Constant, Typed, Scene], Typed | None]

FITTING: Mapping[str, Fit] = {
    **dict.fromkeys(NUMERIC, _as_number),
    "date": lambda value, _, scene: as_moment(value, scene),
    "datetime": lambda value, _, scene: as_moment(value, scene),
    "option": as_option,
    "options": as_option,
}


def spread(items: Sequence[Typed], other: Typed, scene: Scene) -> tuple[Typed, ...] | None:
    """Give every item of a list the type of what stands beside the list."""
    fitted = [beside(one, other, scene) for one in items]
    known = tuple(one for one in fitted if one is not None)
    return known if len(known) == len(fitted) else None
