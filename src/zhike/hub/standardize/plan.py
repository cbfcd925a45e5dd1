"""
An object and who writes to it → how each given value is read, worked out once for each set of
roles.

A field that is hidden from the viewer is not here: naming it is naming nothing.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from zhike.access import Policy
from zhike.hub.standardize.check import missing, stranger
from zhike.kernel.faults import Fault, Problem
from zhike.meta import Field, FieldKind, Json, Object, Reading, Settings
from zhike.store.write import is_expression

SHOWN = ("masked", "read", "write")
PLATFORM = frozenset({"created_at", "created_by"})
"""What a trusted source may say beside the writable fields."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """How the values of one field are read."""

    field: Field
    read: Callable[[Json, Any], Json | Reading]
    settings: Settings
    validate: Callable[[Json, Any], Problem | None] | None
    """None if the kind has nothing to say about a value once it is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectPlan:
    """How the values of one object are read for one viewer."""

    object: Object
    readers: Mapping[str, "Reader"]
    """The fields that may be given a value, and how each is read."""
    seen: Mapping[str, Field]
    """Every field the viewer may know of."""
    tables: tuple[str, ...]
    """The fields that are sub-tables."""
    required: tuple[Field, ...]
    defaults: Mapping[str, Json]
    """The values that a new record gets where none is given."""
    computed: Mapping[str, str]
    """The expressions that give such values: `NOW()`."""

    def stranger(self, key: str) -> Problem:
        """Say what is wrong with a name that cannot be written."""
        return stranger(self.seen, self.object.key, key)

    def missing(
        self, values: Mapping[str, Json], *, given: Collection[str], new: bool
    ) -> list[Problem]:
        """Give the required fields that stay empty; `given` are filled in by the platform."""
        if None not in [values.get(one.key) for one in self.required]:
            return []
        filled = {*given, *self.defaults, *self.computed}
        return list(missing(self.required, values, filled=filled, new=new))


def plan(policy: Policy, key: str, *, action: str, trusted: bool) -> ObjectPlan:
    """Give how the values of an object are read for this viewer."""
    kept = ("standardize", key, action, trusted)
    memo = policy.rights.memo
    known: ObjectPlan | None = memo.get(kept)
    if known is None:
        known = memo[kept] = _plan(policy, key, action=action, trusted=trusted)
    return known


def _plan(policy: Policy, key: str, *, action: str, trusted: bool) -> ObjectPlan:
    of = policy.snapshot.objects[key]
    writable = policy.writable(key, "create" if action == "create" else "update")
    if trusted:
        writable |= PLATFORM
    return ObjectPlan(
        object=of,
        readers={one.key: reader_of(one) for one in of.fields.values() if one.key in writable},
        seen={
            one.key: one
            for one in of.fields.values()
            if policy.level(key, one.key) != "hidden" or one.key in writable
        },
        tables=tuple(one.key for one in of.fields.values() if one.kind.name == "children"),
        required=tuple(one for one in of.fields.values() if one.required and one.kind.writable),
        defaults={
            one.key: value for one in of.fields.values() if (value := _default(one)) is not None
        },
        computed={
            one.key: str(one.default) for one in of.fields.values() if is_expression(one.default)
        },
    )


def reader_of(field: Field) -> Reader:
    """Give how the values of a field are read."""
    kind = field.kind
    judges = type(kind).validate is not FieldKind.validate
    return Reader(
        field=field,
        read=kind.read,
        settings=field.settings,
        validate=kind.validate if judges else None,
    )


def _default(field: Field) -> Json:
    if field.default is None or is_expression(field.default):
        return None
    try:
        read = field.kind.read(field.default, field.settings)
    except Fault:
        # Checked when it was configured; should its kind have changed since, there is no default.
        return None
    return read.value if isinstance(read, Reading) else read
