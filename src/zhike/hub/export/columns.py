"""From what a query shows to the columns of a file: heads, and values as people read them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from zhike.hub.export.kinds import Column, Shape
from zhike.kernel.words import Language
from zhike.meta import Field, Json
from zhike.store.read import Item

LINKS = frozenset(("user", "users", "department", "lookup", "lookups"))
SHAPES: Mapping[str, Shape] = {
    "number": "number", "money": "number", "percent": "number", "date": "date",
    "datetime": "datetime", "boolean": "boolean",
}  # fmt: skip
NUMBERED = frozenset(("number", "money", "percent", "rating"))
JOINT = "、"


def column(item: Item, language: Language) -> Column:
    """Give the column of one item: a field is called by its label, anything else by its name."""
    field = item.field
    if field is None:
        return Column(head=item.key)
    plain = item.key == field.key
    head = field.label.said(language) if plain else item.key
    shape = SHAPES.get(field.type, "text")
    decimals = int(getattr(field.settings, "decimals", 0) or 0)
    return Column(head=head, shape=shape, decimals=decimals + 2 * (field.type == "percent"))


def linked(items: Sequence[Item]) -> Mapping[int, str]:
    """Name the places whose values are ids of records, and the objects these belong to."""
    return {
        place: item.field.target
        for place, item in enumerate(items)
        if item.field is not None and item.field.kind.name in LINKS and item.field.target
    }


def ids(value: Json) -> list[UUID]:
    """Give the ids in a value; masked ones are none."""
    found = []
    for one in value if isinstance(value, list) else [value]:
        try:
            found.append(UUID(str(one)))
        except ValueError:
            continue
    return found


def named(value: Json, titles: Mapping[UUID, str | None]) -> Json:
    """Give the titles of the records in a value; those that may not be seen stay out."""
    known = ids(value)
    if value is None or not known:
        return None if value is None or value == [] else str(value)
    return JOINT.join(title for one in known if (title := titles.get(one))) or None


def shown(value: Json, field: Field | None, *, exact: bool) -> Json:
    """Give a value as people read it; with `exact`, as programs do."""
    if value is None or field is None:
        return _flat(value)
    if exact and (field.kind.name in NUMBERED or isinstance(value, bool)):
        return value
    try:
        return _flat(field.kind.cell(value, field.settings))
    except (ValueError, ArithmeticError, TypeError, KeyError, AttributeError):
        # A masked value is a text, whatever its kind.
        return _flat(value)


def _flat(value: Json) -> Json:
    if isinstance(value, list):
        return JOINT.join(str(one) for one in value) or None
    return str(value) if isinstance(value, dict) else value
