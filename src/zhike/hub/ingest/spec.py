"""
What is asked of an import: which sheet, where its head is, which column goes into which field.

Kept with the import as its plan, so that a job, a resumed job and the errors file mean the same
columns.
"""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

How = Literal["given", "label", "near", "family", "content", "memory", "kin", "none"]
"""
Why a column goes where it goes: somebody said so, its head does, nearly, or its cells do; `kin`:
its head names another object, whose record comes along.
"""

OnDuplicate = Literal["skip", "update", "create", "review", "merge"]
"""`merge`: what is there stays, and what it lacks is filled in; `review`: a person decides."""

Mode = Literal["create", "update", "upsert"]
Blank = Literal["keep", "clear"]


class Written(BaseModel):
    """Unknown words are refused, nothing changes once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnSpec(Written):
    """One column of the sheet and the field it goes into."""

    at: int = Field(ge=0)
    letter: str
    header: str = ""
    field: str | None = None
    times: str = ""
    """What bare numbers are multiplied by, as the head says: `年营收(万元)` is 10000."""
    how: How = "none"
    confidence: float = 0.0
    proposed: str | None = None
    """A field of another object that it may be; nothing is done with it unless somebody says so."""

    @property
    def apart(self) -> bool:
        """Whether it goes into another object, which the line brings along: `contacts.name`."""
        return "." in (self.field or "")


class ImportSpec(Written):
    """The plan of one import."""

    sheet: str = ""
    header: tuple[int, ...] = ()
    """The lines of the head, counted from 1; none if the data begin at once."""
    columns: tuple[ColumnSpec, ...] = ()
    on_duplicate: OnDuplicate = "skip"
    mode: Mode = "create"
    key: tuple[str, ...] = ()
    """The fields by which a line names the record it changes; `id` for the record's own."""
    blank: Blank = "keep"
    """What a blank cell does to a record that is there."""
    create_missing: tuple[str, ...] = ()
    """The lookups whose records are made if nobody goes by the name that a cell gives."""
    triggers: bool = False
    """Whether rules and flows hear of what comes in."""
    width: int = 0
    """How many cells each line should have (csv); 0 where lines need not be alike."""
    last: int = 0
    """The number of the sheet's last line, for progress."""

    @property
    def rights(self) -> tuple[Literal["create", "update"], ...]:
        """Name the rights that it takes besides the one to import."""
        if self.mode == "update":
            return ("update",)
        return ("create", "update") if self.mode == "upsert" else ("create",)

    @property
    def meant(self) -> "ImportSpec":
        """The same plan without why each column goes where it goes: it may be known better now."""
        plain = {"how": "none", "confidence": 0.0, "proposed": None}
        columns = tuple(one.model_copy(update=plain) for one in self.columns)
        return self.model_copy(update={"columns": columns})

    def mapped(self) -> tuple[ColumnSpec, ...]:
        """Give the columns that go somewhere."""
        return tuple(one for one in self.columns if one.field is not None)
