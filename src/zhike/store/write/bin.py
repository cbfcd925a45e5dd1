"""The recycle bin: records that are marked as deleted, and back."""

from dataclasses import replace

from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch, Entry, Fate


async def removed(batch: Batch, tx: Tx) -> Batch:
    """Put the waiting records into the bin, or take them out of it, as the batch says."""
    ids = [one.record for one in batch.waiting]
    if not ids:
        return batch
    out = batch.action == "restore"
    rows = await tx.rows(
        sql(
            "UPDATE {table} AS t SET deleted_at = {moment}, version = t.version + 1,"
            " updated_at = now(), updated_by = {by} WHERE t.id = ANY({ids}) RETURNING id, version",
            table=ident(batch.object.table),
            moment=sql("NULL" if out else "now()"),
            by=param(batch.policy.viewer.id, "uuid"),
            ids=param(ids, "uuid[]"),
        )
    )
    versions = dict(rows)
    fate = Fate.RESTORED if out else Fate.DELETED
    return batch.having([_gone(one, versions, fate) for one in batch.entries])


def _gone(entry: Entry, versions: dict[object, int], fate: Fate) -> Entry:
    if entry.fate is not Fate.WAITING or entry.record not in versions:
        return entry
    return replace(entry, fate=fate, version=versions[entry.record])
