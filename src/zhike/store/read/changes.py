"""
The log of changes (变更记录) over all objects, for those who audit: newest first.

That something happened to some record, when, by whom and from where is told of every record. What
it is called and what was changed is told only as far as the auditor sees the record and its fields:
to audit is not to see everything.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from zhike.access import Policy, Rights
from zhike.kernel.sql import Sql, blank, every, ident, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.store.read.history import events
from zhike.store.read.one import AMONG, visible
from zhike.store.read.plan.select import RECORD
from zhike.store.trail import Wanted, found, timed

MOST = 1000

Entry = Mapping[str, Any]
Told = Mapping[int, tuple[Any, ...]]
"""By number: the title of the record, its changes, and with whom it was shared."""


async def changes(tx: Tx, policy: Policy, wanted: Wanted) -> Sequence[Entry]:
    """
    Give entries: `seq`, `at`, `actor`, `name`, `source`, `cause`, `object`, `record`, `kind`, and
    `title` and `changes` where the auditor sees the record; `seen` says whether they do.
    """
    rows = await tx.rows(_statement(wanted))
    told = await _told(tx, policy, rows)
    return [
        {
            **dict(zip(NAMES, row, strict=True)),
            "seen": row[0] in told,
            "title": told[row[0]][0] if row[0] in told else None,
            "changes": orjson.Fragment(told[row[0]][1]) if row[0] in told else None,
            **({"share": orjson.Fragment(told[row[0]][2])} if _shares(told, row[0]) else {}),
        }
        for row in rows
    ]


NAMES = ("seq", "at", "actor", "name", "source", "cause", "object", "record", "kind")


def _statement(wanted: Wanted) -> Sql:
    return sql(
        "SELECT e.seq, e.at, e.actor, u.name, e.source, e.cause, e.object, e.record, e.kind"
        " FROM zk_event AS e LEFT JOIN zk_user AS u ON u.id = e.actor"
        " WHERE {where} ORDER BY e.seq DESC LIMIT {limit}",
        where=every(_conditions(wanted)),
        limit=vetted(str(min(int(wanted.limit), MOST + 1))),
    )


def _conditions(wanted: Wanted) -> Iterator[Sql]:
    yield sql("e.seq < {before}", before=param(wanted.before, "bigint"))
    yield from timed(wanted)
    if wanted.actor:
        yield sql("e.actor = {actor}", actor=param(wanted.actor, "uuid"))
    if wanted.act:
        yield sql("starts_with(e.kind, {kind})", kind=param(wanted.act, "text"))
    if wanted.object:
        yield sql("e.object = {object}", object=param(wanted.object, "text"))
    if wanted.target:
        yield sql("e.record::text = {record}", record=param(wanted.target, "text"))
    if wanted.search:
        # Not in the values: finding something there would tell what they are.
        yield found(wanted.search, [ident("u", "name"), ident("e", "cause"), ident("e", "source")])


async def _told(tx: Tx, policy: Policy, rows: Sequence[Sequence[Any]]) -> Told:
    """Look at what was changed where the auditor may: one statement per object, all at once."""
    asked: dict[str, tuple[list[int], set[UUID]]] = {}
    for seq, *_, obj, record, _ in rows:
        known = policy.snapshot.objects.get(obj)
        if known is not None and not known.system and policy.may(obj, "read"):
            numbers, ids = asked.setdefault(obj, ([], set()))
            numbers.append(seq)
            ids.add(record)
    if not asked:
        return {}
    answers = await tx.several(
        [
            _kept(policy.rights, obj).filled(seqs=numbers, ids=list(ids))
            for obj, (numbers, ids) in asked.items()
        ]
    )
    return {seq: (title, *rest) for found_ in answers for seq, title, *rest in found_}


def _shares(told: Told, seq: int) -> bool:
    return seq in told and told[seq][2] is not None


def _kept(rights: Rights, obj: str) -> Sql:
    return rights.kept(("changes", obj), lambda: _changed(rights, obj))


def _changed(rights: Rights, obj: str) -> Sql:
    known = rights.snapshot.objects[obj]
    title = rights.shown(obj, known.title, RECORD) if known.title in known.fields else None
    chosen = sql("e.seq = ANY({seqs})", seqs=blank("seqs", "bigint[]"))
    return sql(
        "SELECT h.seq, ({title})::text, h.item -> 'changes', h.item -> 'share'"
        " FROM {table} AS {record}"
        " CROSS JOIN LATERAL ({events}) AS h WHERE {where}",
        title=title or sql("NULL"),
        table=ident(known.table),
        record=ident(RECORD),
        events=events(rights, obj, chosen, limit=MOST + 1),
        where=visible(rights, obj, AMONG),
    )
