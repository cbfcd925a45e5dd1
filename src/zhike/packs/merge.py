"""
What becomes of a document when its app ships a new version and somebody has changed the old one.

A three-way merge: what only one side changed is taken from that side; where both changed the same
thing, the person's word stands and the clash is listed. Lists of things with keys (fields, options)
are merged thing by thing, other lists as a whole.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from zhike.meta import Json


class Absent:
    """Nothing, where None would be something."""


ABSENT = Absent()


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The outcome, and where the app's change was passed over for the person's."""

    body: Mapping[str, Json]
    clashes: tuple[str, ...] = ()


def merged(
    base: Mapping[str, Json], *, ours: Mapping[str, Json], theirs: Mapping[str, Json]
) -> Merged:
    """Merge the app's new text into what is there; `base` is what the app shipped before."""
    clashes: list[str] = []
    body = _mapping(base, ours, theirs, at="", clashes=clashes)
    return Merged(body=body, clashes=tuple(clashes))


def _either(base: Json, ours: Json, theirs: Json, *, at: str, clashes: list[str]) -> Json:
    if theirs in (ours, base):
        return ours
    if ours == base:
        return theirs
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        before = base if isinstance(base, Mapping) else {}
        return _mapping(before, ours, theirs, at=at, clashes=clashes)
    if _keyed(ours) and _keyed(theirs):
        before = base if _keyed(base) else []
        return _things(before, ours, theirs, at=at, clashes=clashes)
    clashes.append(at)
    return ours


def _mapping(
    base: Mapping[str, Json],
    ours: Mapping[str, Json],
    theirs: Mapping[str, Json],
    *,
    at: str,
    clashes: list[str],
) -> dict[str, Json]:
    out: dict[str, Json] = {}
    for key in dict.fromkeys((*theirs, *ours)):
        value = _either(
            base.get(key, ABSENT),
            ours.get(key, ABSENT),
            theirs.get(key, ABSENT),
            at=f"{at}.{key}" if at else key,
            clashes=clashes,
        )
        if value is not ABSENT:
            out[key] = value
    return out


def _keyed(value: Json) -> bool:
    return (
        isinstance(value, list)
        and bool(value)
        and all(isinstance(one, Mapping) and isinstance(one.get("key"), str) for one in value)
        and len({one["key"] for one in value}) == len(value)
    )


def _things(
    base: Sequence[Mapping[str, Json]],
    ours: Sequence[Mapping[str, Json]],
    theirs: Sequence[Mapping[str, Json]],
    *,
    at: str,
    clashes: list[str],
) -> list[Json]:
    sides = [{one["key"]: one for one in side} for side in (base, ours, theirs)]
    out = []
    for key in _order([one["key"] for one in ours], [one["key"] for one in theirs]):
        before, mine, given = (side.get(key, ABSENT) for side in sides)
        value = _either(before, mine, given, at=f"{at}[{key}]", clashes=clashes)
        if value is not ABSENT:
            out.append(value)
    return out


def _order(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """The app's order; what only a person has comes after what it came after."""
    shipped = frozenset(theirs)
    after: dict[str, list[str]] = {}
    last = ""
    for key in ours:
        if key in shipped:
            last = key
        else:
            after.setdefault(last, []).append(key)
    yield from after.get("", ())
    for key in theirs:
        yield key
        yield from after.get(key, ())
