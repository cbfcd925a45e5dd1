"""
Who is who: recognises that two records are the same customer, before a second one is written.

The gate stands in the intake, so that every way in passes it. Its answer is exact here:
standardized values that agree, and the core of a company's name.
"""

from zhike.hub.identity.check import check
from zhike.hub.identity.faults import (
    Duplicate,
    DuplicateInside,
    MayBeKnown,
    NearDuplicate,
    NearDuplicateInside,
)
from zhike.hub.identity.kinds import COMPARISONS
from zhike.hub.identity.plan import IdentityPlan, keys_of, plan
from zhike.hub.identity.run import identify, recognise

__all__ = [
    "COMPARISONS",
    "Duplicate",
    "DuplicateInside",
    "IdentityPlan",
    "MayBeKnown",
    "NearDuplicate",
    "NearDuplicateInside",
    "check",
    "identify",
    "keys_of",
    "plan",
    "recognise",
]
