"""The document kind `match`: when two records are the same one."""

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


class MatchSpec(Spec):
    """When two records of an object are the same one, and what to do then."""

    kind: Literal["match"] = "match"
    key: Key
    object: Key
    keys: tuple[MatchKeySpec, ...] = Field(min_length=1)
    unless_differs: tuple[Key, ...] = ()
    on_duplicate: Literal["error", "skip", "update", "create"] = "error"
