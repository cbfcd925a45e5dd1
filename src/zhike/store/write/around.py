"""
What else has to be known before a batch is written, in one round trip: the records that share its
identity keys or unique values, the records it points at, the numbers and defaults it draws.

Before anything is read, the keys are locked until the transaction ends. Whoever writes the same key
at the same moment waits, and then sees what was written.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import LiteralString
from uuid import UUID

import orjson

from zhike.kernel.sql import Sql, every, ident, joined, param, sql, vetted
from zhike.kernel.tx import Row, Tx
from zhike.meta import Json
from zhike.store import numbers
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.write.locks import locked
from zhike.store.write.shape import Shape, shape

Fields = tuple[str, ...]
Values = Mapping[Fields, Sequence[Mapping[str, Json]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A record that is already there and has something in common with an entry."""

    record: UUID
    keys: frozenset[str] = frozenset()
    differing: tuple[str | None, ...] = ()
    """What it holds in the fields that make it another one if they differ."""
    title: str = ""
    owner: str = ""
    """The name of whoever owns it."""
    seen: bool = True
    """Whether the viewer may see it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What was found around a batch."""

    matches: tuple[Known, ...] = ()
    """Records that share an identity key with some entry."""
    taken: Mapping[Fields, Mapping[int, tuple[Known, ...]]] = field(default_factory=dict)
    """By a unique set of fields and the number of the entry: the records with the same values."""
    targets: Mapping[str, Mapping[str, Mapping[str, Json]]] = field(default_factory=dict)
    """By object and id: what may be pointed at, with what is known of it (a user's department)."""
    numbers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By field: the automatic numbers for the new entries that bring none, in their order."""
    computed: Mapping[str, Json] = field(default_factory=dict)
    """By field: what the default expressions came to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One question of the one statement, and what its answers are about."""

    kind: LiteralString
    name: Fields = ()
    statement: Sql


async def around(
    batch: Batch,
    tx: Tx,
    *,
    keys: Collection[str],
    unique: Collection[Fields],
    computed: Mapping[str, Sql],
) -> Around:
    """
    Lock the keys, then find what stands around the entries that wait.

    A batch that has nothing in common with anything costs no round trip.
    """
    known = shape(batch.policy.snapshot, batch.object.key)
    values = {one: rows for one in unique if (rows := _values(batch, one))}
    parts = [
        *_parts(batch, known, keys=keys, values=values),
        *_numbers(batch),
        *_computed(computed),
    ]
    if not parts:
        return Around()
    statements = [*locked(tx, batch.object.key, [*keys, *_written(values)]), *_passed(batch)]
    asked = [
        sql("SELECT {n}::integer, p.* FROM ({one}) AS p", n=vetted(str(n)), one=part.statement)
        for n, part in enumerate(parts)
    ]
    answers = await tx.several([*statements, joined(asked, by=" UNION ALL ")])
    found = _told(parts, answers[-1])
    return replace(found, numbers=await _settled(batch, tx, parts, answers[-1]))


def current(entry: Entry, key: str) -> Json:
    """Give what a field will hold once the entry is written."""
    if entry.before is None or key in entry.values:
        return entry.values.get(key)
    return entry.before.get(key)


def _values(batch: Batch, fields: Fields) -> list[Mapping[str, Json]]:
    """Give the unique values of the entries that set one of the fields and leave none empty."""
    rows: list[Mapping[str, Json]] = []
    for number, entry in enumerate(batch.entries):
        if entry.fate is not Fate.WAITING or not any(one in entry.values for one in fields):
            continue
        row = {one: current(entry, one) for one in fields}
        if all(value is not None for value in row.values()):
            rows.append({"n": number, **row})
    return rows


def _written(values: Values) -> Iterator[str]:
    for fields, rows in values.items():
        name = "+".join(fields)
        for row in rows:
            yield f"{name}={'|'.join(str(row[one]) for one in fields)}"


def _parts(batch: Batch, known: Shape, *, keys: Collection[str], values: Values) -> Iterator[Part]:
    if keys:
        yield Part(kind="match", statement=_matches(batch, keys))
    for fields, rows in values.items():
        yield Part(kind="taken", name=fields, statement=_taken(batch, known, fields, rows=rows))
    for object_, ids in _pointed(batch, known).items():
        yield Part(kind="target", name=(object_,), statement=_targets(batch, object_, sorted(ids)))


def unnumbered(batch: Batch, key: str) -> list[int]:
    """Give the places of the new entries that bring no number of their own."""
    return [
        n
        for n, one in enumerate(batch.entries)
        if one.fate is Fate.WAITING and one.record is None and one.values.get(key) is None
    ]


def _numbers(batch: Batch) -> Iterator[Part]:
    for field_ in numbers.numbering(batch.object):
        if count := len(unnumbered(batch, field_.key)):
            asked = numbers.draw(batch.object, field_, count)
            yield Part(kind="number", name=(field_.key,), statement=_alone(asked))


def _passed(batch: Batch) -> Iterator[Sql]:
    """Have the counting pass the numbers that entries bring along."""
    for field_ in numbers.numbering(batch.object):
        given = [
            str(one.values[field_.key])
            for one in batch.entries
            if one.fate is Fate.WAITING and one.values.get(field_.key) is not None
        ]
        if given:
            yield from numbers.passed(batch.object, field_, given)


def _computed(computed: Mapping[str, Sql]) -> Iterator[Part]:
    for key, value in computed.items():
        asked = sql("json_build_object('value', {value})", value=value)
        yield Part(kind="computed", name=(key,), statement=_alone(asked))


def _alone(facts: Sql) -> Sql:
    return sql("SELECT NULL::uuid AS id, {facts} AS facts", facts=facts)


async def _settled(
    batch: Batch, tx: Tx, parts: Sequence[Part], rows: Sequence[Row]
) -> Mapping[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for number, _, answer in rows:
        if parts[number].kind == "number":
            key = parts[number].name[0]
            drawn = numbers.told(batch.object.fields[key], orjson.loads(answer))
            found[key] = (await numbers.settled(tx, batch.object, drawn)).written()
    return found


def _matches(batch: Batch, keys: Collection[str]) -> Sql:
    differing = batch.policy.snapshot.matches[batch.object.key].unless_differs
    return sql(
        "SELECT t.id, json_build_object('keys', t.zk_match, 'differing', ARRAY[{differing}]::text[],"
        " {about}) AS facts FROM {table} AS t LEFT JOIN zk_user AS u ON u.id = t.owner"
        " WHERE t.zk_match && {keys} AND t.deleted_at IS NULL",
        differing=joined(sql("{one}::text", one=ident("t", key)) for key in differing),
        about=_about(batch),
        table=ident(batch.object.table),
        keys=param(sorted(keys), "text[]"),
    )


def _taken(
    batch: Batch, known: Shape, fields: Fields, *, rows: Sequence[Mapping[str, Json]]
) -> Sql:
    return sql(
        "SELECT t.id, json_build_object('entry', x.n, {about}) AS facts"
        " FROM json_to_recordset({rows}) AS x(n integer, {columns})"
        " JOIN {table} AS t ON {same} LEFT JOIN zk_user AS u ON u.id = t.owner"
        " WHERE t.deleted_at IS NULL",
        about=_about(batch),
        rows=param(orjson.dumps(rows).decode(), "json"),
        columns=known.definition(fields),
        table=ident(batch.object.table),
        same=every(sql("{t} = {x}", t=ident("t", one), x=ident("x", one)) for one in fields),
    )


def _about(batch: Batch) -> Sql:
    """Give what may be told of a record that is already there: its title only to those who see it."""
    key, policy = batch.object.key, batch.policy
    rows = policy.rows(key, "t")
    return sql(
        "'seen', ({seen}) IS TRUE, 'owner', u.name, 'title', CASE WHEN {seen} THEN {title}::text END",
        seen=rows or sql("true"),
        title=policy.shown(key, batch.object.title, "t") or sql("NULL"),
    )


def _pointed(batch: Batch, known: Shape) -> Mapping[str, set[str]]:
    """Give the ids that the entries newly point at, by object."""
    found: dict[str, set[str]] = {}
    fields = [key for key in known.pointers if key not in batch.given]
    mine = str(batch.policy.viewer.id)
    for entry in batch.entries:
        if entry.fate is not Fate.WAITING:
            continue
        for key in fields:
            for one in pointers(entry, key):
                if one != mine or known.pointers[key] != "user":
                    found.setdefault(known.pointers[key], set()).add(one)
    return found


def pointers(entry: Entry, key: str) -> Sequence[str]:
    """Give the ids that an entry newly puts into a field."""
    value = entry.values.get(key)
    if not value:
        return ()
    ids = value if isinstance(value, list) else [value]
    held = (entry.before or {}).get(key) or ()
    return [one for one in ids if one != held and one not in held]


def _targets(batch: Batch, object_: str, ids: Sequence[str]) -> Sql:
    known = batch.policy.snapshot.objects[object_]
    facts = {
        "user": sql("json_build_object('active', t.active, 'department', t.department)"),
        "department": sql("json_build_object('active', t.active)"),
    }
    return sql(
        "SELECT t.id, {facts} AS facts FROM {table} AS t WHERE {where}",
        facts=facts.get(object_, sql("NULL::json")),
        table=ident(known.table),
        where=every(
            (
                sql("t.id = ANY({ids})", ids=param(ids, "uuid[]")),
                sql("t.deleted_at IS NULL"),
                batch.policy.rows(object_, "t"),
            )
        ),
    )


def _told(parts: Sequence[Part], rows: Sequence[Row]) -> Around:
    matches: list[Known] = []
    taken: dict[Fields, dict[int, tuple[Known, ...]]] = {}
    computed: dict[str, Json] = {}
    targets: dict[str, dict[str, Mapping[str, Json]]] = {
        part.name[0]: {} for part in parts if part.kind == "target"
    }
    for number, record, told in rows:
        part = parts[number]
        facts = orjson.loads(told) if told else {}
        if part.kind == "match":
            matches.append(_known(record, facts))
        elif part.kind == "taken":
            same = taken.setdefault(part.name, {})
            same[facts["entry"]] = (*same.get(facts["entry"], ()), _known(record, facts))
        elif part.kind == "target":
            targets[part.name[0]][str(record)] = facts
        elif part.kind == "computed":
            computed[part.name[0]] = facts["value"]
    return Around(matches=tuple(matches), taken=taken, targets=targets, computed=computed)


def _known(record: UUID, facts: Mapping[str, Json]) -> Known:
    return Known(
        record=record,
        keys=frozenset(facts.get("keys") or ()),
        differing=tuple(facts.get("differing") or ()),
        title=facts["title"] or "",
        owner=facts["owner"] or "",
        seen=facts["seen"],
    )
