"""
Floor 4: who may see or do what, as expressions. Pure: it gives SQL and words, and reaches nothing.

`policy(snapshot, viewer)` is what everything asks. For whoever writes personal grants:
`personal_problems(object, body, snapshot)` says what is wrong with a body before it is kept. For
whoever explains: `Policy.reasons(object, action, field)` gives the pieces of a decision, each with
its predicate; `Sql.asked_of` makes one predicate judge many viewers.
"""

from zhike.access.faults import ActionNotAllowed, ClosedThen, MaskedField, NotLikeThis
from zhike.access.grants import ACTIONS, ADMIN_ROLE, Action, Button, button, right_for, said
from zhike.access.personal import personal_problems
from zhike.access.policy import Policy, policy
from zhike.access.reach import is_word
from zhike.access.reasons import Reason
from zhike.access.rights import Rights

__all__ = [
    "ACTIONS",
    "ADMIN_ROLE",
    "Action",
    "ActionNotAllowed",
    "Button",
    "ClosedThen",
    "MaskedField",
    "NotLikeThis",
    "Policy",
    "Reason",
    "Rights",
    "button",
    "is_word",
    "personal_problems",
    "policy",
    "right_for",
    "said",
]
