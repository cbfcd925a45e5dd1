"""
The words people write: one typed model per document kind, field order = YAML order.

A document is `kind` + `key` + body. These models say only what may be written; `check` says
whether it makes sense together, `snapshot` what it means.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from zhike.kernel.words import Words

KEY = r"^[a-z][a-z0-9_]{0,47}$"
Key = Annotated[str, Field(pattern=KEY)]


class Spec(BaseModel):
    """
    What every written thing has in common: unknown words are refused, nothing changes once read.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)


class LabelSpec(Spec):
    """A label in both languages."""

    zh: str = Field(min_length=1, max_length=120)
    en: str = Field(default="", max_length=120)

    def words(self) -> Words:
        """Give the label as the kernel speaks it."""
        return Words(zh=self.zh, en=self.en)


def _label(value: object) -> object:
    return {"zh": value} if isinstance(value, str) else value


Label = Annotated[LabelSpec, BeforeValidator(_label)]
"""A label; a plain text is its Chinese."""


class FieldSpec(BaseModel):
    """
    One field of an object.

    What is not named here belongs to the field's kind (`options`, `object`, `formula` …) and is
    kept in
    `model_extra`, to be read by that kind's own settings model.
    """

    model_config = ConfigDict(extra="allow", frozen=True)

    key: Key
    kind: str
    label: Label
    synonyms: tuple[str, ...] = ()
    help: LabelSpec | None = None
    required: bool = False
    unique: bool = False
    index: bool | None = None
    search: bool = False
    default: Any = None
    system: bool = False


class ObjectSpec(Spec):
    """A thing the company keeps records of: customer, contact, order."""

    kind: Literal["object"] = "object"
    key: Key
    label: Label
    plural: LabelSpec | None = None
    title: Key = "name"
    fields: tuple[FieldSpec, ...]
    unique: tuple[tuple[Key, ...], ...] = ()
    order: tuple[str, ...] = ("-created_at",)
    icon: str = ""


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
    objects: Mapping[str, GrantSpec] = Field(default_factory=dict)
    other_objects: GrantSpec | None = None


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


class ViewSpec(Spec):
    """A saved way to look at an object's records."""

    kind: Literal["view"] = "view"
    key: Key
    object: Key
    label: Label
    select: tuple[str, ...] = ()
    where: str = ""
    order: tuple[str, ...] = ()


class AppSpec(Spec):
    """A folder of documents that is installed, upgraded and removed together."""

    kind: Literal["app"] = "app"
    key: Key
    label: Label
    version: str = "1"
    requires: tuple[Key, ...] = ()
    navigation: tuple[Key, ...] = ()


Document = ObjectSpec | RoleSpec | MatchSpec | ViewSpec | AppSpec


MODELS: Mapping[str, type[Document]] = {
    "app": AppSpec,
    "object": ObjectSpec,
    "role": RoleSpec,
    "match": MatchSpec,
    "view": ViewSpec,
}
"""The catalogue of document kinds: a new kind is one model and one line here."""
