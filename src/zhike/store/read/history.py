"""
What happened to one record: who changed what, when, from where and because of what, newest first.

What happened to records that were merged into it stands there too, as far as those can be seen
themselves. A hidden field is left out, a masked one shown masked, both as the record stands now; a
change of hidden fields only never happened.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Sequence
from uuid import UUID

import orjson

from zhike.access import Policy, Rights
from zhike.kernel.faults import NotFound
from zhike.kernel.sql import NOTHING, Sql, blank, either, every, ident, joined, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.meta import Field, Json, why
from zhike.store.merged import merged
from zhike.store.read.faults import BadCursor
from zhike.store.read.one import ONE, visible
from zhike.store.read.page import readable
from zhike.store.read.plan.select import RECORD
from zhike.store.read.plan.sensitive import everything
from zhike.store.read.query import LIMIT, MOST
from zhike.store.trail import note_reading

LATEST = 2**63 - 1


async def history(  # noqa: PLR0913 - a page, and what it tells
    tx: Tx,
    policy: Policy,
    obj: str,
    identity: UUID,
    *,
    limit: int = LIMIT,
    cursor: str | None = None,
    raw: bool = False,
) -> bytes:
    """
    Give a page of a record's history as JSON:
    `{"items":[{"at","record","actor","source","cause","kind","changes"}],"next"}`.

    `actor` is the id and name of whoever did it, `changes` lists field, old and new value, `record`
    is the one it happened to: this one, or one that was merged into it. With `raw` a change tells
    what was typed, too, where that was put into another form.
    """
    readable(policy, obj)
    most = max(1, min(limit, MOST))
    statement = policy.rights.recent(
        ("history", obj, most, raw), lambda: _statement(policy.rights, obj, limit=most, raw=raw)
    )
    row = await tx.row(statement.filled(id=identity, before=sequence_of(cursor)))
    if row is None:
        raise NotFound
    items, number, last, seen = row
    if seen and (told := changed_among(items, seen)):
        await note_reading(tx, obj, told, how="history", records=[identity])
    following = b"null" if number <= most else b'"%b"' % cursor_of(last)
    items = explained(items) if raw else items
    return b'{"items":%b,"next":%b}' % (items, following)


def explained(items: bytes) -> bytes:
    """Give a page of events in which every change that has a raw value says what was changed."""
    told = orjson.loads(items)
    for item in told:
        for change in item["changes"]:
            if change["raw"] is None:
                del change["raw"]
            else:
                change["why"] = why(change["raw"], change["new"])
    return orjson.dumps(told)


async def typed_in(tx: Tx, policy: Policy, obj: str, identity: UUID) -> bytes:
    """
    Give what was typed for the values a record has now, where they are kept in another form:
    `{"phone":{"raw":"138 1234 5678","why":["spaces"],"at":"…"}}`, as JSON.
    """
    fields = policy.snapshot.objects[obj].fields
    statement = policy.rights.kept(("typed", obj), lambda: _typed_in(policy.rights, obj))
    rows = await tx.rows(statement.filled(id=identity)) if statement else ()
    told: dict[str, Json] = {}
    for key, given, value, at in rows:
        raw, kept = orjson.loads(given), orjson.loads(value)
        shown = fields[key].kind.told(kept, fields[key].settings)
        told[key] = {"raw": raw, "why": why(raw, shown), "at": at.isoformat()}
    sensitive = [key for key in told if fields[key].sensitive]
    if sensitive and policy.rights.roles is not None:
        await note_reading(tx, obj, sensitive, how="one", records=[identity])
    return orjson.dumps(told)


def _typed_in(rights: Rights, obj: str) -> Sql | None:
    """Ask each field for the last event that set it, and for what was typed then."""
    plain = [
        sql(
            "({key}, {plain})",
            key=param(field.key, "text"),
            plain=rights.plain(obj, field.key, RECORD) or sql("true"),
        )
        for field in rights.seen.objects[obj].fields.values()
        if field.kind.keeps_raw and rights.level(obj, field.key) in PLAIN
    ]
    if not plain:
        return None
    return sql(
        "SELECT f.key, f.raw, f.value, f.at FROM {table} AS {record} CROSS JOIN LATERAL"
        " (SELECT DISTINCT ON (p.key) p.key, e.raw->p.key AS raw, e.new->p.key AS value, e.at"
        " FROM zk_event AS e JOIN (VALUES {plain}) AS p(key, plain) ON e.new ? p.key"
        " WHERE e.object = {object} AND e.record = {record}.id AND p.plain"
        " ORDER BY p.key, e.seq DESC) AS f WHERE f.raw IS NOT NULL AND {where}",
        table=ident(rights.snapshot.objects[obj].table),
        record=ident(RECORD),
        plain=joined(plain),
        object=param(obj, "text"),
        where=visible(rights, obj, ONE),
    )


def _statement(rights: Rights, obj: str, *, limit: int, raw: bool) -> Sql:
    before = sql("e.seq < {before}", before=blank("before", "bigint"))
    known = everything(rights, obj, alias=RECORD)
    return sql(
        "SELECT coalesce(json_agg(h.item) FILTER (WHERE h.number <= {limit}), '[]'), count(h.item),"
        " min(h.seq) FILTER (WHERE h.number <= {limit}), {seen}"
        " FROM {table} AS {record} LEFT JOIN LATERAL (SELECT e.*, row_number() OVER () AS number"
        " FROM ({events}) AS e) AS h ON true"
        " WHERE {where} GROUP BY {record}.id",
        limit=vetted(str(limit)),
        seen=known.named(valued=False) if known else sql("NULL"),
        table=ident(rights.snapshot.objects[obj].table),
        record=ident(RECORD),
        events=together(
            rights, obj, events(rights, obj, before, limit=limit + 1, raw=raw), limit=limit + 1
        ),
        where=visible(rights, obj, ONE),
    )


def together(rights: Rights, obj: str, each: Sql, *, limit: int) -> Sql:
    """
    Give the events of a record and of what was merged into it, newest first.

    `each` are those of the record under the alias `t`, which shows them as itself may be seen.
    """
    known = rights.snapshot.objects[obj]
    own = sql("{record}.id = {id}", record=ident(RECORD), id=blank("id", "uuid"))
    gone = sql(
        "{record}.id IN (SELECT m.record FROM ({merged}) AS m WHERE m.survivor = {id})",
        record=ident(RECORD),
        merged=merged(obj),
        id=blank("id", "uuid"),
    )
    return sql(
        "SELECT v.* FROM {table} AS {record} CROSS JOIN LATERAL ({each}) AS v WHERE {where}"
        " ORDER BY v.seq DESC LIMIT {limit}",
        table=ident(known.table),
        record=ident(RECORD),
        each=each,
        where=every((either((own, gone)), rights.rows(obj, RECORD))),
        limit=vetted(str(limit)),
    )


def changed_among(items: bytes, fields: Sequence[str]) -> list[str]:
    """Name those of some fields that a page of events tells something of."""
    named = {
        change["field"]
        for item in orjson.loads(items)
        for change in (item.get("event") or item).get("changes", ())
    }
    return [one for one in fields if one in named]


def events(rights: Rights, obj: str, before: Sql, *, limit: int, raw: bool = False) -> Sql:
    """
    Give the events of the record under the alias `t` as far as it shows them: `seq`, `at`, `item`.

    `before` is a condition on the event `e`.
    """
    return sql(
        "SELECT e.seq, e.at, CASE WHEN e.kind IN ('shared', 'unshared') THEN"
        " json_build_object('at', e.at, 'record', e.record, 'actor', {actor},"
        " 'source', e.source, 'cause', e.cause,"
        " 'kind', e.kind, 'changes', '[]'::json, 'share', {share}) ELSE"
        " json_build_object('at', e.at, 'record', e.record, 'actor', {actor},"
        " 'source', e.source, 'cause', e.cause,"
        " 'kind', e.kind, 'changes', coalesce(c.changes, '[]')) END AS item"
        " FROM zk_event AS e LEFT JOIN zk_user AS u ON u.id = e.actor{changed}"
        " WHERE e.object = {object} AND e.record = {record}.id AND {before}"
        " AND (e.kind <> 'updated' OR c.changes IS NOT NULL)"
        " ORDER BY e.seq DESC LIMIT {limit}",
        actor=ACTOR,
        share=SHARE,
        changed=changed(rights, obj, raw=raw),
        object=param(obj, "text"),
        record=ident(RECORD),
        before=before,
        limit=vetted(str(limit)),
    )


def changed(rights: Rights, obj: str, *, raw: bool = False) -> Sql:
    """
    Give what joins the `changes` (`c.changes`) to something with an `old` and a `new` side (`e`),
    as far as the record under the alias `t` shows them.
    """
    table = ident(rights.snapshot.objects[obj].table)
    return sql(
        " CROSS JOIN LATERAL ({old}) AS o CROSS JOIN LATERAL ({new}) AS n"
        " CROSS JOIN LATERAL (SELECT json_agg(json_build_object("
        "'field', d.field, 'old', d.old, 'new', d.new{raw})) AS changes"
        " FROM (VALUES {shown}) AS d(field, seen, old, new, plain)"
        " WHERE d.seen AND (e.old ? d.field OR e.new ? d.field)) AS c",
        old=_typed(table, "old"),
        new=_typed(table, "new"),
        shown=joined(_changes(rights, obj)),
        raw=TYPED if raw else NOTHING,
    )


def _changes(rights: Rights, obj: str) -> Iterator[Sql]:
    for field in rights.seen.objects[obj].fields.values():
        if field.kind.name in UNWRITTEN:
            continue
        change = _change(rights, obj, field)
        if change is not None:
            yield change


def _typed(table: Sql, side: str) -> Sql:
    """
    Read one side of an event as a record of the object: its values get the types of the columns.
    """
    values = ident("e", side)
    return sql(
        "SELECT * FROM jsonb_populate_record(NULL::{table}, coalesce({values}, '{}'))",
        table=table,
        values=values,
    )


def _change(rights: Rights, obj: str, field: Field) -> Sql | None:
    key = param(field.key, "text")
    sides = []
    for alias, side in (("o", "old"), ("n", "new")):
        value = (
            ident(alias, field.key)
            if field.column is not None
            else sql("{side}->{key}", side=ident("e", side), key=key)
        )
        shown = rights.shown(obj, field.key, RECORD, value=value)
        if shown is None:
            return None
        sides.append(sql("to_json({shown})", shown=shown))
    seen = rights.unhidden(obj, field.key, RECORD)
    plain = field.kind.keeps_raw and rights.level(obj, field.key) in PLAIN
    return sql(
        "({key}, {seen}, {old}, {new}, {plain})",
        key=key,
        seen=seen or sql("true"),
        old=sides[0],
        new=sides[1],
        plain=(rights.plain(obj, field.key, RECORD) or sql("true")) if plain else sql("false"),
    )


def cursor_of(sequence: int) -> bytes:
    """Give the place behind an event, as callers hold it."""
    return urlsafe_b64encode(str(sequence).encode()).rstrip(b"=")


def sequence_of(cursor: str | None) -> int:
    """Give the number of the event behind which a page begins."""
    if not cursor:
        return LATEST
    try:
        number = int(urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4)))
    except ValueError as error:
        raise BadCursor(reason="not of a history", at="cursor") from error
    if not 0 <= number <= LATEST:
        raise BadCursor(reason="not of a history", at="cursor")
    return number


PLAIN = frozenset({"read", "write"})
"""Who sees a field no better than masked is not shown what was typed: no mask fits it."""

TYPED = sql(", 'raw', CASE WHEN d.plain AND e.new ? d.field THEN e.raw->d.field END")

UNWRITTEN = frozenset({"children", "formula", "rollup"})
"""What no event tells of: it follows from what else was written."""

SHARE = sql(
    "(SELECT json_build_object('to', CASE g.kind"
    " WHEN 'user' THEN json_build_object('user', json_build_object('id', g.name,"
    " 'name', (SELECT p.name FROM zk_user AS p WHERE p.id = g.name::uuid)))"
    " WHEN 'department' THEN json_build_object('department', json_build_object('id', g.name,"
    " 'name', (SELECT p.name FROM zk_department AS p WHERE p.id = g.name::uuid)))"
    " ELSE json_build_object('role', json_build_object('key', g.name)) END,"
    " 'level', s.it->'level', 'until', s.it->'until', 'team', s.it->'team',"
    " 'reason', s.it->'reason')"
    " FROM (SELECT coalesce(e.new, e.old)->'zk_share' AS it) AS s CROSS JOIN LATERAL"
    " (SELECT split_part(s.it->>'grantee', ':', 1) AS kind,"
    " split_part(s.it->>'grantee', ':', 2) AS name) AS g)"
)
"""With whom a record was shared, or no more; whoever sees the record may know."""

ACTOR = sql(
    "CASE WHEN e.actor IS NOT NULL THEN json_build_object('id', e.actor, 'name', u.name) END"
)
