"""The document kind `role`: a bundle of grants that people hold."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from zhike.meta.documents.spec import Key, Label, Spec

Scope = str
"""
With which records: `none`, `own`, `subordinates` (one's own and those of everybody below in the
reporting line), `department`, `departments` (with everything below), `department:X` and
`departments:X` (X: the id, name or path of a department), `all`, or an expression.
"""


def _scopes(value: object) -> object:
    """Refuse in one sentence what is neither a scope nor a list of them."""
    several = isinstance(value, list | tuple) and all(isinstance(one, str) for one in value)
    if not several and not isinstance(value, str):
        raise PydanticCustomError("scopes", "a scope, or a list of scopes")
    return value


def _scopes_or_truth(value: object) -> object:
    return value if isinstance(value, bool) else _scopes(value)


Scopes = Annotated[Scope | tuple[Scope, ...], BeforeValidator(_scopes)]
"""One scope, or several that add up."""

Creation = Annotated[bool | Scope | tuple[Scope, ...], BeforeValidator(_scopes_or_truth)]
"""Whether records may be created, or which."""

Level = Literal["hidden", "masked", "read", "write"]
"""What a role may do with a field."""

Action = Literal[
    "read", "create", "update", "delete", "export", "import", "transfer", "share", "merge", "print"
]
"""What may be done with records; `transfer` is to change whom they belong to."""


class StageSpec(Spec):
    """
    Other levels for the records on which a condition holds.

    A field that `fields` does not name keeps its level, but gets at most `other_fields`.
    """

    when: Scopes
    fields: Mapping[str, Level] = Field(default_factory=dict)
    other_fields: Level | None = None


class GrantSpec(Spec):
    """
    What one role may do with the records of one object, and with which of them.

    What is not said of some actions follows from others: `transfer` and `share` are as `update`,
    `merge` as `delete`, `print` as `read`.
    """

    read: Scopes = "none"
    create: Creation = False
    update: Scopes = "none"
    delete: Scopes = "none"
    export: Scopes = "none"
    import_: Annotated[bool, Field(alias="import")] = False
    transfer: Scopes | None = None
    share: Scopes | None = None
    merge: Scopes | None = None
    print: Scopes | None = None
    buttons: Mapping[Key, Scopes] = Field(default_factory=dict)
    fields: Mapping[str, Level] = Field(default_factory=dict)
    other_fields: Level = "write"
    reveal: tuple[Key, ...] = ()
    """Masked fields of which single values may be looked at in full, for a reason that is kept."""
    stages: tuple[StageSpec, ...] = ()
    """The first one whose condition holds decides."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class DenialSpec(Spec):
    """
    What is refused whatever else is granted: actions (all, if none is named) on the records where
    a condition holds, or on some of their fields.
    """

    actions: tuple[Action, ...] = ()
    fields: tuple[str, ...] = ()
    where: Scopes = "all"


class ObjectDenialSpec(DenialSpec):
    """A denial within a role."""

    object: str


class RoleSpec(Spec):
    """A bundle of grants that people hold. Several roles add up; what one denies, none grants."""

    kind: Literal["role"] = "role"
    key: Key
    label: Label
    configure: bool = False
    people: bool = False
    audit: bool = False
    """Whether its holders read the logs of what others did."""
    approve_exports: bool = False
    objects: Mapping[str, GrantSpec] = Field(default_factory=dict)
    other_objects: GrantSpec | None = None
    deny: tuple[ObjectDenialSpec, ...] = ()
