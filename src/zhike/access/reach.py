"""
Reaches: which records something is true of, said with named conditions and no SQL.

Everything a role may say comes down to this one thing: a scope, a stage, a share, a denial. A reach
is a set of alternatives, each a set of conditions that have to hold together; reaches are added up,
intersected and turned around, and what another alternative says already is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from zhike.meta import Scopes


class Condition(NamedTuple):
    """A condition by its name: a word of scopes or an expression; `holds` is False for its not."""

    name: str
    holds: bool = True


Alternative = frozenset[Condition]

SHARED = "shared"
"""The name of the condition that a record is shared with whoever asks."""
SHARED_TO_WRITE = "shared to write"

WIDER = {"own": "subordinates", "department": "departments", SHARED_TO_WRITE: SHARED}
"""Conditions that hold wherever another one does."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Some records: those on which any of the alternatives holds."""

    alternatives: frozenset[Alternative] = frozenset()

    def __or__(self, other: "Reach") -> "Reach":
        return Reach(_least(self.alternatives | other.alternatives))

    def __and__(self, other: "Reach") -> "Reach":
        both = product(self.alternatives, other.alternatives)
        return Reach(_least({one | another for one, another in both}))

    def __invert__(self) -> "Reach":
        turned = EVERYTHING
        for one in self.alternatives:
            turned &= Reach(frozenset(frozenset({Condition(it.name, not it.holds)}) for it in one))
        return turned

    def __bool__(self) -> bool:
        """Whether there may be any record in it."""
        return bool(self.alternatives)

    @property
    def whole(self) -> bool:
        """Whether every record is in it."""
        return frozenset() in self.alternatives

    def covers(self, other: "Reach") -> bool:
        """Say whether every record of another reach is surely in this one too."""
        return all(
            any(_implies(narrow, wide) for wide in self.alternatives)
            for narrow in other.alternatives
        )


WORDS = frozenset({"none", "own", "subordinates", "department", "departments", "all"})
PLACES = ("department:", "departments:")

NOBODY = Reach()
EVERYTHING = Reach(frozenset({frozenset()}))


Said = Scopes | bool | None
"""What a document may say of an action: scopes, or merely yes or no."""


def reach(said: Said) -> Reach:
    """Give the records that some scopes mean, as a document says them."""
    match said:
        case str():
            return _one(said.strip())
        case tuple():
            return union(_one(scope.strip()) for scope in said)
        case _:
            return EVERYTHING if said else NOBODY


def is_word(scope: str) -> bool:
    """Say whether a scope is one of the words for it; every other one is an expression."""
    word = scope.strip()
    return word in WORDS or (word.startswith(PLACES) and bool(word.partition(":")[2].strip()))


def union(reaches: Iterable[Reach]) -> Reach:
    """Add reaches up."""
    found = NOBODY
    for one in reaches:
        found |= one
    return found


def _one(scope: str) -> Reach:
    match scope:
        case "none" | "":
            return NOBODY
        case "all":
            return EVERYTHING
        case _:
            return Reach(frozenset({frozenset({Condition(scope)})}))


def _least(alternatives: Iterable[Alternative]) -> frozenset[Alternative]:
    """Leave out what can never be, and what another alternative says already."""
    kept: list[Alternative] = []
    for one in sorted({_tight(it) for it in alternatives if not _absurd(it)}, key=_told):
        if not any(_implies(one, other) for other in kept):
            kept = [other for other in kept if not _implies(other, one)]
            kept.append(one)
    return frozenset(kept)


def _told(one: Alternative) -> tuple[int, list[Condition]]:
    return len(one), sorted(one)


def _absurd(one: Alternative) -> bool:
    return any(
        Condition(wider, holds=False) in one
        for it in one
        if it.holds
        for wider in _upwards(it.name)
    )


def _tight(one: Alternative) -> Alternative:
    """Leave out the conditions that another one implies."""
    return frozenset(
        it for it in one if not any(other != it and _follows(other, it) for other in one)
    )


def _implies(narrow: Alternative, wide: Alternative) -> bool:
    return all(any(_follows(it, needed) for it in narrow) for needed in wide)


def _follows(one: Condition, other: Condition) -> bool:
    """Say whether the other condition holds wherever the one does."""
    if one.holds != other.holds:
        return False
    first, last = (one, other) if one.holds else (other, one)
    return last.name in _upwards(first.name)


def _upwards(name: str) -> tuple[str, ...]:
    wider = WIDER.get(name)
    if wider is None and name.startswith("department:"):
        wider = f"departments:{name.removeprefix('department:')}"
    return (name, wider) if wider else (name,)
