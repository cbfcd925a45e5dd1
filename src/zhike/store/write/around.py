"""
What else has to be known before a batch is written, in one round trip: the records that share its
identity keys or unique values, the records it points at, the numbers and defaults it draws.

Before anything is read, the keys are locked until the transaction ends. Whoever writes the same key
at the same moment waits, and then sees what was written.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

import orjson

from zhike.kernel.sql import Sql
from zhike.kernel.tx import Row, Tx
from zhike.meta import Json
from zhike.store import numbers
from zhike.store.batch import NEAR, Batch, Entry, Fate
from zhike.store.write.locks import MANY, locked
from zhike.store.write.questions import FEW, SHARING, Fields, Question, presumption, statement
from zhike.store.write.shape import Shape, shape

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
    card: str = ""
    """What it is called, if the viewer does not see it; told in part at most."""
    object: str = ""
    """Its object, where it was looked for as one that is alike."""
    values: Mapping[str, Json] = field(default_factory=dict)
    """What it holds in the fields by which records are compared."""
    closed: frozenset[str] = frozenset()
    """Those of them that do not show plainly to the viewer."""
    until: str | None = None
    """Until when it is its owner's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What was found around a batch."""

    matches: tuple[Known, ...] = ()
    """Records that share an identity key with some entry."""
    alike: tuple[Known, ...] = ()
    """Records of any object that are worth comparing with some entry."""
    taken: Mapping[Fields, Mapping[int, tuple[Known, ...]]] = field(default_factory=dict)
    """By a unique set of fields and the number of the entry: the records with the same values."""
    targets: Mapping[str, Mapping[str, Mapping[str, Json]]] = field(default_factory=dict)
    """By object and id: what may be pointed at, with what is known of it (a user's department)."""
    numbers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """By field: the automatic numbers for the new entries that bring none, in their order."""
    computed: Mapping[str, Json] = field(default_factory=dict)
    """By field: what the default expressions came to."""
    weights: Sequence[Row] | None = None
    """What `Alike.weights` gave; None if it was not asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Which records are worth comparing with the entries."""

    keys: Mapping[str, Collection[str]] = field(default_factory=dict)
    """By object: the keys that such records have. Locked if they stand among the keys."""
    weights: Sql | None = None
    """What is asked along, of what agreement is worth."""


NOBODY = Alike()


async def around(
    batch: Batch,
    tx: Tx,
    *,
    keys: Collection[str],
    unique: Collection[Fields],
    computed: Mapping[str, Sql],
    alike: Alike = NOBODY,
) -> Around:
    """
    Lock the keys, then find what stands around the entries that wait.

    A batch that has nothing in common with anything costs no round trip; nor does one of which that
    may be presumed.
    """
    known = shape(batch.policy.snapshot, batch.object.key)
    values = {one: rows for one in unique if (rows := _values(batch, one))}
    exact = [one for one in keys if one[0] != NEAR]
    questions = [
        *_common(exact, values),
        *_alike(alike.keys),
        *_pointing(batch, known),
        *_drawing(batch, computed),
    ]
    if not questions:
        return Around()
    named = keys if len(keys) >= MANY else [*keys, *_written(values)]
    first = [*locked(tx, batch.object.key, named), *_passed(batch)]
    if tx.presuming and _strange(batch, questions):
        for one in first:
            tx.soon(one)
        tx.presume(presumption(batch, known, questions))
        return Around()
    asked = [
        *first,
        statement(batch, known, questions),
        *([alike.weights] if alike.weights else ()),
    ]
    answers, *more = (await tx.several(asked))[len(first) :]
    batch.policy.snapshot.memo["known", batch.object.key] = bool(answers)
    found = await _asked_again(batch, tx, questions, _told(questions, answers))
    numbered = await _settled(batch, tx, questions, answers)
    return replace(found, numbers=numbered, weights=more[0] if more else None)


def _strange(batch: Batch, questions: Sequence[Question]) -> bool:
    """
    Say whether it may be presumed that nothing answers: who was known the last time it was asked,
    comes with others who are.
    """
    before = batch.policy.snapshot.memo.get(("known", batch.object.key), False)
    return not before and all(one.kind in SHARING for one in questions)


async def _asked_again(
    batch: Batch, tx: Tx, questions: Sequence[Question], found: Around
) -> Around:
    """
    Look once more for what was not there to be pointed at: it may have been merged into another
    record just now, while we waited for it.
    """
    known = shape(batch.policy.snapshot, batch.object.key)
    missing = [
        part
        for part in questions
        if part.kind == "target" and isinstance(part.value, list)
        if not found.targets[part.name[0]].keys() >= set(part.value)
    ]
    if not missing:
        return found
    again = _told(missing, await tx.rows(statement(batch, known, missing)))
    return replace(found, targets={**found.targets, **again.targets})


def current(entry: Entry, key: str) -> Json:
    """Give what a field will hold once the entry is written."""
    if entry.before is None or key in entry.values:
        return entry.values.get(key)
    return entry.before.get(key)


def unnumbered(batch: Batch, key: str) -> list[int]:
    """Give the places of the new entries that bring no number of their own."""
    return [
        n
        for n, one in enumerate(batch.entries)
        if one.fate is Fate.WAITING and one.record is None and one.values.get(key) is None
    ]


def _values(batch: Batch, fields: Fields) -> list[Mapping[str, Json]]:
    """Give the unique values of the entries that bring one of the fields and leave none empty."""
    rows: list[Mapping[str, Json]] = []
    whole = batch.action == "restore"
    for number, entry in enumerate(batch.entries):
        if entry.fate is not Fate.WAITING:
            continue
        row = {one: current(entry, one) for one in fields}
        if None not in row.values() and (whole or any(one in entry.values for one in fields)):
            rows.append({"n": number, **row})
    return rows


def _written(values: Values) -> Iterator[str]:
    for fields, rows in values.items():
        name = "+".join(fields)
        for row in rows:
            yield f"{name}={'|'.join(str(row[one]) for one in fields)}"


def _common(keys: Collection[str], values: Values) -> Iterator[Question]:
    if keys:
        few = len(keys) <= FEW
        # Thousands are made into JSON in a tenth of the time that an array takes.
        named = sorted(keys) if few else orjson.dumps(sorted(keys)).decode()
        yield Question(kind="match", value=named, few=few)
    for fields, rows in values.items():
        yield Question(kind="taken", name=fields, value=orjson.dumps(rows).decode())


def _alike(keys: Mapping[str, Collection[str]]) -> Iterator[Question]:
    for object_, some in keys.items():
        if some:
            yield Question(kind="near", name=(object_,), value=orjson.dumps(sorted(some)).decode())


def _pointing(batch: Batch, known: Shape) -> Iterator[Question]:
    """Ask for the records that the entries newly point at, by object."""
    found: dict[str, set[str]] = {}
    mine = str(batch.policy.viewer.id)
    for key, object_ in known.pointers.items():
        if key in batch.given:
            continue
        for entry in batch.entries:
            if entry.fate is Fate.WAITING and entry.values.get(key):
                ids = found.setdefault(object_, set())
                ids.update(one for one in pointers(entry, key) if one != mine)
    for object_, ids in found.items():
        if ids:
            yield Question(kind="target", name=(object_,), value=sorted(ids))


def _drawing(batch: Batch, computed: Mapping[str, Sql]) -> Iterator[Question]:
    drawing = batch.action == "create" and not batch.rehearsed
    for field_ in numbers.numbering(batch.object) if drawing else ():
        if count := len(unnumbered(batch, field_.key)):
            yield Question(kind="number", name=(field_.key,), value=count)
    for key, asked in computed.items():
        yield Question(kind="computed", name=(key,), asked=asked)


def pointers(entry: Entry, key: str) -> Sequence[str]:
    """Give the ids that an entry newly puts into a field."""
    value = entry.values.get(key)
    if not value:
        return ()
    ids = value if isinstance(value, list) else [value]
    held = (entry.before or {}).get(key) or ()
    return [one for one in ids if one != held and one not in held]


def _passed(batch: Batch) -> Iterator[Sql]:
    """Have the counting pass the numbers that entries bring along."""
    for field_ in () if batch.rehearsed else numbers.numbering(batch.object):
        given = [
            str(one.values[field_.key])
            for one in batch.entries
            if one.fate is Fate.WAITING and one.values.get(field_.key) is not None
        ]
        if given:
            yield from numbers.passed(batch.object, field_, given)


async def _settled(
    batch: Batch, tx: Tx, questions: Sequence[Question], rows: Sequence[Row]
) -> Mapping[str, Sequence[str]]:
    found: dict[str, Sequence[str]] = {}
    for number, _, answer in rows:
        if questions[number].kind == "number":
            key = questions[number].name[0]
            drawn = numbers.told(batch.object.fields[key], orjson.loads(answer))
            found[key] = (await numbers.settled(tx, batch.object, drawn)).written()
    return found


def _told(questions: Sequence[Question], rows: Sequence[Row]) -> Around:
    matches: list[Known] = []
    alike: list[Known] = []
    taken: dict[Fields, dict[int, tuple[Known, ...]]] = {}
    computed: dict[str, Json] = {}
    targets: dict[str, dict[str, Mapping[str, Json]]] = {
        part.name[0]: {} for part in questions if part.kind == "target"
    }
    for number, record, told in rows:
        part = questions[number]
        facts = orjson.loads(told) if told else {}
        if part.kind == "match":
            matches.append(_known(record, facts))
        elif part.kind == "near":
            alike.append(_known(record, facts))
        elif part.kind == "taken":
            same = taken.setdefault(part.name, {})
            same[facts["entry"]] = (*same.get(facts["entry"], ()), _known(record, facts))
        elif part.kind == "target":
            targets[part.name[0]][str(record)] = facts
        elif part.kind == "computed":
            computed[part.name[0]] = facts["value"]
    return Around(
        matches=tuple(matches),
        alike=tuple(alike),
        taken=taken,
        targets=targets,
        computed=computed,
    )


def _known(record: UUID, facts: Mapping[str, Json]) -> Known:
    return Known(
        record=record,
        keys=frozenset(facts.get("keys") or ()),
        differing=tuple(facts.get("differing") or ()),
        title=facts["title"] or "",
        owner=facts["owner"] or "",
        seen=facts["seen"],
        card=facts.get("card") or "",
        object=facts.get("object") or "",
        values=facts.get("values") or {},
        closed=frozenset(one for one in facts.get("closed") or () if one),
        until=facts.get("until"),
    )
