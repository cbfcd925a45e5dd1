"""
What anybody may see of the library, in plain Python: the other opinion that reading is compared
with.

It is written the slow and obvious way and shares no code with the product.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

Record = Mapping[str, Any]
Test = Callable[["World", Record], bool]

LEVELS = ("hidden", "masked", "read", "write")
PLAIN = ("read", "write")
FIELDS: Mapping[str, Sequence[str]] = {
    "book": ("title", "genre", "price", "pages", "remark", "worth", "takings"),
    "reader": ("name", "phone", "grade", "balance", "favourites"),
    "loan": ("book", "reader", "fee", "note", "book_price"),
}
GIVEN = ("owner", "department")
SEARCHED: Mapping[str, Sequence[str]] = {
    "book": ("title", "remark"),
    "reader": ("name", "phone"),
    "loan": ("note",),
}
TEXTS = {"title", "remark", "name", "phone", "note"}
MONEY = {"price", "balance", "fee"}
DERIVED: Mapping[str, Mapping[str, Callable[["World", Record], Any]]] = {
    "book": {
        "worth": lambda _, one: None if one["price"] is None else one["price"] * 2,
        "takings": lambda world, one: _sum(loan["fee"] for loan in world.loans_of(one)),
    },
    "reader": {},
    "loan": {"book_price": lambda world, one: (world.there("book", one["book"]) or NONE)["price"]},
}
"""What is computed from other fields, in full sight."""
OF_OTHERS = {"takings": ("loan", ("book", "fee")), "book_price": ("book", ("price",))}
"""The object whose records a field is computed from, and which of their fields."""
OF_ITSELF = {"worth": ("price",), "book_price": ("book",)}
NONE: Record = {"price": None}

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


STAGES: Mapping[str, Sequence[str]] = {
    "book": ("pages > 300", "own", 'remark contains "beta"'),
    "reader": ("balance >= 50", "department"),
    "loan": ("fee is empty", "book.pages > 300"),
}
"""Conditions that a stage may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Other levels for some records."""

    when: str
    fields: Mapping[str, str] = field(default_factory=dict)
    other_fields: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one role grants on one object."""

    read: Sequence[str] = ("none",)
    update: Sequence[str] = ("none",)
    delete: Sequence[str] = ("none",)
    export: Sequence[str] = ("none",)
    transfer: Sequence[str] | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    other_fields: str = "write"
    stages: Sequence[Stage] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Denial:
    """What a role denies, whatever is granted."""

    object: str
    actions: Sequence[str] = ()
    fields: Sequence[str] = ()
    where: str = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What one role says."""

    grants: Mapping[str, Grant] = field(default_factory=dict)
    deny: Sequence[Denial] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A record that is shared with somebody."""

    object: str
    record: UUID
    grantee: str
    level: str
    over: bool
    """Whether its time is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Who asks, with which roles, and everything that is in the library."""

    me: UUID
    departments: Sequence[UUID]
    below: frozenset[UUID]
    above: frozenset[UUID]
    subordinates: frozenset[UUID]
    roles: Sequence[Role]
    personal: Role | None
    narrowed: frozenset[str] | None
    shares: Sequence[Share]
    records: Mapping[str, Sequence[Record]]
    users: Mapping[UUID, str]
    places: Mapping[str, frozenset[UUID]]
    """What the names of departments mean, with everything below."""

    @property
    def held(self) -> Sequence[Role]:
        """Every role that counts, what is granted in person among them."""
        return (*self.roles, self.personal) if self.personal else self.roles

    def left(self, obj: str, action: str) -> bool:
        """Whether a narrow key leaves an action."""
        known = self.narrowed
        ways = {f"{obj}:{action}", f"{obj}:*", f"*:{action}", "*:*"}
        return known is None or bool(known & ways)

    def grants(self, obj: str) -> list[Grant]:
        """What the roles say of an object, as far as they show any of it."""
        found = (role.grants.get(obj, Grant()) for role in self.held)
        return [grant for grant in found if set(grant.read) != {"none"}]

    def covers(self, obj: str, scope: str, one: Record) -> bool:
        """Whether a record lies in a scope."""
        match scope:
            case "none":
                return False
            case "all":
                return True
            case "own":
                return bool(one["owner"] == self.me)
            case "subordinates":
                return one["owner"] == self.me or one["owner"] in self.subordinates
            case "department":
                return one["department"] in self.departments
            case "departments":
                return one["department"] in self.below
            case named if named.startswith(("department:", "departments:")):
                word, _, name = named.partition(":")
                there = self.places.get(name, frozenset())
                # The first of a place is the department itself; see `worlds`.
                meant = (
                    there if word == "departments" else {one for one in there if one == min(there)}
                )
                return one["department"] in meant
            case _:
                return EXPRESSIONS[obj][scope](self, one)

    def within(self, obj: str, scopes: Iterable[str], one: Record) -> bool:
        """Whether a record lies in any of some scopes."""
        return any(self.covers(obj, scope, one) for scope in scopes)

    def shared(self, obj: str, one: Record, *levels: str) -> bool:
        """Whether a record is shared with whoever asks."""
        mine = {
            f"user:{self.me}",
            *(f"department:{place}" for place in self.above),
            *(f"role:role{number}" for number in range(len(self.roles))),
        }
        return any(
            share.grantee in mine and share.level in levels and not share.over
            for share in self.shares
            if (share.object, share.record) == (obj, one["id"])
        )

    def granted(self, obj: str, grant: Grant, action: str, one: Record) -> bool:
        """Whether one grant allows an action on a record."""
        match action:
            case "read":
                return set(grant.read) != {"none"} and (
                    self.within(obj, grant.read, one) or self.shared(obj, one, "read", "write")
                )
            case "update":
                return set(grant.update) != {"none"} and (
                    self.within(obj, grant.update, one) or self.shared(obj, one, "write")
                )
            case "transfer":
                said = grant.update if grant.transfer is None else grant.transfer
                return self.within(obj, said, one)
            case _:
                return self.within(obj, getattr(grant, action), one)

    def denied(self, obj: str, action: str, one: Record, key: str | None = None) -> bool:
        """Whether some role denies an action on a record, or on a field of it."""
        made_of = {key, *OF_ITSELF.get(key or "", ())}
        return any(
            (not denial.actions or action in denial.actions)
            and (not denial.fields or bool(made_of & set(denial.fields)))
            and self.covers(obj, denial.where, one)
            for role in self.held
            for denial in role.deny
            if denial.object == obj
        )

    def may(self, obj: str, action: str, one: Record, key: str | None = None) -> bool:
        """Whether an action is allowed on a record, and on one field of it if it is named."""
        if not self.there_to(obj, one) or not self.left(obj, action):
            return False
        grants = [role.grants.get(obj, Grant()) for role in self.held]
        if self.denied(obj, action, one) or not any(
            self.granted(obj, grant, action, one) for grant in grants
        ):
            return False
        if key is None:
            return True
        writes = any(
            self.granted(obj, grant, action, one) and self.level_by(grant, obj, key, one) == "write"
            for grant in grants
        )
        return writes and not self.denied(obj, action, one, key) and not self.hides(obj, key, one)

    def there_to(self, obj: str, one: Record) -> bool:
        """Whether a record, thrown away or not, is in sight of whoever asks."""
        reads = any(self.granted(obj, grant, "read", one) for grant in self.grants(obj))
        return reads and self.left(obj, "read") and not self.denied(obj, "read", one)

    def sees(self, obj: str, one: Record) -> bool:
        """Whether a record is there for whoever asks."""
        return not one["deleted"] and self.there_to(obj, one)

    def bins(self, obj: str, one: Record) -> bool:
        """Whether a record may be seen in the recycle bin."""
        return bool(one["deleted"]) and self.may(obj, "delete", one)

    def open(self, obj: str, key: str | None = None) -> bool:
        """Whether everything is seen of every record of an object, or of one of its fields."""
        if any(denial.object == obj and self._reads(denial, key) for denial in self._denials()):
            return False
        whole = [grant for grant in self.grants(obj) if "all" in grant.read]
        if key is None or not whole:
            return bool(whole)
        return any(
            all(self._rung(grant, obj, key, stage) in PLAIN for stage in (*grant.stages, None))
            for grant in whole
        )

    def hides(self, obj: str, key: str, one: Record) -> bool:
        """Whether a field is denied to be read, or made of something that is denied."""
        return self.denied(obj, "read", one, key) or self._made_of_denied(key)

    def _made_of_denied(self, key: str) -> bool:
        other, keys = OF_OTHERS.get(key, ("", ()))
        return any(
            denial.object == other and any(self._reads(denial, one) for one in (None, *keys))
            for denial in self._denials()
        )

    def _denials(self) -> Iterator[Denial]:
        return (denial for role in self.held for denial in role.deny)

    def _reads(self, denial: Denial, key: str | None) -> bool:
        about = not denial.actions or "read" in denial.actions
        return about and (not denial.fields or key in denial.fields)

    def best(self, obj: str, key: str) -> str:
        """The best level of a field on any record there might be."""
        if any(
            one.object == obj and one.where == "all" and self._reads(one, part)
            for one in self._denials()
            for part in (key, *OF_ITSELF.get(key, ()))
        ) or self._made_of_denied(key):
            return "hidden"
        return _most(
            self._rung(grant, obj, key, stage)
            for grant in self.grants(obj)
            for stage in (*grant.stages, None)
        )

    def level(self, obj: str, key: str, one: Record) -> str:
        """The level of a field on one record."""
        if self.hides(obj, key, one):
            return "hidden"
        return _most(
            self.level_by(grant, obj, key, one)
            for grant in self.grants(obj)
            if self.granted(obj, grant, "read", one)
        )

    def level_by(self, grant: Grant, obj: str, key: str, one: Record) -> str:
        """The level that one grant gives a field of a record, in the stage it is in."""
        stage = next((it for it in grant.stages if self.covers(obj, it.when, one)), None)
        return self._rung(grant, obj, key, stage)

    def _rung(self, grant: Grant, obj: str, key: str, stage: Stage | None) -> str:
        said = _said(grant, key, stage)
        if key not in DERIVED[obj]:
            return said
        said = "read" if said == "write" else said
        named = key in grant.fields
        if stage is not None and key in stage.fields:
            return said
        other, keys = OF_OTHERS.get(key, ("", ()))
        if other and not named and not all(self.open(other, one) for one in (None, *keys)):
            return "hidden"
        for part in OF_ITSELF.get(key, ()):
            here = self._rung(grant, obj, part, stage)
            if here in PLAIN:
                continue
            base = self._rung(grant, obj, part, None)
            if not named or LEVELS.index(here) < LEVELS.index(base):
                return "hidden"
        return said

    def plain(self, obj: str, key: str, one: Record) -> Any:
        """A value as it may be asked about."""
        return self.value(obj, key, one) if self.level(obj, key, one) in PLAIN else None

    def value(self, obj: str, key: str, one: Record) -> Any:
        """A value, computed or not, in full sight."""
        computed = DERIVED[obj].get(key)
        return computed(self, one) if computed else one[key]

    def shown(self, obj: str, one: Record, keys: Iterable[str]) -> dict[str, Any]:
        """A record as JSON shows it."""
        return {
            key: self.shown_value(obj, key, one, self.value(obj, key, one))
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


def _said(grant: Grant, key: str, stage: Stage | None) -> str:
    if stage is not None and key in stage.fields:
        return stage.fields[key]
    others = stage.other_fields if stage is not None else None
    if key in grant.fields:
        return min(grant.fields[key], others or "write", key=LEVELS.index)
    told = others or grant.other_fields
    return "read" if key in GIVEN and told in ("hidden", "masked") else told


def _most(levels: Iterable[str]) -> str:
    return max(levels, key=LEVELS.index, default="hidden")


def _sum(values: Iterable[Decimal | None]) -> Decimal:
    return sum((one for one in values if one is not None), Decimal("0.00"))
