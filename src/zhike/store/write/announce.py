"""News of what was written: one event per changed record, in the same transaction as the change."""

from collections.abc import Iterable, Iterator, Mapping

import orjson

from zhike.kernel.sql import blank, sql
from zhike.kernel.tx import Tx
from zhike.meta import Field, Json, typed
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.bulk import MANY, literal, poured

NEWS = frozenset({Fate.CREATED, Fate.UPDATED, Fate.DELETED, Fate.RESTORED})


EVENTS = sql(
    "INSERT INTO zk_event (actor, source, cause, object, record, kind, old, new, raw, line)"
    " SELECT {actor}, {source}, {cause}, {object}, x.record, x.kind, x.old, x.new, x.raw, x.line"
    " FROM json_to_recordset({events})"
    " AS x(record uuid, kind text, old jsonb, new jsonb, raw jsonb, line integer)",
    actor=blank("actor", "uuid"),
    source=blank("source", "text"),
    cause=blank("cause", "text"),
    object=blank("object", "text"),
    events=blank("events", "json"),
)


EVENT = sql("zk_event")
TOLD = ("record", "kind", "old", "new", "raw")
NOTHING = b"\\N"


async def announce(batch: Batch, tx: Tx) -> Batch:
    """
    Write an event for each entry that changed something; history and all who listen read them.

    The statement travels with the next one, or with the commit; many go by COPY.
    """
    fields = batch.object.fields
    changed = [one for one in batch.entries if one.fate in NEWS]
    if len(changed) >= MANY:
        lines = b"".join(_lines(batch, changed))
        await tx.pour(EVENT, ("actor", "source", "cause", "object", *TOLD), lines)
    elif changed:
        events = [_event(one, fields) for one in changed]
        tx.soon(
            EVENTS.filled(
                actor=batch.policy.viewer.id,
                source=batch.source,
                cause=batch.cause or batch.policy.viewer.cause,
                object=batch.object.key,
                events=orjson.dumps(events).decode(),
            )
        )
    return batch


def _lines(batch: Batch, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Give events as COPY reads them; only JSON needs escaping."""
    fields = batch.object.fields
    actor = batch.policy.viewer.id
    same = [actor and str(actor), batch.source, batch.cause, batch.object.key]
    head = poured([("text", [one]) for one in same]).rstrip(b"\n")
    for one in entries:
        raw = one.raw if batch.read else _raw(one, fields)
        said = (one.old, one.new, orjson.dumps(raw) if raw else None)
        json = [literal(text) if text else NOTHING for text in said]
        yield b"\t".join((head, str(one.record).encode(), one.fate.value.encode(), *json)) + b"\n"


def _raw(entry: Entry, fields: Mapping[str, Field]) -> Mapping[str, Json] | None:
    return typed(fields, entry.given, entry.values) if entry.raw is None else entry.raw


def _event(entry: Entry, fields: Mapping[str, Field]) -> dict[str, object]:
    raw = _raw(entry, fields)
    event: dict[str, object] = {
        "record": entry.record,
        "kind": entry.fate.value,
        "old": orjson.Fragment(entry.old) if entry.old else None,
        "new": orjson.Fragment(entry.new) if entry.new else None,
    }
    if raw:
        event["raw"] = raw
    if entry.line is not None:
        event["line"] = entry.line
    return event
