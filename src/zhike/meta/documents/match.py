"""The document kind `match`: when two records are the same one."""

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from zhike.meta.documents.spec import Key, Spec


class MatchKeySpec(Spec):
    """
    One way in which two records are the same: all the named fields agree, compared as `using`
    says.
    """

    fields: tuple[Key, ...] = Field(min_length=1)
    using: str = "exact"


Survivorship = Literal["survivor", "recent", "oldest", "longest", "trusted", "all"]
"""
Whose value is kept when records become one: the survivor's, the one written last, that of the
oldest record, the longest, that of the most trusted source, or all of them (lists, notes).
"""


class MatchSpec(Spec):
    """When two records of an object are the same one, and what to do then."""

    kind: Literal["match"] = "match"
    key: Key
    object: Key
    keys: tuple[MatchKeySpec, ...] = Field(min_length=1)
    unless_differs: tuple[Key, ...] = ()
    on_duplicate: Literal["error", "skip", "update", "create"] = "error"
    survivor: Literal["oldest", "complete", "recent"] = "oldest"
    """Which record the others become part of, where nobody names it."""
    survive: Mapping[Key, Survivorship] = {}
    """By field: whose value is kept; of the others the survivor's, and of lists all."""
    trust: tuple[str, ...] = ()
    """Sources of values (ui, api, import …), the most trusted first."""
    owners: Literal["leave", "team"] = "leave"
    """What becomes of the owners of the others: nothing, or they join the survivor's team."""
