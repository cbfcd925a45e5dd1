"""
What is looked for beside exact keys: records that are alike, of this object and of others, as far
as anything would follow from finding them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import orjson

from zhike.hub.identity.gate import Keys
from zhike.hub.identity.likeness import Likeness, Side
from zhike.hub.identity.plan import IdentityPlan, exact, plan
from zhike.hub.identity.weighing import (
    Judge,
    Judges,
    Thresholds,
    thresholds,
    weights,
)
from zhike.kernel.sql import Sql
from zhike.kernel.tx import Tx
from zhike.meta import Object, Snapshot
from zhike.store.alike import expressed, expressions
from zhike.store.batch import NEAR, Batch, Entry
from zhike.store.write import NOBODY, Alike, Around, Known, current


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Another object whose records may be the same party."""

    object: Object
    ways: IdentityPlan
    fields: Mapping[str, str]
    thresholds: Thresholds


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """Where one batch is looked for."""

    snapshot: Snapshot
    object: Object
    ways: IdentityPlan
    thresholds: Thresholds
    others: Sequence[Other]
    asking: bool

    def beside(self, entry: Entry, keys: Keys) -> Keys:
        """Give an entry's keys with those by which like records are looked for."""
        if not self.thresholds.asks and not self.others:
            return keys
        near: dict[str, Sequence[str]] = {}
        if self.thresholds.asks and (own := [one for one in keys.fresh if one[0] == NEAR]):
            near[self.object.key] = own
        for other in self.others:
            values = {theirs: current(entry, ours) for theirs, ours in other.fields.items()}
            if found := other.ways.keys(values):
                near[other.object.key] = found
        return keys._replace(near=near) if near else keys

    def locked(self, keys: Keys) -> Iterable[str]:
        """Give the keys that are locked: those of like records only if one would be refused."""
        if self.thresholds.block is not None and self.object.key in keys.near:
            return keys.fresh
        return exact(keys.fresh)

    def alike(self, keys: Iterable[Keys]) -> Alike:
        """Say which records are worth comparing with the entries of these keys."""
        found: dict[str, set[str]] = defaultdict(set)
        for one in keys:
            for object_, some in one.near.items():
                found[object_].update(some)
        return Alike(keys=found, weights=self.learnt) if found else NOBODY

    @property
    def learnt(self) -> Sql:
        """Ask what was learnt of the objects whose records are compared."""
        return weights([self.object.key, *(one.object.key for one in self.others)])

    def within(self, keys: Iterable[Keys]) -> bool:
        """Say whether entries may be like each other: then some bring the same key."""
        brought = [key for one in keys for key in one.fresh] if self.thresholds.asks else ()
        return len(set(brought)) < len(brought)

    async def likeness(
        self, tx: Tx, found: Around, entries: Sequence[Entry], *, within: bool
    ) -> Likeness | None:
        """
        Give how entries are compared; None if there is nothing to compare them with.

        `within` says whether they may be like each other.
        """
        if not (found.alike or found.matches or within):
            return None
        rows = await tx.rows(self.learnt) if found.weights is None else found.weights
        known = Judges(self.snapshot, rows)
        own = known.of(self.object)
        if own is None:
            return None
        met = _by_object(found.alike)
        others = [
            await self._expressed(
                tx,
                entries,
                Side(
                    object=one.object,
                    judge=judging,
                    thresholds=one.thresholds,
                    fields=one.fields,
                    found=met[one.object.key],
                ),
            )
            for one in self.others
            if (judging := self._judging(known, one))
        ]
        return Likeness(
            own=await self._expressed(
                tx,
                entries,
                Side(
                    object=self.object,
                    judge=own,
                    thresholds=self.thresholds,
                    found=met[self.object.key],
                ),
            ),
            others=others,
            differing=self.ways.differing,
            discreet=self.asking,
        )

    async def _expressed(self, tx: Tx, entries: Sequence[Entry], side: Side) -> Side:
        """Give a side with what the expressions of its match document give for the entries."""
        said = expressions(self.snapshot, side.object)
        read = {field for one in said.values() for _, field in one.parts}
        rows = [side.named(entry, read) for entry in entries] if said else []
        asked = expressed(self.snapshot, side.object, rows) if rows else None
        if asked is None:
            return side
        found = [orjson.loads(row[0]) for row in await tx.rows(asked)]
        values = {id(one): told for one, told in zip(entries, found, strict=True)}
        return replace(side, expressed=values)

    def _judging(self, known: Judges, other: Other) -> Judge | None:
        named = (theirs for theirs, ours in other.fields.items() if ours == self.object.title)
        return known.of(other.object, naming=next(named, None))


def looking_of(batch: Batch, ways: IdentityPlan, *, asking: bool) -> Looking:
    """Say where a batch is looked for; who insists on a second record is not told of likenesses."""
    snapshot, key = batch.policy.snapshot, batch.object.key
    limits = thresholds(snapshot, key, batch.source)
    if not asking and (batch.rule == "create" or not ways.near):
        limits = Thresholds(block=None, warn=None)
    return Looking(
        snapshot=snapshot,
        object=batch.object,
        ways=ways,
        thresholds=limits,
        others=_others(batch, limits, asking=asking),
        asking=asking,
    )


def _others(batch: Batch, limits: Thresholds, *, asking: bool) -> Sequence[Other]:
    snapshot = batch.policy.snapshot
    match = snapshot.matches.get(batch.object.key)
    if match is None or not match.against:
        return ()
    return [
        Other(
            object=snapshot.objects[one.object],
            ways=plan(snapshot, one.object),
            fields=one.fields,
            thresholds=Thresholds(block=one.block, warn=limits.warn),
        )
        for one in match.against
        if one.object in snapshot.objects
        and (asking or (one.block is not None and limits.block is not None))
    ]


def _by_object(alike: Iterable[Known]) -> Mapping[str, Mapping[str, Sequence[Known]]]:
    found: dict[str, dict[str, list[Known]]] = defaultdict(lambda: defaultdict(list))
    for one in alike:
        for key in one.keys:
            found[one.object][key].append(one)
    return found
