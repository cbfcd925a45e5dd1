"""
Floor 4: who may see or do what, as expressions. Pure: it gives SQL and words, and reaches nothing.
"""

from zhike.access.faults import ActionNotAllowed, MaskedField
from zhike.access.grants import ACTIONS, ADMIN_ROLE, Action
from zhike.access.policy import Policy, policy
from zhike.access.rights import Rights

__all__ = [
    "ACTIONS",
    "ADMIN_ROLE",
    "Action",
    "ActionNotAllowed",
    "MaskedField",
    "Policy",
    "Rights",
    "policy",
]
