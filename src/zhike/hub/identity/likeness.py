"""
Which records an entry is alike enough to be refused for, or told of, and why. Pure.

Every record found by some key is compared field by field; see `weighing`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal
from uuid import UUID

from zhike.hub.identity.redaction import redacted
from zhike.hub.identity.scales import Parts
from zhike.hub.identity.weighing import Judge, Thresholds, Weighed
from zhike.meta import Json, Object
from zhike.store.batch import Entry, Match
from zhike.store.write import Known, current

Verdict = Literal["block", "warn", "related"]
Values = Mapping[str, Json]
CROWD = 20
"""Entries of a batch that one is compared with for one key."""
SUREST = 0.9999
MOST = 10
"""Records an answer tells of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The records of one object that entries are compared with."""

    object: Object
    judge: Judge
    thresholds: Thresholds
    fields: Mapping[str, str] | None = None
    """For another object: its fields, each with that of ours which answers to it."""
    found: Mapping[str, Sequence[Known]] = field(default_factory=dict)
    """By key."""
    expressed: Mapping[int, Values] = field(default_factory=dict)
    """By what `id` gives for an entry: the values of the expressions that are compared."""

    def values(self, entry: Entry) -> Values:
        """Give an entry as a record of this object."""
        names = [one.field for one in self.judge.model.aspects if not one.expression]
        return {**self.named(entry, names), **self.expressed.get(id(entry), {})}

    def named(self, entry: Entry, names: Iterable[str]) -> dict[str, Json]:
        """Give some fields of an entry as a record of this object."""
        if self.fields is None:
            return {name: current(entry, name) for name in names}
        return {name: current(entry, self.fields[name]) for name in names if name in self.fields}

    def met(self, keys: Iterable[str]) -> list[Known]:
        """Give the records that share a key, each once."""
        return list({one.record: one for key in keys for one in self.found.get(key, ())}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How the entries of a batch are compared with what was found."""

    own: Side
    others: Sequence[Side] = ()
    differing: tuple[str, ...] = ()
    discreet: bool = False
    """Whether what rests on values that the viewer does not see is not told at all."""

    def records(
        self, entry: Entry, keys: Mapping[str, Sequence[str]], known: Iterable[Match]
    ) -> list[Match]:
        """Give the records an entry may be the same as, beside those that are known already."""
        told = {one.record for one in known}
        found = [
            one
            for side in (self.own, *self.others)
            for one in self._beside(side, entry, keys.get(side.object.key, ()))
            if one.record not in told
        ]
        return sorted(found, key=lambda one: -one.score)

    def _beside(self, side: Side, entry: Entry, keys: Sequence[str]) -> Iterator[Match]:
        met = side.met(keys)
        if not met:
            return
        values = side.values(entry)
        mine: Mapping[str, Parts] = {}
        for one in met:
            if one.record == entry.record or self._differ(side, entry, one.values):
                continue
            if side.fields is not None and _points_at(entry, one.record):
                continue
            if self._hopeless(side, values, one):
                continue
            mine = mine or side.judge.apart(values)
            weighed = side.judge.weigh(mine, side.judge.apart(one.values))
            verdict = self._verdict(side, weighed, values, one)
            if verdict is not None:
                yield self._match(side, weighed, values, one, verdict=verdict)

    def _hopeless(self, side: Side, values: Values, one: Known) -> bool:
        """Say whether nothing can follow from a record, by its name alone."""
        if self.discreet and one.closed:
            return False
        if not side.judge.hopeless(values, one.values, side.thresholds.least):
            return False
        return side.fields is not None or not side.judge.related(values, one.values)

    def _differ(self, side: Side, entry: Entry, theirs: Values) -> bool:
        if side.fields is not None:
            return False
        pairs = ((current(entry, name), theirs.get(name)) for name in self.differing)
        return any(a is not None and b is not None and str(a) != str(b) for a, b in pairs)

    def _verdict(self, side: Side, weighed: Weighed, values: Values, one: Known) -> Verdict | None:
        if self.discreet and one.closed:
            weighed = side.judge.without(weighed, one.closed)
        verdict = judged(weighed.score, side.thresholds)
        if verdict is None and side.fields is None and side.judge.related(values, one.values):
            return None if self.discreet and side.judge.title in one.closed else "related"
        return verdict

    def _match(
        self, side: Side, weighed: Weighed, values: Values, one: Known, *, verdict: Verdict
    ) -> Match:
        open_ = side.judge.without(weighed, one.closed) if one.closed else weighed
        return Match(
            record=one.record,
            reasons=side.judge.reasons(open_),
            score=shown(open_.score),
            title=one.title if one.seen else "",
            owner=one.owner,
            seen=one.seen,
            card=redacted(one.card),
            verdict=verdict,
            object=side.object.key if side.fields is not None else "",
            compared=side.judge.compared(
                weighed, values, one.values, closed=one.closed, seen=one.seen
            ),
            until=one.until,
        )

    def head(self, entry: Entry, keys: Iterable[str]) -> Known | None:
        """Give the head office of a branch, if it is there and seen."""
        values = self.own.values(entry)
        met = (one for one in self.own.met(keys) if one.seen)
        return next((one for one in met if self.own.judge.belongs(values, one.values)), None)

    def strangers(self, one: Entry, other: Entry) -> bool:
        """Say whether two entries bear the registered names of two companies."""
        return self.own.judge.strangers(self.own.values(one), self.own.values(other))

    def told(self, match: Match, entry: Entry, one: Known) -> Match | None:
        """
        Give a match of keys with what its fields say beside them; None if it is not to be told.

        Registered companies of two different names are two, whatever else they share.
        """
        values = self.own.values(entry)
        judge = self.own.judge
        weighed = judge.weigh(judge.apart(values), judge.apart(one.values))
        reasons = tuple(name for name in match.reasons if name not in one.closed)
        apart = not match.binding and judge.strangers(values, one.values)
        if not reasons and self.discreet:
            verdict = self._verdict(self.own, weighed, values, one)
            if verdict in (None, "related"):
                return None
            return self._match(self.own, weighed, values, one, verdict=verdict)
        seen = one.seen and bool(reasons)
        compared = judge.compared(weighed, values, one.values, closed=one.closed, seen=seen)
        return replace(
            match,
            reasons=reasons,
            compared=compared if reasons else (),
            verdict="warn" if apart else "block",
            score=shown(weighed.score) if apart else 1.0,
            seen=seen,
            title=match.title if seen else "",
            card=match.card if reasons else "",
            until=one.until,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The entries of a batch that later ones are compared with, by the keys they bring."""

    side: Side
    by_key: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def bring(self, n: int, keys: Iterable[str]) -> None:
        """Remember the keys an entry brings."""
        for key in keys:
            if len(some := self.by_key[key]) < CROWD:
                some.append(n)

    def alike(self, entry: Entry, keys: Iterable[str], entries: Sequence[Entry]) -> list[Match]:
        """Give the entries before this one that it is much like."""
        met = dict.fromkeys(n for key in keys for n in self.by_key.get(key, ()))
        if not met:
            return []
        judge, values = self.side.judge, self.side.values(entry)
        mine: Mapping[str, Parts] = {}
        found: list[Match] = []
        for n in met:
            theirs = self.side.values(entries[n])
            if judge.hopeless(values, theirs, self.side.thresholds.least):
                continue
            mine = mine or judge.apart(values)
            weighed = judge.weigh(mine, judge.apart(theirs))
            verdict = judged(weighed.score, self.side.thresholds)
            if verdict is not None:
                found.append(
                    Match(
                        record=None,
                        entry=n,
                        reasons=judge.reasons(weighed),
                        score=shown(weighed.score),
                        verdict=verdict,
                    )
                )
        return found


def _points_at(entry: Entry, record: UUID) -> bool:
    """Say whether an entry belongs to a record: a contact shares its customer's telephone."""
    own = str(record)
    return own in entry.values.values() or own in (entry.before or {}).values()


def judged(score: float, thresholds: Thresholds) -> Verdict | None:
    """Say what follows from a probability."""
    if thresholds.block is not None and score >= thresholds.block:
        return "block"
    if thresholds.warn is not None and score >= thresholds.warn:
        return "warn"
    return None


def shown(score: float) -> float:
    """Give a probability as it is told: only what agrees in a key is certain."""
    return min(round(score, 4), SUREST)
