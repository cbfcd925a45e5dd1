"""
Steps for fields whose values are to be kept in another form.

What can be read as the new kind is carried over; the old values are put aside whole and wait there
until somebody purges them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from zhike.kernel.sql import Sql, ident, sql
from zhike.kernel.words import Words
from zhike.meta import Change, Field, FieldRemoved, FieldRetyped, Object, Snapshot, link_table
from zhike.store.ddl import columns
from zhike.store.ddl.fields import (
    DERIVED,
    drop_column,
    fastened,
    fresh,
    held,
    kept_somewhere,
    numbered,
    place_of,
    shrunk,
    unindexed,
    unread,
)
from zhike.store.ddl.objects import Planning, called, counted
from zhike.store.ddl.step import Ask, Convert, Deed, Lock, Phase, Step

NUMERIC = 26
"""Digits of our exact numbers, before and behind the point."""


def same_form(old: Field, new: Field) -> bool:
    """Tell whether the values may stay as they are: a text is a text, whatever else it was."""
    return (
        new.kind.name in {"text", "long_text"}
        and old.kind.type == "text"
        and old.column == new.column == "text"
        and old.kind.name not in DERIVED
    )


def moved(changes: Iterable[Change]) -> frozenset[str]:
    """Name the fields whose values are no longer where they were."""
    gone = (one.field.key for one in changes if isinstance(one, FieldRemoved))
    retyped_ = (
        one.new.key
        for one in changes
        if isinstance(one, FieldRetyped) and not same_form(one.old, one.new)
    )
    return frozenset((*gone, *retyped_))


def retyped(object_: Object, old: Field, new: Field, planning: Planning) -> Iterator[Step]:
    """Keep the values of a field in another form from now on."""
    if same_form(old, new) or not (kept_somewhere(old) or kept_somewhere(new)):
        return
    name, of = called(new), called(object_)
    says = Words(
        zh=f"{of.zh}的字段{name.zh}由{old.kind.label.zh}改为{new.kind.label.zh}",
        en=f"turn the field {name.en} of {of.en} from {old.kind.label.en} into {new.kind.label.en}",
    )
    if old.kind is new.kind:
        says = Words(
            zh=f"改变{of.zh}的字段{name.zh}的存储形式",
            en=f"keep the field {name.en} of {of.en} in another form",
        )
    yield Step(
        id=f"field.{object_.key}.{new.key}.retype",
        says=says,
        phase=Phase.COMPUTE if columns.generated(new) else Phase.CONVERT,
        lock=Lock.ACCESS_EXCLUSIVE,
        deeds=tuple(_deeds(object_, old, new, planning)),
        ask=_ask(object_, old, new, planning),
    )
    yield from numbered(object_, new)


def _deeds(object_: Object, old: Field, new: Field, planning: Planning) -> Iterator[Deed]:
    match _way(old, new):
        case "widen":
            yield from unread(object_, old, planning)
            yield _widen(object_, new)
        case "convert":
            yield from _convert(object_, old, new, planning)
        case "spread":
            yield from fresh(object_, new, planning)
            yield _spread(object_, new)
            yield from shrunk(object_, old, planning)
            yield from fastened(object_, new, planning)
        case "gather":
            yield from fresh(object_, new, planning)
            yield _gather(object_, new)
            yield from shrunk(object_, old, planning)
            yield from fastened(object_, new, planning)
        case _:
            if kept_somewhere(old):
                yield from shrunk(object_, old, planning)
            if kept_somewhere(new):
                yield from fresh(object_, new, planning)
                yield from fastened(object_, new, planning)


def _way(old: Field, new: Field) -> str:
    if new.kind.name in DERIVED or not kept_somewhere(old) or not kept_somewhere(new):
        return "anew"
    if old.column is not None and new.column is not None:
        if _wider(old, new):
            return "widen"
        return "anew" if old.target and new.target and old.target != new.target else "convert"
    if old.target == new.target:
        return "spread" if new.column is None else "gather"
    return "anew"


def _ask(object_: Object, old: Field, new: Field, planning: Planning) -> Ask:
    match _way(old, new):
        case "widen":
            return Ask(rows=counted(object_), clashes=_too_large(object_, new))
        case "convert":
            asked = held(object_, old)
            return Ask(
                rows=asked.rows,
                converted=_reading(
                    object_, old, new, place=old.key, snapshot=planning.new.snapshot
                ),
            )
        case "spread":
            return Ask(rows=held(object_, old).rows)
        case "gather":
            link = ident(link_table(object_.key, old.key))
            more = sql("SELECT count(*) - count(DISTINCT record) FROM {link}", link=link)
            return replace(held(object_, old), lost=more)
        case _:
            lost = kept_somewhere(old) and old.kind.name not in DERIVED
            return held(object_, old) if lost else Ask(rows=counted(object_))


def _convert(object_: Object, old: Field, new: Field, planning: Planning) -> Iterator[Deed]:
    place = place_of(object_, old, planning)
    if old.kind.name in DERIVED:
        yield from unread(object_, old, planning)
        yield from unindexed(object_, old)
        yield from _freed(object_, old, place)
    else:
        yield from shrunk(object_, old, planning)
    yield from fresh(object_, replace(new, default=None), planning)
    yield _reading(object_, old, new, place=place, snapshot=planning.new.snapshot)
    if old.kind.name in DERIVED:
        yield drop_column(object_, replace(old, key=place))
    yield from fastened(object_, new, planning)


def _reading(object_: Object, old: Field, new: Field, *, place: str, snapshot: Snapshot) -> Convert:
    return Convert(object=object_, old=old, place=place, new=new, snapshot=snapshot)


def _freed(object_: Object, old: Field, place: str) -> Iterator[Sql]:
    table, column = ident(object_.table), ident(old.key)
    if columns.generated(old):
        yield sql("ALTER TABLE {t} ALTER COLUMN {c} DROP EXPRESSION", t=table, c=column)
    yield sql("ALTER TABLE {t} RENAME COLUMN {c} TO {p}", t=table, c=column, p=ident(place))


def _decimals(field: Field) -> int | None:
    column = columns.column_type(field)
    if column == "bigint":
        return 0
    if column.startswith(f"numeric({NUMERIC}"):
        return int(column.partition(",")[2].strip(" )"))
    return None


def _wider(old: Field, new: Field) -> bool:
    before, after = _decimals(old), _decimals(new)
    numbers = {"number", "money"}
    return (
        {old.kind.name, new.kind.name} <= numbers
        and before is not None
        and after is not None
        and before < after
    )


def _widen(object_: Object, new: Field) -> Sql:
    return sql(
        "ALTER TABLE {table} ALTER COLUMN {column} TYPE {type}",
        table=ident(object_.table),
        column=ident(new.key),
        type=Sql((columns.column_type(new),)),
    )


def _too_large(object_: Object, new: Field) -> Sql:
    room = NUMERIC - (_decimals(new) or 0)
    return sql(
        "SELECT {column}::text FROM {table} WHERE abs({column}) >= 1e{room} LIMIT 3",
        table=ident(object_.table),
        column=ident(new.key),
        room=Sql((str(room),)),
    )


def _spread(object_: Object, field: Field) -> Sql:
    return sql(
        "INSERT INTO {link} (record, target) SELECT id, {column} FROM {table}"
        " WHERE {column} IS NOT NULL",
        link=ident(link_table(object_.key, field.key)),
        column=ident(field.key),
        table=ident(object_.table),
    )


def _gather(object_: Object, field: Field) -> Sql:
    return sql(
        "UPDATE {table} AS t SET {column} ="
        " (SELECT l.target FROM {link} AS l WHERE l.record = t.id ORDER BY l.target LIMIT 1)",
        link=ident(link_table(object_.key, field.key)),
        column=ident(field.key),
        table=ident(object_.table),
    )
