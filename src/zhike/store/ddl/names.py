"""
What things are called in PostgreSQL, and the way back from a violated constraint to the fields.

Keys hold no double underscore, so a name with one is always ours and never an object's.
"""

from collections.abc import Iterator, Mapping
from hashlib import md5

from zhike.meta import Object, Snapshot, link_table

LONGEST = 63
"""Bytes that PostgreSQL keeps of a name; keys are ASCII."""


def shortened(name: str) -> str:
    """Give a name that PostgreSQL keeps whole, still telling apart what was told apart."""
    if len(name) <= LONGEST:
        return name
    mark = md5(name.encode(), usedforsecurity=False).hexdigest()[:8]
    return f"{name[: LONGEST - 9]}_{mark}"


def primary(table: str) -> str:
    """Name the primary key of a table."""
    return shortened(f"{table}__id")


def index(table: str, field: str) -> str:
    """Name the index on a field."""
    return shortened(f"{table}__{field}__index")


def unique(table: str, fields: tuple[str, ...]) -> str:
    """Name the unique index on some fields."""
    return shortened(f"{table}__{'__'.join(fields)}__unique")


def reference(table: str, field: str) -> str:
    """Name the foreign key of a field."""
    return shortened(f"{table}__{field}__reference")


def sequence(table: str, field: str) -> str:
    """Name the sequence that an automatic number is drawn from."""
    return shortened(f"{table}__{field}__number")


def formula(table: str, field: str, value: str) -> str:
    """Name the function that a stored formula calls; one that says something else is another."""
    mark = md5(value.encode(), usedforsecurity=False).hexdigest()[:8]
    return shortened(f"{table}__{field}__{mark}")


def aside(name: str, *, taken: frozenset[str] = frozenset()) -> str:
    """Name the place where a removed column or link table waits to be purged or taken back."""
    place = shortened(f"zk_removed_{name}")
    number = 2
    while place in taken:
        place = shortened(f"zk_removed_{name}_{number}")
        number += 1
    return place


def fields_of(snapshot: Snapshot, constraint: str) -> tuple[str, tuple[str, ...]] | None:
    """Give the object and the fields that a violated constraint is about."""
    known: Mapping[str, tuple[str, tuple[str, ...]]] | None = snapshot.memo.get("constraints")
    if known is None:
        known = snapshot.memo["constraints"] = dict(
            named for one in snapshot.objects.values() for named in _constraints(one)
        )
    return known.get(constraint)


def _constraints(object_: Object) -> Iterator[tuple[str, tuple[str, tuple[str, ...]]]]:
    yield primary(object_.table), (object_.key, ("id",))
    for fields in object_.unique:
        yield unique(object_.table, fields), (object_.key, fields)
    for field in object_.fields.values():
        if field.kind.name == "lookups":
            link = link_table(object_.key, field.key)
            for column in ("record", "target"):
                yield reference(link, column), (object_.key, (field.key,))
        elif field.target is not None:
            yield reference(object_.table, field.key), (object_.key, (field.key,))
