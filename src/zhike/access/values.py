"""
Fields → SQL: where a field's value is found and what it is made of, before anybody asks who may
see it.

A value without a column of its own is gathered or computed; computed ones are computed in full
sight.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from zhike import lang
from zhike.access.reach import is_word
from zhike.kernel.faults import Fault
from zhike.kernel.sql import Sql, ident, sql
from zhike.meta import Field, Snapshot, link_table

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What a field is computed from, one step down."""

    own: frozenset[str]
    """The fields of the same record."""
    elsewhere: frozenset[tuple[str, str]]
    """The fields of other records, as (object, field)."""
    objects: frozenset[str]
    """The objects of those records."""


def is_derived(field: Field) -> bool:
    """Say whether a field is computed from others."""
    return field.kind.name in ("formula", "rollup")


def sources(snapshot: Snapshot, obj: str, field: Field) -> Sources | None:
    """Give what a field is computed from; None if that cannot be told."""
    key = ("sources", obj, field.key)
    if key not in snapshot.memo:
        snapshot.memo[key] = _sources(snapshot, obj, field)
    found: Sources | None = snapshot.memo[key]
    return found


def _sources(snapshot: Snapshot, obj: str, field: Field) -> Sources | None:
    try:
        known = lang.checked(str(getattr(field.settings, "formula", "")), snapshot, obj)
    except Fault:
        return None
    return Sources(
        own=frozenset(key for holder, key in known.parts if holder == obj),
        elsewhere=frozenset(
            (holder, key) for holder, key in known.parts if holder != obj or obj in known.reaches
        ),
        objects=known.reaches,
    )


def decided_by(conditions: Iterable[str], snapshot: Snapshot, obj: str) -> frozenset[str]:
    """Name the fields of a record that decide whether some conditions of reaches hold for it."""
    found: set[str] = set()
    for one in conditions:
        if is_word(one):
            found.add("department" if one.startswith("department") else "owner")
            continue
        try:
            known = lang.checked(one, snapshot, obj, wants="boolean")
        except Fault:
            continue
        found.update(key for holder, key in known.parts if holder == obj)
    return frozenset(found)
