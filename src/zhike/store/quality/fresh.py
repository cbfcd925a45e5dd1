"""Records grow old without being touched: their freshness is looked at anew, piece by piece."""

from uuid import UUID

from zhike import lang
from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Object, Snapshot
from zhike.meta.quality import freshness


async def refreshed(
    tx: Tx, snapshot: Snapshot, obj: Object, *, after: UUID | None, limit: int
) -> tuple[UUID | None, int]:
    """
    Judge the freshness of some records anew, in the order of their ids.

    Gives the last id looked at (None at the end) and how many have another score now. Only those
    are written. What somebody is writing just now is left alone: the next day comes.
    """
    spec = snapshot.qualities[obj.key]
    now = lang.value(freshness(spec, "NOW()"), snapshot, obj.key, "t", lang.FULL_SIGHT)
    row = await tx.row(
        sql(
            "WITH piece AS (SELECT id FROM {table} WHERE id > {after} ORDER BY id LIMIT {limit}),"
            " due AS (SELECT t.id FROM {table} AS t JOIN piece ON piece.id = t.id"
            " WHERE t.deleted_at IS NULL AND {now} IS DISTINCT FROM t.quality_freshness"
            " ORDER BY t.id FOR NO KEY UPDATE OF t SKIP LOCKED),"
            " done AS (UPDATE {table} AS t SET quality_at = now() FROM due WHERE t.id = due.id"
            " RETURNING 1)"
            " SELECT (SELECT id FROM piece ORDER BY id DESC LIMIT 1), (SELECT count(*) FROM done)",
            table=ident(obj.table),
            after=param(after or UUID(int=0), "uuid"),
            limit=param(limit, "integer"),
            now=now,
        )
    )
    last, count = row or (None, 0)
    return last, int(count)
