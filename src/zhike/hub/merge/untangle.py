"""
What a merge did to a value, taken out again: also from under what came later. Pure.

A value is what the merge made of it, or was changed since. Pointers may have moved on meanwhile,
because what they point at was merged too; `led` says where they lead now.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from zhike.hub.merge.ledger import Later, Merge, Move
from zhike.hub.merge.survive import same
from zhike.meta import Json

Led = Callable[[str, Json], Json]
"""Where a value of a field leads now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untangled:
    """What becomes of one survivor, of later merges into it, and what was changed since."""

    values: Mapping[str, Json]
    later: Sequence[Later]
    kept: Sequence[str]


def untangled(
    now: Mapping[str, Json],
    before: Mapping[str, Json],
    after: Mapping[str, Json],
    *,
    lists: Collection[str],
    later: Sequence[Later],
    led: Led,
) -> Untangled:
    """
    Give what a record holds without a merge.

    Where a later merge changed the same field, it is told that it found what the earlier one had
    found: so that all can be taken back in whatever order. Of lists goes what the merge brought.
    """
    values: dict[str, Json] = {}
    kept: list[str] = []
    others = list(later)
    for key, old in before.items():
        was, made = led(key, old), led(key, after.get(key))
        if key in lists:
            values[key] = _without(led(key, now.get(key)), was or [], made or [])
            others = [_relisted(one, key, was or [], made or [], led=led) for one in others]
            continue
        at = next((n for n, one in enumerate(others) if key in one.before), None)
        if at is not None:
            found = others[at].before[key]
            if same(led(key, found), made):
                others[at] = replace(others[at], before={**others[at].before, key: old})
            else:
                kept.append(key)
        elif same(now.get(key), made):
            values[key] = was
        else:
            kept.append(key)
    changed = {key: one for key, one in values.items() if not same(one, now.get(key))}
    return Untangled(values=changed, later=_rewritten(later, others), kept=kept)


def _without(now: Json, was: Sequence[Json], made: Sequence[Json]) -> Json:
    """Give a list without what was added to it, and with what was taken out."""
    held = now or []
    if same(held, list(made)):
        return list(was) or None
    left = [one for one in held if one in was or one not in made]
    left += [one for one in was if one not in made and one not in left]
    return left or None


def _relisted(one: Later, key: str, was: Json, made: Json, *, led: Led) -> Later:
    if key not in one.before:
        return one
    return replace(
        one,
        before={**one.before, key: _without(led(key, one.before[key]), was, made)},
        after={**one.after, key: _without(led(key, one.after.get(key)), was, made)},
    )


def _rewritten(before: Sequence[Later], after: Sequence[Later]) -> list[Later]:
    return [new for old, new in zip(before, after, strict=True) if new is not old]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """The way of one link back: from the survivor to the record it led to."""

    survivor: UUID
    was: UUID
    stays: bool
    """Whether the survivor stays in the list, because it was there anyway."""

    def back(self, now: Sequence[UUID]) -> list[UUID]:
        """Give what a field points at once it is led back."""
        left = [one for one in now if one != self.survivor or self.stays]
        return left if self.was in left else [*left, self.was]

    def told(self, value: Json) -> Json:
        """Give a value of the books once it is led back."""
        if isinstance(value, list):
            if str(self.survivor) not in value:
                return value
            return [str(one) for one in self.back([UUID(one) for one in value])]
        return str(self.was) if value == str(self.survivor) and not self.stays else value


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
            before = {**one.before, move.field: way.told(one.before[move.field])}
            after = one.after
            if listed:
                after = {**after, move.field: way.told(after.get(move.field))}
            self.merges[key] = replace(one, before=before, after=after)
            self.changed.add(key)
        return bool(later)

    def rewritten(self) -> list[Later]:
        """Give those that are not as they were."""
        return [self.merges[key] for key in sorted(self.changed)]
