"""
What the records to merge hold, and whether the viewer may merge them. They are locked from here to
the end of the transaction, and with them whatever leads to them.

Links are locked before the records: that is the order in which whoever changes a link goes.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from zhike.access import Policy
from zhike.hub.merge.survive import Part, Rules, Touch, rules
from zhike.kernel.sql import Sql, every, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Field, Json, Object

EXACT = ("numeric", "bigint")
"""Columns whose values JSON would round on their way; they travel as texts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One record as the viewer meets it."""

    part: Part
    title: str | None
    owner: UUID | None
    merges: bool
    updates: bool
    chooses: frozenset[str]
    """The fields that the viewer may give a value on this record, of those asked for."""


async def looked(
    tx: Tx, policy: Policy, obj: Object, ids: Collection[UUID], *, fields: Collection[str]
) -> Mapping[UUID, Seen]:
    """Lock records and give those the viewer sees; `fields` are those that are given by hand."""
    known = rules(policy.snapshot, obj.key)
    asked = sorted(fields)
    rows = await tx.rows(_statement(policy, obj, known, ids, fields=asked))
    touched = await _touched(tx, obj, known, [row[0] for row in rows])
    return {row[0]: _seen(row, asked, touched.get(row[0], {})) for row in rows}


def _statement(
    policy: Policy, obj: Object, known: Rules, ids: Collection[UUID], *, fields: Sequence[str]
) -> Sql:
    conditions = [policy.rows(obj.key, "t", "update", (one,)) for one in fields]
    return sql(
        "SELECT t.id, (SELECT row_to_json(v) FROM (SELECT {values}) AS v), t.created_at,"
        " t.updated_at, t.owner, {title}::text, ({merges}) IS TRUE, ({updates}) IS TRUE,"
        " ARRAY[{chooses}]::boolean[] FROM {table} AS t WHERE {where}"
        " ORDER BY t.id FOR UPDATE OF t",
        values=held(obj, known.fields, "t"),
        title=policy.shown(obj.key, obj.title, "t") or sql("NULL"),
        merges=policy.rows(obj.key, "t", "merge") or sql("true"),
        updates=policy.rows(obj.key, "t", "update") or sql("true"),
        chooses=joined(sql("({one}) IS TRUE", one=one or sql("true")) for one in conditions),
        table=ident(obj.table),
        where=every(
            (
                sql("t.id = ANY({ids})", ids=param(sorted(ids), "uuid[]")),
                sql("t.deleted_at IS NULL"),
                policy.rows(obj.key, "t"),
            )
        ),
    )


def held(obj: Object, fields: Collection[str], alias: str) -> Sql:
    """Give the columns of what records hold, in the form in which values are written."""
    return joined(
        sql("{value} AS {key}", value=value(obj, obj.fields[key], alias), key=ident(key))
        for key in fields
    )


def value(obj: Object, field: Field, alias: str) -> Sql:
    """Give what one field holds; of a many-to-many lookup the ids it links."""
    if field.kind.name == "lookups":
        return sql(
            "(SELECT json_agg(l.target ORDER BY l.target) FROM {link} AS l WHERE l.record = {id})",
            link=ident(f"{obj.table}__{field.key}"),
            id=ident(alias, "id"),
        )
    column = ident(alias, field.key)
    if field.column == "timestamptz":
        return sql("({column} AT TIME ZONE 'UTC')::text || '+00'", column=column)
    exact = (field.column or "").startswith(EXACT)
    return sql("{column}::text", column=column) if exact else column


def _seen(row: Sequence[Any], fields: Sequence[str], touched: Mapping[str, Touch]) -> Seen:
    id_, values, created, updated, owner, title, merges, updates, chooses = row
    return Seen(
        part=Part(
            id=id_,
            values=read(values),
            created_at=created,
            updated_at=updated,
            touched=touched,
        ),
        title=title,
        owner=owner,
        merges=merges,
        updates=updates,
        chooses=frozenset(one for one, may in zip(fields, chooses, strict=True) if may),
    )


def read(values: Any) -> Mapping[str, Json]:
    """Read what a record holds."""
    found: Mapping[str, Json] = (
        json.loads(values) if isinstance(values, str | bytes) else (values or {})
    )
    return found


async def _touched(
    tx: Tx, obj: Object, known: Rules, ids: Sequence[UUID]
) -> Mapping[UUID, Mapping[str, Touch]]:
    """Say when and from where values were written, if a rule asks for it."""
    named = [key for key, rule in known.fields.items() if rule in ("recent", "trusted")]
    if not named:
        return {}
    rows = await tx.rows(
        sql(
            "SELECT DISTINCT ON (e.record, f.key) e.record, f.key, e.seq, e.source"
            " FROM zk_event AS e CROSS JOIN LATERAL jsonb_object_keys(e.new) AS f(key)"
            " WHERE e.object = {object} AND e.record = ANY({ids}) AND f.key = ANY({keys})"
            " AND e.kind IN ('created', 'updated') ORDER BY e.record, f.key, e.seq DESC",
            object=param(obj.key, "text"),
            ids=param(list(ids), "uuid[]"),
            keys=param(named, "text[]"),
        )
    )
    found: dict[UUID, dict[str, Touch]] = {}
    for record, key, seq, source in rows:
        found.setdefault(record, {})[key] = Touch(seq=seq, source=source)
    return found
