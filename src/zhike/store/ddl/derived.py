"""
Steps for what programs derive from records: roll-ups, search words, identity keys.

A roll-up is computed anew when it says something else, and when anything it is made of does,
however far away that is: first what others are made of, then those.
"""

from collections.abc import Collection, Iterator

from zhike.kernel.words import Words
from zhike.meta import Object, object_diff
from zhike.store.alike import looked_for
from zhike.store.catalog import Named, expression
from zhike.store.ddl import retype
from zhike.store.ddl.objects import Planning, called, counted
from zhike.store.ddl.step import Ask, Phase, Refresh, Step
from zhike.store.titles import titling


def steps(planning: Planning) -> Iterator[Step]:
    """Give the steps that bring everything derived up to date."""
    changed: set[Named] = set()
    for new in planning.new.snapshot.objects.values():
        old = earlier(new, planning)
        if old is not None:
            moved = retype.moved(tuple(object_diff(old, new)))
            changed.update(_changed(old, new, planning, moved))
            yield from _found_by(old, new, planning, moved)
    yield from _rolled_up(planning, changed)


def earlier(new: Object, planning: Planning) -> Object | None:
    """Give what an object was before: as configured, or as it waits to be taken back."""
    known = planning.old.snapshot.objects.get(new.key)
    return known if known is not None else planning.kept.objects.get(new.key)


def _changed(
    old: Object, new: Object, planning: Planning, moved: Collection[str]
) -> Iterator[Named]:
    """Name the fields of an object that hold other values afterwards."""
    for key, field in new.fields.items():
        known = old.fields.get(key)
        if known is None or key in moved:
            yield new.key, key
        elif field.kind.name == "rollup":
            back = new.key not in planning.old.snapshot.objects
            if back or expression(known) != expression(field):
                yield new.key, key
        elif field.kind.name == "formula" and expression(known) != expression(field):
            yield new.key, key


def _rolled_up(planning: Planning, changed: set[Named]) -> Iterator[Step]:
    for of, key in _in_order(planning):
        object_ = planning.new.snapshot.objects[of]
        if earlier(object_, planning) is None:
            continue
        if (of, key) in changed or planning.new.reads((of, key)) & changed:
            changed.add((of, key))
            yield _roll_up(object_, key)


def _in_order(planning: Planning) -> Iterator[Named]:
    """Give all roll-ups, each after those it is made of."""
    rollups = {
        (object_.key, field.key)
        for object_ in planning.new.snapshot.objects.values()
        for field in object_.fields.values()
        if field.kind.name == "rollup"
    }
    waiting = {name: planning.new.reads(name) & rollups for name in rollups}
    while waiting:
        ready = [name for name, reads in waiting.items() if not reads & waiting.keys()]
        # A circle has been refused by the check; should one get here, its order does not matter.
        for name in ready or list(waiting):
            del waiting[name]
            yield name


def _roll_up(object_: Object, key: str) -> Step:
    name, of = called(object_.fields[key]), called(object_)
    return Step(
        id=f"field.{object_.key}.{key}.refresh",
        says=Words(
            zh=f"计算{of.zh}的汇总{name.zh}", en=f"compute the roll-up {name.en} of {of.en}"
        ),
        phase=Phase.REFRESH,
        deeds=(Refresh(object=object_.key, what="rollup", fields=(key,)),),
        ask=Ask(rows=counted(object_)),
    )


def _found_by(
    old: Object, new: Object, planning: Planning, moved: Collection[str]
) -> Iterator[Step]:
    # What was kept may have been derived by rules of long ago.
    back = new.key not in planning.old.snapshot.objects
    before, after = _searched(old), _searched(new)
    if back or before != after or any(key in moved for key, _ in after):
        yield _refresh(new, Refresh(object=new.key, what="search"), zh="搜索", en="search words")
    if (by := _title(new)) and (back or by != _title(old) or new.title in moved):
        yield _refresh(new, Refresh(object=new.key, what="title"), zh="排序", en="order by title")
    known = planning.old.snapshot.matches.get(new.key)
    match = planning.new.snapshot.matches.get(new.key)
    if match is None:
        return
    near = looked_for(match, new)
    named = {name for key in match.keys for name in key.fields} | {n for one in near for n in one}
    same = (
        not back
        and known is not None
        and known.keys == match.keys
        and looked_for(known, old) == near
    )
    if not same or named & set(moved):
        yield _refresh(new, Refresh(object=new.key, what="match"), zh="查重", en="identity keys")


def _searched(object_: Object) -> list[tuple[str, str]]:
    return [(one.key, one.kind.name) for one in object_.fields.values() if one.searched]


def _title(object_: Object) -> tuple[str, str] | None:
    known = titling(object_)
    return (known.field, object_.fields[known.field].kind.name) if known is not None else None


def _refresh(object_: Object, deed: Refresh, *, zh: str, en: str) -> Step:
    of = called(object_)
    return Step(
        id=f"object.{object_.key}.{deed.what}",
        says=Words(zh=f"重建{of.zh}的{zh}数据", en=f"rebuild the {en} of {of.en}"),
        phase=Phase.REFRESH,
        deeds=(deed,),
        ask=Ask(rows=counted(object_)),
    )
