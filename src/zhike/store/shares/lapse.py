"""What becomes of shares when time passes, records go, or several records become one."""

from collections.abc import Mapping
from uuid import UUID

from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Snapshot
from zhike.store.shares.grantees import QUERIES


async def clean(tx: Tx, snapshot: Snapshot) -> int:
    """
    Forget shares that are over, and those of records and views that are there no more.

    A share that is over counts for nothing long before: this is for the size of the table. Records
    in the recycle bin keep theirs, and so do removed objects, which may come back.
    """
    orphans = [
        sql(
            "DELETE FROM zk_share AS s WHERE s.object = {object} AND NOT EXISTS"
            " (SELECT FROM {table} AS t WHERE t.id = s.record)",
            object=param(one.key, "text"),
            table=ident(one.table),
        )
        for one in snapshot.objects.values()
        if not one.system
    ]
    answers = await tx.several([QUERIES["lapsed"](), QUERIES["views_gone"](), *orphans])
    gone: int = answers[0][0][0]
    return gone


async def follow(tx: Tx, obj: str, merged: Mapping[UUID, UUID]) -> None:
    """Give the shares of records that were merged to those they were merged into."""
    await tx.run(QUERIES["follow"](object=obj, gone=list(merged), kept=list(merged.values())))
