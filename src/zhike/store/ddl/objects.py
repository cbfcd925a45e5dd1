"""Steps for whole objects: make their tables, put them aside, take them back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zhike.kernel.sql import Sql, ident, joined, sql, vetted
from zhike.kernel.words import Words
from zhike.meta import Field, Object, Snapshot, link_table
from zhike.meta.quality import ALIKE, AT
from zhike.store.ddl import columns, names
from zhike.store.ddl.computed import Side
from zhike.store.ddl.keeping import Kept, forget, remember_object
from zhike.store.ddl.step import Ask, Lock, Phase, Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Planning:
    """What a plan is made from."""

    old: Side
    new: Side
    kept: Kept


def called(one: Object | Field) -> Words:
    """Name a thing to people."""
    return Words(
        zh=f"「{one.label.zh}」({one.key})", en=f"{one.label.en or one.label.zh} ({one.key})"
    )


def counted(object_: Object) -> Sql:
    """Ask how many records an object has, those in the recycle bin too."""
    return sql("SELECT count(*) FROM {table}", table=ident(object_.table))


def added(object_: Object, planning: Planning) -> Iterator[Step]:
    """Make the table of a new object, then connect it: by then every other table is there."""
    name = called(object_)
    yield Step(
        id=f"object.{object_.key}.add",
        says=Words(zh=f"新建对象{name.zh}", en=f"create the object {name.en}"),
        phase=Phase.CREATE,
        deeds=tuple(_create(object_, planning.new)),
    )
    yield Step(
        id=f"object.{object_.key}.connect",
        says=Words(zh=f"建立对象{name.zh}的引用约束", en=f"connect {name.en} to what it points at"),
        phase=Phase.CONNECT,
        lock=Lock.SHARE_ROW_EXCLUSIVE,
        deeds=tuple(references(object_, object_.fields.values(), planning.new.snapshot)),
    )


def removed(object_: Object, planning: Planning) -> Iterator[Step]:
    """Put an object aside: its table stays with all its records and points at nothing."""
    name = called(object_)
    table = ident(object_.table)
    drops = [
        sql("ALTER TABLE {table} DROP COLUMN {column}", table=table, column=ident(one.key))
        for one in planning.old.formulas(object_)
    ]
    yield Step(
        id=f"object.{object_.key}.remove",
        says=Words(
            zh=f"删除对象{name.zh}，数据保留至清除为止",
            en=f"remove the object {name.en}; its data is kept until purged",
        ),
        phase=Phase.PUT_ASIDE,
        lock=Lock.ACCESS_EXCLUSIVE,
        deeds=(*drops, *unreferenced(object_, object_.fields.values()), remember_object(object_)),
        ask=Ask(rows=counted(object_), lost=counted(object_)),
    )


def taken_back(object_: Object, kept: Object, planning: Planning) -> Iterator[Step]:
    """Show the table of a removed object again, with its records."""
    name = called(object_)
    yield Step(
        id=f"object.{object_.key}.restore",
        says=Words(
            zh=f"恢复对象{name.zh}及其保留的数据",
            en=f"take back the object {name.en} with the data that was kept",
        ),
        phase=Phase.CREATE,
        deeds=(forget(object_.key, object_.table), *_unjudged(object_)),
        ask=Ask(rows=counted(object_)),
    )
    same = [
        one
        for one in object_.fields.values()
        if one.key in kept.fields and alike(one, kept.fields[one.key])
    ]
    snapshot = planning.new.snapshot
    cleaning = [clean for one in same for clean in dangling(object_, one, snapshot)]
    yield Step(
        id=f"object.{object_.key}.connect",
        says=Words(zh=f"建立对象{name.zh}的引用约束", en=f"connect {name.en} to what it points at"),
        phase=Phase.CONNECT,
        lock=Lock.SHARE_ROW_EXCLUSIVE,
        deeds=(*cleaning, *references(object_, same, snapshot)),
    )


def _unjudged(object_: Object) -> Iterator[Sql]:
    """Drop what the records were judged to be: it comes with the object, and is judged anew."""
    for key in (ALIKE, AT):
        yield sql(
            "ALTER TABLE {table} DROP COLUMN IF EXISTS {column}",
            table=ident(object_.table),
            column=ident(key),
        )


def alike(one: Field, other: Field) -> bool:
    """Tell whether the values of two fields are kept in the same way and mean the same."""
    return (one.kind.name, one.column, one.target) == (other.kind.name, other.column, other.target)


def references(object_: Object, fields: Iterable[Field], snapshot: Snapshot) -> Iterator[Sql]:
    """Give the foreign keys of some fields."""
    for field in fields:
        if field.kind.name == "lookups":
            yield from columns.link_references(object_, field, snapshot)
        elif one := columns.reference(object_, field, snapshot):
            yield one


def unreferenced(object_: Object, fields: Iterable[Field]) -> Iterator[Sql]:
    """Drop the foreign keys of some fields."""
    for field in fields:
        if field.kind.name == "lookups":
            link = link_table(object_.key, field.key)
            for column in ("record", "target"):
                yield _drop_reference(link, column)
        elif field.target is not None and columns.column_type(field) == "uuid":
            yield _drop_reference(object_.table, field.key)


def dangling(object_: Object, field: Field, snapshot: Snapshot) -> Iterator[Sql]:
    """Forget what a field points at where that is gone: it was not watched meanwhile."""
    target = snapshot.objects.get(field.target or "")
    if target is None:
        return
    if field.kind.name == "lookups":
        ends = {"record": object_.table, "target": target.table}
        for column, end in ends.items():
            yield sql(
                "DELETE FROM {link} AS l WHERE NOT EXISTS"
                " (SELECT FROM {end} AS e WHERE e.id = l.{column})",
                link=ident(link_table(object_.key, field.key)),
                end=ident(end),
                column=ident(column),
            )
    elif columns.reference(object_, field, snapshot):
        yield sql(
            "UPDATE {table} AS t SET {column} = NULL WHERE {column} IS NOT NULL"
            " AND NOT EXISTS (SELECT FROM {target} AS e WHERE e.id = t.{column})",
            table=ident(object_.table),
            column=ident(field.key),
            target=ident(target.table),
        )


def _drop_reference(table: str, column: str) -> Sql:
    return sql(
        "ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}",
        table=ident(table),
        name=ident(names.reference(table, column)),
    )


def _create(object_: Object, side: Side) -> Iterator[Sql]:
    for field in side.formulas(object_):
        yield from side.stored(object_, field).first
    yield sql(
        "CREATE TABLE {table} (\n    {columns}\n)",
        table=ident(object_.table),
        columns=joined(_columns(object_, side), by=",\n    "),
    )
    for field in object_.own:
        yield from beside(object_, field)
    for fields in object_.unique:
        yield columns.unique(object_, fields)
    for _, _, one in columns.indexes(object_):
        yield one


def beside(object_: Object, field: Field) -> Iterator[Sql]:
    """Give what a field has beside its column: a link table, a sequence."""
    if field.kind.name == "lookups":
        yield from columns.link(object_, field)
    if field.kind.name == "auto_number":
        yield sql(
            "CREATE SEQUENCE IF NOT EXISTS {name}",
            name=ident(names.sequence(object_.table, field.key)),
        )


def _columns(object_: Object, side: Side) -> Iterator[Sql]:
    yield sql(
        '"id" uuid DEFAULT uuidv7() CONSTRAINT {name} PRIMARY KEY',
        name=ident(names.primary(object_.table)),
    )
    computed = {one.key: side.stored(object_, one).value for one in side.formulas(object_)}
    for field in object_.fields.values():
        if field.column is not None and field.key not in columns.SYSTEM and field.key != "id":
            yield columns.definition(field, computed)
    for name, type_ in {**columns.SYSTEM, **columns.HIDDEN}.items():
        yield sql("{name} {type}", name=ident(name), type=vetted(type_))
