"""The document kind `view`: a saved way to look at the records of an object."""

from typing import Annotated, Literal

from pydantic import Field

from zhike.meta.documents.spec import Key, Label, Spec

STRETCH = r"day|week|month|quarter|year|[0-9]{1,12}(?:\.[0-9]{1,9})?"
MEASURE = r"(?:SUM|AVG|MIN|MAX)\([a-z][a-z0-9_]*\)"
By = Annotated[str, Field(max_length=100, pattern=rf"^[a-z][a-z0-9_]*(?: by (?:{STRETCH}))?$")]
Measured = Annotated[str, Field(max_length=100, pattern=rf"^{MEASURE}$")]
Order = Annotated[str, Field(max_length=100, pattern=rf"^-?(?:key|count|{MEASURE})$")]


class ViewSpec(Spec):
    """A saved way to look at an object's records."""

    kind: Literal["view"] = "view"
    key: Key
    object: Key
    label: Label
    select: tuple[str, ...] = ()
    where: str = ""
    order: tuple[str, ...] = ()
    pinned: tuple[str, ...] = ()
    """Which of its columns stay in sight when a table is moved sideways."""
    group: By | None = None
    """
    By which field the records are put together: the groups of a table (`created_at by month`,
    `price by 1000`), the columns of a board.
    """
    group_order: Order | None = None
    """In which order the groups of a table stand: `key`, `-count`, `-SUM(amount)`."""
    measures: Annotated[tuple[Measured, ...], Field(max_length=20)] | None = None
    """What is summed of each group: `SUM(amount)`; nothing said: the amounts in sight."""

    @property
    def group_field(self) -> str | None:
        """The field of the grouping, without the stretches its values fall into."""
        return self.group.partition(" ")[0] if self.group else None

    layout: Literal["table", "board", "calendar", "gallery"] = "table"
    roles: tuple[Key, ...] = ()
    """Who is offered it; empty: everybody. It shows nobody anything they do not see without it."""
