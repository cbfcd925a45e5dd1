"""
What agreement is worth: Fellegi and Sunter's weights, learnt from the workspace's own records.

The weight of a level is the logarithm (base 2) of how much more often records of one party agree so
than records of two parties do. A pair's score is the probability that both are the same.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from typing import Any, Self

from zhike.hub.identity.runs.aspects import Aspect
from zhike.hub.identity.scales import Parts
from zhike.hub.identity.scales.chance import CHANCE, TELLING
from zhike.meta import Json

THRESHOLD = 0.9
"""
From which probability on two records are taken for one, unless somebody says otherwise. Taking two
for one is worse than leaving one twice; what is less sure is there to be looked through.
"""
NEVER = 1e-40
"""How often records of one party are apart: so seldom that nothing outweighs it."""
RARE = 1e-7
"""How often two strangers agree in a way that was not once seen."""
LEAST_CHANCE = 0.05
"""How much of the agreements seen between blindly drawn records is taken for chance at least."""
PRIOR_SHARE = 0.5
"""How much of what is expected beforehand stays beside what was learnt.

Learning alone goes to extremes where fields depend on each other, as all contacts of a company do.
"""
FEW = 200
"""
How many pairs that are the same there have to be for that share to be enough. Where there are
hardly any, what was learnt is how families and offices agree.
"""
STRANGERS = 5_000
"""How many pairs of records say as much of chance as is known of it beforehand."""
SURE = 300.0
TRUST = 200
"""
How many pairs that people decided weigh as much as what was learnt. They were asked about the
doubtful ones only, so that their pairs agree less than those of one party usually do.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """For each level of an aspect: how often one party agrees so (m), and two parties (u)."""

    m: tuple[float, ...]
    u: tuple[float, ...]

    def weight(self, level: int) -> float:
        """Give the weight of a level in bits."""
        return log2(self.m[level] / self.u[level])


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The weights of an object's aspects, and how often two records drawn blindly are the same."""

    aspects: tuple[Aspect, ...]
    worth: Mapping[str, Worth]
    prior: float

    @classmethod
    def read(cls, kept: Mapping[str, Any], known: Iterable[Aspect]) -> Self | None:
        """Read what was kept of a model; None if its fields are not all there any more."""
        by_field = {one.field: one for one in known}
        worth = {
            key: Worth(m=tuple(one["m"]), u=tuple(one["u"])) for key, one in kept["worth"].items()
        }
        fits = worth.keys() <= by_field.keys() and all(
            len(one.m) == len(by_field[key].scale.levels) for key, one in worth.items()
        )
        if not fits:
            return None
        used = tuple(by_field[key] for key in worth)
        return cls(aspects=used, worth=worth, prior=kept["prior"])

    def taught(self, same: Iterable[Sequence[int | None]]) -> Self:
        """
        Give the model with what people said: on which levels pairs agree that they took for one.

        What keeps two records apart stays so; who says otherwise of one pair joins that pair only.
        """
        told = list(same)
        worth = dict(self.worth)
        for n, one in enumerate(self.aspects):
            seen = Counter(
                level
                for levels in told
                if (level := levels[n]) is not None and not one.apart(level)
            )
            known, m = seen.total(), self.worth[one.field].m
            if known:
                mixed = tuple(
                    value if one.apart(at) else (TRUST * value + seen[at]) / (TRUST + known)
                    for at, value in enumerate(m)
                )
                worth[one.field] = replace(self.worth[one.field], m=mixed)
        return replace(self, worth=worth)

    def levels(self, one: Mapping[str, Parts], other: Mapping[str, Parts]) -> list[int | None]:
        """Give the level of each aspect, None where one of the two says nothing."""
        found = [a.scale.level(one[a.field], other[a.field]) for a in self.aspects]
        return settled(self.aspects, found)

    def score(self, levels: Sequence[int | None]) -> float:
        """Give the probability that two records with these levels are the same."""
        bits = log2(self.prior / (1 - self.prior)) + sum(
            self.worth[one.field].weight(level)
            for one, level in zip(self.aspects, levels, strict=True)
            if level is not None
        )
        return _chance(bits)

    def probability(self, bits: float) -> float:
        """Give the probability that two records are the same for which so much speaks."""
        return _chance(log2(self.prior / (1 - self.prior)) + bits)

    def reasons(self, levels: Sequence[int | None]) -> list[dict[str, Json]]:
        """Say what each aspect adds, the weightiest first."""
        told: list[dict[str, Json]] = [
            {
                "field": one.field,
                "agreement": one.scale.levels[level].word,
                "weight": round(self.worth[one.field].weight(level), 2),
            }
            for one, level in zip(self.aspects, levels, strict=True)
            if level is not None
        ]
        return sorted(told, key=lambda one: -abs(float(str(one["weight"]))))

    def kept(self) -> dict[str, Json]:
        """Give the model as it is kept in the books."""
        return {
            "prior": self.prior,
            "worth": {key: {"m": list(one.m), "u": list(one.u)} for key, one in self.worth.items()},
        }


def _chance(bits: float) -> float:
    return 1 / (1 + 2 ** -max(-SURE, min(SURE, bits)))


def blended(
    one: Aspect,
    learnt: Sequence[float | None],
    chance: Sequence[float | None],
    *,
    prior: float,
    pairs: float,
) -> Worth:
    """
    Make the worth of an aspect of what was learnt, what was expected, and what chance gives.

    Among the pairs that were drawn blindly there are some that are the same, `prior` of them: what
    they agree in is no chance. A few dozen records say little of chance: the fewer `pairs` there
    are, the more it is taken to be what it usually is. What is given once agrees by chance in one
    of all pairs at most, whatever was seen.
    """
    share = max(PRIOR_SHARE, FEW / (FEW + prior * pairs))
    m = [
        NEVER if one.apart(level) else _mixed(seen, expected, share)
        for level, (seen, expected) in enumerate(zip(learnt, one.priors(), strict=True))
    ]
    u = [max((seen or 0.0) - prior * held, (seen or 0.0) * LEAST_CHANCE, RARE)
         for seen, held in zip(chance, m, strict=True)]  # fmt: skip
    usual, tells = CHANCE[one.scale.name], one.scale.name in TELLING and not one.beside
    known = pairs / (pairs + STRANGERS)
    mixed = (
        min(expected, 1 / max(1.0, pairs))
        if level.given_once and not one.beside
        else known * seen + (1 - known) * (expected if tells else max(expected, seen))
        for seen, level in zip(u, one.scale.levels, strict=True)
        for expected in (usual[level.word],)
    )
    return Worth(m=tuple(m), u=tuple(_falling(one, m, tuple(mixed))))


def _falling(one: Aspect, m: Sequence[float], u: Sequence[float]) -> Iterator[float]:
    """
    Let no level be worth more than a higher one: that strangers were not once seen to agree so
    nearly says little where they are seen to agree wholly.
    """
    most = SURE
    for level, (same, chance) in enumerate(zip(m, u, strict=True)):
        if one.scale.levels[level].prior == 0 or level < one.scale.top:
            yield chance
            continue
        held = max(chance, same / 2**most)
        most = log2(same / held)
        yield held


def _mixed(seen: float | None, prior: float, share: float) -> float:
    return prior if seen is None else share * prior + (1 - share) * seen


def settled(aspects: Sequence[Aspect], levels: Sequence[int | None]) -> list[int | None]:
    """
    Let an agreeing official number overrule what keeps the others apart: such a level says nothing.
    """
    known = any(
        one.scale.identifies and level == 0 for one, level in zip(aspects, levels, strict=True)
    )
    if not known:
        return list(levels)
    return [
        None if level is not None and one.apart(level) else level
        for one, level in zip(aspects, levels, strict=True)
    ]
