"""What agreement is worth before any run has learnt it: values that need no tuning."""

from collections.abc import Mapping

from zhike.hub.identity.runs.aspects import BESIDE, Aspect
from zhike.hub.identity.runs.model import NEVER, Worth
from zhike.hub.identity.scales.chance import CHANCE
from zhike.meta import Object

PRIOR = 1e-5
"""How often two records that are compared at all are the same."""

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
