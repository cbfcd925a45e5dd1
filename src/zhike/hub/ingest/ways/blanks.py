"""
What is left to fill in: the fields that are empty in the records some lines mean.

A field that the importer does not see plainly counts as filled: to fill it would tell.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from zhike.access import Policy
from zhike.kernel.sql import Sql, every, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Object
from zhike.store.write import shape


async def blanks(
    tx: Tx, policy: Policy, obj: Object, *, ids: Collection[UUID], fields: Collection[str]
) -> Mapping[UUID, frozenset[str]]:
    """Give by record which of some fields are empty."""
    known = shape(policy.snapshot, obj.key)
    keys = [key for key in known.stored(fields) if policy.level(obj.key, key) in {"read", "write"}]
    if not ids or not keys:
        return {}
    rows = await tx.rows(
        sql(
            "SELECT r.id, ARRAY[{empty}]::boolean[] FROM {table} AS r WHERE {where}",
            empty=joined(_empty(policy, obj, key) for key in keys),
            table=ident(obj.table),
            where=every(
                (
                    sql("r.id = ANY({ids})", ids=param(list(ids), "uuid[]")),
                    sql("r.deleted_at IS NULL"),
                    policy.rows(obj.key, "r"),
                )
            ),
        )
    )
    return {
        id_: frozenset(key for key, one in zip(keys, empty, strict=True) if one)
        for id_, empty in rows
    }


def _empty(policy: Policy, obj: Object, key: str) -> Sql:
    plain = policy.plain(obj.key, key, "r") or sql("true")
    return sql("({value} IS NULL AND {plain}) IS TRUE", value=ident("r", key), plain=plain)
