"""
Which pairs are looked at: those that agree in something that few records share.

No rule is written by hand: the data say how many pairs each part of each field would give, and what
gives too many is only taken together with a part of another field.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import duckdb

from zhike.hub.identity.runs.aspects import Aspect

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


def rules(db: duckdb.DuckDBPyConnection, table: str, aspects: Sequence[Aspect]) -> list[Rule]:
    """Give the rules worth following, those with the fewest pairs first."""
    row = db.execute(f"SELECT count(*) FROM {table}").fetchall()[0]  # noqa: S608 - our own names
    budget = max(FEW, PER_RECORD * row[0])
    parts = [*_parts(aspects)]
    single = [_rule(db, table, (one,)) for one in parts if one.alone]
    fine = [one for one in single if 0 < one.pairs <= budget]
    taken = {one.columns[0] for one in fine}
    rest = [one for one in parts if one.column not in taken]
    double = [_rule(db, table, (a, b)) for a, b in combinations(rest, 2) if a.field != b.field]
    fine += sorted((one for one in double if 0 < one.pairs <= budget), key=lambda one: one.pairs)
    return sorted(fine[:MOST_RULES], key=lambda one: one.pairs)


def _parts(aspects: Sequence[Aspect]) -> Iterator[_Part]:
    for one in aspects:
        for part in (*one.scale.blocks, *one.scale.hints):
            alone = part in one.scale.blocks
            yield _Part(field=one.field, column=one.column(part), alone=alone)


def _rule(db: duckdb.DuckDBPyConnection, table: str, parts: Sequence[_Part]) -> Rule:
    names = ", ".join(f'"{one.column}"' for one in parts)
    there = " AND ".join(f'"{one.column}" IS NOT NULL' for one in parts)
    row = db.execute(
        f"SELECT coalesce(sum(n * (n - 1) // 2), 0)::BIGINT FROM"  # noqa: S608 - our own names
        f" (SELECT count(*) AS n FROM {table} WHERE {there} GROUP BY {names})"
    ).fetchall()[0]
    return Rule(
        columns=tuple(one.column for one in parts),
        fields=frozenset(one.field for one in parts),
        pairs=row[0],
    )
