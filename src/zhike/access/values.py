"""
Fields → SQL: where a field's value is found, before anybody asks who may see it.

A value without a column of its own is gathered or computed; computed ones are computed in full
sight.
"""

from zhike import lang
from zhike.kernel.sql import Sql, ident, sql
from zhike.meta import Snapshot, link_table

DECIMAL = frozenset({"number", "money", "percent"})
"""The types whose exact values JSON writes as text, unless the caller wants numbers."""


def stored(snapshot: Snapshot, obj: str, field: str, alias: str) -> Sql:
    """Give the value of a field of the record under an alias."""
    one = snapshot.objects[obj].fields[field]
    if one.column is not None:
        return ident(alias, field)
    if one.kind.name == "lookups":
        return sql(
            'ARRAY(SELECT l."target" FROM {links} AS l WHERE l."record" = {id} ORDER BY 1)',
            links=ident(link_table(obj, field)),
            id=ident(alias, "id"),
        )
    if one.kind.name == "children":
        return sql("NULL::uuid[]")
    return computed(snapshot, obj, field, alias)


def computed(snapshot: Snapshot, obj: str, field: str, alias: str) -> Sql:
    """
    Give the value of a formula, worked out from the other fields of the record under an alias.

    Even of one that is kept in a column: the record may be one as it once was.
    """
    formula: str = getattr(snapshot.objects[obj].fields[field].settings, "formula", "")
    return lang.value(formula, snapshot, obj, alias, lang.FULL_SIGHT)
