"""
What a merge did to a value, taken out again: also from under what came later. Pure.

A value is what the merge made of it, or was changed since. Pointers may have moved on meanwhile,
because what they point at was merged too; `led` says where they lead now.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self
from uuid import UUID

from zhike.hub.merge.ledger import Later, Merge, Move
from zhike.hub.merge.survive import same
from zhike.meta import Json

Led = Callable[[str, Json], Json]
"""What became of a value of a field, or where it leads now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leading:
    """What became of pointers meanwhile."""

    traced: Led
    """Where a value of this record is now, if nobody changed it since."""
    led: Led
    """Where a value leads that is written now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """A value that is put back as it had been, before it was led anywhere."""

    key: str
    value: Json
    held: bool = False
    """Whether the list holds already what it leads to."""
    beside: Sequence[Json] = ()
    """What is put back into the list with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untangled:
    """What becomes of one survivor, of later merges into it, and what was changed since."""

    values: Mapping[str, Json]
    later: Sequence[Later]
    kept: Sequence[str]
    back: Sequence[Back]


def untangled(
    now: Mapping[str, Json],
    merge: Merge,
    *,
    going: Mapping[str, Sequence[Json]],
    later: Sequence[Later],
    leading: Leading,
) -> Untangled:
    """
    Give what a record holds without a merge; `going` says for each list what has to go from it.

    Where a later merge changed the same field, it is told that it found what the earlier one had
    found: so that all can be taken back in whatever order. Of lists goes what the merge brought.
    """
    values: dict[str, Json] = {}
    kept: list[str] = []
    back: list[Back] = []
    others = list(later)
    for key, old in merge.before.items():
        if key in going:
            change = Change.of(leading, key, merge, going[key])
            values[key] = change.without(now.get(key))
            back += change.back(leading, key, now.get(key))
            others = [_relisted(one, key, change, leading) for one in others]
            continue
        made = leading.traced(key, merge.after.get(key))
        at = next((n for n, one in enumerate(others) if key in one.before), None)
        if at is not None:
            if same(leading.traced(key, others[at].before[key]), made):
                others[at] = replace(others[at], before={**others[at].before, key: old})
            else:
                kept.append(key)
        elif same(now.get(key), made):
            values[key] = leading.led(key, old)
            back.append(Back(key=key, value=old))
        else:
            kept.append(key)
    changed = {key: one for key, one in values.items() if not same(one, now.get(key))}
    rewritten = [new for old, new in zip(later, others, strict=True) if new is not old]
    return Untangled(values=changed, later=rewritten, kept=kept, back=back)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a merge did to a list: what it brought, and what it took out."""

    going: Sequence[Json]
    """What is there because of the merge alone."""
    lost: Sequence[Json]
    """What was taken out, as it leads now; and as it was."""
    gone: Sequence[Json]

    @classmethod
    def of(cls, leading: Leading, key: str, merge: Merge, going: Sequence[Json]) -> Self:
        """Compare a list before and after."""
        new = merge.after.get(key) or []
        gone = [one for one in merge.before[key] or [] if one not in new]
        return cls(going=going, lost=[leading.led(key, one) for one in gone], gone=gone)

    def without(self, now: Json) -> Json:
        """Give a list without what was brought, and with what was taken out."""
        left = self._left(now or [])
        left += [one for one in self.lost if one not in left]
        return left or None

    def back(self, leading: Leading, key: str, now: Json) -> Iterator[Back]:
        """Give what is put back into a list."""
        left = self._left(now or [])
        for one in self.gone:
            held = leading.led(key, one) in left
            yield Back(key=key, value=one, held=held, beside=self.gone)

    def _left(self, held: Sequence[Json]) -> list[Json]:
        return [one for one in held if one not in self.going]


def _relisted(one: Later, key: str, change: Change, leading: Leading) -> Later:
    if key not in one.before:
        return one
    before, after = (
        change.without(leading.traced(key, side.get(key))) for side in (one.before, one.after)
    )
    return replace(one, before={**one.before, key: before}, after={**one.after, key: after})


NOW = 2**62
NEVER = NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way of one link back: from the survivor to the record it led to."""

    survivor: UUID
    was: UUID
    since: int
    """From which merge on the survivor is in the list for another reason, and stays."""

    def back(self, now: Sequence[UUID], *, at: int = NOW) -> list[UUID]:
        """Give what a field points at once it is led back; or did, at a merge."""
        left = [one for one in now if one != self.survivor or self.since < at]
        return left if self.was in left else [*left, self.was]

    def told(self, value: Json, *, at: int) -> Json:
        """Give a value of the books of a merge once it is led back."""
        if isinstance(value, list):
            if str(self.survivor) not in value:
                return value
            return [str(one) for one in self.back([UUID(one) for one in value], at=at)]
        return str(self.was) if value == str(self.survivor) and self.since >= at else value


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """What merges of the pointing records found and made; changed as links are led back."""

    merges: dict[tuple[str, UUID], Later]
    changed: set[tuple[str, UUID]] = field(default_factory=set)

    def turned(self, merge: Merge, move: Move, way: Way, *, listed: bool) -> bool:
        """
        Lead back what later merges found in a field; says whether there was one that changed it.

        What they found is what the merge that goes had left; what they made is not.
        """
        later = [
            key
            for key, one in self.merges.items()
            if key[0] == move.object
            and one.survivor == move.record
            and one.seq > merge.seq
            and move.field in one.before
        ]
        for key in later if listed else later[:1]:
            one = self.merges[key]
            before = {**one.before, move.field: way.told(one.before[move.field], at=one.seq)}
            after = one.after
            if listed:
                after = {**after, move.field: way.told(after.get(move.field), at=one.seq)}
            self.merges[key] = replace(one, before=before, after=after)
            self.changed.add(key)
        return bool(later)

    def rewritten(self) -> list[Later]:
        """Give those that are not as they were."""
        return [self.merges[key] for key in sorted(self.changed)]
