"""
Where old ids lead while merges are taken back: what a record pointed at may have been merged since.

A value that lands elsewhere is written down in the books of the merges that led it there, so that
it finds its way when they are taken back too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from zhike.hub.merge.ledger import QUERIES, Merge, Move, written
from zhike.hub.merge.parting.untangle import Back
from zhike.hub.merge.survive import rules
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object, Snapshot

Step = tuple[UUID, UUID]
"""A merge, and the record it led to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """Where a merge has led one link, and whether a list named that anyway."""

    to: str
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Landing:
    """Where pointers lead now, and what is to be written down of those that were led."""

    pointers: Mapping[str, str]
    steps: Mapping[tuple[str, str], Step]
    trails: Mapping[tuple[UUID, str, str], Trail]
    """By record, field and what it pointed at: to what a merge has led that very link since."""
    moves: dict[Step, list[Move]] = field(default_factory=dict)
    own: list[Mapping[str, Json]] = field(default_factory=list)
    """What lists would name again by themselves, and name already because of some merge."""
    disowned: list[Mapping[str, Json]] = field(default_factory=list)
    """What lists name no more by themselves, but still because of some merge."""
    gone: list[Mapping[str, Json]] = field(default_factory=list)
    """Links that are there no more: what merges have led somewhere was taken out."""

    def led(self, key: str, value: Json) -> Json:
        """Give where a value of a field would lead if it was written now."""
        target = self.pointers.get(key)
        if target is None or value is None or not self.steps:
            return value
        if isinstance(value, list):
            return list(dict.fromkeys(self._end(target, one) for one in value))
        return self._end(target, value)

    def traced(self, record: UUID, key: str, value: Json) -> Json:
        """Give what became of a value in a field of a record, if nobody changed it since."""
        if key not in self.pointers or value is None or not self.trails:
            return value
        if isinstance(value, list):
            return list(dict.fromkeys(self._trail(record, key, one) for one in value))
        return self._trail(record, key, value)

    def _trail(self, record: UUID, key: str, id_: str) -> str:
        while (trail := self.trails.get((record, key, id_))) is not None:
            id_ = trail.to
        return id_

    def taken_out(
        self, obj: str, record: UUID, key: str, value: str, *, listed: bool
    ) -> str | None:
        """
        Note that a value is taken out of a field, wherever merges have led it.

        Gives what has to go for that; None if a list names it for another reason, too.
        """
        id_ = value
        while (trail := self.trails.get((record, key, id_))) is not None:
            self.gone.append({"object": obj, "field": key, "record": record, "was": id_})
            if listed and (trail.held or self._others(record, key, trail.to)):
                return None
            id_ = trail.to
        if listed and self._others(record, key, id_):
            if id_ == value:
                self.disowned.append({"object": obj, "field": key, "record": record, "held": id_})
            return None
        return id_

    def _others(self, record: UUID, key: str, to: str) -> bool:
        """Say whether something that stays has been led there."""
        gone = {(one["record"], one["field"], one["was"]) for one in self.gone}
        return any(
            place[:2] == (record, key) and one.to == to and place not in gone
            for place, one in self.trails.items()
        )

    def _end(self, target: str, id_: str) -> str:
        while (step := self.steps.get((target, id_))) is not None:
            id_ = str(step[1])
        return id_

    def landed(self, obj: str, record: UUID, back: Back) -> None:
        """Note that a value was put back into a record and led elsewhere."""
        target, id_ = self.pointers.get(back.key), back.value
        if target is None or id_ is None:
            return
        if back.held and (target, id_) not in self.steps:
            self.own.append({"object": obj, "field": back.key, "record": record, "held": id_})
        while (step := self.steps.get((target, id_))) is not None:
            to = str(step[1])
            last = (target, to) not in self.steps
            held = back.held if last else (record, back.key, to) in self.trails
            held = held or to in back.beside
            move = Move(object=obj, field=back.key, record=record, was=UUID(id_), held=held)
            self.moves.setdefault(step, []).append(move)
            id_ = to


async def landing(tx: Tx, snapshot: Snapshot, obj: Object, merges: Sequence[Merge]) -> Landing:
    """Give where everything leads that some merges have to do with."""
    known = rules(snapshot, obj.key)
    pointers = {key: of for key, of in known.pointers.items() if not snapshot.objects[of].system}
    places = [{"object": of, "record": id_} for of, id_ in set(_places(pointers, merges))]
    ids = [one.survivor for one in merges]
    chain, trails = await tx.several(
        [
            QUERIES["chain"](places=written(places)),
            QUERIES["trails"](object=obj.key, records=ids),
        ]
    )
    return Landing(
        pointers=pointers,
        steps={(of, str(record)): (merge, survivor) for of, record, merge, survivor in chain},
        trails={
            (record, key, str(was)): Trail(to=str(to), held=kept)
            for record, key, was, to, kept in trails
        },
    )


def _places(pointers: Mapping[str, str], merges: Sequence[Merge]) -> Iterator[tuple[str, str]]:
    for one in merges:
        for held in (one.before, one.after):
            for key, target in pointers.items():
                value = held.get(key)
                for id_ in value if isinstance(value, list) else [value] if value else []:
                    yield target, id_
