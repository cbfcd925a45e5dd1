"""
What the records to be changed hold now, and whether the viewer may change them. They are locked
from here to the end of the transaction, so that what was read stays true.
"""

from collections.abc import Iterable, KeysView, Mapping
from dataclasses import dataclass

import orjson

from zhike.access import Action as Right
from zhike.kernel.faults import Problem, Stale, problem
from zhike.kernel.sql import Sql, every, ident, joined, param, sql
from zhike.kernel.tx import Row, Tx
from zhike.store.batch import Action, Batch, Entry, Fate
from zhike.store.write.faults import FieldNotYours, NoSuchRecord, RecordNotYours
from zhike.store.write.shape import Shape, shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """
    The conditions under which a viewer may change a record, and which of them guards which field.
    """

    conditions: tuple[Sql, ...]
    guards: Mapping[str, int]
    """The number of the condition that guards a field; `""` is the action as such."""

    def broken(self, held: Row, fields: Iterable[str]) -> str | None:
        """Name the first thing that is not allowed (`""`: the action), None if all is."""
        names = ("", *fields)
        return next(
            (one for one in names if one in self.guards and not held[self.guards[one]]), None
        )


async def look(batch: Batch, tx: Tx, *, action: Action) -> Batch:
    """
    Give the batch with what each record to change holds, or why it may not be changed.

    Records are locked in the order of their ids, so that two batches never wait for each other in a
    circle. A record outside the viewer's sight does not exist; one inside it that may not be
    changed says so.
    """
    entries = [one for one in batch.entries if _unseen(one)]
    wanted = sorted({one.record for one in entries if one.record})
    if not wanted:
        return batch
    known = shape(batch.policy.snapshot, batch.object.key)
    rules = _rules(batch, entries, action=action)
    statement = _statement(batch, known, fields=_fields(known, entries), rules=rules)
    rows = await tx.rows(
        sql(
            "{select} WHERE {where} ORDER BY t.id FOR NO KEY UPDATE OF t",
            select=statement,
            where=every(
                (
                    sql("t.id = ANY({ids})", ids=param(wanted, "uuid[]")),
                    sql(
                        "t.deleted_at IS NOT NULL"
                        if action == "restore"
                        else "t.deleted_at IS NULL"
                    ),
                    batch.policy.rows(batch.object.key, "t"),
                )
            ),
        )
    )
    found = {row[0]: row for row in rows}
    return batch.having(
        [
            _seen(one, found.get(one.record), rules=rules, batch=batch) if _unseen(one) else one
            for one in batch.entries
        ]
    )


def touched(entry: Entry) -> KeysView[str]:
    """Name the fields an entry would change, whether their values were read yet or not."""
    return (entry.values or entry.given).keys()


def _unseen(entry: Entry) -> bool:
    return entry.fate is Fate.WAITING and entry.record is not None and entry.before is None


def _rules(batch: Batch, entries: list[Entry], *, action: Action) -> Rules:
    right: Right = "delete" if action in ("delete", "restore") else "update"
    key, policy = batch.object.key, batch.policy
    wanted = {"": policy.rows(key, "t", right)}
    if right == "update":
        named = {field for one in entries for field in touched(one) if field in batch.object.fields}
        wanted |= {field: policy.rows(key, "t", right, (field,)) for field in named}
    conditions: list[Sql] = []
    guards: dict[str, int] = {}
    for name, condition in wanted.items():
        if not condition:
            continue
        if condition not in conditions:
            conditions.append(condition)
        guards[name] = conditions.index(condition)
    return Rules(conditions=tuple(conditions), guards=guards)


def _fields(known: Shape, entries: list[Entry]) -> list[str]:
    named = {field for one in entries for field in touched(one)}
    return [one.key for one in known.object.fields.values() if one.key in named | known.looked_at]


def _statement(batch: Batch, known: Shape, *, fields: list[str], rules: Rules) -> Sql:
    values = ((one, _value(known, one)) for one in fields)
    return sql(
        "SELECT t.id, t.version, (SELECT row_to_json(v) FROM (SELECT {values}) AS v), t.zk_match,"
        " ARRAY[{held}]::boolean[] FROM {table} AS t",
        values=joined(
            sql("{value} AS {name}", name=ident(name), value=value)
            for name, value in values
            if value
        ),
        held=joined(sql("({one}) IS TRUE", one=one) for one in rules.conditions),
        table=ident(batch.object.table),
    )


def _value(known: Shape, key: str) -> Sql:
    if (link := known.links.get(key)) is not None:
        return sql(
            "(SELECT coalesce(json_agg(l.target ORDER BY l.target), '[]') FROM {link} AS l"
            " WHERE l.record = t.id)",
            link=ident(link),
        )
    return ident("t", key) if known.object.fields[key].column else Sql()


def _seen(entry: Entry, row: Row | None, *, rules: Rules, batch: Batch) -> Entry:
    if row is None:
        return entry.refused(problem(NoSuchRecord, object=_label(batch)))
    _, version, values, keys, held = row
    broken = rules.broken(held, touched(entry))
    if broken is not None:
        return entry.refused(_not_yours(batch, broken))
    if entry.version is not None and entry.version != version:
        return entry.refused(problem(Stale, version=version))
    return entry.having(
        before=orjson.loads(values), version=version, keys=entry.keys or tuple(keys or ())
    )


def _not_yours(batch: Batch, field: str) -> Problem:
    if not field:
        return problem(RecordNotYours, object=_label(batch), action=batch.action)
    known = batch.object.fields[field]
    return problem(FieldNotYours, at=field, label=known.label.said(batch.policy.viewer.language))


def _label(batch: Batch) -> str:
    return batch.object.label.said(batch.policy.viewer.language)
