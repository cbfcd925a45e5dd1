"""
A match document → how the records of an object are recognised: their keys, as `zk_match` keeps
them.

A key is the fields it is made of, how they are compared, and what they hold:
`phone:+86-13812345678`, `name~company_core:北京字节跳动科技`, `customer+name:…`. Two records are
the same if they share one. Keys of names that are merely alike (`~1f3a09bc`) say who is compared.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from zhike.hub.identity.kinds import COMPARISONS
from zhike.hub.identity.spec import MatchKeySpec, MatchSpec
from zhike.hub.identity.weighing import ALIKE, summed
from zhike.meta import Json, Object, Snapshot
from zhike.store.alike import looked_for
from zhike.store.batch import NEAR

Keys = Callable[[Json], tuple[str, ...]]
EXACT = "exact"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyPlan:
    """One way in which records are the same: its fields, each with what makes keys of it."""

    mark: str
    fields: tuple[tuple[str, Keys], ...]

    def keys(self, values: Mapping[str, Json]) -> Sequence[str]:
        """Give a record's keys of this way; none if one of its fields says too little."""
        if len(self.fields) == 1:
            name, keys = self.fields[0]
            value = values.get(name)
            return [self.mark + one for one in keys(value)] if value else ()
        parts = [keys(values.get(name)) for name, keys in self.fields]
        return [self.mark + "|".join(one) for one in product(*parts)] if all(parts) else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearPlan(KeyPlan):
    """One way in which records are alike."""

    def keys(self, values: Mapping[str, Json]) -> Sequence[str]:
        """Give the sums a record is looked for by."""
        parts = [keys(values.get(name)) for name, keys in self.fields]
        if not all(parts):
            return ()
        return summed(self.mark, parts[0] if len(parts) == 1 else map("|".join, product(*parts)))


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityPlan:
    """Everything about recognising the records of one object."""

    ways: tuple[KeyPlan, ...]
    near: tuple[NearPlan, ...] = ()
    differing: tuple[str, ...]
    fields: frozenset[str]
    on_duplicate: str

    def keys(self, values: Mapping[str, Json]) -> tuple[str, ...]:
        """Give all keys of a record, from its standardized values."""
        return tuple([key for way in (*self.ways, *self.near) for key in way.keys(values)])

    def reasons(self, keys: frozenset[str] | set[str]) -> tuple[str, ...]:
        """Name the fields that agree, from the keys two records share."""
        return tuple(
            dict.fromkeys(
                name
                for way in self.ways
                if any(key.startswith(way.mark) for key in keys)
                for name, _ in way.fields
            )
        )

    def apart(self, one: Sequence[Json], other: Sequence[Json]) -> bool:
        """Say whether two records differ in a field that keeps them apart whatever else agrees."""
        return any(
            a is not None and b is not None and str(a) != str(b)
            for a, b in zip(one, other, strict=True)
        )


NOBODY = IdentityPlan(ways=(), differing=(), fields=frozenset(), on_duplicate="error")


def plan(snapshot: Snapshot, key: str) -> IdentityPlan:
    """Give how the records of an object are recognised, worked out once per snapshot."""
    known: IdentityPlan | None = snapshot.memo.get(("identity", key))
    if known is None:
        spec = snapshot.matches.get(key)
        made = _plan(spec, snapshot.objects[key]) if spec else NOBODY
        known = snapshot.memo["identity", key] = made
    return known


def keys_of(snapshot: Snapshot, key: str, values: Mapping[str, Json]) -> tuple[str, ...]:
    """Give the identity keys of a record of an object, from its values in standard form."""
    return plan(snapshot, key).keys(values)


def _plan(spec: MatchSpec, of: Object) -> IdentityPlan:
    near = looked_for(spec, of)
    return IdentityPlan(
        ways=tuple(_way(one, of) for one in spec.keys),
        near=tuple(_near_way(one, of) for one in near),
        differing=spec.unless_differs,
        fields=frozenset(
            {
                *spec.unless_differs,
                *(name for one in spec.keys for name in one.fields),
                *(name for one in near for name in one),
            }
        ),
        on_duplicate=spec.on_duplicate,
    )


def _way(spec: MatchKeySpec, of: Object) -> KeyPlan:
    mark = "+".join(spec.fields) + ("" if spec.using == EXACT else f"~{spec.using}") + ":"
    return KeyPlan(mark=mark, fields=tuple((name, _keys(spec, of, name)) for name in spec.fields))


def _keys(spec: MatchKeySpec, of: Object, name: str) -> Keys:
    wanted = COMPARISONS[spec.using]
    kind = of.fields[name].kind.name
    fits = wanted.kinds is None or kind in wanted.kinds
    return (wanted if fits else COMPARISONS[EXACT]).keys


def _near_way(names: tuple[str, ...], of: Object) -> NearPlan:
    fields = tuple(
        (name, ALIKE.get(of.fields[name].kind.name, COMPARISONS[EXACT]).keys) for name in names
    )
    return NearPlan(mark="+".join(names) + ":", fields=fields)


def exact(keys: Iterable[str]) -> tuple[str, ...]:
    """Give the keys that settle who is the same."""
    return tuple([key for key in keys if key[0] != NEAR])
