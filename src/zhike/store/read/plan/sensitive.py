"""
Which sensitive fields an answer shows in full, and on which records: what has to be noted.

Worked out once with the statement. An object without sensitive fields costs nothing here.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from zhike import lang
from zhike.access import Rights
from zhike.access.values import is_derived, stored
from zhike.kernel.faults import Fault
from zhike.kernel.sql import Sql, either, every, param, sql
from zhike.meta import Snapshot

Touched = frozenset[tuple[str, str]]
"""Fields, as (object, field)."""
PLAIN = ("read", "write")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is to be noted of an answer."""

    object: str
    fields: tuple[str, ...]
    """Keys of its own fields, `object.field` of those of others."""
    plain: Sql
    """The condition that a record shows one of them unmasked, whether or not there is a value."""
    bare: Sql
    """The condition that a record shows a value of one of them."""

    def named(self, *, valued: bool = True) -> Sql:
        """
        Give the fields as SQL where a record shows one of them, else NULL.

        With `valued` only where there is a value now; it may have had another one.
        """
        return sql(
            "CASE WHEN {bare} THEN {fields} END",
            bare=self.bare if valued else self.plain,
            fields=param(list(self.fields), "text[]"),
        )


def touched(snapshot: Snapshot, obj: str, field: str) -> Touched:
    """Give a field and everything it is computed from."""
    one = snapshot.objects[obj].fields.get(field)
    if one is None or not is_derived(one):
        return frozenset({(obj, field)})
    try:
        formula = str(getattr(one.settings, "formula", ""))
        return lang.checked(formula, snapshot, obj).reads | {(obj, field)}
    except Fault:
        return frozenset({(obj, field)})


def trace(rights: Rights, obj: str, shown: Iterable[Touched], *, alias: str) -> Trace | None:
    """Say what is to be noted of a record under an alias; None if nothing is."""
    if rights.roles is None:
        return None
    found = sorted(
        {
            (holder, key)
            for touched_ in shown
            for holder, key in touched_
            if _sensitive(rights.snapshot, holder, key) and rights.level(holder, key) in PLAIN
        }
    )
    if not found:
        return None
    own = [key for holder, key in found if holder == obj]
    plain = [rights.plain(obj, key, alias) or sql("true") for key in own]
    there = [
        every((one, sql("{it} IS NOT NULL", it=stored(rights.snapshot, obj, key, alias))))
        for key, one in zip(own, plain, strict=True)
    ]
    # Of values that come from other records it is not looked up where there are any.
    others = [sql("true")] if len(own) < len(found) else []
    return Trace(
        object=obj,
        fields=tuple(key if holder == obj else f"{holder}.{key}" for holder, key in found),
        plain=either((*plain, *others)),
        bare=either((*there, *others)),
    )


def everything(rights: Rights, obj: str, *, alias: str) -> Trace | None:
    """Say what is to be noted where every field of a record may be shown."""
    fields = rights.seen.objects[obj].fields
    return rights.kept(
        ("trace", obj, alias),
        lambda: (
            trace(rights, obj, (touched(rights.snapshot, obj, key) for key in fields), alias=alias),
        ),
    )[0]


def _sensitive(snapshot: Snapshot, obj: str, field: str) -> bool:
    one = snapshot.objects[obj].fields.get(field)
    return one is not None and one.sensitive
