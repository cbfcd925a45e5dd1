"""What was found around a batch → what each of its entries matches. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from zhike.hub.identity.plan import IdentityPlan
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


class Brought(NamedTuple):
    """What one entry brings that a later one may bring too."""

    keys: Sequence[str]
    places: Sequence[Place]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """How the entries of one batch are compared with what was found, and with each other."""

    ways: IdentityPlan
    unique: Sequence[Fields]
    found: Around
    whole: bool = False
    """Whether entries bring all their values back, not only those that change (out of the bin)."""
    joining: bool = False
    """Whether an entry that matches becomes part of what it matches, and so brings its keys there.

    One that is left out instead brings nothing: the next is compared with what will really be
    there.
    """

    def matched(self, batch: Batch, keys: Mapping[int, Keys]) -> list[Entry]:
        """Give the entries with their keys and matches; those without keys stay as they are."""
        found = bool(self.found.matches or self.found.taken)
        if not found and len(keys) == 1:
            return [
                one.having(keys=keys[n].all) if n in keys else one
                for n, one in enumerate(batch.entries)
            ]
        by_key = _by_key(self.found.matches)
        first: dict[object, int] = {}
        out: list[Entry] = []
        for n, entry in enumerate(batch.entries):
            if n not in keys:
                out.append(entry)
                continue
            brought = Brought(keys[n].fresh, self._places(entry))
            matches: Sequence[Match] = ()
            if found or not first.keys().isdisjoint((*brought.keys, *brought.places)):
                matches = (
                    *self._unique(n, entry),
                    *self._same(entry, brought.keys, by_key),
                    *self._inside(entry, brought, batch.entries, first),
                )
            if self.joining or not matches:
                for one in (*brought.keys, *brought.places):
                    first.setdefault(one, n)
            if matches or entry.keys is not keys[n].all:
                out.append(entry.having(keys=keys[n].all, matches=_once(matches)))
            else:
                out.append(entry)
        return out

    def _unique(self, n: int, entry: Entry) -> Iterator[Match]:
        for fields in self.unique:
            for known in self.found.taken.get(fields, {}).get(n, ()):
                if known.record != entry.record:
                    yield _match(known, fields, binding=True)

    def _same(
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
            if record != entry.record and not self.ways.apart(mine, one.differing):
                yield _match(one, self.ways.reasons(shared[record]))

    def _inside(
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
            yield Match(record=None, entry=other, reasons=self.ways.reasons(agreeing))

    def _places(self, entry: Entry) -> list[Place]:
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
    )


def _once(matches: Sequence[Match]) -> tuple[Match, ...]:
    """Keep one match for each record or entry; what binds comes first and wins."""
    found: dict[object, Match] = {}
    for one in matches:
        known = found.setdefault((one.record, one.entry), one)
        if known is not one:
            more = tuple(name for name in one.reasons if name not in known.reasons)
            found[one.record, one.entry] = replace(known, reasons=(*known.reasons, *more))
    return tuple(sorted(found.values(), key=lambda one: (not one.binding, -len(one.reasons))))
