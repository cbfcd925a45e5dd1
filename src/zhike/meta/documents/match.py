"""The document kind `match`: when two records are the same one."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from zhike.meta.documents.spec import Key, Spec


class MatchKeySpec(Spec):
    """
    One way in which two records are the same: all the named fields agree, compared as `using`
    says.
    """

    fields: tuple[Key, ...] = Field(min_length=1)
    using: str = "exact"


class CompareSpec(Spec):
    """
    A field whose agreement counts for or against two records being the same one.

    Or an expression over the fields of a record, under a key of its own: its values are compared on
    the scale that `using` names. `weights` are bits for levels of the scale (`same: 12`,
    `different: -3`), in the place of what was learnt or is shipped.
    """

    field: Key | None = None
    key: Key | None = None
    """What an expression is called where reasons are told."""
    expression: str = Field(default="", max_length=2_000)
    using: str = "exact"
    weights: Mapping[str, Annotated[float, Field(ge=-100, le=100)]] = {}

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        expressed = bool(self.key and self.expression)
        if expressed == (self.field is not None) or bool(self.key) != bool(self.expression):
            raise ValueError("either a field, or a key and an expression")
        return self

    @property
    def name(self) -> str:
        """What it is called in reasons and weights."""
        return self.field or self.key or ""


class GatePolicySpec(Spec):
    """
    From which probability on a record that is much like another one is refused, or told of.

    A threshold that is left empty is never reached; without both nobody looks for such records.
    """

    block: Annotated[float, Field(gt=0, le=1)] | None = 0.99
    warn: Annotated[float, Field(gt=0, le=1)] | None = 0.2


class AgainstSpec(Spec):
    """
    Another object whose records may be the same party: by field of that object, ours beside it.

    The keys and comparisons are those of the other object's match document.
    """

    object: Key
    fields: Mapping[Key, Key] = Field(min_length=1)
    block: Annotated[float, Field(gt=0, le=1)] | None = None
    """From which probability on it refuses a record; by default it only tells."""


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
    near: tuple[tuple[Key, ...], ...] | None = None
    """
    By which fields records that are merely alike are looked for: a name by its sound and with a
    character mistyped, a telephone by its ends. None: by the names that the object has.
    """
    compare: tuple[CompareSpec, ...] = ()
    """What counts beside names, telephones, addresses and official numbers, or in another way."""
    policy: Mapping[str, GatePolicySpec] = {}
    """
    By source (ui, api, form, import …); `others` for those that are not named. An import that is
    not named looks for the same keys only: what is merely alike in a file is found by a run.
    """
    against: tuple[AgainstSpec, ...] = ()
    """Other objects whose records may be the same party."""
    group: Key | None = None
    """The lookup by which a branch is linked to its head office."""
    protected_until: Key | None = None
    """The date until which a record is its owner's, told to whoever asks for it."""
    survivor: Literal["oldest", "complete", "recent"] = "oldest"
    """Which record the others become part of, where nobody names it."""
    survive: Mapping[Key, Survivorship] = {}
    """By field: whose value is kept; of the others the survivor's, and of lists all."""
    trust: tuple[str, ...] = ()
    """Sources of values (ui, api, import …), the most trusted first."""
    owners: Literal["leave", "team"] = "leave"
    """What becomes of the owners of the others: nothing, or they join the survivor's team."""
