"""The links of many-to-many lookups, which have tables of their own."""

from collections.abc import Iterator, Mapping, Sequence

import orjson

from zhike.kernel.sql import Sql, ident, param, sql
from zhike.meta import Json
from zhike.store.batch import Entry
from zhike.store.write.shape import Shape


def linked(known: Shape, entries: Sequence[Entry]) -> Iterator[Sql]:
    """Give the statements that make the links of some records be as their entries say."""
    for key, table in known.links.items():
        named = [one for one in entries if key in one.values]
        if not named:
            continue
        if any(one.before is not None for one in named):
            yield _cut(table, [one for one in named if one.before is not None], key)
        if pairs := [pair for one in named for pair in _pairs(one, key)]:
            yield _made(table, known.object.table, pairs)


def relinked(known: Shape, entry: Entry) -> Mapping[str, tuple[Json, Json]]:
    """Give the links that an entry changes, as they were and as they shall be."""
    held = entry.before or {}
    return {
        key: (sorted(held.get(key) or ()), sorted(entry.values[key] or ()))
        for key in known.links
        if key in entry.values and sorted(held.get(key) or ()) != sorted(entry.values[key] or ())
    }


def _pairs(entry: Entry, key: str) -> Iterator[Mapping[str, Json]]:
    for target in entry.values[key] or ():
        yield {"record": str(entry.record), "target": target}


def _cut(table: str, entries: Sequence[Entry], key: str) -> Sql:
    kept = [pair for one in entries for pair in _pairs(one, key)]
    return sql(
        "DELETE FROM {table} AS l WHERE l.record = ANY({records}) AND NOT EXISTS"
        " (SELECT FROM json_to_recordset({kept}) AS x(record uuid, target uuid)"
        " WHERE x.record = l.record AND x.target = l.target)",
        table=ident(table),
        records=param([one.record for one in entries], "uuid[]"),
        kept=param(orjson.dumps(kept).decode(), "json"),
    )


def _made(table: str, records: str, pairs: Sequence[Mapping[str, Json]]) -> Sql:
    """Link only records that are there: one that lost a race for a unique value was left out."""
    return sql(
        "INSERT INTO {table} (record, target) SELECT x.record, x.target"
        " FROM json_to_recordset({pairs}) AS x(record uuid, target uuid)"
        " JOIN {records} AS t ON t.id = x.record ON CONFLICT DO NOTHING",
        table=ident(table),
        pairs=param(orjson.dumps(pairs).decode(), "json"),
        records=ident(records),
    )
