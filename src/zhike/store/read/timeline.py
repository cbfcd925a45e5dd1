"""
A record's timeline: what happened to it and what belongs to it, in one row, newest first.

Whatever looks at the record belongs to it: its activities, orders, visits. Each is there as far as
the viewer sees it, and stands at the moment its object is ordered by, else at its creation.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

import orjson

from zhike.access import Policy, Rights
from zhike.kernel.faults import Fault, Invalid, NotFound, problem
from zhike.kernel.sql import Sql, blank, every, ident, joined, param, sql, vetted
from zhike.kernel.tx import Tx
from zhike.meta import Relation
from zhike.store.read import cursor as cursors
from zhike.store.read.faults import WrongChoice
from zhike.store.read.history import changed_among, events, together
from zhike.store.read.one import ONE, visible
from zhike.store.read.page import readable
from zhike.store.read.plan.select import RECORD, record, usual
from zhike.store.read.plan.sensitive import everything
from zhike.store.read.query import LIMIT
from zhike.store.trail import note_reading

CHILD = "c"
HISTORY = "history"
LAST = ("infinity", "~")
"""The place after every other one."""


async def timeline(
    tx: Tx,
    policy: Policy,
    origin: tuple[str, UUID],
    *,
    kinds: Sequence[str] = (),
    limit: int = LIMIT,
    cursor: str | None = None,
) -> bytes:
    """
    Give a page of a record's timeline as JSON: `{"items":[{"kind","at",…}],"next"}`.

    A kind is `history` or the key of an object; its items carry the event or the `record`.
    """
    obj, identity = origin
    readable(policy, obj)
    known = policy.rights.kept(("kinds", obj), lambda: dict(_kinds(policy.rights, obj)))
    wanted = _chosen(known, kinds)
    told = f"timeline {obj} {wanted}"
    place = cursors.read(cursor, told, length=2) if cursor else LAST
    statement = policy.rights.recent(
        ("timeline", obj, wanted, limit),
        lambda: _statement(policy.rights, obj, {one: known[one] for one in wanted}, limit=limit),
    )
    row = await tx.row(statement.filled(id=identity, at=place[0], tie=place[1]))
    if row is None:
        raise NotFound
    items, number, last = row
    if fields := _sensitive(policy.rights, obj, wanted, items):
        await note_reading(tx, obj, fields, how="timeline", records=[identity])
    following = b"null"
    if number > limit:
        following = b'"%b"' % cursors.written(last.encode(), told).encode()
    return b'{"items":%b,"next":%b}' % (items, following)


def _sensitive(rights: Rights, obj: str, wanted: Sequence[str], items: bytes) -> list[str]:
    """Name the sensitive fields of which a page may tell a value in full."""
    traces = {
        kind: found.fields
        for kind in wanted
        if (found := everything(rights, obj if kind == HISTORY else kind, alias=RECORD))
    }
    if not traces:
        return []
    told = set()
    for item in orjson.loads(items):
        fields = traces.get(item["kind"], ())
        if item["kind"] == HISTORY:
            told.update(changed_among(orjson.dumps([item]), fields))
        else:
            shown = item["record"]
            told.update(f"{item['kind']}.{one}" for one in fields if shown.get(one) is not None)
    return sorted(told)


Kinds = dict[str, Relation | None]


def _kinds(rights: Rights, obj: str) -> Iterator[tuple[str, Relation | None]]:
    """
    Give what may stand in the timeline: the history, and each object that looks at the record.
    """
    yield HISTORY, None
    for relation in rights.seen.objects[obj].relations.values():
        plain = rights.level(relation.object, relation.field) in ("read", "write")
        if plain and not relation.table and rights.may(relation.object, "read"):
            yield relation.object, relation


def _chosen(known: Kinds, kinds: Sequence[str]) -> tuple[str, ...]:
    wrong = [one for one in kinds if one not in known]
    if wrong:
        facts = {"value": wrong[0][:40], "choices": ", ".join(known)}
        raise Invalid([problem(WrongChoice, at="kinds", **facts)])
    return tuple(one for one in known if not kinds or one in kinds)


def _statement(rights: Rights, obj: str, kinds: Kinds, *, limit: int) -> Sql:
    most = vetted(str(limit + 1))
    parts = [
        _events(rights, obj, limit=limit + 1)
        if relation is None
        else _related(rights, relation, most=most)
        for relation in kinds.values()
    ]
    return sql(
        "SELECT coalesce(json_agg(h.item) FILTER (WHERE h.number <= {limit}), '[]'), count(h.item),"
        " min(h.place) FILTER (WHERE h.number = {limit})"
        " FROM {table} AS {record} LEFT JOIN LATERAL ("
        "SELECT p.item, row_number() OVER () AS number, json_build_array(p.at::text, p.tie)::text"
        " AS place FROM (SELECT * FROM ({parts}) AS q ORDER BY q.at DESC, q.tie DESC LIMIT {most})"
        " AS p) AS h ON true WHERE {where} GROUP BY {record}.id",
        limit=vetted(str(limit)),
        most=most,
        table=ident(rights.snapshot.objects[obj].table),
        record=ident(RECORD),
        parts=joined((sql("({one})", one=one) for one in parts), by=" UNION ALL "),
        where=visible(rights, obj, ONE),
    )


def _events(rights: Rights, obj: str, *, limit: int) -> Sql:
    before = sql(
        "(e.at, lpad(e.seq::text, 20, '0')) < ({at}, {tie})",
        at=blank("at", "timestamptz"),
        tie=blank("tie", "text"),
    )
    return sql(
        "SELECT e.at, lpad(e.seq::text, 20, '0') AS tie, json_build_object("
        "'kind', {kind}, 'at', e.at, 'object', {object}, 'id', e.item->'record', 'event', e.item)"
        " AS item"
        " FROM ({events}) AS e",
        kind=param(HISTORY, "text"),
        object=param(obj, "text"),
        events=together(rights, obj, events(rights, obj, before, limit=limit), limit=limit),
    )


def _related(rights: Rights, relation: Relation, *, most: Sql) -> Sql:
    child = rights.snapshot.objects[relation.object]
    moment = _moment(rights, relation.object)
    built = record(list(usual(rights, child.key, CHILD, floats=False)))
    return sql(
        "SELECT {c}.zk_at AS at, {c}.id::text AS tie, json_build_object("
        "'kind', {kind}, 'at', {c}.zk_at, 'object', {kind}, 'id', {c}.id, 'record', {value})"
        " AS item"
        " FROM (SELECT {c}.*, {moment} AS zk_at FROM {table} AS {c} WHERE {where}"
        " ORDER BY zk_at DESC, {c}.id DESC LIMIT {most}) AS {c}{join}",
        c=ident(CHILD),
        kind=param(child.key, "text"),
        moment=moment,
        value=built.value,
        join=built.join,
        table=ident(child.table),
        most=most,
        where=every(
            (
                sql(
                    "{back} = {id}",
                    back=rights.column(child.key, relation.field, CHILD),
                    id=ident(RECORD, "id"),
                ),
                sql("{gone} IS NULL", gone=ident(CHILD, "deleted_at")),
                rights.rows(child.key, CHILD),
                sql(
                    "({moment}, {c}.id::text) < ({at}, {tie})",
                    moment=moment,
                    c=ident(CHILD),
                    at=blank("at", "timestamptz"),
                    tie=blank("tie", "text"),
                ),
            )
        ),
    )


def _moment(rights: Rights, obj: str) -> Sql:
    """
    Give the moment at which a record stands: what its object is ordered by, if that is a moment.
    """
    made = ident(CHILD, "created_at")
    known = rights.snapshot.objects[obj]
    key = known.order[0].removeprefix("-") if known.order else ""
    field = rights.seen.objects[obj].fields.get(key)
    if field is None or field.type != "datetime" or key == "created_at":
        return made
    try:
        return sql("coalesce({own}, {made})", own=rights.column(obj, key, CHILD), made=made)
    except Fault:
        return made
