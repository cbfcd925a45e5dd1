"""The document kind `form`: in which order and under which rules a record is filled in."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from zhike.meta.documents.spec import Key, Label, Rule, Spec

Purpose = Literal["create", "edit", "mobile", "public"]
"""What a form is for: new records, records there already, narrow screens, strangers."""


def _one(value: object) -> object:
    return (value,) if isinstance(value, str) else value


def _placed(value: object) -> object:
    return {"field": value} if isinstance(value, str) else value


class PlacedSpec(Spec):
    """
    A field on a form. Written as a bare key where nothing else is to be said.

    What the form says of it is a face: what has to hold on every way in, is said at the object.
    """

    field: Key
    width: int = Field(default=1, ge=1, le=4)
    """How many columns of its section it takes."""
    label: Label | None = None
    help: Label | None = None
    placeholder: Label | None = None
    visible: Rule = ""
    """The condition under which it is there; what is not there is not sent."""
    required: Rule = ""
    readonly: Rule = ""
    default: Rule = ""
    """The value of a new record as long as nobody gave one."""
    computed: Rule = ""
    """The value it always has; nobody types it."""
    columns: tuple[Key, ...] = ()
    """Of a sub-table: the fields of its lines, in this order."""


Placed = Annotated[PlacedSpec, BeforeValidator(_placed, json_schema_input_type=Key | PlacedSpec)]


class SectionSpec(Spec):
    """Fields under one heading, in one to four columns."""

    label: Label | None = None
    help: Label | None = None
    columns: int = Field(default=2, ge=1, le=4)
    folded: bool = False
    """Whether it is closed until somebody opens it."""
    visible: Rule = ""
    fields: tuple[Placed, ...] = ()


class TabSpec(Spec):
    """Sections that share one place with those of other tabs."""

    label: Label
    visible: Rule = ""
    sections: tuple[SectionSpec, ...] = ()


Known = Literal["create", "skip", "update", "overwrite"]
"""
What a public form does with somebody who is known already: a record more (a pair to be reviewed),
nothing, what is blank there filled in, or what is there replaced.
"""

Fixed = str | bool | int | float | tuple[str, ...]
"""A value that a document says once and for all."""


class PublicSpec(Spec):
    """
    What a form does that strangers fill in. Its address is no matter of the document: it is made
    in a workspace, and stays there.
    """

    known: Known = "create"
    """Who sends it is never told which of these it was."""
    values: Mapping[Key, Fixed] = Field(default_factory=dict)
    """What every record gets that is sent in; nobody who fills it in sees or changes it."""
    thanks: Label | None = None
    """What is said when it was sent."""
    per_minute: int = Field(default=60, ge=1, le=10_000)
    """How often it may be sent in a minute, by everybody together."""
    per_address: int = Field(default=10, ge=1, le=10_000)
    """And from one network address."""
    files: int = Field(default=0, ge=0, le=20)
    """How many files may come with one sending; none, and no field for them, unless it says so."""
    file_mb: int = Field(default=5, ge=1, le=25)
    """How large each may be, in megabytes."""


class FormSpec(Spec):
    """How records of an object are filled in: the sections, and below them the tabs."""

    kind: Literal["form"] = "form"
    key: Key
    object: Key
    label: Label
    purpose: Annotated[
        tuple[Purpose, ...],
        BeforeValidator(_one, json_schema_input_type=Purpose | tuple[Purpose, ...]),
    ] = ("create", "edit")
    roles: tuple[Key, ...] = ()
    """For whom it is; empty: for everybody. A form for one's role goes before one for everybody."""
    sections: tuple[SectionSpec, ...] = ()
    tabs: tuple[TabSpec, ...] = ()
    rest: bool = True
    """Whether the fields it does not name can be opened below."""
    public: PublicSpec | None = None

    @property
    def is_public(self) -> bool:
        """Whether strangers may fill it in, where it has an address."""
        return "public" in self.purpose

    @property
    def manners(self) -> PublicSpec:
        """What it does where strangers fill it in."""
        return self.public or PublicSpec()

    def placed(self) -> Iterator[tuple[tuple[str | int, ...], PlacedSpec]]:
        """Give every field with its place in the document."""
        for path, section in self.parts():
            for number, one in enumerate(section.fields):
                yield (*path, "fields", number), one

    def parts(self) -> Iterator[tuple[tuple[str | int, ...], SectionSpec]]:
        """Give every section with its place in the document."""
        for number, section in enumerate(self.sections):
            yield ("sections", number), section
        for place, tab in enumerate(self.tabs):
            for number, section in enumerate(tab.sections):
                yield ("tabs", place, "sections", number), section
