"""
Whose value is kept when records become one: rules per field → values, each with where it is from.
Pure.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhike.access import policy
from zhike.kernel.viewer import platform
from zhike.meta import Field, Json, MatchSpec, Object, Snapshot, Survivorship

LISTS = frozenset({"tags", "options", "users", "lookups", "attachment"})
JOINED = LISTS | {"long_text"}
"""Kinds of which all values can be kept: lists one after the other, notes under each other."""
OWN = frozenset({"auto_number", "children"})
"""Kinds that stay with their record: its number, and its rows, which move as links do."""
FOLLOWING = "department"
"""It follows the owner: whose the record is goes with where it belongs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touch:
    """When a value was written, and from where."""

    seq: int
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the records that become one, with what it holds."""

    id: UUID
    values: Mapping[str, Json]
    created_at: datetime
    updated_at: datetime
    touched: Mapping[str, Touch]
    """By field: the last time it was written, as far as the log knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The value a field gets: from which record (None: from several), and why."""

    value: Json
    origin: UUID | None
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the records of one object are made one."""

    object: str
    fields: Mapping[str, Survivorship]
    lists: frozenset[str]
    pointers: Mapping[str, str]
    """The object that a field points at."""
    trust: tuple[str, ...]
    survivor: str
    owners: str

    def survivor_of(self, parts: Sequence[Part]) -> Part:
        """Choose the record that the others become part of, where nobody named it."""
        oldest = sorted(parts, key=lambda one: (one.created_at, one.id))
        if self.survivor == "recent":
            return max(oldest, key=lambda one: one.updated_at)
        if self.survivor == "complete":
            return max(oldest, key=self._filled)
        return oldest[0]

    def _filled(self, part: Part) -> int:
        return sum(not is_blank(part.values.get(key)) for key in self.fields)


def rules(snapshot: Snapshot, key: str) -> Rules:
    """Give how the records of an object are made one, worked out once per snapshot."""
    known: Rules | None = snapshot.memo.get(("merge", key))
    if known is None:
        spec = snapshot.matches.get(key) or MatchSpec.model_construct(key=key, object=key, keys=())
        known = snapshot.memo["merge", key] = _rules(spec, snapshot, snapshot.objects[key])
    return known


def mergeable(field: Field) -> bool:
    """Say whether a field of the survivor can take the value of another record."""
    return field.kind.name not in OWN


def _rules(spec: MatchSpec, snapshot: Snapshot, of: Object) -> Rules:
    writable = policy(snapshot, platform()).writable(of.key)
    fields = [one for one in of.fields.values() if one.key in writable and mergeable(one)]
    given = {key: rule for key, rule in spec.survive.items() if of.fields[key] in fields}
    return Rules(
        object=of.key,
        fields={one.key: given.get(one.key, _usual(one)) for one in fields},
        lists=frozenset(one.key for one in fields if one.kind.name in LISTS),
        pointers={one.key: one.target for one in fields if one.target},
        trust=spec.trust,
        survivor=spec.survivor,
        owners=spec.owners,
    )


def _usual(field: Field) -> Survivorship:
    return "all" if field.kind.name in LISTS else "survivor"


def is_blank(value: Json) -> bool:
    """Say whether there is nothing in a value."""
    return value is None or value in ("", [])


def same(one: Json, other: Json) -> bool:
    """Say whether two values of a field are the same; lists are, in whatever order."""
    if is_blank(one) or is_blank(other):
        return is_blank(one) and is_blank(other)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(each in other for each in one)
    return bool(one == other)


def chosen(known: Rules, parts: Sequence[Part], choose: Mapping[str, UUID]) -> Mapping[str, Taken]:
    """
    Give what each field of the survivor becomes; it is the first of the parts.

    What was chosen by hand is taken as it is, also if nothing is there.
    """
    survivor, *others = parts
    latest = sorted(others, key=lambda one: (one.updated_at, one.id), reverse=True)
    ranked = (survivor, *latest)
    by_id = {one.id: one for one in parts}
    found: dict[str, Taken] = {}
    for key, rule in known.fields.items():
        if key == FOLLOWING and key not in choose:
            continue
        if key in choose:
            part = by_id[choose[key]]
            found[key] = Taken(value=part.values.get(key), origin=part.id, rule="chosen")
            continue
        held = [one for one in ranked if not is_blank(one.values.get(key))]
        if held:
            found[key] = _taken(known, key, rule, held)
    owner = found.get("owner")
    if owner is not None and owner.origin is not None and FOLLOWING in known.fields:
        place = by_id[owner.origin].values.get(FOLLOWING)
        found.setdefault(FOLLOWING, Taken(value=place, origin=owner.origin, rule=owner.rule))
    return found


def _taken(known: Rules, key: str, rule: Survivorship, held: Sequence[Part]) -> Taken:
    """Choose among the records that hold something, the survivor first if it does."""
    if rule == "all":
        return _all(known, key, held)
    part = PICKED[rule](known, key, held)
    return Taken(value=part.values[key], origin=part.id, rule=rule)


def _all(known: Rules, key: str, held: Sequence[Part]) -> Taken:
    values = [one.values[key] for one in held]
    whole: Json
    if key in known.lists:
        whole = _once([one for value in values for one in value])
    else:
        whole = "\n\n".join(dict.fromkeys(values))
    alone = next((one.id for one in held if one.values[key] == whole), None)
    return Taken(value=whole, origin=alone, rule="all")


def _once(values: Sequence[Json]) -> list[Json]:
    kept: list[Json] = []
    for one in values:
        if one not in kept:
            kept.append(one)
    return kept


def _seq(part: Part, key: str) -> tuple[int, datetime]:
    touch = part.touched.get(key)
    return (touch.seq if touch else 0, part.updated_at)


def _rank(known: Rules, part: Part, key: str) -> int:
    touch = part.touched.get(key)
    source = touch.source if touch else ""
    return known.trust.index(source) if source in known.trust else len(known.trust)


Pick = Callable[[Rules, str, Sequence[Part]], Any]

PICKED: Mapping[str, Pick] = {
    "survivor": lambda _, key, held: held[0],  # noqa: ARG005 - the shape of all of them
    "recent": lambda _, key, held: max(held, key=lambda one: _seq(one, key)),
    "oldest": lambda _, key, held: min(held, key=lambda one: (one.created_at, one.id)),  # noqa: ARG005
    "longest": lambda _, key, held: max(held, key=lambda one: len(str(one.values[key]))),
    "trusted": lambda known, key, held: min(held, key=lambda one: _rank(known, one, key)),
}
"""The rules that take one value as it is; among equals the survivor's comes first."""
