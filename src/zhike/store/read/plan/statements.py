"""
Queries → statements. A statement is made once for each shape of a query and set of roles, and kept.

Records are found and put in order in an inner query that touches nothing else, so that a page costs
the same whether ten thousand or ten million records stand behind it; what they show is worked out
outside, for the fifty of them only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

from zhike.access import Rights
from zhike.kernel.faults import Invalid, Problem
from zhike.kernel.sql import NOTHING, Sql, blank, every, ident, joined, sql, vetted
from zhike.store.read.plan import conditions, keyset, order
from zhike.store.read.plan.keyset import Key
from zhike.store.read.plan.relations import Within, walk
from zhike.store.read.plan.select import RECORD, Selected, selected
from zhike.store.read.plan.sensitive import Trace, trace
from zhike.store.read.query import CAP, Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A query understood: everything its statements are put together from."""

    object: str
    table: Sql
    shown: Selected
    keys: tuple[Key, ...]
    where: Sql
    identity: str
    """What a cursor has to fit."""
    anyone: Sql = NOTHING
    """The condition as it would be for somebody who sees everything."""
    parts: tuple[Sql, ...] = ()
    """What the viewer sees in parts: each record of it answers one of these conditions."""
    trace: Trace | None = None
    """What is to be noted of the answer."""


def understood(
    rights: Rights, obj: str, query: Query, *, within: Within | None = None, exporting: bool = False
) -> Asked:
    """
    Work out what a query means for some roles; raises Invalid with everything that is wrong.

    What is exported, binned or belongs to one record is not parted: it is counted as it is found.
    """
    wrong: list[Problem] = []
    shown, complaints = selected(
        rights, obj, query.select, floats=query.floats, deleted=query.deleted
    )
    wrong.extend(complaints)
    keys, complaints = order.keys(rights, obj, query)
    wrong.extend(complaints)
    asked, complaints = conditions.asked(rights, obj, query)
    wrong.extend(complaints)
    if wrong:
        raise Invalid(wrong)
    seen = conditions.sight(rights, obj, deleted=query.deleted, exporting=exporting)
    whole = query.deleted or exporting or within
    return Asked(
        object=obj,
        table=ident(rights.snapshot.objects[obj].table),
        shown=shown,
        keys=keys,
        where=every((seen, asked, walk(rights, within).bound if within else NOTHING)),
        identity=_identity(obj, query, within),
        anyone=every((sql("{gone} IS NULL", gone=ident(RECORD, "deleted_at")), asked)),
        parts=() if whole else rights.parted(obj, RECORD),
        trace=trace(rights, obj, (one.touches for one in shown.items), alias=RECORD),
    )


def page(
    asked: Asked,
    query: Query,
    empty: Sequence[bool] | None,
    *,
    apart: bool = False,
    far: bool = False,
) -> Sql:
    """
    Give the statement of a page: its items as one JSON array, their number (one more than the page
    holds if others follow), the place of the last one, the count, and if it is to be noted who
    sees them the ids of those that show something sensitive.

    With `apart`, records are counted part by part up to the cap: each part reads its own index,
    and what is left when the cap is reached is not looked at. With `far`, `passed` records are
    passed over before the first one.
    """
    built = asked.shown.built
    seen, bare = NOTHING, NOTHING
    if asked.trace:
        seen = sql(
            ", array_agg(i.id) FILTER (WHERE i.number <= {limit} AND i.bare)",
            limit=_number(query.limit),
        )
        bare = sql("{id} AS id, {bare} AS bare, ", id=ident(RECORD, "id"), bare=asked.trace.bare)
    return sql(
        "SELECT coalesce(json_agg(i.item) FILTER (WHERE i.number <= {limit}), '[]'),"
        " count(*), min(i.place) FILTER (WHERE i.number = {limit}), {count}{seen}"
        " FROM (SELECT {bare}{value} AS item, row_number() OVER () AS number,"
        " CASE WHEN row_number() OVER () = {limit}"
        " THEN json_build_array({place})::text END AS place"
        " FROM ({found}) AS {record}{join}) AS i",
        limit=_number(query.limit),
        count=_counted_apart(asked) if apart else _counted(asked, query),
        seen=seen,
        bare=bare,
        value=built.value,
        place=joined(
            sql("{name}::text", name=ident(RECORD, name)) for name in keyset.names(len(asked.keys))
        ),
        found=_found(asked, limit=query.limit + 1, empty=empty, far=far),
        record=ident(RECORD),
        join=built.join,
    ).planned_for_values()


def count(asked: Asked, query: Query) -> Sql:
    """Give the statement that counts only."""
    return sql("SELECT {count}", count=_counted(asked, query)).planned_for_values()


def everything(asked: Asked) -> Sql:
    """Give the statement of all records, each as a JSON array of its items' values."""
    return sql(
        "SELECT JSON_ARRAY({values} NULL ON NULL) FROM ({found}) AS {record}",
        values=joined(one.value for one in asked.shown.items),
        found=_found(asked, limit=None, empty=None),
        record=ident(RECORD),
    )


def _found(
    asked: Asked, *, limit: int | None, empty: Sequence[bool] | None, far: bool = False
) -> Sql:
    """Find the records and put them in order; hands on the whole record and its order values."""
    after = keyset.after(asked.keys, empty) if empty is not None else NOTHING
    named = zip(keyset.names(len(asked.keys)), asked.keys, strict=True)
    return sql(
        "SELECT {record}.*, {places} FROM {table} AS {record}"
        " WHERE {where} ORDER BY {order}{limit}{passed}",
        record=ident(RECORD),
        places=joined(sql("{it} AS {name}", it=key.value, name=ident(name)) for name, key in named),
        table=asked.table,
        where=every((asked.where, after)),
        order=keyset.order_by(asked.keys),
        limit=sql(" LIMIT {most}", most=_number(limit)) if limit is not None else NOTHING,
        passed=sql(" OFFSET {passed}", passed=blank("passed", "bigint")) if far else NOTHING,
    )


def _counted(asked: Asked, query: Query) -> Sql:
    parts = {"table": asked.table, "record": ident(RECORD), "where": asked.where}
    match query.count:
        case "none":
            return sql("NULL")
        case "exact":
            return sql("(SELECT count(*) FROM {table} AS {record} WHERE {where})", **parts)
        case "capped":
            return sql(
                "(SELECT count(*) FROM (SELECT FROM {table} AS {record} WHERE {where}"
                " LIMIT {most}) AS c)",
                most=_number(CAP + 1),
                **parts,
            )


def _counted_apart(asked: Asked) -> Sql:
    parts = (
        sql(
            "(SELECT FROM {table} AS {record} WHERE {where})",
            table=asked.table,
            record=ident(RECORD),
            where=every((asked.anyone, one)),
        )
        for one in asked.parts
    )
    return sql(
        "(SELECT count(*) FROM ({parts} LIMIT {most}) AS c)",
        parts=joined(parts, by=" UNION ALL "),
        most=_number(CAP + 1),
    )


def expected(asked: Asked) -> Sql:
    """Give the statement that asks the planner how many records answer, whoever may see them."""
    return sql(
        "EXPLAIN (FORMAT JSON) SELECT FROM {table} AS {record} WHERE {where}",
        table=asked.table,
        record=ident(RECORD),
        where=asked.anyone,
    )


def _number(number: int) -> Sql:
    """A limit is part of the text: the planner has to know how few records are wanted."""
    return vetted(str(int(number)))


def _identity(obj: str, query: Query, within: Within | None) -> str:
    told = (obj, query.where, query.tree, query.order, query.search, query.deleted, query.view)
    return blake2b(repr((told, query.within, within)).encode(), digest_size=12).hexdigest()
