"""
What is in the records that lines mean, as far as the importer may know: PostgreSQL compares, so
that two ways to write one value are the same.

A field that is hidden or masked gives away nothing, not even that a guess was right.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.kernel.sql import Sql, every, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object
from zhike.store.write import Shape, shape


class Seen(NamedTuple):
    """What is in one field of the record that a line means, as far as the importer may know."""

    differs: bool | None
    """None: they may not know, and then any value is told as another one."""
    old: Json


class Compared(NamedTuple):
    """A line and the record it means."""

    line: int
    record: UUID
    given: Mapping[str, Json]


class Stand(NamedTuple):
    """What a line found: the title of the record and what is in its fields."""

    title: str | None
    fields: Mapping[str, Seen]


async def compared(
    tx: Tx, policy: Policy, obj: Object, meant: Sequence[Compared]
) -> Mapping[int, Stand]:
    """Give by line what is in the record it means; lines whose record is not seen are left out."""
    if not meant or not policy.may(obj.key, "read"):
        return {}
    known = shape(policy.snapshot, obj.key)
    fields = known.stored({key for one in meant for key in one.given})
    rows = [
        {**{key: one.given[key] for key in fields if key in one.given},
         "id": one.record, "zk_n": one.line}
        for one in meant
    ]  # fmt: skip
    answers = await tx.rows(_statement(policy, known, fields, orjson.dumps(rows).decode()))
    return {
        line: Stand(title, _seen(policy, obj, fields, (differs, old, plain)))
        for line, title, differs, old, plain in answers
    }


def _seen(
    policy: Policy,
    obj: Object,
    fields: Sequence[str],
    row: tuple[Sequence[bool], bytes | str, Sequence[bool]],
) -> Mapping[str, Seen]:
    differs, old, plain = row
    shown = orjson.loads(old)
    found: dict[str, Seen] = {}
    for place, key in enumerate(fields):
        if policy.level(obj.key, key) == "hidden":
            continue
        open_ = plain[place]
        told = None if open_ and obj.fields[key].sensitive else shown[place]
        found[key] = Seen(differs=differs[place] if open_ else None, old=told)
    return found


def _statement(policy: Policy, known: Shape, fields: Sequence[str], rows: str) -> Sql:
    obj = known.object
    shown = [policy.shown(obj.key, key, "t") or sql("NULL") for key in fields]
    plain = [
        policy.plain(obj.key, key, "t") or sql("true")
        if policy.level(obj.key, key) in {"read", "write"}
        else sql("false")
        for key in fields
    ]
    return sql(
        "SELECT (j.value->>'zk_n')::int, {title}::text, ARRAY[{differs}]::boolean[],"
        " json_build_array({shown})::text, ARRAY[{plain}]::boolean[]"
        " FROM json_array_elements({rows}) AS j(value)"
        " JOIN {table} AS t ON t.id = (j.value->>'id')::uuid"
        " CROSS JOIN LATERAL json_populate_record(t, j.value) AS n WHERE {where}",
        title=policy.shown(obj.key, obj.title, "t") or sql("NULL"),
        differs=joined(
            sql(
                "{old} IS DISTINCT FROM {new}",
                old=known.comparable(key, ident("t", key)),
                new=known.comparable(key, ident("n", key)),
            )
            for key in fields
        ),
        shown=joined(shown),
        plain=joined(sql("({one}) IS TRUE", one=one) for one in plain),
        rows=param(rows, "json"),
        table=ident(obj.table),
        where=every((sql("t.deleted_at IS NULL"), policy.rows(obj.key, "t"))),
    )
