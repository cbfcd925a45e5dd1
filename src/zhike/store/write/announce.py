"""News of what was written: one event per changed record, in the same transaction as the change."""

from collections.abc import Mapping

import orjson

from zhike.kernel.sql import blank, sql
from zhike.kernel.tx import Tx
from zhike.meta import Field, typed
from zhike.store.batch import Batch, Entry, Fate

NEWS = frozenset({Fate.CREATED, Fate.UPDATED, Fate.DELETED, Fate.RESTORED})


EVENTS = sql(
    "INSERT INTO zk_event (actor, source, cause, object, record, kind, old, new, raw)"
    " SELECT {actor}, {source}, {cause}, {object}, x.record, x.kind, x.old, x.new, x.raw"
    " FROM json_to_recordset({events})"
    " AS x(record uuid, kind text, old jsonb, new jsonb, raw jsonb)",
    actor=blank("actor", "uuid"),
    source=blank("source", "text"),
    cause=blank("cause", "text"),
    object=blank("object", "text"),
    events=blank("events", "json"),
)


async def announce(batch: Batch, tx: Tx) -> Batch:
    """
    Write an event for each entry that changed something; history and all who listen read them.

    The statement travels with the next one, or with the commit.
    """
    fields = batch.object.fields
    events = [_event(one, fields) for one in batch.entries if one.fate in NEWS]
    if events:
        tx.soon(
            EVENTS.filled(
                actor=batch.policy.viewer.id,
                source=batch.source,
                cause=batch.cause,
                object=batch.object.key,
                events=orjson.dumps(events).decode(),
            )
        )
    return batch


def _event(entry: Entry, fields: Mapping[str, Field]) -> dict[str, object]:
    raw = entry.raw
    if raw is None:
        raw = typed(fields, entry.given, entry.values)
    event: dict[str, object] = {
        "record": entry.record,
        "kind": entry.fate.value,
        "old": orjson.Fragment(entry.old) if entry.old else None,
        "new": orjson.Fragment(entry.new) if entry.new else None,
    }
    if raw:
        event["raw"] = raw
    return event
