"""
From two configurations to the steps that lead from one to the other. Pure: it asks nobody anything.

What a step would like to know from the database it carries along as statements (`Ask`);
`run.measured` puts them.
"""

from collections.abc import Collection, Iterator

from zhike.kernel.sql import Sql, ident, joined, sql
from zhike.kernel.words import Words
from zhike.meta import (
    Field,
    FieldAdded,
    FieldChanged,
    FieldRemoved,
    FieldRetyped,
    Object,
    UniqueAdded,
    UniqueRemoved,
    object_diff,
)
from zhike.store import titles
from zhike.store.catalog import Settled
from zhike.store.ddl import columns, derived, fields, names, objects, retype
from zhike.store.ddl.computed import Side, default_of
from zhike.store.ddl.keeping import Kept
from zhike.store.ddl.objects import Planning, called, counted
from zhike.store.ddl.step import Ask, Lock, Phase, Step


def steps(old: Settled, new: Settled, kept: Kept) -> tuple[Step, ...]:
    """Give the steps from one configuration to another, in the order in which they must be done."""
    planning = Planning(old=Side(settled=old), new=Side(settled=new), kept=kept)
    found = [*_steps(planning), *derived.steps(planning)]
    return tuple(sorted(found, key=lambda one: one.phase))


def _steps(planning: Planning) -> Iterator[Step]:
    before, after = planning.old.snapshot.objects, planning.new.snapshot.objects
    for key, object_ in before.items():
        if key not in after:
            yield from objects.removed(object_, planning)
    for key, object_ in after.items():
        known = before.get(key)
        waiting = planning.kept.objects.get(key)
        if known is not None:
            yield from _altered(known, object_, planning)
        elif waiting is not None:
            yield from objects.taken_back(object_, waiting, planning)
            yield from _altered(waiting, object_, planning)
        else:
            yield from objects.added(object_, planning)


def _altered(old: Object, new: Object, planning: Planning) -> Iterator[Step]:
    changes = tuple(object_diff(old, new))
    for change in changes:
        match change:
            case FieldAdded(field=field):
                yield from fields.added(new, field, planning)
            case FieldRemoved(field=field):
                yield from fields.removed(old, field, planning)
            case FieldRetyped(old=before, new=after):
                yield from retype.retyped(new, before, after, planning)
            case FieldChanged():
                yield from _changed(new, change, planning)
            case UniqueAdded(fields=group):
                yield _unique(new, group, asking=all(name in old.fields for name in group))
            case UniqueRemoved(fields=group):
                yield _not_unique(new, group)
            case _:
                continue
    moved = retype.moved(changes)
    yield from _again_unique(old, new, moved)
    yield from _indexes(old, new, moved)
    yield from _recomputed(old, new, planning, moved)


def _changed(object_: Object, change: FieldChanged, planning: Planning) -> Iterator[Step]:
    old, new, what = change.old, change.new, change.what
    if "required" in what and new.required:
        yield _required(object_, new)
    if "options" in what:
        yield from _options(object_, old, new)
    if "on_delete" in what:
        yield Step(
            id=f"field.{object_.key}.{new.key}.connect",
            says=_about(object_, new, zh="更改引用约束", en="change the foreign key"),
            phase=Phase.CONNECT,
            lock=Lock.SHARE_ROW_EXCLUSIVE,
            deeds=(
                *objects.unreferenced(object_, [old]),
                *objects.references(object_, [new], planning.new.snapshot),
            ),
        )


def _about(object_: Object, field: Field, *, zh: str, en: str) -> Words:
    name, of = called(field), called(object_)
    return Words(zh=f"{of.zh}的字段{name.zh}{zh}", en=f"{en}: {name.en} of {of.en}")


def _required(object_: Object, field: Field) -> Step:
    empty = sql(
        "SELECT count(*) FROM {table} WHERE {column} IS NULL",
        table=ident(object_.table),
        column=ident(field.key),
    )
    return Step(
        id=f"field.{object_.key}.{field.key}.require",
        says=_about(
            object_,
            field,
            zh="改为必填，已有的空值保留到下次编辑",
            en="require a value; records without one keep it empty until edited",
        ),
        phase=Phase.REFRESH,
        ask=Ask(rows=empty if field.column else None),
    )


def _options(object_: Object, old: Field, new: Field) -> Iterator[Step]:
    still = {one.key for one in getattr(new.settings, "options", ())}
    gone = [one.key for one in getattr(old.settings, "options", ()) if one.key not in still]
    if not gone or new.column is None:
        return
    several = new.column.endswith("[]")
    column, wanted = ident(new.key), default_of(gone, "text[]")
    held = (
        sql("{column} && {wanted}", column=column, wanted=wanted)
        if several
        else sql("{column} = ANY ({wanted})", column=column, wanted=wanted)
    )
    count = sql("SELECT count(*) FROM {table} WHERE {held}", table=ident(object_.table), held=held)
    listed = "、".join(gone)
    yield Step(
        id=f"field.{object_.key}.{new.key}.options",
        says=_about(
            object_,
            new,
            zh=f"删除选项 {listed}，已选的值原样保留",
            en=f"remove the options {listed}; values that were chosen stay as they are",
        ),
        phase=Phase.REFRESH,
        ask=Ask(rows=count, lost=count),
    )


def _unique(object_: Object, group: tuple[str, ...], *, asking: bool) -> Step:
    shown = joined((sql("{one}::text", one=ident(name)) for name in group), by=" || ' / ' || ")
    clashes = sql(
        "SELECT {shown} || ' × ' || count(*) FROM {table}"
        " WHERE deleted_at IS NULL AND {filled} GROUP BY {columns} HAVING count(*) > 1"
        " ORDER BY count(*) DESC LIMIT 5",
        shown=shown,
        table=ident(object_.table),
        filled=joined((sql("{c} IS NOT NULL", c=ident(one)) for one in group), by=" AND "),
        columns=joined(ident(one) for one in group),
    )
    named, of = " + ".join(group), called(object_)
    return Step(
        id=f"unique.{object_.key}.{'+'.join(group)}.add",
        says=Words(zh=f"{of.zh}的 {named} 改为唯一", en=f"keep {named} of {of.en} unique"),
        phase=Phase.INDEX,
        lock=Lock.SHARE,
        deeds=(columns.unique(object_, group),),
        ask=Ask(rows=counted(object_), clashes=clashes if asking else None),
    )


def _not_unique(object_: Object, group: tuple[str, ...]) -> Step:
    named, of = " + ".join(group), called(object_)
    return Step(
        id=f"unique.{object_.key}.{'+'.join(group)}.remove",
        says=Words(zh=f"{of.zh}的 {named} 不再唯一", en=f"let {named} of {of.en} repeat"),
        phase=Phase.LET_GO,
        lock=Lock.ACCESS_EXCLUSIVE,
        deeds=(_drop_index(names.unique(object_.table, group)),),
    )


def _again_unique(old: Object, new: Object, moved: Collection[str]) -> Iterator[Step]:
    """A unique index follows its column when that is put aside; the new one needs its own."""
    for group in new.unique:
        if group in old.unique and any(name in moved for name in group):
            yield _not_unique(new, group)
            yield _unique(new, group, asking=False)


def _indexes(old: Object, new: Object, moved: Collection[str]) -> Iterator[Step]:
    for key, field in new.fields.items():
        known = old.fields.get(key)
        if known is None or key in moved:
            continue
        before, after = columns.index(old, known), columns.index(new, field)
        if before == after:
            continue
        yield _index(new, field, before=before, after=after)
    before, after = columns.title_index(old), columns.title_index(new)
    if before != after:
        yield _title_index(new, after)


def _title_index(object_: Object, after: Sql | None) -> Step:
    of = called(object_)
    return Step(
        id=f"index.{object_.key}.title.{'add' if after else 'remove'}",
        says=Words(zh=f"{of.zh}按标题排序的索引", en=f"the index of {of.en} by title"),
        phase=Phase.INDEX,
        lock=Lock.SHARE if after else Lock.ACCESS_EXCLUSIVE,
        deeds=(after or _drop_index(names.index(object_.table, titles.COLUMN)),),
        ask=Ask(rows=counted(object_) if after else None),
    )


def _index(object_: Object, field: Field, *, before: Sql | None, after: Sql | None) -> Step:
    drop = [_drop_index(names.index(object_.table, field.key))] if before else []
    return Step(
        id=f"index.{object_.key}.{field.key}.{'add' if after else 'remove'}",
        says=_about(object_, field, zh="建立索引", en="index")
        if after
        else _about(object_, field, zh="删除索引", en="drop the index"),
        phase=Phase.INDEX,
        lock=Lock.SHARE if after and not before else Lock.ACCESS_EXCLUSIVE,
        deeds=(*drop, *([after] if after else [])),
        ask=Ask(rows=counted(object_) if after else None),
    )


def _drop_index(name: str) -> Sql:
    return sql("DROP INDEX IF EXISTS {name}", name=ident(name))


def _recomputed(
    old: Object, new: Object, planning: Planning, moved: Collection[str]
) -> Iterator[Step]:
    """Formulas that say something else now, or that read a column which has moved."""
    dropped = {one.key for key in moved for one in planning.old.readers(old, key)}
    before = {one.key for one in planning.old.formulas(old)} - set(moved)
    for field in planning.new.formulas(new):
        if field.key not in before:
            continue
        value = planning.new.value(new, field)
        if field.key in dropped:
            deeds = (*fields.fresh(new, field, planning), *fields.fastened(new, field, planning))
        elif value != planning.old.value(old, old.fields[field.key]):
            formula = planning.new.stored(new, field)
            deeds = (*formula.first, _say_anew(new, field, formula.value))
        else:
            continue
        yield Step(
            id=f"field.{new.key}.{field.key}.compute",
            says=_about(new, field, zh="按公式重新计算", en="compute the formula anew"),
            phase=Phase.COMPUTE,
            lock=Lock.ACCESS_EXCLUSIVE,
            deeds=deeds,
            ask=Ask(rows=counted(new)),
        )


def _say_anew(object_: Object, field: Field, value: Sql) -> Sql:
    return sql(
        "ALTER TABLE {table} ALTER COLUMN {column} SET EXPRESSION AS ({value})",
        table=ident(object_.table),
        column=ident(field.key),
        value=value,
    )
