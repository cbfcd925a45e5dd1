"""Fields as PostgreSQL defines them: columns, indexes, foreign keys, link tables."""

from collections.abc import Iterator, Mapping

from zhike.kernel.sql import NOTHING, Sql, ident, joined, sql, vetted
from zhike.meta import Field, Object, Snapshot, link_table
from zhike.store import titles
from zhike.store.ddl import names

SYSTEM: Mapping[str, str] = {
    "owner": "uuid",
    "department": "uuid",
    "created_at": "timestamptz NOT NULL DEFAULT now()",
    "created_by": "uuid",
    "updated_at": "timestamptz NOT NULL DEFAULT now()",
    "updated_by": "uuid",
    "version": "bigint NOT NULL DEFAULT 1",
    "deleted_at": "timestamptz",
}
"""The platform's columns beside the key."""

UNCHECKED = frozenset({"created_by", "updated_by"})
"""Given by the platform, which needs no foreign key to be believed."""

HIDDEN: Mapping[str, str] = {
    "zk_search": "tsvector",
    "zk_match": "text[]",
    "zk_title": "text COLLATE \"C\" NOT NULL DEFAULT ''",
}
"""
Columns that are no fields: how a record is found, by what it is recognised, and where it stands in
a list by title.
"""

GATHERED = ("zk_search", "zk_match")
"""Those of them that hold many words of one record."""

FALLING = frozenset({"number", "money", "percent", "date", "datetime"})
"""Types that people put the largest or latest of first."""

EQUAL = frozenset({"option", "boolean", "lookup", "user", "department"})
"""Kinds that are asked for by one value, with the newest records first."""


def column_type(field: Field) -> str:
    """Give the SQL type of a field that has a column."""
    return field.column or "text"


def generated(field: Field) -> bool:
    """Tell whether a field is a generated column: a formula that is not computed when asked for."""
    return field.kind.name == "formula" and field.column is not None


def definition(field: Field, computed: Mapping[str, Sql]) -> Sql:
    """Give the column of a field, as it stands in CREATE TABLE."""
    plain = sql("{name} {type}", name=ident(field.key), type=vetted(column_type(field)))
    if not generated(field):
        return plain
    return sql(
        "{plain} GENERATED ALWAYS AS ({value}) STORED", plain=plain, value=computed[field.key]
    )


def method(object_: Object, field: Field) -> str | None:
    """Give the kind of index a field has, if any; one that keeps it unique serves as well."""
    if not field.indexed or field.column is None:
        return None
    if any(group[0] == field.key for group in object_.unique):
        return None
    return field.kind.index or field.kind.indexable


def index(object_: Object, field: Field) -> Sql | None:
    """Give the index of a field, if it has one."""
    how = method(object_, field)
    if how is None:
        return None
    name, table = ident(names.index(object_.table, field.key)), ident(object_.table)
    if how == "gin":
        return sql("CREATE INDEX {n} ON {t} USING gin ({c})", n=name, t=table, c=ident(field.key))
    first = ident(field.key) if field.kind.name in EQUAL else _ordered(object_, field)
    if titles.titled(object_, field):
        first = sql("{column}, id", column=ident(field.key))
    rest = _tail(object_) if field.kind.name in EQUAL else NOTHING
    if field.kind.name == "lookup":
        # Whole, not partial: destroying what it points at looks for it as well.
        return sql(
            "CREATE INDEX {n} ON {t} ({first}{rest})", n=name, t=table, first=first, rest=rest
        )
    return sql(
        "CREATE INDEX {n} ON {t} ({first}{rest}) WHERE deleted_at IS NULL",
        n=name,
        t=table,
        first=first,
        rest=rest,
    )


def _ordered(object_: Object, field: Field) -> Sql:
    """Give what a list ordered by a field reads, empty values last, in its usual order."""
    if titles.titled(object_, field):
        return sql("{column}, id", column=ident(titles.COLUMN))
    column = ident(field.key)
    falling = f"-{field.key}" in object_.order
    if field.key == "created_at":
        return sql("{column}, id", column=column)
    if falling or (field.type in FALLING and field.key not in object_.order):
        return sql("{column} DESC NULLS LAST, id DESC", column=column)
    return sql("{column}, id", column=column)


def _tail(object_: Object) -> Sql:
    """Give what follows a value that is asked for, so that the records come in the usual order."""
    usual = object_.order[0].lstrip("-") if object_.order else ""
    field = object_.fields.get(usual)
    if field is None or field.column is None or field.system:
        return sql(", created_at, id")
    return sql(", {ordered}", ordered=_ordered(object_, field))


def unique(object_: Object, fields: tuple[str, ...]) -> Sql:
    """Give the index that keeps live records apart."""
    return sql(
        "CREATE UNIQUE INDEX {name} ON {table} ({columns}) WHERE deleted_at IS NULL",
        name=ident(names.unique(object_.table, fields)),
        table=ident(object_.table),
        columns=joined(ident(one) for one in fields),
    )


def hidden_index(object_: Object, column: str) -> Sql:
    """
    Give the index of a column that is no field.

    Every write looks its identity keys up, one by one; each time all that waits to be put into a
    GIN index would be read. So nothing waits there.
    """
    return sql(
        "CREATE INDEX {name} ON {table} USING gin ({column}){how}",
        how=vetted(" WITH (fastupdate = off)") if column == "zk_match" else NOTHING,
        name=ident(names.index(object_.table, column)),
        table=ident(object_.table),
        column=ident(column),
    )


def title_index(object_: Object) -> Sql | None:
    """Give the index of lists by title, if those are put in order by the hidden column."""
    if titles.titling(object_) is None:
        return None
    return sql(
        "CREATE INDEX IF NOT EXISTS {name} ON {table} ({column}, id) WHERE deleted_at IS NULL",
        name=ident(names.index(object_.table, titles.COLUMN)),
        table=ident(object_.table),
        column=ident(titles.COLUMN),
    )


DELETING: Mapping[str, Sql] = {
    "clear": vetted(" ON DELETE SET NULL"),
    "cascade": vetted(" ON DELETE CASCADE"),
    "restrict": vetted(""),
}


def reference(object_: Object, field: Field, snapshot: Snapshot) -> Sql | None:
    """Give the foreign key of a field that points at another record."""
    if field.key in UNCHECKED or column_type(field) != "uuid":
        return None
    target = snapshot.objects.get(field.target or "")
    if target is None or field.kind.name in {"formula", "rollup"}:
        return None
    return sql(
        "ALTER TABLE {table} ADD CONSTRAINT {name}"
        " FOREIGN KEY ({column}) REFERENCES {target}{deleting}",
        table=ident(object_.table),
        name=ident(names.reference(object_.table, field.key)),
        column=ident(field.key),
        target=ident(target.table),
        deleting=deleting(field),
    )


def deleting(field: Field) -> Sql:
    """Give what becomes of a lookup when the record it points at is destroyed."""
    return DELETING[getattr(field.settings, "on_delete", None) or "restrict"]


def link(object_: Object, field: Field) -> tuple[Sql, ...]:
    """Give the table of a many-to-many lookup, without its foreign keys."""
    table = link_table(object_.key, field.key)
    return (
        sql(
            "CREATE TABLE {table} (record uuid NOT NULL, target uuid NOT NULL,"
            " CONSTRAINT {key} PRIMARY KEY (record, target))",
            table=ident(table),
            key=ident(names.primary(table)),
        ),
        sql(
            "CREATE INDEX {name} ON {table} (target, record)",
            name=ident(names.index(table, "target")),
            table=ident(table),
        ),
    )


def link_references(object_: Object, field: Field, snapshot: Snapshot) -> tuple[Sql, ...]:
    """Give the foreign keys of a link table: a link goes with either of its ends."""
    table = link_table(object_.key, field.key)
    ends = {"record": object_.table, "target": snapshot.objects[field.target or ""].table}
    return tuple(
        sql(
            "ALTER TABLE {table} ADD CONSTRAINT {name} FOREIGN KEY ({column})"
            " REFERENCES {target} ON DELETE CASCADE",
            table=ident(table),
            name=ident(names.reference(table, column)),
            column=ident(column),
            target=ident(target),
        )
        for column, target in ends.items()
    )


def indexes(object_: Object) -> Iterator[tuple[str, str, Sql]]:
    """Give the indexes of an object that keep nothing unique: of which column, name, statement."""
    for field in object_.fields.values():
        if one := index(object_, field):
            yield field.key, names.index(object_.table, field.key), one
    for hidden in GATHERED:
        yield hidden, names.index(object_.table, hidden), hidden_index(object_, hidden)
    if by_title := title_index(object_):
        yield titles.COLUMN, names.index(object_.table, titles.COLUMN), by_title
