"""What happens to a record as a whole: into the recycle bin and back, or merely touched."""

from collections.abc import Sequence

from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Tx
from zhike.store import rollups
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
    versions: dict[object, int] = {row[0]: row[1] for row in rows}
    fate = Fate.RESTORED if out else Fate.DELETED
    done = batch.having([_gone(one, versions, fate) for one in batch.entries])
    await rollups.follow(done, tx)
    return done


def _gone(entry: Entry, versions: dict[object, int], fate: Fate) -> Entry:
    if entry.fate is not Fate.WAITING or entry.record not in versions:
        return entry
    return entry.having(fate=fate, version=versions[entry.record])


async def touch(batch: Batch, tx: Tx, numbers: Sequence[int]) -> Batch:
    """Give some unchanged records a new version: something that belongs to them has changed."""
    entries = list(batch.entries)
    rows = await tx.rows(
        sql(
            "UPDATE {table} AS t SET version = t.version + 1, updated_at = now(), updated_by = {by}"
            " WHERE t.id = ANY({ids}) RETURNING id, version",
            table=ident(batch.object.table),
            by=param(batch.policy.viewer.id, "uuid"),
            ids=param([entries[n].record for n in numbers], "uuid[]"),
        )
    )
    versions: dict[object, int] = {row[0]: row[1] for row in rows}
    for n in numbers:
        entries[n] = entries[n].having(fate=Fate.UPDATED, version=versions[entries[n].record])
    return batch.having(entries)
