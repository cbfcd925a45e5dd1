"""What agreement is worth before any run has learnt it: values that need no tuning."""

from collections.abc import Mapping

from zhike.hub.identity.runs.aspects import BESIDE, Aspect
from zhike.hub.identity.runs.model import NEVER, Worth
from zhike.hub.identity.scales.chance import CHANCE
from zhike.meta import Object

PRIOR = 1e-5
"""How often two records that are compared at all are the same."""

<<<<<<< HEAD
CHANCE: Mapping[str, Mapping[str, float]] = {
    "company": {
        "elsewhere": 0.01, "same": 2e-8, "same_core": 1e-6, "same_sound": 5e-7, "one_typo": 4e-6,
        "two_typos": 5e-7, "cut_short": 1e-6, "different": 0.99,
    },
    "person": {
        "same": 1e-3, "same_sound": 1e-3, "one_typo": 5e-3, "alike": 5e-3, "partly": 1e-2,
        "another": 0.99, "different": 0.98,
    },
    "telephone": {"same": 1e-6, "one_typo": 2e-6, "different": 1.0},
    "mail": {"same": 1e-6, "one_typo": 5e-6, "same_domain": 2e-3, "different": 0.5},
    "official": {"same": 1e-8, "one_typo": 1e-7, "different": 1.0},
    "code": {"same": 1e-6, "one_typo": 1e-5, "two_typos": 1e-4, "different": 0.5},
    "exact": {"same": 1e-3, "different": 0.999},
    "address": {
        "elsewhere": 0.5, "same": 1e-5, "same_street": 1e-5, "typos": 1e-4, "alike": 1e-3,
        "similar": 1e-2, "different": 0.5,
    },
    "text": {"same": 1e-2, "one_typo": 1e-2, "alike": 2e-2, "similar": 5e-2, "different": 0.5},
}  # fmt: skip
TELLING = frozenset({"company", "person", "telephone", "mail", "official", "address"})
"""Scales whose fields are compared without being named; others have to be, or learnt."""
=======
>>>>>>> e859ab4 (Let a handful of records say little of chance: few are found by name as surely as many)
EMPLOYER: Mapping[str, float] = {"same": 1e-4, "same_core": 2e-4, "elsewhere": 0.05}
"""A company that is not what the record is called: it employs many of them."""
MOVED = 0.05
"""How often somebody who is the same works for another company by now."""


def shipped(one: Aspect, of: Object, *, naming: str | None = None) -> Worth:
    """
    Give what the levels of a field are worth to begin with.

    `naming` is the field that is compared with what records of another object are called.
    """
    chance = CHANCE[one.scale.name]
    beside = one.scale.name == "company" and not names(of, one.field)
    if beside and one.field != naming:
        chance = {**chance, **EMPLOYER}
    seldom = MOVED if beside else BESIDE if one.beside else NEVER
    m = [seldom if level.apart else level.prior for level in one.scale.levels]
    return Worth(m=tuple(m), u=tuple(chance[level.word] for level in one.scale.levels))


def names(of: Object, field: str) -> bool:
    """Say whether a field is what the records of an object are called."""
    return field == of.title
