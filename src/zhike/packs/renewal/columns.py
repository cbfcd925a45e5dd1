"""
The hidden columns of records: by which version of which rules, out of which fields, and how.

Search words, identity keys, the place in lists by title. Pure.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from zhike.hub import identity
from zhike.meta import Json, Object, Snapshot
from zhike.store.search import searching
from zhike.store.titles import titling

What = Literal["search", "match", "title"]

VERSIONS: Mapping[What, int] = {"search": 1, "match": 2, "title": 1}
"""
The version of the rules by which each hidden column is derived.

Whoever changes what the rules give raises it; then every installation derives the column anew
from its next start on, or it would look for people by words and keys that nobody has.
"""

Values = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One hidden column of an object."""

    name: str
    reads: Collection[str]
    """The fields it is derived from."""
    derive: Callable[[Values], Json]
    """Gives what it holds, from values in standard form of at least those fields."""


def columns(
    snapshot: Snapshot, object_: Object, wanted: Collection[str] = tuple(VERSIONS)
) -> tuple[Column, ...]:
    """Give some hidden columns of an object; whose lists are in order without has no `title`."""
    found = {what: _WAYS[what](snapshot, object_) for what in VERSIONS if what in wanted}
    return tuple(one for one in found.values() if one is not None)


def _search(snapshot: Snapshot, object_: Object) -> Column:
    known = searching(snapshot, object_)
    return Column(name="zk_search", reads=known.fields, derive=known.tokens)


def _match(snapshot: Snapshot, object_: Object) -> Column:
    ways = identity.plan(snapshot, object_.key)
    return Column(name="zk_match", reads=ways.fields, derive=lambda values: list(ways.keys(values)))


def _title(_: Snapshot, object_: Object) -> Column | None:
    known = titling(object_)
    if known is None:
        return None
    return Column(name="zk_title", reads=(known.field,), derive=known.place)


_WAYS: Mapping[What, Callable[[Snapshot, Object], Column | None]] = {
    "search": _search,
    "match": _match,
    "title": _title,
}
