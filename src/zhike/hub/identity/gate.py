"""What was found around a batch → what each of its entries matches. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from zhike.hub.identity.likeness import MOST, Earlier, Likeness
from zhike.hub.identity.plan import IdentityPlan, exact
from zhike.hub.identity.redaction import redacted
from zhike.meta import Json
from zhike.store.batch import Batch, Entry, Match
from zhike.store.write import Around, Known, current

Fields = tuple[str, ...]
Place = tuple[Fields, tuple[object, ...]]
"""Unique fields and what is in them."""


class Keys(NamedTuple):
    """The identity keys of an entry: those it brings, and all it will have."""

    fresh: tuple[str, ...]
    all: tuple[str, ...]
    near: Mapping[str, Sequence[str]] = {}
    """By object: the keys of records that are worth comparing with it."""


class Brought(NamedTuple):
    """What one entry brings that a later one may bring too."""

    keys: Sequence[str]
    places: Sequence[Place]
    near: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """How the entries of one batch are compared with what was found, and with each other."""

    ways: IdentityPlan
    unique: Sequence[Fields]
    found: Around
    whole: bool = False
    """Whether entries bring all their values back, not only those that change (out of the bin)."""
    likeness: Likeness | None = None
    """How entries are compared beyond their keys; None if nothing tells who a record is."""
    joining: bool = False
    """Whether an entry that matches becomes part of what it matches, and so brings its keys there.

    One that is left out instead brings nothing: the next is compared with what will really be
    there.
    """

    def matched(self, batch: Batch, keys: Mapping[int, Keys]) -> list[Entry]:
        """Give the entries with their keys and matches; those without keys stay as they are."""
        found = bool(self.found.matches or self.found.taken or self.found.alike)
        if not found and (len(keys) == 1 or self._strangers(batch.entries, keys)):
            return [
                one.having(keys=keys[n].all) if n in keys and one.keys is not keys[n].all else one
                for n, one in enumerate(batch.entries)
            ]
        walk = Walk(
            gate=self,
            entries=batch.entries,
            by_key=_by_key(self.found.matches),
            earlier=Earlier(side=self.likeness.own) if self.likeness else None,
        )
        return [
            walk.judged(n, one, keys[n]) if n in keys else one
            for n, one in enumerate(batch.entries)
        ]

    def _strangers(self, entries: Sequence[Entry], keys: Mapping[int, Keys]) -> bool:
        """Say whether no entry brings what another one brings; then none has to be compared."""
        if self.likeness is not None:
            return False
        brought: list[object] = []
        for n, one in keys.items():
            brought += exact(one.fresh)
            brought += self.places(entries[n])
        return len(set(brought)) == len(brought)

    def unique_ones(self, n: int, entry: Entry) -> Iterator[Match]:
        for fields in self.unique:
            for known in self.found.taken.get(fields, {}).get(n, ()):
                if known.record != entry.record:
                    yield _match(known, fields, binding=True)

    def same(
        self, entry: Entry, keys: Sequence[str], by_key: Mapping[str, Sequence[Known]]
    ) -> Iterator[Match]:
        shared: dict[UUID, set[str]] = defaultdict(set)
        known: dict[UUID, Known] = {}
        for key in keys:
            for one in by_key.get(key, ()):
                shared[one.record].add(key)
                known[one.record] = one
        if not shared:
            return
        mine = [current(entry, name) for name in self.ways.differing]
        for record, one in known.items():
            if record == entry.record or self.ways.apart(mine, one.differing):
                continue
            match = _match(one, self.ways.reasons(shared[record]))
            told = self.likeness.told(match, entry, one) if self.likeness else match
            if told is not None:
                yield told

    def inside(
        self,
        entry: Entry,
        brought: Brought,
        entries: Sequence[Entry],
        first: Mapping[object, int],
    ) -> Iterator[Match]:
        """Find the entries before this one that bring the same."""
        shared: dict[int, set[str]] = defaultdict(set)
        for key in brought.keys:
            other = first.get(key)
            if other is not None and not self._apart(entry, entries[other]):
                shared[other].add(key)
        for place in brought.places:
            other = first.get(place)
            if other is not None:
                yield Match(record=None, entry=other, reasons=place[0], binding=True)
        for other, agreeing in shared.items():
            strangers = self.likeness is not None and self.likeness.strangers(entry, entries[other])
            yield Match(
                record=None,
                entry=other,
                reasons=self.ways.reasons(agreeing),
                verdict="warn" if strangers else "block",
            )

    def places(self, entry: Entry) -> list[Place]:
        """Give the unique places that an entry takes: the fields and their values."""
        places: list[Place] = []
        for fields in self.unique:
            if not self.whole and entry.values.keys().isdisjoint(fields):
                continue
            values = tuple([_plain(current(entry, name)) for name in fields])
            if None not in values:
                places.append((fields, values))
        return places

    def _apart(self, one: Entry, other: Entry) -> bool:
        names = self.ways.differing
        return bool(names) and self.ways.apart(
            [current(one, name) for name in names], [current(other, name) for name in names]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """One pass over the entries of a batch, each compared with what is there and those before."""

    gate: Gate
    entries: Sequence[Entry]
    by_key: Mapping[str, Sequence[Known]]
    earlier: Earlier | None
    first: dict[object, int] = field(default_factory=dict)

    def judged(self, n: int, entry: Entry, mine: Keys) -> Entry:
        """Give one entry with its keys, its matches and hints."""
        near = mine.near.get(self.earlier.side.object.key, ()) if self.earlier else ()
        brought = Brought(exact(mine.fresh), self.gate.places(entry), near)
        told = self._told(n, entry, mine, brought)
        matches = [one for one in told if one.verdict == "block"]
        if self.gate.joining or not matches:
            self._bring(n, brought)
        if not told:
            return entry if entry.keys is mine.all else entry.having(keys=mine.all)
        hints = [one for one in told if one.verdict != "block"]
        return entry.having(keys=mine.all, matches=_once(matches), hints=_once(hints)[:MOST])

    def _told(self, n: int, entry: Entry, mine: Keys, brought: Brought) -> list[Match]:
        found = self.gate.found
        told: list[Match] = []
        known = found.matches or found.taken
        if known or not self.first.keys().isdisjoint((*brought.keys, *brought.places)):
            told += self.gate.unique_ones(n, entry)
            told += self.gate.same(entry, brought.keys, self.by_key)
            told += self.gate.inside(entry, brought, self.entries, self.first)
        if self.gate.likeness and self.earlier:
            if mine.near:
                told += self.gate.likeness.records(entry, mine.near, told)
            before = {one.entry for one in told}
            inside = self.earlier.alike(entry, brought.near, self.entries)
            told += [one for one in inside if one.entry not in before]
        return told

    def _bring(self, n: int, brought: Brought) -> None:
        for one in (*brought.keys, *brought.places):
            self.first.setdefault(one, n)
        if self.earlier:
            self.earlier.bring(n, brought.near)


def _plain(value: Json) -> object:
    return tuple(value) if isinstance(value, list) else value


def _by_key(matches: Sequence[Known]) -> Mapping[str, Sequence[Known]]:
    found: dict[str, list[Known]] = defaultdict(list)
    for one in matches:
        for key in one.keys:
            found[key].append(one)
    return found


def _match(known: Known, reasons: Sequence[str], *, binding: bool = False) -> Match:
    return Match(
        record=known.record,
        reasons=tuple(reasons),
        binding=binding,
        title=known.title if known.seen else "",
        owner=known.owner,
        seen=known.seen,
        card=redacted(known.card),
    )


def _once(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Keep one match for each record or entry; what binds comes first and wins."""
    found: dict[object, Match] = {}
    for one in matches:
        known = found.setdefault((one.record, one.entry), one)
        if known is not one:
            more = tuple(name for name in one.reasons if name not in known.reasons)
            compared = known.compared or one.compared
            found[one.record, one.entry] = replace(
                known, reasons=(*known.reasons, *more), compared=compared
            )
    return tuple(
        sorted(found.values(), key=lambda one: (not one.binding, -one.score, -len(one.reasons)))
    )
