"""
Decided entries → records, in as few statements as there are kinds of change, however many the
entries.

Nothing is judged here: who may, what is right and what is the same were settled before.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from zhike.kernel.faults import problem
from zhike.kernel.sql import Sql
from zhike.kernel.tx import Row, Tx
from zhike.meta import Json
from zhike.store import rollups
from zhike.store.batch import Batch, Entry, Fate, Ready
from zhike.store.bulk import MANY
from zhike.store.identifiers import identifiers
from zhike.store.write import links
from zhike.store.write.around import current
from zhike.store.write.bin import removed
from zhike.store.write.faults import Taken
from zhike.store.write.records import insert, place_of, pour, tokens_of, update
from zhike.store.write.shape import Shape, shape


async def persist(batch: Batch, tx: Tx) -> Batch:
    """
    Write what was decided: the waiting entries with a `before` change it, the others are new.

    Each written entry comes back with its fate, its record, the new version, and what changed.
    """
    if batch.action in ("delete", "restore"):
        return await removed(batch, tx)
    known = shape(batch.policy.snapshot, batch.object.key)
    fresh, changed = _named(batch)
    written = {
        **await _created(batch, tx, known, fresh),
        **await _updated(batch, tx, known, changed),
    }
    done = batch.having([written.get(n, one) for n, one in enumerate(batch.entries)])
    done = done.having([_led(one, done) if one.into is not None else one for one in done.entries])
    await rollups.follow(done, tx)
    return done


def _led(entry: Entry, batch: Batch) -> Entry:
    """Give an entry that became part of another one that one's record."""
    if entry.into is None or entry.fate is not Fate.SKIPPED:
        return entry
    return entry.having(record=batch.entries[entry.into].record)


Numbered = Mapping[int, Entry]


def _named(batch: Batch) -> tuple[Numbered, Numbered]:
    """Part the waiting entries into new records, which get their ids here, and changed ones."""
    waiting = {n: one for n, one in enumerate(batch.entries) if one.fate is Fate.WAITING}
    fresh = [n for n, one in waiting.items() if one.before is None]
    ids = identifiers(len(fresh))
    return (
        {n: waiting[n].having(record=one) for n, one in zip(fresh, ids, strict=True)},
        {n: one for n, one in waiting.items() if one.before is not None},
    )


async def _created(batch: Batch, tx: Tx, known: Shape, entries: Numbered) -> Numbered:
    if not entries:
        return {}
    start = await rollups.initial(batch.policy.snapshot, batch.object, tx)
    more = list(links.linked(known, list(entries.values())))
    by = batch.policy.viewer.id
    if len(entries) >= MANY and await pour(tx, known, list(entries.values()), start, by=by):
        for one in more:
            tx.soon(one)
        spelt = Spelt()
        return {n: _made(one, spelt) for n, one in entries.items()}
    new = [_new(known, one, start) for one in entries.values()]
    spelt = Spelt()
    if batch.together or len(batch.entries) == 1:
        for one in (insert(known, new, by=by, alone=True), *more):
            tx.soon(one)
        return {n: _made(one, spelt) for n, one in entries.items()}
    rows = await _first(tx, insert(known, new, by=by, alone=False), more)
    written = {row[0] for row in rows}
    return {
        n: _made(one, spelt) if one.record in written else _lost(one) for n, one in entries.items()
    }


async def _first(tx: Tx, statement: Sql, more: Sequence[Sql]) -> Sequence[Row]:
    """Run statements in one round trip and give the rows of the first."""
    return (await tx.several([statement, *more]))[0] if more else await tx.rows(statement)


def _new(known: Shape, entry: Entry, start: Mapping[str, Json]) -> dict[str, Json]:
    return {
        **start,
        **entry.values,
        "id": entry.record,
        "zk_search": tokens_of(known, entry),
        "zk_match": entry.keys,
        "zk_title": place_of(known, entry),
    }


class Spelt(dict[int, tuple[Mapping[str, Json], bytes]]):
    """
    What records got since they were ready, as the beginning of a JSON object, by `id` of the
    mapping: mostly many got the same one.
    """

    def said(self, one: Ready) -> bytes:
        """Give the values of a record that is ready, and what it got since, as JSON."""
        if not one.more:
            return one.said
        known = self.get(id(one.more))
        if known is None:
            known = self[id(one.more)] = one.more, orjson.dumps(one.more)[:-1] + b","
        return known[1] + one.said[1:]


def _made(entry: Entry, spelt: Spelt) -> Entry:
    if entry.ready is not None:
        return entry.having(fate=Fate.CREATED, version=1, new=spelt.said(entry.ready))
    new = entry.values
    if None in new.values():
        new = {key: value for key, value in new.items() if value is not None}
    return entry.having(fate=Fate.CREATED, version=1, new=orjson.dumps(new))


def _lost(entry: Entry) -> Entry:
    """Somebody outside the intake wrote the same unique value just now."""
    return entry.refused(problem(Taken, label="")).having(record=None)


async def _updated(batch: Batch, tx: Tx, known: Shape, entries: Numbered) -> Numbered:
    if not entries:
        return {}
    rows = [_changed(known, one) for one in entries.values()]
    statement = update(known, rows, by=batch.policy.viewer.id)
    more = list(links.linked(known, list(entries.values())))
    written = {row[0]: row for row in await _first(tx, statement, more)}
    return {n: _kept(known, one, written.get(one.record)) for n, one in entries.items()}


def _changed(known: Shape, entry: Entry) -> dict[str, Any]:
    row: dict[str, Any] = {key: one for key, one in entry.values.items() if key not in known.links}
    row["id"] = entry.record
    if not known.searching.fields.keys().isdisjoint(entry.values):
        row["zk_search"] = known.searching.tokens(
            {key: current(entry, key) for key in known.searching.fields}
        )
    if known.titling is not None and known.titling.field in entry.values:
        row["zk_title"] = known.titling.place(entry.values)
    if not known.match.isdisjoint(entry.values):
        row["zk_match"] = entry.keys
    if links.relinked(known, entry):
        row["zk_touched"] = True
    return row


def _kept(known: Shape, entry: Entry, row: Row | None) -> Entry:
    if row is None:
        return entry.having(fate=Fate.UNCHANGED)
    _, version, old, new = row
    relinked = links.relinked(known, entry)
    if relinked:
        old = _with(old, {key: pair[0] for key, pair in relinked.items()})
        new = _with(new, {key: pair[1] for key, pair in relinked.items()})
    return entry.having(fate=Fate.UPDATED, version=version, old=old, new=new)


def _with(said: bytes | None, more: Mapping[str, Json]) -> bytes:
    return orjson.dumps({**(orjson.loads(said) if said else {}), **more})
