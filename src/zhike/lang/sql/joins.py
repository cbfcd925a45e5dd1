"""
The way to other records: over lookups and relations, to those that are not deleted and may be seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zhike.kernel.sql import Sql, ident, joined, sql
from zhike.lang.functions import FUNCTIONS
from zhike.lang.sql.writer import Pen
from zhike.lang.tree import Span
from zhike.lang.typed import Aggregate, Hop, Read, Through, Typed

NEWEST = frozenset({"LATEST", "FIRST"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The tables on the way, the conditions that tie them together, and the pen at its end."""

    tables: tuple[Sql, ...]
    conditions: tuple[Sql, ...]
    pen: Pen

    def select(self, what: Sql, *more: Sql) -> Sql:
        """Write a query over the records at the end of the way."""
        where = joined([*self.conditions, *(one for one in more if one)], by=" AND ")
        return sql(
            "SELECT {what} FROM {tables} WHERE {where}",
            what=what, tables=joined(self.tables), where=where,
        )  # fmt: skip


def way(hops: Sequence[Hop], pen: Pen, *, span: Span) -> Way:
    """Go over some hops from the record that a pen writes for."""
    tables: list[Sql] = []
    conditions: list[Sql] = []
    here = pen
    for hop in hops:
        there = here.under(pen.fresh())
        if hop.table:
            between = pen.fresh()
            tables.append(_named(hop.table, between))
            conditions.extend(_linked(hop, here, there, between=between))
        else:
            conditions.append(_tied(hop, here, there, span=span))
        target = pen.snapshot.objects[hop.target]
        tables.append(_named(target.table, there.alias))
        conditions.append(sql("{gone} IS NULL", gone=ident(there.alias, "deleted_at")))
        seen = pen.sight.rows(hop.target, there.alias)
        if seen:
            conditions.append(sql("({seen})", seen=seen))
        here = there
    return Way(tables=tuple(tables), conditions=tuple(conditions), pen=here)


def _named(table: str, alias: str) -> Sql:
    return sql("{table} {alias}", table=ident(table), alias=ident(alias))


def _id(pen: Pen) -> Sql:
    return ident(pen.alias, "id") if pen.alias else ident("id")


def _tied(hop: Hop, here: Pen, there: Pen, *, span: Span) -> Sql:
    match hop.kind:
        case "lookup":
            held = here.column(hop.origin, hop.field, span)
            return sql("{there} = {held}", there=_id(there), held=held)
        case "array":
            held = here.column(hop.origin, hop.field, span)
            return sql("{there} = ANY({held})", there=_id(there), held=held)
        case _:
            held = there.column(hop.target, hop.field, span)
            return sql("{held} = {here}", held=held, here=_id(here))


def _linked(hop: Hop, here: Pen, there: Pen, *, between: str) -> tuple[Sql, ...]:
    record, target = ident(between, "record"), ident(between, "target")
    mine, theirs = (record, target) if hop.kind == "linked" else (target, record)
    holder, key = (hop.origin, here) if hop.kind == "linked" else (hop.target, there)
    key.sight.column(holder, hop.field, key.alias)
    shown = key.sight.plain(holder, hop.field, key.alias)
    return (
        sql("{mine} = {here}", mine=mine, here=_id(here)),
        sql("{there} = {theirs}", there=_id(there), theirs=theirs),
        *((sql("({shown})", shown=shown),) if shown else ()),
    )


def read_over(node: Read, pen: Pen, plain: Typed) -> Sql:
    """Write a field of the record that lookups lead to."""
    found = way(node.hops, pen, span=node.span)
    return sql("({query})", query=found.select(found.pen.value(plain)))


def through(node: Through, pen: Pen) -> Sql:
    """Write that the record lookups lead to fulfils a condition."""
    found = way(node.hops, pen, span=node.span)
    held = found.pen.holds(node.held)
    return sql("EXISTS ({query})", query=found.select(sql("1"), sql("({held})", held=held)))


def exists(node: Aggregate, pen: Pen) -> Sql:
    """Write that there is a related record."""
    found = way(node.hops, pen, span=node.span)
    return sql("EXISTS ({query})", query=found.select(sql("1"), *_condition(node, found)))


def aggregate(node: Aggregate, pen: Pen) -> Sql:
    """Write one value of many related records."""
    if node.name == "EXISTS":
        return exists(node, pen)
    found = way(node.hops, pen, span=node.span)
    value = found.pen.value(node.value) if node.value else None
    if node.name in NEWEST and value:
        return _newest(node, found, value)
    function = FUNCTIONS[node.name]
    made = function.sql(value) if value else function.sql()
    if node.name == "LIST" and value:
        made = _in_order(node, found, value)
    return sql("({query})", query=found.select(made, *_condition(node, found)))


def _condition(node: Aggregate, found: Way) -> tuple[Sql, ...]:
    if node.condition is None:
        return ()
    return (sql("({held})", held=found.pen.holds(node.condition)),)


def _age(node: Aggregate, found: Way) -> tuple[Sql, ...]:
    target = found.pen.snapshot.objects[node.hops[-1].target]
    keys = ("created_at", "id") if "created_at" in target.fields else ("id",)
    return tuple(ident(found.pen.alias, key) for key in keys)


def _newest(node: Aggregate, found: Way, value: Sql) -> Sql:
    query = found.select(value, *_condition(node, found), sql("{value} IS NOT NULL", value=value))
    if node.name == "LATEST":
        order = joined([sql("{key} DESC", key=key) for key in _age(node, found)])
    else:
        order = joined(_age(node, found))
    return sql("({query} ORDER BY {order} LIMIT 1)", query=query, order=order)


def _in_order(node: Aggregate, found: Way, value: Sql) -> Sql:
    return sql(
        "NULLIF(array_remove(array_agg({value} ORDER BY {order}), NULL), '{}')",
        value=value, order=joined(_age(node, found)),
    )  # fmt: skip
