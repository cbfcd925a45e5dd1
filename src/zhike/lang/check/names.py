"""
Names: a path from this record over lookups to a field, or over relations to many records.

Every step is a key or a label; the field must be there for the asker, or it does not exist.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zhike.kernel.faults import Fault
from zhike.lang.check.nearest import listed, suggestion
from zhike.lang.check.scene import Scene
from zhike.lang.faults import AmbiguousLabel, BareRelation, NotALookup, UnknownField
from zhike.lang.tree import Label, Name, Span, Step
from zhike.lang.typed import Hop, Hops, Many, Read, Typed
from zhike.lang.types import LISTS, POINTERS, Shape
from zhike.meta.kinds.kind import Type
from zhike.meta.snapshot import Field, Object, Relation

Found = Field | Relation
COMPUTED = frozenset({"formula", "rollup"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """
    Where a name leads: over some hops to an object, and there to a field or to the record itself.
    """

    hops: Hops
    object: Object
    field: Field | None


def name(node: Name, scene: Scene) -> Typed | None:
    """Understand a name; the result is a `Read`, or a `Many` if it leads to several records."""
    path = resolve(node, scene)
    if path is None:
        return None
    if path.field is None:
        shape = Shape(name="records", object=path.object.key)
        return Many(hops=path.hops, shape=shape, span=node.span)
    if any(hop.kind != "lookup" for hop in path.hops):
        many = ".".join(_worded(step) for step in node.path[:-1])
        scene.wrong(BareRelation, node.span, name=many)
        return None
    return field_read(path.object, path.field.key, path.hops, scene=scene, span=node.span)


def resolve(node: Name, scene: Scene) -> Path | None:
    """Follow a path from this record step by step."""
    obj = scene.obj
    hops: Hops = ()
    keys: list[str] = []
    for number, step in enumerate(node.path):
        found = _step(step, obj, scene, span=node.span)
        if found is None:
            return None
        keys.append(found.key)
        if number == len(node.path) - 1 and isinstance(found, Field) and not _is_many(found):
            scene.resolved(node, tuple(keys))
            return Path(hops=hops, object=obj, field=found)
        hop = hop_over(found, obj)
        if hop is None or hop.target not in scene.snapshot.objects:
            after = _worded(node.path[min(number + 1, len(node.path) - 1)])
            scene.wrong(NotALookup, node.span, field=found.key, step=after)
            return None
        hops = (*hops, hop)
        obj = scene.snapshot.objects[hop.target]
    scene.resolved(node, tuple(keys))
    return Path(hops=hops, object=obj, field=None)


def field_read(obj: Object, key: str, hops: Hops, *, scene: Scene, span: Span) -> Typed | None:
    """Give the reading of one field; a formula is understood along the way."""
    one = obj.fields[key]
    shape = shape_of(one, obj)
    formula = None
    if one.kind.name in COMPUTED:
        formula = scene.formula(obj, key, scene)
        if formula is None and scene.found:
            return None
        shape = formula.shape if formula else shape
    return Read(
        shape=shape,
        object=obj.key,
        field=key,
        column=one.column or "",
        hops=hops,
        formula=formula if one.column is None else None,
        span=span,
    )


def shape_of(one: Field, obj: Object) -> Shape:
    """Give the type of a field's value."""
    if one.key == "id":
        return Shape(name="id", object=obj.key)
    options = one if one.type in {"option", "options"} else None
    item: Type | None = "id" if one.type == "list" else None
    return Shape(name=one.type, object=one.target or "", options=options, item=item)


def there(obj: Object, scene: Scene) -> Iterator[Field]:
    """Give the fields that are there for the asker."""
    for one in obj.fields.values():
        if _hidden(one, obj, scene) is None:
            yield one


def relations_there(obj: Object, scene: Scene) -> Iterator[Relation]:
    """Give the relations that are there for the asker: those whose lookup is."""
    for one in obj.relations.values():
        if _hidden(one, obj, scene) is None:
            yield one


def _hidden(one: Found, obj: Object, scene: Scene) -> Fault | None:
    holder, key = (obj.key, one.key) if isinstance(one, Field) else (one.object, one.field)
    try:
        scene.sight.column(holder, key, "t")
    except Fault as fault:
        return fault
    return None


def _step(step: Step, obj: Object, scene: Scene, *, span: Span) -> Found | None:
    found = _found(step, obj, scene, span=span)
    if found is None:
        return None
    hidden = _hidden(found, obj, scene)
    if hidden is None:
        return found
    if isinstance(hidden, UnknownField):
        _unknown(step, obj, scene, span=span)
    else:
        for one in hidden.problems:
            scene.note(one, span)
    return None


def _found(step: Step, obj: Object, scene: Scene, *, span: Span) -> Found | None:
    word = _worded(step)
    exact = _by_key(word, obj)
    if exact is not None:
        return exact
    known: list[Found] = [*there(obj, scene), *relations_there(obj, scene)]
    named = {one.key: one for one in _labelled(word, known)}
    match list(named.values()):
        case [one]:
            return one
        case []:
            _unknown(step, obj, scene, span=span)
        case several:
            scene.wrong(AmbiguousLabel, span, field=word, keys=listed(one.key for one in several))
    return None


def _by_key(word: str, obj: Object) -> Found | None:
    field = obj.fields.get(word)
    relation = obj.relations.get(word)
    return relation if relation and (field is None or field.kind.name == "children") else field


def _labelled(word: str, known: Sequence[Found]) -> Iterator[Found]:
    low = word.casefold()
    labels = [one for one in known if low in (one.label.zh.casefold(), one.label.en.casefold())]
    yield from labels or [
        one
        for one in known
        if isinstance(one, Field) and any(low == other.casefold() for other in one.synonyms)
    ]


def _unknown(step: Step, obj: Object, scene: Scene, *, span: Span) -> None:
    word = _worded(step)
    near = suggestion(word, [*relations_there(obj, scene), *there(obj, scene)])
    scene.wrong(UnknownField, span, field=word, object=obj.key, **near)


def _worded(step: Step) -> str:
    return step.text if isinstance(step, Label) else step


def _is_many(found: Field) -> bool:
    return found.type == "records" and found.column is None


def hop_over(found: Found, obj: Object) -> Hop | None:
    """Give the step that a lookup, a list of records or a relation takes."""
    if isinstance(found, Relation):
        return Hop(
            kind="linking" if found.table else "children",
            origin=obj.key,
            field=found.field,
            target=found.object,
            table=found.table,
        )
    target = found.target or ""
    match found.type:
        case kind if kind in POINTERS and found.key != "id":
            return Hop(kind="lookup", origin=obj.key, field=found.key, target=target)
        case "records" if found.kind.name == "children":
            back: str = getattr(found.settings, "field", "")
            return Hop(kind="children", origin=obj.key, field=back, target=target)
        case "records" if found.column is None:
            table = f"{obj.key}__{found.key}"
            return Hop(kind="linked", origin=obj.key, field=found.key, target=target, table=table)
        case kind if kind in LISTS - {"options", "list"}:
            return Hop(kind="array", origin=obj.key, field=found.key, target=target)
        case _:
            return None
