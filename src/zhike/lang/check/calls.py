"""
Calls: arguments against parameters, and the few functions that read their arguments in another way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from zhike.kernel.words import Words
from zhike.lang.check.comparing import both, same
from zhike.lang.check.conversion import common, day_of, fitted, midnight
from zhike.lang.check.literals import beside, is_empty
from zhike.lang.check.names import field_read, resolve, shape_of
from zhike.lang.check.nearest import nearest
from zhike.lang.check.relations import aggregate
from zhike.lang.check.scene import Scene
from zhike.lang.faults import (
    BareRelation,
    EventOnly,
    MixedTypes,
    NotOneOf,
    UnknownFunction,
    UnknownRole,
    WrittenOut,
    WrongCount,
    WrongType,
)
from zhike.lang.functions import FUNCTIONS, Function, Parameter
from zhike.lang.tree import Call, Name, Node, Span
from zhike.lang.typed import Apply, Changed, Constant, Created, Former, Many, Typed
from zhike.lang.types import (
    CALLED,
    DATE,
    NUMBER,
    NUMERIC,
    TEXT,
    TIMES,
    Shape,
    called,
)
from zhike.meta.kinds.kind import Type

OBJECTS: Mapping[Type, str] = {"user": "user", "department": "department"}
CLOCK = frozenset({"minute", "hour"})


def call(node: Call, scene: Scene) -> Typed | None:
    """Understand a call of a function."""
    function = FUNCTIONS.get(node.name)
    if function is None:
        near = nearest(node.name, FUNCTIONS)
        scene.wrong(UnknownFunction, node.span, function=node.name[:40], near=near)
        return None
    if function.event and not scene.event:
        scene.wrong(EventOnly, node.span, function=function.name)
        return None
    if not _counted(node, function, scene):
        return None
    return FORMS[function.form](node, function, scene)


def _counted(node: Call, function: Function, scene: Scene) -> bool:
    least, most = function.counts()
    given = len(node.args)
    uneven = function.name == "IFS" and given % 2
    if given >= least and (most is None or given <= most) and not uneven:
        return True
    wanted = str(least) if least == most else f"{least}–{'…' if most is None else most}"
    scene.wrong(
        WrongCount, node.span, function=function.name, wanted=wanted, found=given,
        usage=function.usage,
    )  # fmt: skip
    return False


def _parameters(function: Function, count: int) -> list[Parameter]:
    known = list(function.parameters)
    if not function.repeats:
        return known[:count]
    if function.name == "SWITCH":
        value, case, result, other = known
        pairs = [case, result] * ((count - 1) // 2)
        return [value, *pairs, *([other] if count % 2 == 0 else [])]
    while len(known) < count:
        known.extend(function.parameters[-function.repeats :])
    return known[:count]


def _plain(node: Call, function: Function, scene: Scene) -> Typed | None:
    parameters = _parameters(function, len(node.args))
    read = [
        _argument(arg, parameter, number, function=function, scene=scene)
        for number, (arg, parameter) in enumerate(zip(node.args, parameters, strict=True), 1)
    ]
    args = [one for one in read if one is not None]
    if len(args) < len(read):
        return None
    agreed = _agreed(args, parameters, function, scene=scene, span=node.span)
    if agreed is None:
        return None
    shape = _shape(function, agreed, parameters)
    return Apply(function=function, args=tuple(agreed), shape=shape, span=node.span)


def _argument(
    node: Node, parameter: Parameter, number: int, *, function: Function, scene: Scene
) -> Typed | None:
    value = scene.read(node)
    if value is None:
        return None
    what = Words(
        zh=f"{function.name} 的第 {number} 个参数", en=f"Argument {number} of {function.name}"
    )
    if parameter.words is not None:
        return _word(value, parameter.words, what, scene=scene)
    if parameter.whole is not None:
        return _whole(value, parameter.whole, what, scene=scene)
    done = None if isinstance(value, Many) else fitted(value, parameter.accepts, scene)
    if done is None and not _already_reported(value, scene):
        wanted = called(parameter.accepts) if parameter.accepts else Words(zh="值", en="a value")
        found = CALLED[value.shape.name]
        scene.wrong(WrongType, value.span, what=what, wanted=wanted, found=found)
    return done


def _already_reported(value: Typed, scene: Scene) -> bool:
    return any(one.at == value.span.at for one in scene.found[-1:])


def _word(value: Typed, words: Mapping[str, str], what: Words, *, scene: Scene) -> Typed | None:
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        scene.wrong(WrittenOut, value.span, what=what)
        return None
    found = words.get(value.value.lower())
    if found is None:
        choices = ", ".join(dict.fromkeys(words.values()))
        near = nearest(value.value, words)
        scene.wrong(
            NotOneOf, value.span, what=what, choices=choices, value=value.value[:40], near=near
        )
        return None
    return replace(value, value=found, shape=TEXT)


def _whole(value: Typed, allowed: range, what: Words, *, scene: Scene) -> Typed | None:
    number = value.value if isinstance(value, Constant) else None
    if not isinstance(number, Decimal):
        scene.wrong(WrittenOut, value.span, what=what)
        return None
    if number not in allowed:
        choices = f"{allowed.start}…{allowed.stop - 1}"
        scene.wrong(NotOneOf, value.span, what=what, choices=choices, value=number, near="")
        return None
    return replace(value, value=int(number), shape=NUMBER) if isinstance(value, Constant) else None


def _agreed(
    args: Sequence[Typed],
    parameters: Sequence[Parameter],
    function: Function,
    *,
    scene: Scene,
    span: Span,
) -> list[Typed] | None:
    done = list(args)
    for group in _groups(function, parameters):
        values = [args[number] for number in group]
        shared = common(values, scene, options=not parameters[group[0]].result)
        if shared is None:
            names = list(dict.fromkeys(one.shape.name for one in values if not is_empty(one)))
            scene.wrong(
                MixedTypes, span, function=function.name,
                left=CALLED[names[0]], right=CALLED[names[-1]],
            )  # fmt: skip
        if not shared:
            return None
        for number, one in zip(group, shared, strict=True):
            done[number] = one
    return done


def _groups(function: Function, parameters: Sequence[Parameter]) -> list[list[int]]:
    """Which arguments must agree in type: the results, and SWITCH's value with its cases."""
    results = [number for number, one in enumerate(parameters) if one.result]
    groups = [results] if results else []
    if function.name == "SWITCH":
        groups.append([number for number in range(len(parameters)) if number not in results])
    return groups


def _shape(function: Function, args: Sequence[Typed], parameters: Sequence[Parameter]) -> Shape:
    match function.gives:
        case "first":
            return args[0].shape
        case "common":
            results = [one for one, of in zip(args, parameters, strict=True) if of.result]
            telling = [one for one in results if not is_empty(one)] or results
            names = {one.shape.name for one in telling}
            if len(names) > 1 and names <= NUMERIC:
                return Shape(name="money" if "money" in names else "number")
            return telling[0].shape
        case name:
            return Shape(name=name, object=OBJECTS.get(function.item or name, ""),
                         item=function.item)  # fmt: skip


def _date(node: Call, function: Function, scene: Scene) -> Typed | None:
    if len(node.args) != 1:
        if len(node.args) == len(function.parameters):
            return _plain(node, function, scene)
        scene.wrong(
            WrongCount, node.span, function="DATE", wanted="1, 3", found=len(node.args),
            usage='DATE("2026-01-31")',
        )  # fmt: skip
        return None
    value = scene.read(node.args[0])
    if value is None:
        return None
    if isinstance(value, Constant) and value.shape.name == "text" and value.value is not None:
        near = beside(value, Constant(value=None, shape=DATE), scene)
        return day_of(replace(near, span=node.span)) if near else None
    if value.shape.name in TIMES:
        return day_of(value)
    text = fitted(value, frozenset({"text"}), scene)
    if text is None:
        return _plain(node, replace(function, parameters=(
            Parameter(name="text", accepts=TIMES | {"text"}),)), scene)  # fmt: skip
    reading = replace(function, immutable=False)
    return Apply(function=reading, args=(text,), shape=DATE, span=node.span)


def _shifted(node: Call, function: Function, scene: Scene) -> Typed | None:
    done = _plain(node, function, scene)
    if not isinstance(done, Apply):
        return done
    date, number, unit = done.args
    if isinstance(unit, Constant) and unit.value in CLOCK:
        date = midnight(date)
    return replace(done, args=(date, number, unit), shape=date.shape)


def _difference(node: Call, function: Function, scene: Scene) -> Typed | None:
    done = _plain(node, function, scene)
    if not isinstance(done, Apply):
        return done
    start, end, *unit = done.args
    clock = any(isinstance(one, Constant) and one.value in CLOCK for one in unit)
    turn = midnight if clock else day_of
    return replace(done, args=(turn(start), turn(end), *unit))


def _role(node: Call, function: Function, scene: Scene) -> Typed | None:
    value = scene.read(node.args[0])
    what = Words(zh="角色", en="The role")
    if value is None:
        return None
    if not isinstance(value, Constant) or not isinstance(value.value, str):
        scene.wrong(WrittenOut, value.span, what=what)
        return None
    roles = scene.snapshot.roles
    if roles and value.value not in {*roles, "admin"}:
        near = nearest(value.value, roles)
        scene.wrong(UnknownRole, value.span, role=value.value[:40], near=near)
        return None
    return Apply(function=function, args=(value,), shape=Shape(name="boolean"), span=node.span)


def _record(node: Call, function: Function, scene: Scene) -> Typed | None:
    """Tell a function of which record it is asked, and of which object that one is."""
    span = node.span
    identity = field_read(scene.obj, "id", (), scene=scene, span=span)
    if identity is None:
        return None
    obj = Constant(value=scene.obj.key, shape=TEXT, span=span)
    truth = Shape(name="boolean")
    return Apply(function=function, args=(obj, identity), shape=truth, span=span)


def _about_field(node: Call, function: Function, scene: Scene) -> Typed | None:
    if function.name == "CREATED":
        return Created(span=node.span)
    target = node.args[0]
    what = Words(zh=f"{function.name} 的参数", en=f"The argument of {function.name}")
    if not isinstance(target, Name):
        scene.wrong(WrittenOut, target.span, what=what)
        return None
    path = resolve(target, scene)
    if path is None:
        return None
    if path.field is None or path.hops or not path.field.column:
        scene.wrong(BareRelation, target.span, name=path.object.key)
        return None
    key = path.field.key
    changed = Changed(object=path.object.key, field=key, span=node.span)
    if function.name == "CHANGED":
        return changed
    side: Typed = Former(
        shape=shape_of(path.field, path.object),
        object=path.object.key,
        field=key,
        side="old" if function.name == "OLD" else "new",
        span=node.span,
    )
    if function.name == "OLD":
        return side
    value = scene.read(node.args[1])
    value = beside(value, side, scene) if value else None
    held = same(side, value, scene=scene, span=node.span) if value else None
    return both(changed, held) if held else None


Understand = Callable[[Call, Function, Scene], Typed | None]

FORMS: Mapping[str, Understand] = {
    "plain": _plain,
    "date": _date,
    "shift": _shifted,
    "difference": _difference,
    "relation": aggregate,
    "role": _role,
    "record": _record,
    "field": _about_field,
}
