"""
Lookups, people and regions beside literals.

A text that is an id means the record itself, any other the record of that title (a person's name or
login). A region lies within each larger one.
"""

from collections.abc import Sequence
from dataclasses import replace

from zhike.kernel.words import Words
from zhike.lang.check.comparing.conditions import FALSE, equal, exists, lifted, some
from zhike.lang.check.conversion import lookup
from zhike.lang.check.literals import is_empty, standard, uuid_of
from zhike.lang.check.names import field_read
from zhike.lang.check.scene import Scene
from zhike.lang.faults import NotComparable, UnknownRegion, WrongType
from zhike.lang.tree import Span
from zhike.lang.typed import (
    Among,
    Constant,
    Equal,
    Holds,
    Hop,
    Hops,
    Lies,
    Many,
    Read,
    Through,
    Typed,
)
from zhike.lang.types import CALLED, POINTERS, TEXT, Shape
from zhike.meta.regions import near, ranges


def pointing(left: Typed, items: Sequence[Typed], *, scene: Scene, span: Span) -> Typed | None:
    """Say that a lookup points at one of some records, named by id, by title or computed."""
    ids: list[Constant] = []
    names: list[Constant] = []
    held: list[Typed] = []
    for one in items:
        if isinstance(one, Constant) and one.shape.name == "text":
            found = uuid_of(one)
            (ids if found else names).append(replace(one, value=found or one.value))
        elif compatible(left.shape, one.shape):
            held.append(equal(left, one))
        else:
            scene.wrong(
                NotComparable, span, op="=",
                left=CALLED[left.shape.name], right=CALLED[one.shape.name],
            )  # fmt: skip
            return None
    if ids:
        held.append(_among_ids(left, ids))
    if names:
        titled = _titled(left, names, scene)
        if titled is None:
            return None
        held.append(titled)
    return some(held)


def compatible(left: Shape, right: Shape) -> bool:
    """Say whether two lookups may point at the same record."""
    return left.name in POINTERS and right.name in POINTERS and left.object == right.object


def holding(many: Typed, item: Typed, *, scene: Scene, span: Span) -> Typed | None:
    """Say that a list of records has a certain one."""
    target = many.shape.object
    own = Read(shape=Shape(name="id", object=target), object=target, field="id", column="uuid")
    hops: Hops = many.hops if isinstance(many, Many) else ()
    by_id = not isinstance(item, Constant) or uuid_of(item) is not None
    if isinstance(many, Read) and by_id:
        value = item
        if isinstance(item, Constant):
            value = replace(item, value=uuid_of(item), shape=own.shape)
        elif not compatible(own.shape, item.shape):
            _wrong_item(many, item, scene, span=span)
            return None
        return lifted(
            many, lambda one: Holds(how="any", item=one, these=listed([value], many.shape)), value
        )
    if isinstance(many, Read):
        hop = Hop(kind="array", origin=many.object, field=many.field, target=target)
        hops = (*many.hops, hop)
    scene_there = scene.inside(target, span)
    if scene_there is None or not hops:
        return None
    condition = pointing(own, (item,), scene=scene_there, span=span)
    if condition is None:
        return None
    return exists(Many(hops=hops, shape=many.shape, span=span), condition)


def listed(items: Sequence[Typed], shape: Shape) -> Constant:
    """Give a list of values as one value."""
    return Constant(value=tuple(items), shape=shape)


def located(left: Typed, items: Sequence[Typed], *, scene: Scene, span: Span) -> Typed | None:
    """Say that a region lies within one of some others."""
    within: list[tuple[str, str]] = []
    held: list[Typed] = []
    for one in items:
        if isinstance(one, Constant) and one.shape.name == "text":
            found = ranges(str(one.value))
            if not found:
                raw = str(one.value)[:40]
                scene.wrong(UnknownRegion, one.span, region=raw, near="".join(near(raw)[:1]))
                return None
            within.extend(found)
        elif one.shape.name == "region":
            held.append(equal(left, one))
        else:
            _wrong_item(left, one, scene, span=span)
            return None
    if within:
        held.append(lifted(left, lambda one: Lies(item=one, ranges=tuple(within))))
    return some(held)


def _wrong_item(left: Typed, item: Typed, scene: Scene, *, span: Span) -> None:
    scene.wrong(
        NotComparable, span, op="=", left=CALLED[left.shape.name], right=CALLED[item.shape.name]
    )


def _among_ids(left: Typed, ids: Sequence[Constant]) -> Typed:
    known = [replace(one, shape=Shape(name="id", object=left.shape.object)) for one in ids]
    if len(known) == 1:
        return equal(left, known[0])
    these = listed(known, Shape(name="list", item="id"))
    return lifted(left, lambda one: Among(item=one, these=these))


def _titled(left: Typed, names: Sequence[Constant], scene: Scene) -> Typed | None:
    target = scene.snapshot.objects.get(left.shape.object)
    if not isinstance(left, Read) or target is None:
        what = Words(zh="这里的值", en="The value")
        scene.wrong(
            WrongType,
            names[0].span,
            what=what,
            wanted=CALLED[left.shape.name],
            found=CALLED["text"],
        )
        return None
    ways = (target.title, "login") if target.key == "user" else (target.title,)
    hops: Hops = () if left.field == "id" else (lookup(left),)
    held: list[Typed] = []
    for way in ways:
        if way not in target.fields:
            continue
        title = field_read(target, way, (), scene=scene, span=left.span)
        if title is None:
            return None
        held.append(_named(title, names, scene))
    found = some(held)
    path = (*left.hops, *hops)
    return Through(hops=path, held=found, span=left.span) if path else found


def _named(title: Typed, names: Sequence[Constant], scene: Scene) -> Typed:
    written = [standard(one, title, scene) or one for one in names if not is_empty(one)]
    if not written:
        return FALSE
    if len(written) == 1:
        return Equal(left=title, right=written[0])
    return Among(item=title, these=listed(written, Shape(name="list", item=TEXT.name)))
