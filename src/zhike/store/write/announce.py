"""News of what was written: one event per changed record, in the same transaction as the change."""

import orjson

from zhike.kernel.sql import param, sql
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch, Entry, Fate

NEWS = frozenset({Fate.CREATED, Fate.UPDATED, Fate.DELETED, Fate.RESTORED})


async def announce(batch: Batch, tx: Tx) -> Batch:
    """Write an event for each entry that changed something; history and all who listen read them."""
    events = [_event(one) for one in batch.entries if one.fate in NEWS]
    if events:
        await tx.run(
            sql(
                "INSERT INTO zk_event (actor, source, cause, object, record, kind, old, new)"
                " SELECT {actor}, {source}, {cause}, {object}, x.record, x.kind, x.old, x.new"
                " FROM json_to_recordset({events}) AS x(record uuid, kind text, old jsonb, new jsonb)",
                actor=param(batch.policy.viewer.id, "uuid"),
                source=param(batch.source, "text"),
                cause=param(batch.cause, "text"),
                object=param(batch.object.key, "text"),
                events=param(orjson.dumps(events).decode(), "json"),
            )
        )
    return batch


def _event(entry: Entry) -> dict[str, object]:
    return {
        "record": entry.record,
        "kind": entry.fate.value,
        "old": orjson.Fragment(entry.old) if entry.old else None,
        "new": orjson.Fragment(entry.new) if entry.new else None,
    }
