"""The document kind `role`: a bundle of grants that people hold."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from zhike.meta.documents.spec import Key, Label, Spec

Scope = str
"""`none`, `own`, `department`, `departments` (with everything below), `all`, or an expression."""

Level = Literal["hidden", "masked", "read", "write"]
"""What a role may do with a field."""


class GrantSpec(Spec):
    """What one role may do with the records of one object, and with which of them."""

    read: Scope = "none"
    create: bool = False
    update: Scope = "none"
    delete: Scope = "none"
    export: Scope = "none"
    import_: Annotated[bool, Field(alias="import")] = False
    fields: Mapping[str, Level] = Field(default_factory=dict)
    other_fields: Level = "write"

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class RoleSpec(Spec):
    """A bundle of grants that people hold. Several roles add up."""

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
