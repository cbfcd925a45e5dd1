"""
The verbs of the language: check what was written, and turn it into SQL.

What was checked and compiled once is kept with the snapshot for as long as that lives, so that the
same filter costs next to nothing the second time.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zhike.kernel.faults import Fault, Invalid, Problem, problem
from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.lang.as_json import from_json
from zhike.lang.check import Scene, canonical, condition, understand
from zhike.lang.check.nearest import labelled, nearest
from zhike.lang.faults import (
    FormulaCycle,
    NotSameRecord,
    NotStorable,
    UnknownObject,
    WrongType,
)
from zhike.lang.parse import parse
from zhike.lang.sight import FULL_SIGHT, Sight
from zhike.lang.sql import RULES, Pen, is_alternative
from zhike.lang.tree import Node, children
from zhike.lang.typed import (
    Aggregate,
    Apply,
    Changed,
    Created,
    Edge,
    Former,
    Hop,
    Hops,
    Many,
    Read,
    Through,
    Typed,
    walk,
)
from zhike.lang.types import CALLED, NUMERIC, TIMES, Shape
from zhike.lang.written import written
from zhike.meta.kinds.kind import Type
from zhike.meta.snapshot import Object, Snapshot

ROOM = 4096
"""How many expressions are kept for one snapshot."""

Expression = str | Node | list[Any] | dict[str, Any]
"""
What may be handed in: a text, a tree, or a tree as JSON (a JSON text is taken as an expression).
"""

WHOLE = Words(zh="表达式", en="The expression")
A_VALUE = Words(zh="一个值", en="a value")

ELSEWHERE = (Aggregate, Through, Many)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """An expression that makes sense on an object."""

    node: Node
    """The tree as it is to be stored: fields and options by their keys."""
    object: str
    typed: Typed
    snapshot: Snapshot

    @property
    def type(self) -> Type:
        """The type of its value."""
        return self.typed.shape.name

    @property
    def shape(self) -> Shape:
        """The type of its value, with the object or options that belong to it."""
        return self.typed.shape

    @property
    def native(self) -> str:
        """The SQL type of its value."""
        return self.typed.shape.native

    @cached_property
    def immutable(self) -> bool:
        """Whether it gives the same result at any time and to anybody, from the same records."""
        return not any(_changing(one) for one in _everything(self.typed))

    @cached_property
    def same_row(self) -> bool:
        """Whether it reads nothing but this record."""
        return not any(_elsewhere(one) for one in _everything(self.typed))

    @cached_property
    def reads(self) -> frozenset[tuple[str, str]]:
        """
        Every field it depends on, as (object, field), those of lookups and relations included.
        """
        return frozenset(_fields(_everything(self.typed)))

    @cached_property
    def parts(self) -> frozenset[tuple[str, str]]:
        """The fields it names itself, as (object, field), without what formulas among them read."""
        return frozenset(_fields(walk(self.typed)))

    @cached_property
    def reaches(self) -> frozenset[str]:
        """The objects whose records it goes to, by lookups and relations."""
        return frozenset(hop.target for one in walk(self.typed) for hop in _hops(one))


def checked(
    expression: Expression,
    snapshot: Snapshot,
    object: str,  # noqa: A002 - the word for it here
    *,
    wants: Type | None = None,
    event: bool = False,
    sight: Sight = FULL_SIGHT,
) -> Checked:
    """
    Check an expression on an object.

    Raises the fault of an unreadable text, or `Invalid` with every problem, each with its place.
    Under a `sight` the names it hides do not exist.
    """
    key = _key("checked", expression, object, wants, event)
    if sight is not FULL_SIGHT or key is None:
        return _checked(expression, snapshot, object, wants=wants, event=event, sight=sight)
    kept: Checked | None = _kept(snapshot).get(key)
    if kept is None:
        kept = _checked(expression, snapshot, object, wants=wants, event=event, sight=sight)
        _keep(snapshot, key, kept)
    return kept


def compiled(expression: Checked, *, alias: str, sight: Sight) -> Sql:
    """
    Write a checked expression as SQL, for the record that stands under an alias.

    A condition is written for WHERE, CASE WHEN, FILTER and the like, so that indexes can be used:
    it is true exactly where the expression holds, elsewhere false or NULL. So never put NOT before
    it, and take `told` for a select list.
    """
    pen = _pen(expression, alias, sight)
    if expression.type != "boolean":
        return pen.value(expression.typed)
    held = pen.holds(expression.typed)
    return sql("({held})", held=held) if is_alternative(expression.typed) else held


def told(expression: Checked, *, alias: str, sight: Sight) -> Sql:
    """
    Write the value of a checked expression, for a select list or a column.

    A condition is true or false there, never NULL; only a field that is one may be empty.
    """
    value = _pen(expression, alias, sight).value(expression.typed)
    if isinstance(expression.typed, Apply) and expression.type == "boolean":
        return sql("({value} IS TRUE)", value=value)
    return value


def predicate(  # noqa: PLR0917 - everybody filters, and always by these five
    expression: Expression,
    snapshot: Snapshot,
    object: str,  # noqa: A002 - the word for it here
    alias: str,
    sight: Sight,
) -> Sql:
    """Check an expression that must be a condition, and write it for WHERE."""
    return _shorthand(expression, snapshot, object, alias=alias, sight=sight, write=compiled)


def value(  # noqa: PLR0917 - the same five
    expression: Expression,
    snapshot: Snapshot,
    object: str,  # noqa: A002 - the word for it here
    alias: str,
    sight: Sight,
) -> Sql:
    """Check an expression, and write its value for a select list."""
    return _shorthand(expression, snapshot, object, alias=alias, sight=sight, write=told)


def computed(snapshot: Snapshot, object: str, field: str, alias: str) -> Sql:  # noqa: A002
    """Write the value of a field, of a formula without a column too, under full sight."""
    one = snapshot.objects[object].fields[field]
    if one.column is not None:
        return FULL_SIGHT.column(object, field, alias)
    formula = str(getattr(one.settings, "formula", ""))
    return value(formula, snapshot, object, alias, FULL_SIGHT)


def storable(expression: Checked) -> list[Problem]:
    """Say what keeps an expression from being the formula of a stored column."""
    found: list[Problem] = []
    for one in sorted(_everything(expression.typed), key=lambda one: one.span.start):
        fault = NotSameRecord if _elsewhere(one) else NotStorable if _changing(one) else None
        if fault is not None:
            part = _worded(one, expression.node)
            found.append(problem(fault, at=one.span.at, part=part))
    return list({(one.code, one.at): one for one in found}.values())


def _shorthand(
    expression: Expression,
    snapshot: Snapshot,
    object_: str,
    *,
    alias: str,
    sight: Sight,
    write: Callable[..., Sql],
) -> Sql:
    wants: Type | None = "boolean" if write is compiled else None
    key = _key("where" if wants else "value", expression, object_, alias, id(sight))
    kept: tuple[Sql, Sight] | None = _kept(snapshot).get(key) if key is not None else None
    if kept is not None:
        return kept[0]
    try:
        known = checked(expression, snapshot, object_, wants=wants)
        made = write(known, alias=alias, sight=sight)
    except Fault:
        # What is hidden must look in every word like what does not exist: check as the asker.
        checked(expression, snapshot, object_, wants=wants, sight=sight)
        raise
    if key is not None:
        _keep(snapshot, key, (made, sight))
    return made


def _key(verb: str, expression: Expression, *more: Hashable) -> Hashable | None:
    return (verb, expression, *more) if isinstance(expression, str | Node) else None


def _kept(snapshot: Snapshot) -> dict[Hashable, Any]:
    kept: dict[Hashable, Any] = snapshot.memo.setdefault("lang", {})
    return kept


def _keep(snapshot: Snapshot, key: Hashable, made: object) -> None:
    kept = _kept(snapshot)
    if len(kept) >= ROOM:
        kept.clear()
    kept[key] = made


def _checked(
    expression: Expression,
    snapshot: Snapshot,
    object_: str,
    *,
    wants: Type | None,
    event: bool,
    sight: Sight,
) -> Checked:
    node = _node(expression)
    scene = _scene(snapshot, object_, sight=sight, event=event)
    typed = condition(node, scene) if wants == "boolean" else scene.read(node)
    if typed is not None and not _fits(typed, wants):
        found = CALLED[typed.shape.name]
        wanted = CALLED[wants] if wants else A_VALUE
        scene.wrong(WrongType, node.span, what=WHOLE, wanted=wanted, found=found)
    if scene.found or typed is None:
        raise Invalid(sorted(scene.found, key=_place))
    return Checked(node=canonical(node, scene), object=object_, typed=typed, snapshot=snapshot)


def _place(one: Problem) -> int:
    start = one.facts.get("start", 0)
    return start if isinstance(start, int) else 0


def _fits(typed: Typed, wants: Type | None) -> bool:
    name = typed.shape.name
    if wants is None:
        return not isinstance(typed, Many)
    return name == wants or {name, wants} <= NUMERIC


def _node(expression: Expression) -> Node:
    if isinstance(expression, str):
        return parse(expression)
    if isinstance(expression, Node):
        return expression
    return from_json(expression)


def _scene(snapshot: Snapshot, object_: str, *, sight: Sight, event: bool) -> Scene:
    obj = snapshot.objects.get(object_)
    if obj is None:
        near = snapshot.objects.get(nearest(object_, snapshot.objects))
        label = labelled(near.label) if near else ""
        raise UnknownObject(object=object_, near=near.key if near else "", label=label)
    return Scene(
        snapshot=snapshot,
        obj=obj,
        sight=sight,
        event=event,
        understand=understand,
        formula=_formula,
    )


def _formula(obj: Object, field: str, scene: Scene) -> Typed | None:
    """
    Understand a formula or roll-up that a name leads to; whoever reads it need not see its parts.
    """
    here = (obj.key, field)
    if here in scene.within:
        chain = " → ".join(key for _, key in (*scene.within, here))
        scene.found.append(problem(FormulaCycle, chain=chain))
        return None
    key = ("formula", *here)
    kept: Typed | None = _kept(scene.snapshot).get(key)
    if kept is not None:
        return kept
    text = str(getattr(obj.fields[field].settings, "formula", ""))
    inner = Scene(
        snapshot=scene.snapshot,
        obj=obj,
        sight=FULL_SIGHT,
        event=False,
        understand=understand,
        formula=_formula,
        within=(*scene.within, here),
        level=scene.level,
    )
    try:
        made = inner.read(parse(text))
    except Fault as fault:
        inner.found.extend(fault.problems)
        made = None
    if made is None or inner.found:
        # A formula that reads what the asker may not see is still a field with a value; a formula
        # that is broken is reported where it is written.
        scene.found.extend(one for one in inner.found if one.fault is FormulaCycle)
        return None
    _keep(scene.snapshot, key, made)
    return made


def _pen(expression: Checked, alias: str, sight: Sight) -> Pen:
    return Pen(snapshot=expression.snapshot, sight=sight, alias=alias, rules=RULES)


def _everything(typed: Typed) -> Iterator[Typed]:
    for one in walk(typed):
        yield one
        if isinstance(one, Read) and one.formula is not None:
            yield from _everything(one.formula)


def _elsewhere(one: Typed) -> bool:
    return isinstance(one, ELSEWHERE) or (isinstance(one, Read) and bool(one.hops))


def _changing(one: Typed) -> bool:
    if isinstance(one, Edge | Former | Changed | Created):
        return True
    if not isinstance(one, Apply):
        return False
    return not one.function.immutable or any(
        parameter.accepts == TIMES and arg.shape.name == "datetime"
        for parameter, arg in zip(one.function.parameters, one.args, strict=False)
    )


def _worded(one: Typed, root: Node) -> str:
    waiting = [root]
    found = root
    while waiting:
        node = waiting.pop()
        if node.span == one.span:
            found = node
            break
        waiting.extend(children(node))
    return written(found)[:80]


def _fields(typed: Iterable[Typed]) -> Iterator[tuple[str, str]]:
    for one in typed:
        if isinstance(one, Read | Former | Changed):
            yield one.object, one.field
        yield from (_holder(hop) for hop in _hops(one))


def _hops(one: Typed) -> Hops:
    return one.hops if isinstance(one, Read | Aggregate | Through | Many) else ()


def _holder(hop: Hop) -> tuple[str, str]:
    if hop.kind in {"children", "linking"}:
        return hop.target, hop.field
    return hop.origin, hop.field
