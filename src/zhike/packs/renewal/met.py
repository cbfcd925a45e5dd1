"""Who came in meanwhile and was there already: the gate could not know, so it is told later."""

from collections.abc import Iterable
from datetime import datetime

from zhike.kernel.sql import Sql, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Object, Snapshot
from zhike.store.batch import NEAR


async def met(tx: Tx, snapshot: Snapshot, *, since: datetime) -> int:
    """
    Count the records written since a moment that share a key with another one.

    Somebody may have let them in knowingly; a run that looks for duplicates tells them apart.
    """
    known = [snapshot.objects[key] for key in snapshot.matches if key in snapshot.objects]
    if not known:
        return 0
    return int(await tx.value(sql("SELECT {all}", all=joined(_counts(known, since), by=" + "))))


def _counts(objects: Iterable[Object], since: datetime) -> Iterable[Sql]:
    for object_ in objects:
        yield sql(
            "(SELECT count(*) FROM {table} AS n WHERE n.deleted_at IS NULL"
            " AND n.updated_at >= {since} AND EXISTS ("
            "SELECT FROM unnest(n.zk_match) AS k (key) CROSS JOIN LATERAL"
            " (SELECT o.id FROM {table} AS o WHERE o.zk_match @> ARRAY[k.key]"
            " AND o.deleted_at IS NULL OFFSET 0) AS m"
            " WHERE m.id <> n.id AND NOT starts_with(k.key, {near})))",
            table=ident(object_.table),
            since=param(since, "timestamptz"),
            near=param(NEAR, "text"),
        )
