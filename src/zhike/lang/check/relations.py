"""Functions over related records: which records, which of their fields, under which condition."""

from zhike.kernel.words import Words
from zhike.lang.check.conversion import text_of
from zhike.lang.check.names import Path, field_read, hop_over, relations_there, resolve
from zhike.lang.check.nearest import listed
from zhike.lang.check.scene import Scene
from zhike.lang.faults import FieldWanted, NotARelation, WrongType
from zhike.lang.functions import Function
from zhike.lang.tree import Call, Name, Node
from zhike.lang.typed import Aggregate, Hops, Typed
from zhike.lang.types import BOOLEAN, CALLED, NUMBER, TEXT, TIMES, Shape, called
from zhike.lang.written import written

NEEDS_NO_FIELD = frozenset({"COUNT", "EXISTS"})
EDGES = {"LATEST": "MAX", "FIRST": "MIN"}


def aggregate(node: Call, function: Function, scene: Scene) -> Typed | None:
    """Understand `SUM(orders.amount, status = "已完成")`."""
    path = _path(node.args[0], function, scene)
    if path is None:
        return None
    many, rest = _split(path)
    if not many:
        _not_a_relation(node.args[0], function, scene)
        return None
    inner = scene.inside(many[-1].target, node.span)
    if inner is None:
        return None
    value = None
    if path.field is not None and path.field.type != "users":
        value = field_read(path.object, path.field.key, rest, scene=inner, span=node.args[0].span)
        value = _fitting(value, function, scene) if value else None
        if value is None:
            return None
    elif function.name not in NEEDS_NO_FIELD:
        name = written(node.args[0])
        scene.wrong(FieldWanted, node.args[0].span, function=function.name, name=name)
        return None
    condition = _condition(node, inner) if len(node.args) > 1 else None
    if len(node.args) > 1 and condition is None:
        return None
    return _made(node, function, many, value=value, condition=condition)


def _made(
    node: Call, function: Function, hops: Hops, *, value: Typed | None, condition: Typed | None
) -> Typed:
    name = function.name
    if value is not None and value.shape.name in TIMES:
        name = EDGES.get(name, name)
    return Aggregate(
        name=name,
        hops=hops,
        value=None if name == "EXISTS" else value,
        condition=condition,
        shape=_shape(function, value),
        span=node.span,
    )


def _shape(function: Function, value: Typed | None) -> Shape:
    match function.name:
        case "EXISTS":
            return BOOLEAN
        case "LIST":
            return Shape(name="list", item="text")
        case "COUNT":
            return NUMBER
        case _:
            return value.shape if value else NUMBER


def _path(node: Node, function: Function, scene: Scene) -> Path | None:
    if isinstance(node, Name):
        return resolve(node, scene)
    _not_a_relation(node, function, scene)
    return None


def _split(path: Path) -> tuple[Hops, Hops]:
    """Part the hops behind the last one that leads to many; what follows belongs to the value."""
    hops = path.hops
    if path.field is not None and path.field.type == "users":
        over = hop_over(path.field, path.object)
        if over is not None and all(hop.kind == "lookup" for hop in hops):
            return (*hops, over), ()
    last = max((n for n, hop in enumerate(hops) if hop.kind != "lookup"), default=-1)
    return hops[: last + 1], hops[last + 1 :]


def _fitting(value: Typed, function: Function, scene: Scene) -> Typed | None:
    if function.name == "LIST":
        done = text_of(value, scene)
        if done is not None:
            return done
    accepts = function.parameters[0].accepts
    if function.name != "LIST" and (not accepts or value.shape.name in accepts):
        return value
    what = Words(zh=f"{function.name} 的字段", en=f"The field of {function.name}")
    wanted = called(accepts) if accepts else CALLED[TEXT.name]
    scene.wrong(WrongType, value.span, what=what, wanted=wanted, found=CALLED[value.shape.name])
    return None


def _condition(node: Call, inner: Scene) -> Typed | None:
    value = inner.read(node.args[1])
    if value is None or value.shape.name == "boolean":
        return value
    what = Words(zh="条件", en="The condition")
    inner.wrong(
        WrongType, value.span, what=what, wanted=CALLED["boolean"], found=CALLED[value.shape.name]
    )
    return None


def _not_a_relation(node: Node, function: Function, scene: Scene) -> None:
    scene.wrong(
        NotARelation,
        node.span,
        function=function.name,
        name=written(node)[:80],
        near=listed(one.key for one in relations_there(scene.obj, scene)),
    )
