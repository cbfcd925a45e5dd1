"""
Which roll-ups hang on which fields of which records, read off their expressions once per snapshot.
Pure.

A dependency is a path: from the record that has the roll-up, over lookups and relations, to the
records whose fields it reads.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zhike import lang
from zhike.lang.typed import Aggregate, Hop, Hops, Many, Read, Through, Typed, below
from zhike.meta import Field, Object, Snapshot

Reached = tuple[Hops, str, str]
"""
A path, the object at its end, and a field there; no field means that the record is there at all.
"""

BACK = frozenset({"children", "linking"})
"""The hops whose link is a field of the far end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependency:
    """A roll-up hangs on some fields of the records at the end of a path that begins at its own."""

    object: str
    """Where the roll-up is."""
    rollup: str
    hops: Hops
    fields: frozenset[str]
    """The fields it reads at the end, formulas taken apart, and the one that leads back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Web:
    """All dependencies of a snapshot, by the object at the end of their paths."""

    on: Mapping[str, tuple[Dependency, ...]]

    def of(self, object_: str) -> frozenset[str]:
        """Give the roll-ups of an object that read fields of their own record."""
        return frozenset(
            one.rollup for one in self.on.get(object_, ()) if one.object == object_ and not one.hops
        )


def web(snapshot: Snapshot) -> Web:
    """Give all dependencies, worked out once per snapshot."""
    known: Web | None = snapshot.memo.get("rollups")
    if known is None:
        known = snapshot.memo["rollups"] = _web(snapshot)
    return known


def _web(snapshot: Snapshot) -> Web:
    on: dict[str, list[Dependency]] = defaultdict(list)
    for object_ in snapshot.objects.values():
        for field in object_.fields.values():
            if field.kind.name != "rollup":
                continue
            ends: dict[tuple[Hops, str], set[str]] = defaultdict(set)
            for hops, end, key in _reached(_typed(snapshot, object_, field), (), snapshot):
                ends[hops, end].add(key)
            for (hops, end), keys in ends.items():
                fields = frozenset(keys - {""})
                on[end].append(
                    Dependency(object=object_.key, rollup=field.key, hops=hops, fields=fields)
                )
    return Web(on={key: tuple(found) for key, found in on.items()})


def _typed(snapshot: Snapshot, object_: Object, field: Field) -> Typed:
    formula = str(getattr(field.settings, "formula", ""))
    return lang.checked(formula, snapshot, object_.key).typed


def _reached(node: Typed, path: Hops, snapshot: Snapshot) -> Iterator[Reached]:
    match node:
        case Read(hops=hops):
            yield from _links(path, hops)
            yield from _field(node, (*path, *hops), snapshot)
        case Aggregate(hops=hops) | Through(hops=hops) | Many(hops=hops):
            yield from _links(path, hops)
            end = (*path, *hops)
            yield end, hops[-1].target, ""
            for one in below(node):
                yield from _reached(one, end, snapshot)
        case _:
            for one in below(node):
                yield from _reached(one, path, snapshot)


def _links(path: Hops, hops: Hops) -> Iterator[Reached]:
    """Give the fields that make the steps themselves."""
    for number, hop in enumerate(hops):
        if hop.kind in BACK:
            yield (*path, *hops[: number + 1]), hop.target, hop.field
        else:
            yield (*path, *hops[:number]), hop.origin, hop.field


def _field(node: Read, path: Hops, snapshot: Snapshot) -> Iterator[Reached]:
    """Give a field that is read; a formula is what it is made of."""
    object_ = snapshot.objects[node.object]
    field = object_.fields[node.field]
    if field.kind.name == "formula":
        yield from _reached(node.formula or _typed(snapshot, object_, field), path, snapshot)
    else:
        yield path, node.object, node.field


__all__ = ["BACK", "Dependency", "Hop", "Web", "web"]
