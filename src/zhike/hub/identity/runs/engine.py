"""
Records → a model, scored pairs, clusters: Splink learns, on the machine it is lent.

Splink was chosen because it is the well-kept implementation of Fellegi and Sunter's model that
learns without labels, and does so on DuckDB, which needs no server, and on Spark alike.
"""

import logging
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum
from typing import Any

import pyarrow as pa
from splink import block_on

from zhike.hub.identity.runs.aspects import Aspect, Rules, Table
from zhike.hub.identity.runs.blocking import Rule, rules
from zhike.hub.identity.runs.clustering import Pair, clusters
from zhike.hub.identity.runs.machines import RECORDS, Duck, Machine
from zhike.hub.identity.runs.model import THRESHOLD, Model, Worth, blended
from zhike.hub.identity.runs.scoring import (
    LEAST,
    RECORD,
    TOUCHED,
    Levels,
    Scored,
    compared,
    condition,
    scored,
    settings,
)

LOG = logging.getLogger("zhike.identity")

GROWTH = 8
"""By how much it may turn out to be more often that two are the same, without comparing anew."""
SAMPLE = 1_000_000
SEED = 20_260_101
SESSIONS = 3
ENOUGH = 30
RECALL = 0.6
"""How many of the same agree on two telling fields at once, as a guess; learning corrects it."""
LEAST_PRIOR, MOST_PRIOR = 1e-9, 0.05
STEADY = 1.001
"""By how much that grows, counted anew, when it is taken to have settled."""
COMMON = 0.02
"""A part in which so many of all pairs agree, such as a size or a state, tells of nobody."""
SIDE = re.compile(r"\b(\w+__\w+)_([lr])\b")
"""A column of one of two records, as Splink names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a run found."""

    model: Model
    pairs: Sequence[Scored]
    """Surest first."""
    clusters: Sequence[Sequence[int]]
    rules: Rules = ()
    """By what pairs were looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """What the run before learnt and found, and the places of the records changed since."""

    model: Model
    touched: frozenset[int]
    pairs: Sequence[tuple[int, int, Sequence[int | None]]]
    rules: Rules | None = None
    """By what pairs were looked for then, if not all records are read now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """What Splink learnt, before it is weighed against what is known of how often two are one."""

    aspects: tuple[Aspect, ...]
    told: Mapping[str, Mapping[str, Any]]
    """By field, as Splink tells it."""
    prior: float
    pairs: float
    """How many pairs of records there are."""

    def model(self, prior: float) -> Model:
        """Give the model if two records are the same so often."""
        worth = {
            one.field: _worth(one, self.told[one.field], prior=prior, pairs=self.pairs)
            for one in self.aspects
        }
        return Model(aspects=self.aspects, worth=worth, prior=prior)


def found(
    table: Table,
    *,
    threshold: float = THRESHOLD,
    same: Iterable[Pair] = (),
    different: Iterable[Pair] = (),
    before: Before | None = None,
    on: Machine | None = None,
) -> Found | None:
    """
    Find who is the same in a table; None if its fields tell nobody from anybody.

    With a run `before`, nothing is learnt, and only pairs with a record that has changed since are
    looked at; the others are as they were.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    telling = table.only(before.model.aspects) if before else table.telling()
    if not telling.aspects:
        return None
    if before and len(telling) < 2:  # noqa: PLR2004 - nobody to compare
        return Found(model=before.model, pairs=(), clusters=())
    same = list(same)
    with on or Duck() as machine:
        machine.take(_arrow(telling, before.touched if before else frozenset()))
        followed = _followed(machine, telling, before)
        if not followed and not before:
            return None
        if before:
            model = before.model
            looked_at = compared(machine, model, followed, fresh=True) if followed else ()
            pairs = scored(model, looked_at)
        else:
            learnt = _learnt(machine, telling, followed)
            model, pairs = _weighed(machine, learnt, telling, followed, same=same)
    pairs = sorted([*pairs, *_taken_over(before)], key=lambda one: (-one.score, one.a, one.b))
    sure = [(one.a, one.b) for one in pairs if one.score >= threshold]
    return Found(
        model=model,
        pairs=pairs,
        clusters=clusters(telling, sure, same=same, different=different),
        rules=[one.columns for one in followed],
    )


def _followed(on: Machine, table: Table, before: Before | None) -> list[Rule]:
    """Give the rules that pairs are looked for by: those of the run before, or what pays."""
    if before is None or before.rules is None:
        return rules(on, len(table), table.aspects)
    return [Rule(columns=tuple(columns), fields=frozenset(), pairs=0) for columns in before.rules]


def _taken_over(before: Before | None) -> Iterable[Scored]:
    """Give the pairs of the run before of which nothing has changed."""
    for a, b, levels in before.pairs if before else ():
        if before and a not in before.touched and b not in before.touched:
            yield Scored(a=a, b=b, score=before.model.score(levels), levels=tuple(levels))


def _arrow(table: Table, touched: Collection[int]) -> pa.Table:
    """Give a table as DuckDB reads it; a record is its place in the list."""
    columns: dict[str, pa.Array] = {
        RECORD: pa.array(range(len(table)), pa.int64()),
        TOUCHED: pa.array([place in touched for place in range(len(table))], pa.bool_()),
    }
    for one in table.aspects:
        rows = table.parts[one.field]
        for place, part in enumerate(one.scale.parts):
            columns[one.column(part)] = pa.array([row[place] for row in rows], pa.string())
    return pa.table(columns)


def _recounted(learnt: Learnt, pairs: Iterable[Levels]) -> float:
    """
    Count how often two records are the same anew, by the scores themselves, until that settles.

    What was counted first misses whoever left a telling field empty or mistyped it.
    """
    seen, prior = Counter(pairs), learnt.prior
    while True:
        model = learnt.model(prior)
        same = fsum(model.score(levels) * count for levels, count in seen.items())
        counted = min(MOST_PRIOR, same / learnt.pairs)
        if counted <= prior * STEADY:
            return prior
        prior = counted


def _learnt(on: Machine, table: Table, followed: Sequence[Rule]) -> Learnt:
    learner = on.learner
    linker = learner.linker(settings(learner, table.aspects, followed))
    linker.training.estimate_u_using_random_sampling(
        max_pairs=SAMPLE, seed=SEED, min_count_per_level=None
    )
    prior = _prior(on, table, followed)
    told = linker.misc.save_model_to_json()
    for rule in _teachers(table.aspects, followed):
        try:
            linker.training.estimate_parameters_using_expectation_maximisation(
                block_on(*rule.columns),
                fix_u_probabilities=True,
                estimate_without_term_frequencies=True,
            )
            told = linker.misc.save_model_to_json()
        except Exception as error:  # noqa: BLE001 - Splink raises what it likes when a rule teaches nothing
            LOG.warning("nothing was learnt from %s: %s", rule.columns, str(error)[:200])
            linker = learner.linker(told)  # one that failed has lost what it was about to learn
    by_name = {one["output_column_name"]: one for one in told["comparisons"]}
    return Learnt(
        aspects=table.aspects, told=by_name, prior=prior, pairs=len(table) * (len(table) - 1) / 2
    )


def _taught(model: Model, table: Table, same: Sequence[Pair]) -> Model:
    """Have the model learn from the pairs that people took for one."""
    return model.taught(model.levels(table.row(a), table.row(b)) for a, b in same)


def _worth(one: Aspect, told: Mapping[str, Any], *, prior: float, pairs: float) -> Worth:
    levels = [level for level in told["comparison_levels"] if not level.get("is_null_level")]
    return blended(
        one,
        [level.get("m_probability") for level in levels],
        [level.get("u_probability") for level in levels],
        prior=prior,
        pairs=pairs,
    )


def _prior(on: Machine, table: Table, followed: Sequence[Rule]) -> float:
    """
    Give how often two records are the same: from how many agree on two telling parts at once.

    One of the two is the name, if there is one: families share telephones and addresses. Whom the
    name keeps apart, as the same brand in two places, is not counted.
    """
    count = len(table)
    every = count * (count - 1) / 2
    telling = [one for one in followed if len(one.columns) == 1 and one.pairs <= COMMON * every]
    named = frozenset(one.field for one in table.aspects if one.names)
    apart = [
        f"NOT coalesce({_of_sides(on.said(condition(one, level.sql)))}, false)"
        for one in table.aspects
        for place, level in enumerate(one.scale.levels)
        if one.apart(place) and level.sql != "ELSE"
    ]
    found = [
        (*a.columns, *b.columns)
        for n, a in enumerate(telling)
        for b in telling[n + 1 :]
        if not a.fields & b.fields and (not named or named & (a.fields | b.fields))
    ][:28] or [one.columns for one in telling if not named or named & one.fields][:1]
    least = max(LEAST_PRIOR, 1 / count**2)
    if not found:
        return least
    conditions = [
        " AND ".join([*(f"l.{column} = r.{column}" for column in columns), *apart])
        for columns in found
    ]
    union = " UNION ".join(
        f"SELECT l.{RECORD} AS a, r.{RECORD} AS b FROM {RECORDS} l JOIN {RECORDS} r"  # noqa: S608
        f" ON {one} AND l.{RECORD} < r.{RECORD}"
        for one in conditions
    )
    seen = on.numbers(f"SELECT count(*) FROM ({union}) AS found")  # noqa: S608 - our own names
    return min(MOST_PRIOR, max(least, seen[0] / RECALL / every))


def _of_sides(said: str) -> str:
    """Name the columns of two records as a join does, not as Splink does."""
    return SIDE.sub(r"\2.\1", said)


def _teachers(aspects: Sequence[Aspect], followed: Sequence[Rule]) -> list[Rule]:
    """Choose the rules to learn from: telling ones, of different fields, so that each is learnt."""
    chosen: list[Rule] = []
    for one in followed:
        enough = one.pairs >= ENOUGH and len(one.fields) < len(aspects)
        if enough and not any(one.fields & other.fields for other in chosen):
            chosen.append(one)
    return chosen[:SESSIONS]


def _weighed(
    on: Machine, learnt: Learnt, table: Table, followed: Sequence[Rule], *, same: Sequence[Pair]
) -> tuple[Model, list[Scored]]:
    """
    Give the model with how often two are the same as the scores themselves say, and the pairs.

    The pairs are compared once, as long as that does not turn out to be far more often: only what
    their levels are worth changes.
    """
    model = _taught(learnt.model(learnt.prior), table, same)
    looked_at = compared(on, model, followed, least=LEAST / GROWTH)
    pairs = scored(model, looked_at)
    prior = _recounted(learnt, [one.levels for one in pairs])
    if prior <= learnt.prior * STEADY:
        return model, pairs
    model = _taught(learnt.model(prior), table, same)
    if prior > learnt.prior * GROWTH:
        looked_at = compared(on, model, followed)
    return model, scored(model, looked_at)
