"""
What a written batch stirs, level by level: which roll-ups of which records are computed again.

The records are locked in the order of their ids and computed by the next statement, so that of two
changes at once the second sees what the first one wrote. A roll-up of a roll-up comes a level
later.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from zhike import lang
from zhike.kernel.sql import Sql, blank, either, ident, joined, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json, Snapshot
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.rollups.path import back
from zhike.store.rollups.web import BACK, Dependency, web

DEEPEST = 8
"""How many levels of roll-ups of roll-ups are followed."""
WHOLE = frozenset({Fate.CREATED, Fate.DELETED, Fate.RESTORED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stirred:
    """The roll-ups of one object to compute again, and where: arrays of ids, as SQL."""

    object: str
    rollups: frozenset[str]
    ids: tuple[Sql, ...]


async def follow(batch: Batch, tx: Tx) -> None:
    """Have every roll-up follow what a batch has written; it travels with the next statement."""
    known = web(batch.policy.snapshot).on.get(batch.object.key, ())
    if not known:
        return
    changes = [(one, _changed(one)) for one in batch.entries if one.fate in WRITTEN]
    if not changes:
        return
    numbers = tuple(n for n, one in enumerate(known) if any(_hangs(one, c) for _, c in changes))
    if numbers:
        statements = _statements(batch, known, numbers)
        values = _values(known, numbers, changes)
        for one in statements:
            tx.soon(one.filled(**values))


WRITTEN = WHOLE | {Fate.UPDATED}

Changed = frozenset[str] | None
"""The fields that changed; None if the record as a whole came or went."""


def _changed(entry: Entry) -> Changed:
    if entry.fate in WHOLE:
        return None
    return frozenset(orjson.loads(entry.new)) if entry.new else frozenset()


def _hangs(dependency: Dependency, changed: Changed) -> bool:
    return changed is None or not dependency.fields.isdisjoint(changed)


def _values(
    known: Sequence[Dependency],
    numbers: Sequence[int],
    changes: Sequence[tuple[Entry, Changed]],
) -> Mapping[str, list[str]]:
    """Give the ids that the statements begin with: the changed records, and what they point at."""
    ids: dict[str, set[str]] = defaultdict(set)
    for number in numbers:
        name = _start(known[number])
        for entry, changed in changes:
            if _hangs(known[number], changed):
                ids[name].update(_pointed(entry, name) if name else (str(entry.record),))
    return {f"ids_{name}": sorted(found) for name, found in ids.items()}


def _start(dependency: Dependency) -> str:
    """
    Name the field whose values, old and new, the way back begins with; "" is the record itself.
    """
    last = dependency.hops[-1] if dependency.hops else None
    return last.field if last and last.kind in BACK else ""


def _pointed(entry: Entry, field: str) -> Iterator[str]:
    for values in (entry.before or {}, entry.values):
        value: Json = values.get(field)
        if isinstance(value, list):
            yield from value
        elif value:
            yield str(value)


def _statements(
    batch: Batch, known: Sequence[Dependency], numbers: tuple[int, ...]
) -> Sequence[Sql]:
    snapshot = batch.policy.snapshot
    key = ("rollups", batch.object.key, numbers)
    made: Sequence[Sql] | None = snapshot.memo.get(key)
    if made is None:
        first = _stirred([known[n] for n in numbers], snapshot)
        made = snapshot.memo[key] = tuple(_levels(first, snapshot))
    return made


def _stirred(dependencies: Sequence[Dependency], snapshot: Snapshot) -> Sequence[Stirred]:
    """Give what the changed records stir, from the ids in the blanks."""
    found: dict[str, list[tuple[str, Sql]]] = defaultdict(list)
    for one in dependencies:
        name = _start(one)
        hops = one.hops[:-1] if name else one.hops
        ids = back(hops, blank(f"ids_{name}", "uuid[]"), snapshot)
        found[one.object].append((one.rollup, ids))
    return _gathered(found)


def _gathered(found: Mapping[str, Sequence[tuple[str, Sql]]]) -> Sequence[Stirred]:
    return [
        Stirred(
            object=object_,
            rollups=frozenset(rollup for rollup, _ in each),
            ids=tuple(dict.fromkeys(ids for _, ids in each)),
        )
        for object_, each in found.items()
    ]


def _levels(first: Sequence[Stirred], snapshot: Snapshot) -> Iterator[Sql]:
    stirred = first
    for _ in range(DEEPEST):
        if not stirred:
            return
        for one in sorted(stirred, key=lambda one: one.object):
            yield from _computed(one, snapshot)
        stirred = _gathered(_above(stirred, snapshot))


def _above(
    stirred: Sequence[Stirred], snapshot: Snapshot
) -> Mapping[str, Sequence[tuple[str, Sql]]]:
    """Give the roll-ups that hang on the ones just computed."""
    found: dict[str, list[tuple[str, Sql]]] = defaultdict(list)
    for one in stirred:
        for dependency in web(snapshot).on.get(one.object, ()):
            if dependency.fields.isdisjoint(one.rollups):
                continue
            for ids in one.ids:
                found[dependency.object].append(
                    (dependency.rollup, back(dependency.hops, ids, snapshot))
                )
    return found


def _computed(stirred: Stirred, snapshot: Snapshot) -> Iterator[Sql]:
    object_ = snapshot.objects[stirred.object]
    table = ident(object_.table)
    there = either(sql("p.id = ANY({ids})", ids=one) for one in stirred.ids)
    keys = sorted(stirred.rollups)
    yield sql(
        "SELECT FROM {table} AS p WHERE {there} ORDER BY p.id FOR NO KEY UPDATE",
        table=table,
        there=there,
    )
    yield sql(
        "UPDATE {table} AS t SET {sets} FROM (SELECT p.id, {values} FROM {table} AS p"
        " WHERE {there}) AS n WHERE t.id = n.id AND ({changed})",
        table=table,
        sets=joined(sql("{k} = {n}", k=ident(key), n=ident("n", key)) for key in keys),
        values=joined(
            sql("{value} AS {k}", value=value(snapshot, stirred.object, key), k=ident(key))
            for key in keys
        ),
        there=there,
        changed=either(
            sql("{t} IS DISTINCT FROM {n}", t=ident("t", key), n=ident("n", key)) for key in keys
        ),
    )


def value(snapshot: Snapshot, object_: str, key: str) -> Sql:
    """Give what a roll-up is, of the record under the alias `p`."""
    formula = str(getattr(snapshot.objects[object_].fields[key].settings, "formula", ""))
    checked = lang.checked(formula, snapshot, object_)
    return lang.told(checked, alias="p", sight=lang.FULL_SIGHT)
