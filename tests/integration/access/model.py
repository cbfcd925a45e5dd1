"""
What anybody may see of the library, in plain Python: the other opinion that reading is compared
with.

It is written the slow and obvious way and shares no code with the product.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

Record = Mapping[str, Any]
Test = Callable[["World", Record], bool]

LEVELS = ("hidden", "masked", "read", "write")
FIELDS: Mapping[str, Sequence[str]] = {
    "book": ("title", "genre", "price", "pages", "remark"),
    "reader": ("name", "phone", "grade", "balance", "favourites"),
    "loan": ("book", "reader", "fee", "note"),
}
GIVEN = ("owner", "department")
SEARCHED: Mapping[str, Sequence[str]] = {
    "book": ("title", "remark"),
    "reader": ("name", "phone"),
    "loan": ("note",),
}
TEXTS = {"title", "remark", "name", "phone", "note"}
MONEY = {"price", "balance", "fee"}

EXPRESSIONS: Mapping[str, Mapping[str, Test]] = {
    "book": {
        "pages > 300": lambda _, one: one["pages"] is not None and one["pages"] > 300,
        'genre = "小说" or owner = ME()': lambda world, one: (
            one["genre"] == "小说" or one["owner"] == world.me
        ),
        "COUNT(loans) > 1": lambda world, one: len(list(world.loans_of(one))) > 1,
        'remark contains "beta"': lambda _, one: "beta" in (one["remark"] or ""),
    },
    "reader": {
        "balance >= 50": lambda _, one: one["balance"] is not None and one["balance"] >= 50,
        "department in MY_DEPARTMENTS()": lambda world, one: one["department"] in world.below,
    },
    "loan": {
        "fee is empty": lambda _, one: one["fee"] is None,
        "book.pages > 300": lambda world, one: (
            (book := world.there("book", one["book"])) is not None
            and book["pages"] is not None
            and book["pages"] > 300
        ),
    },
}
"""Conditions that a role may have as scope, each with its meaning in full sight."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one role grants on one object."""

    read: str
    fields: Mapping[str, str] = field(default_factory=dict)
    other_fields: str = "write"
    delete: str = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Who asks, with which roles, and everything that is in the library."""

    me: UUID
    departments: Sequence[UUID]
    below: frozenset[UUID]
    roles: Sequence[Mapping[str, Grant]]
    records: Mapping[str, Sequence[Record]]
    users: Mapping[UUID, str]

    def grants(self, obj: str) -> list[Grant]:
        """What the roles say of an object, as far as they show any of it."""
        return [role[obj] for role in self.roles if role[obj].read != "none"]

    def covers(self, obj: str, scope: str, one: Record) -> bool:
        """Whether a record lies in a scope."""
        match scope:
            case "none":
                return False
            case "all":
                return True
            case "own":
                return one["owner"] == self.me
            case "department":
                return one["department"] in self.departments
            case "departments":
                return one["department"] in self.below
            case _:
                return EXPRESSIONS[obj][scope](self, one)

    def sees(self, obj: str, one: Record) -> bool:
        """Whether a record is there for whoever asks."""
        return not one["deleted"] and self.reaches(obj, one)

    def reaches(self, obj: str, one: Record) -> bool:
        """The same, for a record that may lie in the recycle bin."""
        return any(self.covers(obj, grant.read, one) for grant in self.grants(obj))

    def bins(self, obj: str, one: Record) -> bool:
        """Whether a record may be seen in the recycle bin."""
        deletes = any(self.covers(obj, role[obj].delete, one) for role in self.roles)
        return bool(one["deleted"]) and deletes and self.reaches(obj, one)

    def best(self, obj: str, key: str) -> str:
        """The best level of a field on any record."""
        return _most(_level(grant, key) for grant in self.grants(obj))

    def level(self, obj: str, key: str, one: Record) -> str:
        """The level of a field on one record."""
        return _most(
            _level(grant, key) for grant in self.grants(obj) if self.covers(obj, grant.read, one)
        )

    def plain(self, obj: str, key: str, one: Record) -> Any:
        """A value as it may be asked about."""
        return one[key] if self.level(obj, key, one) in ("read", "write") else None

    def shown(self, obj: str, one: Record, keys: Iterable[str]) -> dict[str, Any]:
        """A record as JSON shows it."""
        return {
            key: self.shown_value(obj, key, one, one[key])
            for key in keys
            if self.best(obj, key) != "hidden"
        }

    def shown_value(self, obj: str, key: str, one: Record, value: Any) -> Any:
        """A value of a field as this record's JSON shows it."""
        match self.level(obj, key, one):
            case "hidden":
                return None
            case "masked":
                return masked(key, value)
            case _:
                return as_json(key, value)

    def there(self, obj: str, identity: UUID | None) -> Record | None:
        """A record that is not in the recycle bin."""
        found = (one for one in self.records[obj] if one["id"] == identity and not one["deleted"])
        return next(found, None)

    def reached(self, obj: str, identity: UUID | None) -> Record | None:
        """A record that is there for whoever asks."""
        found = self.there(obj, identity)
        return found if found is not None and self.sees(obj, found) else None

    def loans_of(self, book: Record) -> Iterable[Record]:
        """The loans of a book, in full sight."""
        return (
            one for one in self.records["loan"] if one["book"] == book["id"] and not one["deleted"]
        )

    def visible_loans_of(self, book: Record) -> list[Record]:
        """The loans of a book, as far as whoever asks may know of them and of their book."""
        return [
            one
            for one in self.records["loan"]
            if self.sees("loan", one) and self.plain("loan", "book", one) == book["id"]
        ]

    def visible_fans_of(self, book: Record) -> list[Record]:
        """The readers who love a book, as far as one may know of it."""
        return [
            one
            for one in self.records["reader"]
            if self.sees("reader", one)
            and book["id"] in (self.plain("reader", "favourites", one) or ())
        ]

    def found(self, obj: str, one: Record, text: str) -> bool:
        """Whether a search finds a record: every word in a field that it shows plainly."""
        texts = [self.plain(obj, key, one) or "" for key in SEARCHED[obj]]
        return all(any(word in text.split() for text in texts) for word in text.split())


def masked(key: str, value: Any) -> str | None:
    """What a masked value looks like."""
    if value is None:
        return None
    return value[:1] + "***" if key in TEXTS else "***"


def as_json(key: str, value: Any) -> Any:
    """What a value looks like in JSON."""
    match value:
        case UUID():
            return str(value)
        case Decimal():
            return str(value)
        case list():
            return sorted(str(one) for one in value)
        case _:
            return value


def in_order(
    records: Iterable[Record], by: Sequence[tuple[Callable[[Record], Any], bool]]
) -> list[Record]:
    """Sort, empty values last whichever way, ties by id in the direction of the last key."""
    down = by[-1][1]
    found = sorted(records, key=lambda one: one["id"].int, reverse=down)
    for value, reverse in reversed(by):
        filled = [one for one in found if value(one) is not None]
        empty = [one for one in found if value(one) is None]
        found = [*sorted(filled, key=value, reverse=reverse), *empty]
    return found


def _level(grant: Grant, key: str) -> str:
    if key in grant.fields:
        return grant.fields[key]
    if key in GIVEN and grant.other_fields in ("hidden", "masked"):
        return "read"
    return grant.other_fields


def _most(levels: Iterable[str]) -> str:
    return max(levels, key=LEVELS.index, default="hidden")
