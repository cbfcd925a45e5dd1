"""
What lists by title are put in order by, kept in the column `zk_title` at every write.

Only titles that people write have a place of their own; numbers and dates are ordered as they are.
This module never decides who may order by what.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from zhike.meta import Field, Json, Object
from zhike.meta.reading.order import place, surname_place

COLUMN = "zk_title"
PLACES: Mapping[str, Callable[[str], str]] = {
    "text": place,
    "company_name": place,
    "person_name": surname_place,
}
"""The kinds of titles that are put in order by their reading."""


@dataclass(frozen=True, slots=True)
class Titling:
    """How the records of one object are put in order by their title."""

    field: str
    placed: Callable[[str], str]

    def place(self, values: Mapping[str, Json]) -> str:
        """Give a record's place; nothing for one without a title."""
        title = values.get(self.field)
        return self.placed(title) if isinstance(title, str) else ""


def titling(object_: Object) -> Titling | None:
    """Say how an object's records are put in order by their title; None if by the title itself."""
    field = object_.fields.get(object_.title)
    placed = PLACES.get(field.kind.name) if field is not None else None
    return Titling(field=object_.title, placed=placed) if placed is not None else None


def titled(object_: Object, field: Field) -> bool:
    """Tell whether lists by a field are put in order by the column of the title."""
    return field.key == object_.title and titling(object_) is not None
