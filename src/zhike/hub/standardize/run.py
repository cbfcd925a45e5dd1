"""
Values as they came → values in standard form, with every problem of every entry at its address.

It touches no database: whether a value fits the other records is asked later.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import orjson

from zhike.hub.standardize.faults import LeftOver, NotText
from zhike.hub.standardize.plan import ObjectPlan, Reader, plan, reader_of
from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.tx import Tx
from zhike.meta import Field, Json, Reading
from zhike.store.batch import Batch, Entry, Fate

MANY = 32
"""From so many entries on, texts that come again are read once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """What became of a value that was not simply read."""

    value: Json = None
    problem: Problem | None = None
    remarks: tuple[Problem, ...] = ()


Memo = dict[str, dict[str, Any]]


async def standardize(batch: Batch, tx: Tx) -> Batch:  # noqa: ARG001 - the shape of every step
    """Give the batch with standard values; what cannot be read is refused with all its reasons."""
    return standardized(batch) if batch.action in ("create", "update") else batch


def standardized(batch: Batch) -> Batch:
    """Do the same without being a step: there is nothing to wait for."""
    known = plan(batch.policy, batch.object.key, action=batch.action, trusted=batch.trusted)
    many = len(batch.entries) >= MANY
    memo: Memo | None = {} if many else None
    return batch.having(
        [
            _entry(one, batch, known, memo) if one.fate is Fate.WAITING else one
            for one in batch.entries
        ]
    )


def _entry(entry: Entry, batch: Batch, known: ObjectPlan, memo: Memo | None) -> Entry:
    if batch.read and known.readers.keys() >= entry.given.keys():
        return _taken(entry, batch, known)
    values: dict[str, Json] = {}
    problems: list[Problem] = []
    remarks: list[Problem] = []
    for key, raw in entry.given.items():
        reader = known.readers.get(key)
        if reader is None:
            if key not in batch.given:
                problems.append(known.stranger(key))
                continue
            reader = reader_of(known.object.fields[key])
        value = None if raw is None or raw == "" else _value(reader, raw, memo)
        if value.__class__ is Doubt:
            remarks += value.remarks
            if value.problem is not None:
                problems.append(value.problem)
            value = value.value
        if value is not None or batch.blank_clears:
            values[key] = value
    return _judged(entry, batch, known, values=values, told=(problems, remarks))


def _taken(entry: Entry, batch: Batch, known: ObjectPlan) -> Entry:
    """Take values at their word that are in standard form already, without copying them."""
    given = entry.given
    whole = _may_turn(batch) or not known.missing(given, given=batch.given, new=_new(batch))
    if whole and given.keys().isdisjoint(known.tables):
        return entry if entry.values is given else entry.having(values=given)
    return _judged(entry, batch, known, values=dict(given), told=([], []))


def _new(batch: Batch) -> bool:
    return batch.action == "create"


def _judged(
    entry: Entry,
    batch: Batch,
    known: ObjectPlan,
    *,
    values: dict[str, Json],
    told: tuple[list[Problem], list[Problem]],
) -> Entry:
    problems, remarks = told
    children = {key: tuple(values.pop(key) or ()) for key in known.tables if key in values}
    for key, rows in children.items():
        problems.extend(_rows(batch, known.object.fields[key], rows))
    if not _may_turn(batch):
        problems += known.missing(values, given=batch.given, new=_new(batch))
    if not problems and not remarks and not children:
        return entry.having(values=values)
    return entry.having(
        values=values,
        children=children,
        problems=(*entry.problems, *problems),
        remarks=(*entry.remarks, *remarks),
        fate=Fate.REFUSED if problems else entry.fate,
    )


def _may_turn(batch: Batch) -> bool:
    """Say whether a new record may turn out to be a known one, which has what is missing here."""
    return batch.action == "create" and (batch.on_duplicate == "update" or bool(batch.key))


def _value(reader: Reader, raw: Json, memo: Memo | None) -> Any:
    """Read one value, a text that comes again only once; give the value or a `Doubt`."""
    if memo is None or raw.__class__ is not str:
        return _read(reader, raw)
    known = memo.setdefault(reader.field.key, {})
    value = known.get(raw, UNKNOWN)
    if value is UNKNOWN:
        value = known[raw] = _read(reader, raw)
    return value


UNKNOWN = object()


def _read(reader: Reader, raw: Json) -> Any:
    try:
        value = reader.read(raw, reader.settings)
    except Fault as fault:
        return Doubt(problem=fault.problems[0].under(reader.field.key))
    if value.__class__ is Reading:
        return _doubted(reader, value)
    return _wrong(reader, value) or value


def _wrong(reader: Reader, value: Json) -> Doubt | None:
    if value is None:
        return None
    if not _storable(value):
        return Doubt(problem=problem(NotText, at=reader.field.key))
    wrong = reader.validate(value, reader.settings) if reader.validate else None
    return Doubt(problem=wrong.under(reader.field.key)) if wrong else None


def _doubted(reader: Reader, read: Reading) -> Doubt:
    remarks = _remarks(reader.field, read)
    return _wrong(reader, read.value) or Doubt(value=read.value, remarks=remarks)


def _remarks(field: Field, read: Reading) -> tuple[Problem, ...]:
    if read.remark is not None:
        return (read.remark.under(field.key),)
    if read.rest:
        return (problem(LeftOver, at=field.key, rest="、".join(read.rest)),)
    return ()


def _storable(value: Json) -> bool:
    """Say whether PostgreSQL can keep a value's texts: it knows no NUL and no half surrogates."""
    try:
        if value.__class__ is str:
            return "\0" not in value and (value.isascii() or bool(value.encode()))
        return b"\\u0000" not in orjson.dumps(value)
    except (UnicodeEncodeError, TypeError):
        return False


def _rows(batch: Batch, field: Field, rows: tuple[Json, ...]) -> list[Problem]:
    """Give everything that is wrong with the rows of a sub-table, before anything is written."""
    settings = field.settings
    child, back = getattr(settings, "object", ""), getattr(settings, "field", "")
    found: list[Problem] = []
    for number, row in enumerate(rows):
        inner = replace(
            batch,
            object=batch.policy.snapshot.objects[child],
            action="update" if row.get("id") else "create",
            entries=(Entry(at=f"{field.key}[{number}]", given=without_id(row)),),
            given=frozenset({back}),
            on_duplicate=None,
            key=(),
        )
        found.extend(standardized(inner).problems)
    return found


def without_id(row: Mapping[str, Json]) -> Mapping[str, Json]:
    """Give the values of a sub-table's row without the id that says which row it is."""
    return {key: value for key, value in row.items() if key != "id"}


__all__ = ["standardize", "standardized", "without_id"]
