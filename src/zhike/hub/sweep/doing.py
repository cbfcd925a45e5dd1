"""What is done to one chunk of records; one transaction with how far it came."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from zhike.access import Policy
from zhike.hub.hands import TakeIn
from zhike.hub.sweep.adding import held_by, joined
from zhike.hub.sweep.ledger import Item, Outcome, Sweep
from zhike.hub.transfer import given_away
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object
from zhike.store.batch import Action, Batch, Entry, Fate

DONE = frozenset({Fate.UPDATED, Fate.DELETED, Fate.RESTORED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Some records of a sweep, and what it takes to have them walk the intake."""

    tx: Tx
    held: Policy
    """Of whoever asked, as it is now."""
    sweep: Sweep
    take_in: TakeIn
    items: Sequence[Item]

    @property
    def object(self) -> Object:
        """What they are records of."""
        return self.held.snapshot.objects[self.sweep.object]

    async def done(self) -> Sequence[Outcome]:
        """Do it; say what became of each record, and of those that went along."""
        spec = self.sweep.spec
        match spec.act:
            case "change":
                return [*self._outcomes(await self._changed())]
            case "delete" | "restore":
                return [*self._outcomes(await self._walked(spec.act, {}))]
            case "transfer":
                return await self._given()

    async def _changed(self) -> Sequence[Entry]:
        spec, ids = self.sweep.spec, [one.record for one in self.items]
        more: Mapping[UUID, Mapping[str, Json]] = {}
        if spec.add:
            held = await held_by(self.tx, self.held, self.object, ids=ids, keys=tuple(spec.add))
            more = {one: joined(spec.add, held.get(one)) for one in ids}
        return await self._walked("update", {one: {**spec.set, **more.get(one, {})} for one in ids})

    async def _walked(
        self, action: Action, given: Mapping[UUID, Mapping[str, Json]]
    ) -> Sequence[Entry]:
        batch = Batch(
            policy=self.held,
            object=self.object,
            action=action,
            entries=tuple(
                Entry(given=given.get(one.record, {}), record=one.record) for one in self.items
            ),
            source=self.held.viewer.source,
            cause=f"sweep {self.sweep.id}",
        )
        return (await self.take_in(batch, self.tx)).entries

    async def _given(self) -> Sequence[Outcome]:
        done = await given_away(
            self.tx, self.held, self.sweep.object, [one.record for one in self.items],
            wanted=self.sweep.spec.transfer, take_in=self.take_in, cause=f"sweep {self.sweep.id}",
        )  # fmt: skip
        along = along_with(self.object, done.along)
        return [*self._outcomes(done.entries), *along]

    def _outcomes(self, entries: Sequence[Entry]) -> Iterator[Outcome]:
        for item, one in zip(self.items, entries, strict=True):
            yield outcome_of(one, position=item.position)


def outcome_of(entry: Entry, *, position: int | None = None) -> Outcome:
    """Say what became of a record that something was done to; it may have become part of one."""
    if entry.fate is Fate.REFUSED:
        return Outcome(
            position=position, outcome="refused", record=entry.record, problems=entry.problems
        )
    if entry.fate not in DONE:
        return Outcome(position=position, outcome="unchanged", record=entry.record)
    changed = entry.fate is Fate.UPDATED
    return Outcome(
        position=position,
        outcome="done",
        record=entry.record,
        was=entry.old if changed else None,
        became=entry.new if changed else None,
        version=entry.version,
    )


ALONG: Mapping[str, str] = {"done": "along", "refused": "stayed"}
"""How it is called what became of a record that should go along."""


def along_with(obj: Object, along: Mapping[str, Sequence[Entry]]) -> Iterator[Outcome]:
    """Say what became of the records of some relations, those that needed no change left out."""
    for name, entries in along.items():
        for one in entries:
            out = outcome_of(one)
            if out.outcome in ALONG:
                yield replace(out, outcome=ALONG[out.outcome], object=obj.relations[name].object)
