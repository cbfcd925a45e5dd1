"""
The statements that write records: one for all that are new, one for all that change.

They take the standard values as one JSON text and let PostgreSQL read it into typed columns, so
that one record and ten thousand are written by the same statement. What does not change is not
written.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

import orjson

from zhike.db import NotUnique
from zhike.kernel.sql import NOTHING, Sql, blank, either, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.batch import Entry, Ready
from zhike.store.bulk import headed, poured, ready
from zhike.store.write.shape import OWN_COLUMNS, Shape

STAMPS = ("created_by", "updated_by")
Rows = Sequence[Mapping[str, Json]]


LENIENT = sql(" ON CONFLICT DO NOTHING RETURNING id")


def insert(known: Shape, rows: Rows, *, by: UUID | None, alone: bool) -> Sql:
    """
    Give the statement that writes new records.

    Among several, a record that breaks a unique index (somebody wrote past the intake) is left out
    instead of taking the others with it: the statement answers with the ids written. One alone
    fails; nobody waits for its answer.
    """
    columns = _columns(known, rows)
    key = ("insert", known.object.key, alone, tuple(columns))
    template = known.kept(key, lambda: _insert(known, columns, NOTHING if alone else LENIENT))
    return template.filled(rows=_json(rows), by=by)


def _insert(known: Shape, columns: Sequence[str], ending: Sql) -> Sql:
    stamps = [one for one in STAMPS if one not in columns]
    return sql(
        "INSERT INTO {table} ({columns}) SELECT {values} FROM json_to_recordset({rows})"
        " AS x({definition}){ending}",
        ending=ending,
        table=ident(known.object.table),
        columns=joined(ident(one) for one in (*columns, *stamps)),
        values=joined(
            [
                *(ident("x", one) for one in columns),
                *(blank("by", "uuid") for _ in stamps),
            ]
        ),
        rows=blank("rows", "json"),
        definition=known.definition(columns),
    )


async def pour(
    tx: Tx, known: Shape, entries: Sequence[Entry], start: Mapping[str, Json], *, by: UUID | None
) -> bool:
    """
    Write many new records by COPY, with what their roll-ups start with.

    False if one of them breaks a unique index; then none is written.
    """
    finished, others = _parted(entries, start)
    try:
        async with tx.savepoint():
            for some in finished:
                await _finished(tx, known, some, start, by=by)
            if others:
                await _spelt(tx, known, others, start, by=by)
    except NotUnique:
        return False
    return True


def _parted(
    entries: Sequence[Entry], start: Mapping[str, Json]
) -> tuple[Sequence[Sequence[Entry]], Sequence[Entry]]:
    """Part those that are ready to be written, by the columns they fill, from the others."""
    finished: dict[int, list[Entry]] = {}
    others: list[Entry] = []
    for one in entries:
        if one.ready is None:
            others.append(one)
        else:
            finished.setdefault(id(one.ready.columns), []).append(one)
    for some in [*finished.values()]:
        columns = some[0].ready.columns if some[0].ready else ()
        if not start.keys().isdisjoint(columns):
            others += finished.pop(id(columns))
    return list(finished.values()), others


async def _finished(
    tx: Tx, known: Shape, entries: Sequence[Entry], start: Mapping[str, Json], *, by: UUID | None
) -> None:
    every = [one.ready for one in entries if one.ready is not None]
    named = every[0].columns
    more = [one.more for one in every]
    usual = more[0] if all(one is more[0] for one in more) else {}
    names = known.stored(set().union(*more)) if not usual else []
    same = [one for one in known.stored({*start, *usual}) if one not in names]
    stamps = [one for one in STAMPS if one not in (*named, *names, *same)]
    columns: list[tuple[str, Sequence[object]]] = [("uuid", [str(one.record) for one in entries])]
    columns += [
        (known.column(name), [row.get(name, other) for row in more])
        for name in names
        for other in [start.get(name)]
    ]
    shared = [(known.column(name), usual.get(name, start.get(name))) for name in same]
    shared += [("uuid", by and str(by)) for _ in stamps]
    lines = headed(columns, [one.text for one in every], shared=shared)
    await tx.pour(ident(known.object.table), ("id", *names, *same, *stamps, *named), lines)


async def _spelt(
    tx: Tx, known: Shape, entries: Sequence[Entry], start: Mapping[str, Json], *, by: UUID | None
) -> None:
    values = [one.values for one in entries]
    names = known.stored({"id", *start}.union(*values))
    stamps = [one for one in STAMPS if one not in names]
    columns: list[tuple[str, Sequence[object]]] = [
        (known.column(name), [row.get(name, other) for row in values])
        for name in names
        for other in [start.get(name)]
    ]
    columns[names.index("id")] = ("uuid", [one.record for one in entries])
    columns += [("uuid", [by and str(by)] * len(entries)) for _ in stamps]
    columns += [
        (known.column("zk_search"), [tokens_of(known, one) for one in entries]),
        (known.column("zk_match"), [one.keys for one in entries]),
        (known.column("zk_title"), [place_of(known, one) for one in entries]),
    ]
    named = (*names, *stamps, *OWN_COLUMNS)
    await tx.pour(ident(known.object.table), named, poured(columns))


def readied(
    known: Shape,
    values: Sequence[Mapping[str, Json]],
    *,
    keys: Sequence[Sequence[str]],
    tokens: Sequence[str],
) -> list[Ready]:
    """Give new records as they will be written, each with its identity keys and its words."""
    names = known.stored(set().union(*values))
    places = [known.titling.place(one) if known.titling else "" for one in values]
    columns: list[tuple[str, str, Sequence[object]]] = [
        (name, known.column(name), [one.get(name) for one in values]) for name in names
    ]
    for name, own in zip(OWN_COLUMNS, (tokens, keys, places), strict=True):
        columns.append((name, known.column(name), own))
    return ready(columns, values)


def tokens_of(known: Shape, entry: Entry) -> str:
    """Give the words a new record is found by."""
    return known.searching.tokens(entry.values) if entry.tokens is None else entry.tokens


def place_of(known: Shape, entry: Entry) -> str:
    """Give where a new record stands in lists by title."""
    return known.titling.place(entry.values) if known.titling is not None else ""


def update(known: Shape, rows: Rows, *, by: UUID | None) -> Sql:
    """
    Give the statement that changes records; each row holds the id and only what is to be set.

    It answers with the id, the new version, and what was and is in the changed fields. `zk_touched`
    in a row counts as a change by itself (its links change, which are not in this table).
    """
    columns = [one for one in _columns(known, rows) if one != "id"]
    key = ("update", known.object.key, tuple(columns))
    template = known.kept(key, lambda: _update(known, columns))
    return template.filled(rows=_json(rows), by=by)


def _update(known: Shape, columns: Sequence[str]) -> Sql:
    seen = [one for one in columns if one in known.object.fields]
    return sql(
        "UPDATE {table} AS t SET {sets}version = t.version + 1, updated_at = now(),"
        " updated_by = {by}"
        " FROM json_array_elements({rows}) AS j(value)"
        " JOIN {table} AS was ON was.id = (j.value->>'id')::uuid"
        " CROSS JOIN LATERAL json_populate_record(was, j.value) AS n"
        " WHERE t.id = was.id AND ((j.value->>'zk_touched') = 'true' OR {changed})"
        " RETURNING t.id, new.version, {differences}",
        table=ident(known.object.table),
        sets=joined(
            [sql("{one} = {n}, ", one=ident(one), n=ident("n", one)) for one in columns], by=""
        ),
        by=blank("by", "uuid"),
        rows=blank("rows", "json"),
        changed=either(_differs(known, one, "t", "n") for one in seen),
        differences=_differences(seen),
    )


def _columns(known: Shape, rows: Rows) -> list[str]:
    named = set().union(*(row.keys() for row in rows))
    own = [one for one in OWN_COLUMNS if one in named]
    return [*known.stored(named), *own]


def _differs(known: Shape, key: str, one: str, other: str) -> Sql:
    return sql(
        "{one} IS DISTINCT FROM {other}",
        one=known.comparable(key, ident(one, key)),
        other=known.comparable(key, ident(other, key)),
    )


def _differences(keys: Sequence[str]) -> Sql:
    """Give two JSON values: what was, and what is, in those of the fields that differ."""
    if not keys:
        return sql("NULL::json, NULL::json")
    pairs = joined(
        sql(
            "({key}, to_jsonb({old}), to_jsonb({new}))",
            key=param(one, "text"),
            old=ident("old", one),
            new=ident("new", one),
        )
        for one in keys
    )
    return sql(
        "(SELECT json_object_agg(d.k, d.o) FROM (VALUES {pairs}) AS d(k, o, n)"
        " WHERE d.o IS DISTINCT FROM d.n),"
        " (SELECT json_object_agg(d.k, d.n) FROM (VALUES {pairs}) AS d(k, o, n)"
        " WHERE d.o IS DISTINCT FROM d.n)",
        pairs=pairs,
    )


def _json(rows: Rows) -> str:
    return orjson.dumps(rows).decode()
