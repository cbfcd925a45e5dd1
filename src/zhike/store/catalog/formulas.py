"""
What formulas and roll-ups mean: their types, and everything that is wrong with them.

`meta` cannot know the expression language; this is where the two meet.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhike.kernel.faults import Fault, Problem
from zhike.lang import Checked, checked
from zhike.meta import Field, Object, Snapshot, Type, retyped

Named = tuple[str, str]
"""An object and one of its fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """A snapshot in which every formula has its type, with what its expressions came to."""

    snapshot: Snapshot
    checked: Mapping[Named, Checked]
    problems: Mapping[Named, tuple[Problem, ...]]
    """By field; the addresses are places in its expression."""


def settled(snapshot: Snapshot) -> Settled:
    """Find the types of all formulas and roll-ups."""
    types: dict[Named, Type] = {}
    problems: dict[Named, tuple[Problem, ...]] = {}
    for object_, field in _computed(snapshot):
        name = (object_.key, field.key)
        try:
            types[name] = checked(expression(field), snapshot, object_.key).type
        except Fault as fault:
            problems[name] = fault.problems
    typed = retyped(snapshot, types)
    # Once more: an expression remembers the columns it reads, and now they have their types.
    known = {
        (of, key): checked(expression(typed.objects[of].fields[key]), typed, of)
        for of, key in types
    }
    return Settled(snapshot=typed, checked=known, problems=problems)


def expression(field: Field) -> str:
    """Give what a formula or roll-up says."""
    return str(getattr(field.settings, "formula", ""))


def _computed(snapshot: Snapshot) -> Iterator[tuple[Object, Field]]:
    for object_ in snapshot.objects.values():
        for field in object_.fields.values():
            if field.kind.name in {"formula", "rollup"}:
                yield object_, field
