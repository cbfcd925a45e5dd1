"""
Which pairs are looked at: those that agree in something that few records share.

No rule is written by hand: the data say how many pairs each part of each field would give, and what
gives too many is only taken together with a part of another field.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from zhike.hub.identity.runs.aspects import Aspect
from zhike.hub.identity.runs.machines import RECORDS, Machine

PER_RECORD = 6
FEW = 300_000
MOST_RULES = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Columns that two records have to share to be compared, and how many pairs that gives."""

    columns: tuple[str, ...]
    fields: frozenset[str]
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Part:
    field: str
    column: str
    alone: bool
    """Whether an agreement in it may be enough to look at a pair."""


def rules(on: Machine, count: int, aspects: Sequence[Aspect]) -> list[Rule]:
    """Give the rules worth following, those with the fewest pairs first."""
    budget = max(FEW, PER_RECORD * count)
    parts = [*_parts(aspects)]
    single = _counted(on, [(one,) for one in parts if one.alone])
    fine = [one for one in single if 0 < one.pairs <= budget]
    taken = {one.columns[0] for one in fine}
    rest = [one for one in parts if one.column not in taken]
    double = _counted(on, [(a, b) for a, b in combinations(rest, 2) if a.field != b.field])
    fine += sorted((one for one in double if 0 < one.pairs <= budget), key=lambda one: one.pairs)
    return sorted(fine[:MOST_RULES], key=lambda one: one.pairs)


def _parts(aspects: Sequence[Aspect]) -> Iterator[_Part]:
    for one in aspects:
        for part in (*one.scale.blocks, *one.scale.hints):
            alone = part in one.scale.blocks
            yield _Part(field=one.field, column=one.column(part), alone=alone)


def _counted(on: Machine, wanted: Sequence[tuple[_Part, ...]]) -> list[Rule]:
    """Count the pairs that share each of some groups of parts, all in one question."""
    if not wanted:
        return []
    union = " UNION ALL ".join(_count(n, parts) for n, parts in enumerate(wanted))
    pairs = on.numbers(f"SELECT pairs FROM ({union}) AS counted ORDER BY place")  # noqa: S608 - our own names
    return [
        Rule(
            columns=tuple(one.column for one in parts),
            fields=frozenset(one.field for one in parts),
            pairs=count,
        )
        for parts, count in zip(wanted, pairs, strict=True)
    ]


def _count(place: int, parts: Sequence[_Part]) -> str:
    names = ", ".join(one.column for one in parts)
    there = " AND ".join(f"{one.column} IS NOT NULL" for one in parts)
    return (
        f"SELECT {place} AS place, CAST(sum(n * (n - 1) / 2) AS BIGINT) AS pairs"  # noqa: S608 - our own names
        f" FROM (SELECT count(*) AS n FROM {RECORDS} WHERE {there} GROUP BY {names}) AS shared"
    )
