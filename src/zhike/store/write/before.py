"""
What the records to be changed hold now, and whether the viewer may change them. They are locked
from here to the end of the transaction, so that what was read stays true.
"""

from collections.abc import Collection, KeysView, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson

from zhike.access import Action as Right
from zhike.access import right_for
from zhike.kernel.faults import Problem, Stale, problem
from zhike.kernel.sql import Sql, blank, every, ident, joined, sql
from zhike.kernel.tx import Row, Tx
from zhike.store.batch import Action, Batch, Entry, Fate
from zhike.store.merged import MergedAway, survivors
from zhike.store.write.faults import FieldNotYours, NoSuchRecord, RecordNotYours
from zhike.store.write.locks import SETTLE
from zhike.store.write.shape import Shape, shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """How records are looked at for one kind of change: the statement, and what guards what."""

    statement: Sql
    guards: Mapping[str, int]
    """The number of the condition that guards a field; `""` is the action as such."""
    ways: Mapping[str, Sequence[int | None]]
    """For fields looked at again once they are written: the condition of each way to do so."""

    def broken(self, held: Row, fields: Collection[str]) -> str | None:
        """Name the first thing that is not allowed (`""`: the action), None if all is."""
        names = fields if gives_away(fields) else ("", *fields)
        return next(
            (one for one in names if one in self.guards and not held[self.guards[one]]), None
        )

    def open(self, held: Row, fields: Collection[str]) -> Mapping[str, frozenset[int]]:
        """Give the ways by which some of the fields may be changed."""
        return {
            name: frozenset(n for n, one in enumerate(ways) if one is None or held[one])
            for name, ways in self.ways.items()
            if name in fields
        }


def gives_away(fields: Collection[str]) -> bool:
    """Say whether a change is only of whom a record belongs to, which takes another right."""
    return bool(fields) and all(right_for(one, "update") == "transfer" for one in fields)


async def look(batch: Batch, tx: Tx, *, action: Action) -> Batch:
    """
    Give the batch with what each record to change holds, or why it may not be changed.

    Records are locked in the order of their ids, so that two batches never wait for each other in a
    circle. A record outside the viewer's sight does not exist; one inside it that may not be
    changed says so. Fields the viewer may write on no record at all are judged elsewhere.
    """
    entries = [one for one in batch.entries if _unseen(one)]
    wanted = sorted({one.record for one in entries if one.record})
    if not wanted:
        return batch
    named = frozenset(
        name for one in entries for name in touched(one) if name in batch.object.fields
    )
    how = batch.policy.rights.kept(
        ("look", batch.object.key, action, named, batch.binned),
        lambda: _looking(batch, action, named),
    )
    tx.soon(SETTLE)
    found = {row[0]: row for row in await tx.rows(how.statement.filled(ids=wanted))}
    if len(found) < len(wanted) or action == "restore":
        batch, more = await _followed(batch, tx, how, set(wanted) - found.keys())
        found |= more
    return batch.having(
        [
            _seen(one, found.get(one.record), how=how, batch=batch) if _unseen(one) else one
            for one in batch.entries
        ]
    )


async def _followed(
    batch: Batch, tx: Tx, how: Looking, missing: Collection[UUID]
) -> tuple[Batch, Mapping[UUID, Row]]:
    """
    Have those who change a record that was merged change the one it became part of.

    Whoever throws such a record away means the one that is gone already, and nobody takes it out of
    the bin but by undoing the merge.
    """
    key = batch.object.key
    if batch.action == "restore":
        named = {one.record for one in batch.entries if one.record}
        into = await survivors(tx, key, named)
        return batch.having(
            [
                one.refused(problem(MergedAway)) if one.record in into else one
                for one in batch.entries
            ]
        ), {}
    into = await survivors(tx, key, missing) if batch.action == "update" else {}
    if not into:
        return batch, {}
    rows = await tx.rows(how.statement.filled(ids=sorted({*into.values()})))
    moved = [
        one.having(record=into[one.record])
        if one.record is not None and one.record in into and _unseen(one)
        else one
        for one in batch.entries
    ]
    return batch.having(moved), {row[0]: row for row in rows}


def touched(entry: Entry) -> KeysView[str]:
    """Name the fields an entry would change, whether their values were read yet or not."""
    return (entry.values or entry.given).keys()


def _unseen(entry: Entry) -> bool:
    return entry.fate is Fate.WAITING and entry.record is not None and entry.before is None


def _looking(batch: Batch, action: Action, named: frozenset[str]) -> Looking:
    known = shape(batch.policy.snapshot, batch.object.key)
    key, policy = batch.object.key, batch.policy
    right: Right = "delete" if action in ("delete", "restore") else "update"
    wanted = {"": policy.rows(key, "t", right)}
    if right == "update":
        fields = named & policy.writable(key)
        wanted |= {one: policy.rows(key, "t", right, (one,)) for one in sorted(fields)}
    ways = {
        name: [before for before, _ in policy.rights.after(key, name, "t")]
        for name in (sorted(wanted.keys() - {""}) if right == "update" else ())
    }
    each = (*wanted.values(), *(one for some in ways.values() for one in some))
    conditions = list(dict.fromkeys(one for one in each if one))
    return Looking(
        statement=_statement(batch, known, named, action=action, conditions=conditions),
        guards={name: conditions.index(one) for name, one in wanted.items() if one},
        ways={
            name: [conditions.index(one) if one else None for one in some]
            for name, some in ways.items()
            if some
        },
    )


BINNED: Mapping[bool, Sql] = {
    True: sql("t.deleted_at IS NOT NULL"),
    False: sql("t.deleted_at IS NULL"),
}


def _statement(
    batch: Batch,
    known: Shape,
    named: frozenset[str],
    *,
    action: Action,
    conditions: Sequence[Sql],
) -> Sql:
    keys = [key for key in known.object.fields if key in named or key in known.looked_at]
    values = ((key, _value(known, key)) for key in keys)
    there = sql("t.id = ANY({ids})", ids=blank("ids", "uuid[]"))
    binned = batch.binned or action == "restore"
    return sql(
        "SELECT t.id, t.version, (SELECT row_to_json(v) FROM (SELECT {values}) AS v), t.zk_match,"
        " ARRAY[{held}]::boolean[] FROM {table} AS t WHERE {where}"
        " ORDER BY t.id FOR NO KEY UPDATE OF t",
        values=joined(
            sql("{value} AS {name}", name=ident(name), value=value)
            for name, value in values
            if value
        ),
        held=joined(sql("({one}) IS TRUE", one=one) for one in conditions),
        table=ident(batch.object.table),
        where=every((there, BINNED[binned], batch.policy.rows(batch.object.key, "t"))),
    )


def _value(known: Shape, key: str) -> Sql:
    if (link := known.links.get(key)) is not None:
        return sql(
            "(SELECT coalesce(json_agg(l.target ORDER BY l.target), '[]') FROM {link} AS l"
            " WHERE l.record = t.id)",
            link=ident(link),
        )
    return ident("t", key) if known.object.fields[key].column else Sql()


def _seen(entry: Entry, row: Row | None, *, how: Looking, batch: Batch) -> Entry:
    if row is None:
        return entry.refused(problem(NoSuchRecord, object=_label(batch)))
    _, version, values, keys, held = row
    broken = how.broken(held, touched(entry))
    if broken is not None:
        return entry.refused(_not_yours(batch, broken))
    if entry.version is not None and entry.version != version:
        return entry.refused(problem(Stale, version=version))
    return entry.having(
        before=orjson.loads(values),
        version=version,
        keys=entry.keys or tuple(keys or ()),
        ways=how.open(held, touched(entry)),
    )


def _not_yours(batch: Batch, field: str) -> Problem:
    if not field:
        return problem(RecordNotYours, object=_label(batch), action=batch.action)
    known = batch.object.fields[field]
    return problem(FieldNotYours, at=field, label=known.label.said(batch.policy.viewer.language))


def _label(batch: Batch) -> str:
    return batch.object.label.said(batch.policy.viewer.language)
