"""
Walking from one record to those that belong to it: which object they are of, and what binds them.

The relation is seen as the field behind it is: whoever may not see the lookup may not walk it.
"""

from dataclasses import dataclass

from zhike.access import MaskedField, Rights
from zhike.kernel.sql import NOTHING, Sql, blank, every, ident, sql
from zhike.meta import Field, Relation, link_table
from zhike.store.read.faults import UnknownRelation
from zhike.store.read.plan.select import RECORD

PARENT = "p"
"""The alias of the record that is walked from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The records that belong to one record by a relation of it; its id is the blank `parent`."""

    object: str
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """Where a relation leads."""

    object: str
    bound: Sql
    """What holds for a record under the alias `t` that belongs to the one in the blank `parent`."""
    guard: Sql = NOTHING
    """What has to hold for the record walked from, under the alias `p`, besides being seen."""


def walk(rights: Rights, within: Within) -> Walk:
    """Say where a relation leads; raises UnknownRelation if these roles see none of that name."""
    parent = rights.seen.objects[within.object]
    relation = parent.relations.get(within.relation)
    if relation is not None:
        return _back(rights, relation)
    field = parent.fields.get(within.relation)
    match field.kind.name if field else "":
        case "children" if field and rights.may(field.target or "", "read"):
            return _owned(rights, field)
        case "lookups" if field and rights.may(field.target or "", "read"):
            return _looked_up(rights, within, field)
        case _:
            raise UnknownRelation(object=parent.label, name=within.relation)


def _back(rights: Rights, relation: Relation) -> Walk:
    if relation.table:
        _unmasked(rights, relation.object, relation.field)
        linked = sql(
            'EXISTS (SELECT FROM {links} AS l WHERE l."record" = {id} AND l."target" = {parent})',
            links=ident(relation.table),
            id=ident(RECORD, "id"),
            parent=blank("parent", "uuid"),
        )
        seen = rights.plain(relation.object, relation.field, RECORD)
        return Walk(object=relation.object, bound=every((linked, seen)))
    back = rights.column(relation.object, relation.field, RECORD)
    return Walk(
        object=relation.object,
        bound=sql("{back} = {parent}", back=back, parent=blank("parent", "uuid")),
    )


def _owned(rights: Rights, field: Field) -> Walk:
    child = field.target or ""
    back = rights.column(child, getattr(field.settings, "field", ""), RECORD)
    return Walk(
        object=child, bound=sql("{back} = {parent}", back=back, parent=blank("parent", "uuid"))
    )


def _looked_up(rights: Rights, within: Within, field: Field) -> Walk:
    _unmasked(rights, within.object, field.key)
    return Walk(
        object=field.target or "",
        bound=sql(
            'EXISTS (SELECT FROM {links} AS l WHERE l."record" = {parent} AND l."target" = {id})',
            links=ident(link_table(within.object, field.key)),
            id=ident(RECORD, "id"),
            parent=blank("parent", "uuid"),
        ),
        guard=rights.plain(within.object, field.key, PARENT),
    )


def _unmasked(rights: Rights, obj: str, field: str) -> None:
    if rights.level(obj, field) == "masked":
        raise MaskedField(name=rights.snapshot.objects[obj].fields[field].label, field=field)
