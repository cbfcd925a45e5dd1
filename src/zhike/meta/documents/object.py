"""The document kind `object`: a thing the company keeps records of, and its fields."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from zhike.meta.documents.spec import Key, Label, LabelSpec, Spec


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
    sensitive: bool | None = None
    """Whether it is noted who reads it in full; left out, its kind decides."""


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
