"""
Pairs of records → how far they agree, and how sure it is that they are one: Splink compares them
with a model, on the machine it is lent, and the model says what that is worth.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from splink import SettingsCreator, block_on
from splink.blocking_rule_library import CustomRule
from splink.comparison_level_library import CustomLevel, ElseLevel, NullLevel
from splink.comparison_library import CustomComparison
from splink.internals.blocking_rule_creator import BlockingRuleCreator

from zhike.hub.identity.runs.aspects import Aspect
from zhike.hub.identity.runs.blocking import Rule
from zhike.hub.identity.runs.machines import Machine
from zhike.hub.identity.runs.model import Model, settled

FLOOR = 0.05
"""Pairs with a lower score are not kept."""
LEAST = FLOOR / 4
"""What Splink gives such a pair less than need not be scored by us."""
UNLIKELY = 1e-9
RECORD = "record"
TOUCHED = "touched"
LEVEL = "gamma_"

Levels = tuple[int | None, ...]
"""On which level each aspect agrees, None where one of the two says nothing."""
Compared = tuple[int, int, tuple[int, ...]]
"""The places of two records, and Splink's numbers for their levels."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Two records by their places in the table, how sure it is that they are one, and why."""

    a: int
    b: int
    score: float
    levels: Levels


def compared(
    on: Machine,
    model: Model,
    followed: Sequence[Rule],
    *,
    least: float = LEAST,
    fresh: bool = False,
) -> list[Compared]:
    """Compare the pairs that some rules give; `fresh`: those of which something has changed."""
    linker = on.linker(settings(on, model.aspects, followed, model=model, fresh=fresh))
    answer = linker.inference.predict(threshold_match_probability=least)
    levels = [LEVEL + one.field for one in model.aspects]
    rows = on.columns(answer, [f"{RECORD}_l", f"{RECORD}_r", *levels])
    told = zip(*(rows[one] for one in levels), strict=True)
    return list(zip(rows[f"{RECORD}_l"], rows[f"{RECORD}_r"], told, strict=True))


def scored(model: Model, looked_at: Iterable[Compared]) -> list[Scored]:
    """Give the pairs that may be one, with their scores."""
    judged = _judged(model)
    return [
        Scored(a=min(a, b), b=max(a, b), score=score, levels=levels)
        for a, b, gammas in looked_at
        for levels, score in (judged(gammas),)
        if score >= FLOOR
    ]


def _judged(model: Model) -> Callable[[tuple[int, ...]], tuple[tuple[int | None, ...], float]]:
    """Give what turns Splink's numbers for the levels into ours and a score; few ever differ."""
    tops = [len(one.scale.levels) - 1 for one in model.aspects]

    @cache
    def judged(gammas: tuple[int, ...]) -> tuple[tuple[int | None, ...], float]:
        found = [None if one < 0 else top - one for one, top in zip(gammas, tops, strict=True)]
        levels = tuple(settled(model.aspects, found))
        return levels, model.score(levels)

    return judged


def settings(
    on: Machine,
    known: Sequence[Aspect],
    followed: Sequence[Rule],
    *,
    model: Model | None = None,
    fresh: bool = False,
) -> SettingsCreator:
    """Say to Splink what is compared how, by which pairs; with a model, what that is worth."""
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name=RECORD,
        comparisons=[_comparison(on, one, model) for one in known],
        blocking_rules_to_generate_predictions=[
            _touching(on, one) if fresh else block_on(*one.columns) for one in followed
        ],
        probability_two_random_records_match=model.prior if model else 0.0001,
        max_iterations=20,
        em_convergence=0.001,
    )


def _touching(on: Machine, rule: Rule) -> BlockingRuleCreator:
    """Give the condition of a rule for pairs of which something has changed."""
    same = " AND ".join(f"l.{one} = r.{one}" for one in rule.columns)
    return CustomRule(f"{same} AND (l.{TOUCHED} OR r.{TOUCHED})", sql_dialect=on.dialect)


def _comparison(on: Machine, one: Aspect, model: Model | None) -> CustomComparison:
    worth = model.worth[one.field] if model else None
    levels: list[Any] = [NullLevel(one.first)]
    for n, level in enumerate(one.scale.levels):
        made: Any = (
            ElseLevel()
            if level.sql == "ELSE"
            else CustomLevel(on.said(condition(one, level.sql)), level.word)
        )
        if worth is not None:
            # What keeps two records apart is judged with all levels in view, see `settled`.
            m = worth.u[n] if one.apart(n) else worth.m[n]
            made = made.configure(m_probability=m, u_probability=worth.u[n])
        elif one.apart(n):
            made = made.configure(m_probability=UNLIKELY, fix_m_probability=True)
        levels.append(made)
    return CustomComparison(output_column_name=one.field, comparison_levels=levels)


def condition(one: Aspect, said: str) -> str:
    """Put the columns of an aspect into what a level says of the parts of its scale."""
    return said.format_map({part: one.column(part) for part in one.scale.parts})
