"""
Which fields of an object say who a record is, and its records taken apart by their scales.

An aspect is one field with the scale it is compared on, or an expression over fields. Its
columns are called `field__part`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from zhike.hub.identity.scales import BY_KIND, BY_NAME, Parts, Scale
from zhike.hub.identity.scales.shape import folded
from zhike.lang import checked
from zhike.meta import Object, Snapshot
from zhike.meta.reading.pinyin import named, syllables

SPOKEN = 4
"""Letters from which on the sound of a name stands in an account on purpose."""
BESIDE = 0.2
"""How often one party is told with another name beside its own."""
HALF = 1 << 31
"""Sums are kept as whole numbers with a sign."""

Rules = Sequence[Sequence[str]]
"""The columns that two records have to share to be compared, rule by rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """One field and the scale its values are compared on."""

    field: str
    scale: Scale
    expression: str = ""
    """What is compared instead of a field; `field` is what it is called then."""
    beside: bool = False
    """Whether it is a name of somebody else: of whom a company employs, of who employs a person."""

    @property
    def names(self) -> bool:
        """Whether it is what the record is called."""
        return self.scale.names and not self.beside

    @property
    def whole(self) -> bool:
        """Whether it is taken as it is, whatever the record is called."""
        return self.names or bool(self.expression)

    def apart(self, level: int) -> bool:
        """Say whether who agrees only so far cannot be the same."""
        return self.scale.levels[level].apart and not self.beside

    def priors(self) -> tuple[float, ...]:
        """Give how often one party agrees on each level, before any data is seen."""
        return tuple(
            BESIDE if self.beside and level.apart else level.prior for level in self.scale.levels
        )

    def column(self, part: str) -> str:
        """Give the column a part of the value stands in."""
        return f"{self.field}__{part}"

    @property
    def first(self) -> str:
        """The column without which there is nothing to compare."""
        return self.column(self.scale.parts[0])


def aspects(snapshot: Snapshot, obj: Object) -> tuple[Aspect, ...]:
    """
    Give the aspects of an object, in the order of its fields; then what its match document adds.

    Computed fields say nothing new; in unique ones no two records ever agree.
    """
    match = snapshot.matches.get(obj.key)
    more = (
        Aspect(field=one.name, scale=scale, expression=one.expression, beside=scale.names)
        for one in (match.compare if match else ())
        if one.expression and (scale := BY_NAME.get(one.using)) is not None
    )
    return (*_of_fields(obj), *more)


def _of_fields(obj: Object) -> tuple[Aspect, ...]:
    return tuple(
        Aspect(field=one.key, scale=scale, beside=scale.names and one.key != obj.title)
        for one in obj.own
        if one.column is not None
        and not one.unique
        and (scale := BY_KIND.get(one.kind.name)) is not None
    )


def reads(snapshot: Snapshot, obj: str, one: Aspect) -> Sequence[str]:
    """Name the fields an aspect is read from."""
    if not one.expression:
        return (one.field,)
    return sorted(field for _, field in checked(one.expression, snapshot, obj).parts)


def beyond(called: object, value: object) -> object:
    """
    Give what a value says beyond what the record is called; None if it only repeats a part of it.

    A short name says nothing new, nor does the name inside an account that is made of its sound
    (`zhangwei88`): counted beside the name, the same agreement would count twice.
    """
    if not (isinstance(called, str) and isinstance(value, str)):
        return value
    if value in called:
        return None
    return _beyond_the_sound(called, value) if value.isascii() else value


def _beyond_the_sound(called: str, value: str) -> str | None:
    said = value.lower()
    if said == value.upper() and not called.isascii():
        return value  # no letter in it, as in a telephone number
    for sound in _sounds(called):
        if sound in said:
            return said.replace(sound, "", 1) or None
    return value


@lru_cache(maxsize=64)
def _sounds(called: str) -> Sequence[str]:
    """Give how a name may be read aloud, in letters, if that is long enough to mean it."""
    plain = folded(called)
    read = dict.fromkeys("".join(made(plain)) or plain for made in (syllables, named))
    return [sound for sound in read if len(sound) >= SPOKEN]


Piece = tuple[list[str], dict[str, list[Parts]]]
"""Some records: their ids, and by field the parts of their values."""


class Table:
    """The records of a run: their ids, and for each aspect the parts of their values."""

    def __init__(self, known: Sequence[Aspect]) -> None:
        self.aspects = tuple(known)
        self.ids: list[str] = []
        self.parts: dict[str, list[Parts]] = {one.field: [] for one in known}
        self._called = next((place for place, one in enumerate(known) if one.names), None)
        self._ways = [
            (self.parts[one.field], one.scale, {"": one.scale.nothing()}, one.whole)
            for one in known
        ]

    def add(self, record: str, values: Sequence[object]) -> None:
        """Take one record apart; `values` stand in the order of the aspects."""
        self.ids.append(record)
        called = None if self._called is None else values[self._called]
        for (rows, scale, seen, whole), value in zip(self._ways, values, strict=True):
            said = value if whole or value is None else beyond(called, value)
            text = "" if said is None else str(said)
            found = seen.get(text)
            if found is None:
                found = seen[text] = scale.taken_apart(text)
            rows.append(found)

    def extend(self, piece: Piece) -> None:
        """Add records that were taken apart elsewhere."""
        ids, parts = piece
        self.ids.extend(ids)
        for field, rows in self.parts.items():
            rows.extend(parts[field])

    def __len__(self) -> int:
        """Count the records."""
        return len(self.ids)

    def row(self, place: int) -> Mapping[str, Parts]:
        """Give one record, taken apart."""
        return {field: rows[place] for field, rows in self.parts.items()}

    def only(self, kept: Iterable[Aspect]) -> "Table":
        """Give the same records by fewer aspects."""
        fewer = Table(tuple(kept))
        fewer.ids = self.ids
        fewer.parts = {one.field: self.parts[one.field] for one in fewer.aspects}
        return fewer

    def telling(self) -> "Table":
        """
        Leave out what tells nobody from anybody: mostly empty, all the same, none the same.

        Names and official numbers stay even if no two are the same: they keep records apart.
        """
        enough = max(2, len(self) // 1000)
        return self.only(
            one
            for one in self.aspects
            if _telling(
                self.parts[one.field], enough=enough, parts=one.names or one.scale.identifies
            )
        )


def _telling(rows: Sequence[Parts], *, enough: int, parts: bool) -> bool:
    held = [row[0] for row in rows if row[0] is not None]
    different = len(set(held))
    return len(held) >= enough and different > 1 and (parts or different < len(held))


def sums(table: Table, rules: Rules, *, of: str) -> Iterator[tuple[str, list[int]]]:
    """
    Give each record of a table with sums of what it is looked for by; `of` keeps objects apart.

    Two records share a sum if they share what a rule asks for. That two values have one sum
    happens, and only means that a record is read for nothing.
    """
    places = {
        one.column(part): (one.field, place)
        for one in table.aspects
        for place, part in enumerate(one.scale.parts)
    }
    for number, record in enumerate(table.ids):
        found = set()
        for columns in rules:
            values = [
                table.parts[field][number][part]
                for field, part in (places[column] for column in columns)
            ]
            if None not in values:
                said = "\x1f".join((of, *columns, *map(str, values)))
                found.add(crc32(said.encode()) - HALF)
        yield record, sorted(found)
