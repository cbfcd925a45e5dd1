"""What is done to one chunk of records, and how it is taken back; one transaction each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhike.access import Policy
from zhike.hub.hands import TakeIn
from zhike.hub.sweep.adding import held_by, joined
from zhike.hub.sweep.faults import ChangedSince
from zhike.hub.sweep.ledger import Item, Outcome, Sweep
from zhike.hub.transfer import given_away
from zhike.kernel.faults import problem
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

    async def done(self) -> tuple[Sequence[Outcome], int]:
        """Do it; say what became of each record, and how many others went along."""
        spec = self.sweep.spec
        match spec.act:
            case "change":
                return self._outcomes(await self._changed()), 0
            case "delete" | "restore":
                return self._outcomes(await self._walked(spec.act, {})), 0
            case "transfer":
                return await self._given()

    async def _changed(self) -> Sequence[Entry]:
        spec, ids = self.sweep.spec, [one.record for one in self.items]
        more: Mapping[UUID, Mapping[str, Json]] = {}
        if spec.add:
            held = await held_by(self.tx, self.held, self.object, ids=ids, keys=tuple(spec.add))
            more = {one: joined(spec.add, held.get(one)) for one in ids}
        given = {one: {**spec.set, **more.get(one, {})} for one in ids}
        return await self._walked("update", given)

    async def _walked(
        self, action: Action, given: Mapping[UUID, Mapping[str, Json]], *, back: str = ""
    ) -> Sequence[Entry]:
        """Have records walk the intake, those in `given` if any are there, else all."""
        ids = [one.record for one in self.items if not given or one.record in given]
        if not ids:
            return ()
        batch = Batch(
            policy=self.held,
            object=self.object,
            action=action,
            entries=tuple(Entry(given=given.get(one, {}), record=one) for one in ids),
            source=self.held.viewer.source,
            cause=f"sweep {self.sweep.id}{back}",
        )
        return (await self.take_in(batch, self.tx)).entries

    async def _given(self) -> tuple[Sequence[Outcome], int]:
        cause = f"sweep {self.sweep.id}"
        ids = [one.record for one in self.items]
        wanted = self.sweep.spec.transfer
        done = await given_away(
            self.tx, self.held, self.sweep.object, ids,
            wanted=wanted, take_in=self.take_in, cause=cause,
        )  # fmt: skip
        along = sum(one.fate is Fate.UPDATED for some in done.along.values() for one in some)
        return self._outcomes(done.entries), along

    def _outcomes(self, entries: Sequence[Entry]) -> Sequence[Outcome]:
        known = {one.record: one for one in entries}
        return [self._outcome(item, known[item.record]) for item in self.items]

    def _outcome(self, item: Item, entry: Entry) -> Outcome:
        if entry.fate is Fate.REFUSED:
            return Outcome(position=item.position, outcome="refused", problems=entry.problems)
        if entry.fate not in DONE:
            return Outcome(position=item.position, outcome="unchanged")
        kept = self.sweep.spec.act == "change"
        return Outcome(
            position=item.position,
            outcome="done",
            was=entry.old if kept else None,
            became=entry.new if kept else None,
            version=entry.version,
        )

    async def taken_back(self) -> Sequence[Outcome]:
        """Take it back, as far as nobody changed the records since."""
        if self.sweep.spec.act == "delete":
            entries = await self._walked("restore", {}, back=" undone")
            return [self._back(item, one) for item, one in zip(self.items, entries, strict=True)]
        given = await self._before()
        entries = await self._walked("update", given, back=" undone") if given else ()
        known = {one.record: one for one in entries}
        return [self._back(item, known.get(item.record)) for item in self.items]

    async def _before(self) -> Mapping[UUID, Mapping[str, Json]]:
        """Give by record the values it had, of the fields that still hold what they got."""
        spec, fields = self.sweep.spec, self.object.fields
        keys = [one for one in spec.keys if one in fields]
        ids = [one.record for one in self.items]
        held = await held_by(self.tx, self.held, self.object, ids=ids, keys=("version", *keys))
        out: dict[UUID, Mapping[str, Json]] = {}
        for item in self.items:
            now = held.get(item.record)
            if now is None:
                continue
            untouched = now["version"] == item.version
            given = {
                key: _shown(self.object, key, item.was.get(key))
                for key in keys
                if key in item.became
                and (untouched or now[key] == _shown(self.object, key, item.became[key]))
            }
            if given:
                out[item.record] = given
        return out

    def _back(self, item: Item, entry: Entry | None) -> Outcome:
        if entry is None:
            changed = (problem(ChangedSince),)
            return Outcome(position=item.position, outcome="kept", problems=changed)
        if entry.fate is Fate.REFUSED:
            return Outcome(position=item.position, outcome="kept", problems=entry.problems)
        return Outcome(position=item.position, outcome="undone")


def _shown(obj: Object, key: str, value: Json) -> Json:
    """Give a value as people see and type it."""
    field = obj.fields[key]
    return None if value is None else field.kind.told(value, field.settings)
