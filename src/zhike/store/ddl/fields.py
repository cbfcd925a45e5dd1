"""Steps for fields that come and go: columns, link tables, what hangs on them, kept data."""

from collections.abc import Iterator

from zhike.kernel.faults import Fault
from zhike.kernel.sql import NOTHING, Sql, ident, sql
from zhike.kernel.words import Words
from zhike.meta import Field, Json, Object, drained, link_table
from zhike.store.ddl import columns, names
from zhike.store.ddl.computed import default_of
from zhike.store.ddl.keeping import KeptField, forget, remember_field
from zhike.store.ddl.objects import (
    Planning,
    alike,
    beside,
    called,
    counted,
    dangling,
    references,
    unreferenced,
)
from zhike.store.ddl.step import Ask, Deed, Lock, Phase, Refresh, Step

DERIVED = frozenset({"formula", "rollup"})
"""Kinds whose values can be had again, so that nothing is lost with them."""


def regained(field: Field) -> bool:
    """Tell whether the values of a field can be had again: computed, or given by the platform."""
    return field.kind.name in DERIVED or field.system


def added(object_: Object, field: Field, planning: Planning) -> Iterator[Step]:
    """Give an object one field more."""
    name, of = called(field), called(object_)
    back = taken(object_, field, planning)
    says = Words(zh=f"{of.zh}新增字段{name.zh}", en=f"add the field {name.en} to {of.en}")
    if back:
        says = Words(
            zh=f"{of.zh}恢复字段{name.zh}及其保留的数据",
            en=f"take back the field {name.en} of {of.en} with the data that was kept",
        )
    if not kept_somewhere(field):
        return
    computed = columns.generated(field)
    yield Step(
        id=f"field.{object_.key}.{field.key}.{'restore' if back else 'add'}",
        says=says,
        phase=Phase.COMPUTE if computed else Phase.WIDEN,
        lock=Lock.ACCESS_EXCLUSIVE,
        deeds=tuple(grown(object_, field, planning)),
        ask=Ask(rows=counted(object_) if computed or field.default is not None else None),
    )
    yield from numbered(object_, field)


def removed(object_: Object, field: Field, planning: Planning) -> Iterator[Step]:
    """Put a field aside; what is derived can be had again and goes at once."""
    if not kept_somewhere(field):
        return
    name, of = called(field), called(object_)
    gone = regained(field)
    stays = (
        Words(zh="")
        if gone
        else Words(zh="，数据保留至清除为止", en="; its data is kept until purged")
    )
    yield Step(
        id=f"field.{object_.key}.{field.key}.remove",
        says=Words(
            zh=f"{of.zh}删除字段{name.zh}{stays.zh}",
            en=f"remove the field {name.en} from {of.en}{stays.en}",
        ),
        phase=Phase.LET_GO if gone else Phase.PUT_ASIDE,
        lock=Lock.ACCESS_EXCLUSIVE,
        deeds=tuple(shrunk(object_, field, planning)),
        ask=Ask() if gone else held(object_, field),
    )


def numbered(object_: Object, field: Field) -> Iterator[Step]:
    """Number the records that are already there."""
    if field.kind.name != "auto_number":
        return
    name, of = called(field), called(object_)
    yield Step(
        id=f"field.{object_.key}.{field.key}.number",
        says=Words(
            zh=f"为{of.zh}已有记录编号{name.zh}", en=f"number the records of {of.en}: {name.en}"
        ),
        phase=Phase.REFRESH,
        deeds=(Refresh(object=object_.key, what="number", fields=(field.key,)),),
        ask=Ask(rows=counted(object_)),
    )


def grown(object_: Object, field: Field, planning: Planning) -> Iterator[Sql]:
    """Add what keeps the values of a field, empty or as it was when the field was removed."""
    back = taken(object_, field, planning)
    if back:
        yield from _take_back(object_, field, back)
        yield from dangling(object_, field, planning.new.snapshot)
    else:
        yield from fresh(object_, field, planning)
    yield from fastened(object_, field, planning)


def fresh(object_: Object, field: Field, planning: Planning) -> Iterator[Sql]:
    """Add an empty column, or a link table."""
    yield from beside(object_, field)
    if field.column is not None:
        yield from _column(object_, field, planning)


def fastened(object_: Object, field: Field, planning: Planning) -> Iterator[Sql]:
    """Add what holds a column: its foreign key and its index."""
    yield from references(object_, [field], planning.new.snapshot)
    if one := columns.index(object_, field):
        yield one


def shrunk(object_: Object, field: Field, planning: Planning) -> Iterator[Deed]:
    """Put aside what keeps the values of a field, with everything that hangs on it."""
    yield from unread(object_, field, planning)
    if regained(field):
        yield drop_column(object_, field)
        return
    yield from unindexed(object_, field)
    yield from unreferenced(object_, [field])
    place = place_of(object_, field, planning)
    if field.kind.name == "lookups":
        yield from _put_link_aside(object_, field, place)
    else:
        yield sql(
            "ALTER TABLE {table} RENAME COLUMN {column} TO {place}",
            table=ident(object_.table),
            column=ident(field.key),
            place=ident(place),
        )
    yield remember_field(object_, field, place)


def unread(object_: Object, field: Field, planning: Planning) -> Iterator[Sql]:
    """Drop the generated columns that read a field; they come back when it has."""
    for reader in planning.old.readers(object_, field.key):
        yield drop_column(object_, reader)


def taken(object_: Object, field: Field, planning: Planning) -> KeptField | None:
    """Give what was kept of an earlier field of the same key, if its values still mean the same."""
    if regained(field):
        return None
    known = planning.kept.fields.get((object_.key, field.key), ())
    return next((one for one in known if alike(one.field, field)), None)


def place_of(object_: Object, field: Field, planning: Planning) -> str:
    """Name the place where the values of a field will wait."""
    link = field.kind.name == "lookups"
    name = link_table(object_.key, field.key) if link else field.key
    return names.aside(name, taken=planning.kept.places)


def unindexed(object_: Object, field: Field) -> Iterator[Sql]:
    """Drop the index of a field, if it has one."""
    if columns.method(object_, field):
        yield sql("DROP INDEX IF EXISTS {name}", name=ident(names.index(object_.table, field.key)))


def kept_somewhere(field: Field) -> bool:
    """Tell whether a field has values that are kept: in a column or in a link table."""
    return field.column is not None or field.kind.name == "lookups"


def _column(object_: Object, field: Field, planning: Planning) -> Iterator[Sql]:
    computed = columns.generated(field)
    values: dict[str, Sql] = {}
    if computed:
        formula = planning.new.stored(object_, field)
        yield from formula.first
        values[field.key] = formula.value
    default = backfill(field)
    table, column = ident(object_.table), ident(field.key)
    yield sql(
        "ALTER TABLE {table} ADD COLUMN {definition}{default}",
        table=table,
        definition=columns.definition(field, values),
        default=sql(" DEFAULT {value}", value=default) if default else NOTHING,
    )
    if default:
        # From here on the way in fills defaults; one in the table would be a second truth.
        yield sql(
            "ALTER TABLE {table} ALTER COLUMN {column} DROP DEFAULT", table=table, column=column
        )


def backfill(field: Field) -> Sql | None:
    """Give what the records that are already there get; nothing for what is computed at entry."""
    if field.default is None or field.column is None or field.kind.name in DERIVED:
        return None
    try:
        value: Json = drained(field.kind.read(field.default, field.settings))
    except Fault:
        return None
    return None if value is None else default_of(value, field.column)


def _take_back(object_: Object, field: Field, back: KeptField) -> Iterator[Sql]:
    if field.kind.name == "lookups":
        link = link_table(object_.key, field.key)
        yield from _rename_link(back.place, link)
        yield columns.link(object_, field)[1]
    else:
        yield sql(
            "ALTER TABLE {table} RENAME COLUMN {place} TO {column}",
            table=ident(object_.table),
            place=ident(back.place),
            column=ident(field.key),
        )
    yield forget(object_.key, back.place)


def _put_link_aside(object_: Object, field: Field, place: str) -> Iterator[Sql]:
    link = link_table(object_.key, field.key)
    yield sql("DROP INDEX {name}", name=ident(names.index(link, "target")))
    yield from _rename_link(link, place)


def _rename_link(old: str, new: str) -> Iterator[Sql]:
    yield sql("ALTER TABLE {old} RENAME TO {new}", old=ident(old), new=ident(new))
    yield sql(
        "ALTER TABLE {new} RENAME CONSTRAINT {before} TO {after}",
        new=ident(new),
        before=ident(names.primary(old)),
        after=ident(names.primary(new)),
    )


def drop_column(object_: Object, field: Field) -> Sql:
    """Drop a column whose values can be had again."""
    return sql(
        "ALTER TABLE {table} DROP COLUMN IF EXISTS {column}",
        table=ident(object_.table),
        column=ident(field.key),
    )


def held(object_: Object, field: Field) -> Ask:
    """Ask how many values a field holds, and for a few of them."""
    if field.kind.name == "lookups":
        link = ident(link_table(object_.key, field.key))
        return Ask(
            rows=sql("SELECT count(DISTINCT record) FROM {link}", link=link),
            lost=sql("SELECT count(*) FROM {link}", link=link),
        )
    table, column = ident(object_.table), ident(field.key)
    filled = sql("SELECT count({column}) FROM {table}", column=column, table=table)
    examples = sql(
        "SELECT DISTINCT ({shown})::text FROM (SELECT {column} FROM {table}"
        " WHERE {column} IS NOT NULL LIMIT 1000) AS held ORDER BY 1 LIMIT 3",
        shown=field.kind.out(column, field.settings),
        column=column,
        table=table,
    )
    return Ask(rows=filled, lost=filled, examples=examples)
