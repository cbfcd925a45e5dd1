"""
One record as it once was: the present one, with every change since taken back.

Who may see it and what is decided by the record as it is now; only the values are those of then.
Formulas are computed from the values of then. What was summed up from other records is not known
any more and left empty.
"""

from datetime import datetime
from uuid import UUID

from zhike.access import Policy, Rights
from zhike.access.values import computed, stored
from zhike.kernel.sql import Sql, blank, every, ident, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.meta import Field
from zhike.store.read.one import ONE, Found
from zhike.store.read.page import readable
from zhike.store.read.plan.select import RECORD, Item, record
from zhike.store.read.plan.sensitive import everything
from zhike.store.trail import note_reading

THEN = "w"
"""The alias of the record as it was."""


async def then(
    tx: Tx, policy: Policy, obj: str, identity: UUID, *, moment: datetime, floats: bool = False
) -> Found | None:
    """Give a record as it was at a moment; None if it cannot be seen now or was not there then."""
    readable(policy, obj)
    statement = policy.rights.kept(
        ("then", obj, floats), lambda: _statement(policy.rights, obj, floats=floats)
    )
    row = await tx.row(statement.filled(id=identity, moment=moment))
    if row is None:
        return None
    if trace := row[2]:
        await note_reading(tx, obj, trace, how="as_of", records=[identity])
    return Found(json=row[0], version=row[1])


def _statement(rights: Rights, obj: str, *, floats: bool) -> Sql:
    built = record(
        [
            Item(key=field.key, value=value, catalogued=True)
            for field in rights.seen.objects[obj].fields.values()
            if field.kind.name != "children" and field.key != "deleted_at"
            if (value := _shown(rights, obj, field, floats=floats)) is not None
        ]
    )
    known = everything(rights, obj, alias=RECORD)
    return sql(
        "SELECT {value}, {then}.version, {seen} FROM {table} AS {record}"
        " CROSS JOIN LATERAL ({since}) AS s"
        " CROSS JOIN LATERAL jsonb_populate_record({record}, s.patch) AS {then}{join}"
        " WHERE {where}",
        value=built.value,
        seen=known.named(valued=False) if known else sql("NULL"),
        then=ident(THEN),
        table=ident(rights.snapshot.objects[obj].table),
        record=ident(RECORD),
        since=_since(obj),
        join=built.join,
        where=every(
            (
                ONE,
                _there(obj),
                rights.rows(obj, RECORD),
                sql("{record}.created_at <= {moment}", record=ident(RECORD), moment=MOMENT),
                sql("s.came IS DISTINCT FROM 'restored'"),
                REMEMBERED,
            )
        ),
    )


def _there(obj: str) -> Sql:
    """Give the condition that the record is there, or was until it was merged into another one."""
    return sql(
        "{gone} IS NULL OR EXISTS (SELECT FROM zk_merge_part AS p JOIN zk_merge AS m"
        " ON m.id = p.merge AND m.at > {moment}"
        " WHERE p.object = {object} AND p.record = {id} AND p.active)",
        gone=ident(RECORD, "deleted_at"),
        moment=MOMENT,
        object=param(obj, "text"),
        id=ident(RECORD, "id"),
    )


def _since(obj: str) -> Sql:
    """
    Give the values to take back: for each field what the first change after the moment found there.

    `came` is what first happened to the record as a whole since then: one that was restored since
    was in the recycle bin then.
    """
    return sql(
        "SELECT coalesce((SELECT jsonb_object_agg(f.key, f.value) FROM"
        " (SELECT DISTINCT ON (o.key) o.key, o.value"
        " FROM zk_event AS e CROSS JOIN LATERAL jsonb_each(e.old) AS o"
        " WHERE {after} ORDER BY o.key, e.seq) AS f), '{}')"
        " || (SELECT jsonb_build_object('version', {record}.version - count(*))"
        " FROM zk_event AS e WHERE {after})"
        " || coalesce((SELECT jsonb_build_object('updated_at', e.at, 'updated_by', e.actor)"
        " FROM zk_event AS e WHERE {before} ORDER BY e.seq DESC LIMIT 1),"
        " jsonb_build_object('updated_at', {record}.created_at)) AS patch,"
        " (SELECT e.kind FROM zk_event AS e WHERE {after} AND e.kind IN ('deleted', 'restored')"
        " ORDER BY e.seq LIMIT 1) AS came",
        record=ident(RECORD),
        after=_events(obj, sql("e.at > {moment}", moment=MOMENT)),
        before=_events(obj, sql("e.at <= {moment}", moment=MOMENT)),
    )


def _events(obj: str, when: Sql) -> Sql:
    return every(
        (
            sql("e.object = {object}", object=param(obj, "text")),
            sql("e.record = {id}", id=ident(RECORD, "id")),
            sql("e.kind NOT IN ('shared', 'unshared')"),
            when,
        )
    )


def _shown(rights: Rights, obj: str, field: Field, *, floats: bool) -> Sql | None:
    match field.kind.name:
        case "formula":
            value = computed(rights.snapshot, obj, field.key, THEN)
        case "rollup":
            value = sql("NULL::{type}", type=vetted(field.column or "text"))
        case "lookups":
            now = stored(rights.snapshot, obj, field.key, RECORD)
            value = sql(
                "coalesce(s.patch->{key}, to_jsonb({now}))", key=param(field.key, "text"), now=now
            )
        case _:
            value = ident(THEN, field.key)
    return rights.shown(obj, field.key, RECORD, value=value, floats=floats)


MOMENT = blank("moment", "timestamptz")
REMEMBERED = sql(
    "{moment} > coalesce((SELECT max(l.until) FROM zk_cleared AS c JOIN zk_seal AS l"
    " ON l.log = c.log AND l.number = c.number WHERE c.log = 'changes'), '-infinity')",
    moment=MOMENT,
)
"""Of what was before the changes that are kept nothing is known any more, so nothing is told."""
