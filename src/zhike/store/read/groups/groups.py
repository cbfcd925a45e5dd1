"""
Groups → one statement: counted and summed in one pass, then named, put in order and cut to a page.

A record counts in the group of the value that its viewer sees of it; what they do not see at all is
in none.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

import orjson

from zhike.access import Policy, Rights
from zhike.kernel.faults import Fault, Invalid, Problem
from zhike.kernel.sql import NOTHING, Sql, ident, joined, sql, vetted
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Field
from zhike.store.read import cursor
from zhike.store.read.faults import CannotMeasure
from zhike.store.read.groups.asked import Grouping, Measure
from zhike.store.read.groups.dimension import FIGURES, Called, Dimension, called, dimension
from zhike.store.read.page import condition, readable
from zhike.store.read.plan import keyset
from zhike.store.read.plan.keyset import Key
from zhike.store.read.plan.select import RECORD
from zhike.store.read.plan.sensitive import Trace, touched, trace
from zhike.store.trail import note_reading

GROUP = "p"
HEAD = 6
"""The columns of an answer before those of the measures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A question about groups, its names found and judged."""

    asked: Grouping
    dimension: Dimension
    measures: tuple[Sql, ...]
    called: Called
    keys: tuple[Key, ...]
    """What the groups are ordered by."""
    trace: Trace | None
    identity: str
    """What a cursor has to fit."""


async def groups(
    tx: Tx, policy: Policy, obj: str, asked: Grouping, *, language: Language
) -> Mapping[str, Any]:
    """
    Give a page of groups: `{"items":[{"key","label","count","where","measures"}],"next",…}`.

    `where` is the condition by which the records of a group are asked for; `groups` and `records`
    say how many there are of each in all. Raises Invalid with everything that is wrong.
    """
    readable(policy, obj)
    if asked.query.deleted:
        policy.demand(obj, "delete")
    known = _understood(policy.rights, obj, asked)
    where = await condition(tx, policy, obj, replace(asked.query.shape(), limit=1))
    place: Sequence[str | None] = ()
    if asked.query.cursor is not None:
        place = cursor.read(asked.query.cursor, known.identity, length=len(known.keys))
    table = ident(policy.snapshot.objects[obj].table)
    statement = _statement(known, table, where, [one is None for one in place])
    rows = await tx.rows(
        statement.filled(**{f"place{at}": value for at, value in enumerate(place)})
    )
    if known.trace and rows:
        fields = known.trace.fields
        await note_reading(tx, obj, fields, how="groups", records=[], count=int(rows[0][5]))
    return _told(rows, known, language)


def grouped(policy: Policy, obj: str, asked: Grouping) -> None:
    """Raise Invalid with everything in a question about groups that the viewer may not ask."""
    _understood(policy.rights, obj, asked)


def _understood(rights: Rights, obj: str, asked: Grouping) -> Understood:
    wrong: list[Problem] = []
    by: Dimension | None = None
    try:
        by = dimension(rights, obj, asked.field, asked.grain)
    except Fault as fault:
        wrong.extend(one.under("by") for one in fault.problems)
    measures: list[Sql] = []
    for number, one in enumerate(asked.measures):
        try:
            measures.append(_measured(rights, obj, one))
        except Fault as fault:
            wrong.extend(each.under(f"measures[{number}]") for each in fault.problems)
    if wrong or by is None:
        raise Invalid(wrong)
    shown = (asked.field, *(one.field for one in asked.measures))
    noted = trace(rights, obj, (touched(rights.snapshot, obj, key) for key in shown), alias=RECORD)
    name = called(rights, by, ident("g", "key"))
    return Understood(
        asked=asked,
        dimension=by,
        measures=tuple(measures),
        called=name,
        keys=_keys(asked, by, name),
        trace=noted,
        identity=_identity(obj, asked),
    )


def _measured(rights: Rights, obj: str, one: Measure) -> Sql:
    value = rights.column(obj, one.field, RECORD)
    field = rights.snapshot.objects[obj].fields[one.field]
    if field.type not in FIGURES or field.key == "version":
        raise CannotMeasure(name=one.field)
    match one.what:
        case "SUM":
            return sql("sum({value})", value=value)
        case "AVG":
            return sql("round(avg({value}), 6)", value=value)
        case "MIN":
            return sql("min({value})", value=value)
        case _:
            return sql("max({value})", value=value)


def _keys(asked: Grouping, by: Dimension, name: Called) -> tuple[Key, ...]:
    """Say in which order groups stand; the key itself makes the order one of its own."""
    down = asked.descending
    key = Key(value=ident(GROUP, "key"), type=by.type)
    if asked.order == "count":
        first = Key(value=ident(GROUP, "n"), type="bigint", descending=down, filled=True)
        return (first, key)
    if asked.order != "key":
        number = [str(one) for one in asked.measures].index(asked.order)
        return (Key(value=ident(GROUP, f"m{number}"), type="numeric", descending=down), key)
    if name.place == ident("g", "key"):
        return (replace(key, descending=down),)
    return (Key(value=ident(GROUP, "place"), type=name.type, descending=down), key)


def _statement(known: Understood, table: Sql, where: Sql, empty: Sequence[bool]) -> Sql:
    by, key, name = known.dimension, ident(GROUP, "key"), known.called
    columns = [ident(GROUP, f"m{number}") for number in range(len(known.measures))]
    names = keyset.names(len(known.keys))
    after = keyset.after(known.keys, empty) if empty else NOTHING
    return sql(
        "WITH g AS MATERIALIZED (SELECT {value} AS key, count(*) AS n{measures}"
        " FROM {table} AS {record} WHERE {where} GROUP BY 1),"
        " p AS (SELECT g.*, {label} AS label, {place} AS place FROM g{join})"
        " SELECT {text}, {upto}, p.label::text, p.n, (SELECT count(*) FROM g),"
        " (SELECT coalesce(sum(n), 0)::bigint FROM g){sums}{places}"
        " FROM (SELECT p.*{ordered} FROM p{after}) AS p ORDER BY {order} LIMIT {most}",
        value=by.value,
        measures=_each(
            sql("{value} AS {name}", value=value, name=ident(f"m{number}"))
            for number, value in enumerate(known.measures)
        ),
        table=table,
        record=ident(RECORD),
        where=where,
        label=name.label,
        place=name.place,
        join=name.join,
        text=by.text(key),
        upto=by.upto(key),
        sums=_each(sql("{it}::text", it=one) for one in columns),
        places=_each(
            sql("{it}::text AS {told}", it=ident(GROUP, one), told=ident(f"told_{one}"))
            for one in names
        ),
        ordered=_each(
            sql("{it} AS {name}", it=one.value, name=ident(called_))
            for called_, one in zip(names, known.keys, strict=True)
        ),
        after=sql(" WHERE {after}", after=after) if after else NOTHING,
        order=keyset.order_by(known.keys),
        most=vetted(str(int(known.asked.query.limit) + 1)),
    ).planned_for_values()


def _each(columns: Iterator[Sql]) -> Sql:
    """Give further columns, each after a comma."""
    return joined((sql(", {it}", it=one) for one in columns), by="")


def _told(
    rows: Sequence[Sequence[Any]], known: Understood, language: Language
) -> Mapping[str, Any]:
    limit = known.asked.query.limit
    items = [_group(row, known, language) for row in rows[:limit]]
    following = None
    if len(rows) > limit:
        place = orjson.dumps(list(rows[limit - 1][HEAD + len(known.measures) :]))
        following = cursor.written(place, known.identity)
    counted = {"groups": rows[0][4], "records": rows[0][5]} if rows else {"groups": 0, "records": 0}
    return {"items": items, "next": following, **counted}


def _group(row: Sequence[Any], known: Understood, language: Language) -> Mapping[str, Any]:
    asked, by = known.asked, known.dimension
    key, upto, label, count = row[:4]
    sums = zip(map(str, asked.measures), row[HEAD:], strict=False)
    return {
        "key": key,
        "label": _label(by.field, key, label, language),
        "count": count,
        "where": by.condition(key, upto),
        "measures": {name: _number(value, asked) for name, value in sums},
    }


def _label(field: Field, key: str | None, label: str | bytes | None, language: Language) -> Any:
    if field.type == "option" and key is not None:
        options: Sequence[Any] = getattr(field.settings, "options", ())
        found = [one.label for one in options if one.key == key]
        return found[0].words().said(language) if found else None
    return None if label is None else orjson.loads(label)


def _number(value: str | None, asked: Grouping) -> str | float | None:
    return float(value) if value is not None and asked.query.floats else value


def _identity(obj: str, asked: Grouping) -> str:
    told = repr(("groups", obj, replace(asked, query=replace(asked.query, cursor=None))))
    return blake2b(told.encode(), digest_size=12).hexdigest()
