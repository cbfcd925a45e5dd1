"""
Which record a line means by its key: the record's id, or fields of which the file says that they
name it. Only what the importer sees is found, and only by fields that show themselves.
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.ingest.faults import AmbiguousKey, KeyLess, NoSuchKey
from zhike.hub.ingest.plan import Shaped
from zhike.kernel.faults import Problem, problem
from zhike.kernel.sql import every, ident, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object
from zhike.store.write import shape

ID = "id"


class Meant(NamedTuple):
    """What the key of a line leads to: a record, or why not."""

    record: UUID | None
    problem: Problem | None = None


async def meant(
    tx: Tx, policy: Policy, obj: Object, lines: Sequence[Shaped], *, key: Sequence[str]
) -> Mapping[int, Meant]:
    """Give by line the record that its key names, in one statement."""
    keyed = {one.line: _key(one.given, key) for one in lines}
    rows = [
        {"zk_n": line, **dict(zip(key, values, strict=True))}
        for line, values in keyed.items()
        if values is not None
    ]
    hits = await _found(tx, policy, obj, key=key, rows=rows) if rows else {}
    label = "、".join(obj.fields[one].label.said(policy.viewer.language) for one in key)
    return {line: _meant(hits.get(line, ()), values, label, obj) for line, values in keyed.items()}


def _key(given: Mapping[str, Json], key: Sequence[str]) -> Sequence[Json] | None:
    values = [given.get(one) for one in key]
    return None if any(one is None for one in values) else values


def _meant(hits: Sequence[UUID], values: Sequence[Json] | None, label: str, obj: Object) -> Meant:
    if values is None:
        return Meant(None, problem(KeyLess, label=label))
    said = " ".join(str(one) for one in values)
    if not hits:
        return Meant(None, problem(NoSuchKey, object=obj.label, label=label, value=said))
    if len(hits) > 1:
        found = problem(AmbiguousKey, object=obj.label, label=label, value=said, count=len(hits))
        return Meant(None, found)
    return Meant(hits[0])


async def _found(
    tx: Tx,
    policy: Policy,
    obj: Object,
    *,
    key: Sequence[str],
    rows: Sequence[Mapping[str, Json]],
) -> Mapping[int, Sequence[UUID]]:
    known = shape(policy.snapshot, obj.key)
    typed = {one: "uuid" if one == ID else known.column(one) for one in key}
    definition = ", ".join(f'"{one}" {kind}' for one, kind in typed.items())
    same = [
        sql(
            "{there} = {here}", here=ident("x", one),
            there=ident("r", ID) if one == ID else policy.column(obj.key, one, "r"),
        )
        for one in key
    ]  # fmt: skip
    found = await tx.rows(
        sql(
            "SELECT x.zk_n, array_agg(r.id) FROM json_to_recordset({rows})"
            " AS x(zk_n int, {definition}) JOIN {table} AS r ON {same} WHERE {seen} GROUP BY 1",
            rows=param(orjson.dumps(rows).decode(), "json"),
            definition=vetted(definition),
            table=ident(obj.table),
            same=every(same),
            seen=every((sql("r.deleted_at IS NULL"), policy.rows(obj.key, "r"))),
        )
    )
    return dict(found)
