"""
A path walked backwards, in SQL: from the records that changed to those whose roll-ups hang on them.
"""

from collections.abc import Sequence

from zhike.kernel.sql import Sql, ident, sql
from zhike.lang.typed import Hop
from zhike.meta import Snapshot


def back(hops: Sequence[Hop], ids: Sql, snapshot: Snapshot) -> Sql:
    """Give the ids at the beginning of a path, from those at its end; both are arrays of uuids."""
    for hop in reversed(hops):
        ids = _step(hop, ids, snapshot)
    return ids


def _step(hop: Hop, ids: Sql, snapshot: Snapshot) -> Sql:
    origin = ident(snapshot.objects[hop.origin].table)
    target = ident(snapshot.objects[hop.target].table)
    field = ident("x", hop.field)
    match hop.kind:
        case "children":
            return sql(
                "ARRAY(SELECT DISTINCT {field} FROM {target} AS x"
                " WHERE x.id = ANY({ids}) AND {field} IS NOT NULL)",
                field=field,
                target=target,
                ids=ids,
            )
        case "lookup":
            return sql(
                "ARRAY(SELECT x.id FROM {origin} AS x WHERE {field} = ANY({ids}))",
                origin=origin,
                field=field,
                ids=ids,
            )
        case "array":
            return sql(
                "ARRAY(SELECT x.id FROM {origin} AS x WHERE {field} && {ids})",
                origin=origin,
                field=field,
                ids=ids,
            )
        case "linked":
            return _linked(hop.table, "record", "target", ids=ids)
        case "linking":
            return _linked(hop.table, "target", "record", ids=ids)


def _linked(table: str, wanted: str, known: str, *, ids: Sql) -> Sql:
    return sql(
        "ARRAY(SELECT DISTINCT x.{wanted} FROM {table} AS x WHERE x.{known} = ANY({ids}))",
        wanted=ident(wanted),
        table=ident(table),
        known=ident(known),
        ids=ids,
    )
