"""
How alike another record is, as the latest identity run found it and people have not denied it.

Only records that are there count: once two are merged, or one is in the bin, the other is unique.
"""

from collections.abc import Collection
from uuid import UUID

from zhike.kernel.sql import NOTHING, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Object, Snapshot

LEAST = 0.5
"""Pairs below this score are no news: more likely two records than one."""


async def likened(
    tx: Tx, snapshot: Snapshot, obj: Object, *, records: Collection[UUID] = ()
) -> int:
    """
    Bring the likeness of all records of an object up to date, or of some and of their doubles.

    Nothing is done for an object that nobody judges. Gives how many records have another one now.
    """
    if obj.key not in snapshot.qualities:
        return 0
    chosen = param(sorted(records), "uuid[]")
    some = sql(
        " AND t.id IN (SELECT unnest({ids}) UNION SELECT a FROM zk_identity_pair"
        " WHERE b = ANY({ids}) UNION SELECT b FROM zk_identity_pair WHERE a = ANY({ids}))",
        ids=chosen,
    )
    return int(
        await tx.value(
            sql(
                "WITH pairs AS (SELECT p.a, p.b, p.score FROM zk_identity_pair AS p"
                " LEFT JOIN zk_identity_decision AS d"
                " ON d.object = {object} AND d.a = p.a AND d.b = p.b"
                " WHERE p.run = (SELECT id FROM zk_identity_run WHERE object = {object}"
                " AND state = 'done' ORDER BY id DESC LIMIT 1) AND p.score >= {least}"
                " AND d.decision IS DISTINCT FROM 'different'"
                " AND EXISTS (SELECT FROM {table} AS o WHERE o.id = p.a AND o.deleted_at IS NULL)"
                " AND EXISTS (SELECT FROM {table} AS o WHERE o.id = p.b AND o.deleted_at IS NULL)),"
                " found AS (SELECT id, round(100 * max(score))::bigint AS alike FROM"
                " (SELECT a AS id, score FROM pairs UNION ALL SELECT b, score FROM pairs) AS x"
                " GROUP BY id),"
                " due AS (SELECT t.id, f.alike FROM {table} AS t LEFT JOIN found AS f USING (id)"
                " WHERE t.quality_alike IS DISTINCT FROM f.alike{some}"
                " ORDER BY t.id FOR NO KEY UPDATE OF t),"
                " done AS (UPDATE {table} AS t SET quality_alike = due.alike FROM due"
                " WHERE t.id = due.id RETURNING 1)"
                " SELECT count(*) FROM done",
                object=param(obj.key, "text"),
                table=ident(obj.table),
                least=param(LEAST, "double precision"),
                some=some if records else NOTHING,
            )
        )
    )
