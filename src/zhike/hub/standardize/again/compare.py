"""A value as it is kept → what it would be if it were typed today. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from zhike.access import Policy
from zhike.hub.standardize.again.faults import NotStandardized
from zhike.kernel.faults import Fault, Problem, problem
from zhike.meta import Field, Json, Reading, drained, why

Verdict = Literal["changed", "doubtful", "unreadable"]
RECORD = "t"
PLAIN = frozenset({"read", "write"})
PARTED = frozenset({"address"})
"""Kinds of which an import keeps a part only: what was typed is more than the value ever was."""
GIVEN = frozenset({"auto_number"})
"""Kinds that the platform gives values to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What becomes of one value."""

    verdict: Verdict
    value: Json = None
    """The new value, as it is kept, if there is one."""
    shown: Json = None
    """The new value as JSON shows it."""
    problem: Problem | None = None
    """Why it cannot be read, or what is doubtful about it."""
    typed: Json = None
    """What was typed, if the new value was read from that."""

    def told(self, old: Json) -> dict[str, Json]:
        """Give both sides and why they differ, as the API shows them."""
        if self.verdict == "unreadable":
            return {"old": old}
        return {"old": old, "new": self.shown, "why": why(old, self.shown)}


def fields(held: Policy, obj: str, wanted: Sequence[str]) -> tuple[Field, ...]:
    """
    Give the fields that can be read again: texts that the viewer sees in full everywhere and may
    write. Numbers and days have no other form than the one their columns give them.
    """
    known = held.snapshot.objects[obj].fields
    writable = held.writable(obj, "update")
    return tuple(
        known[key]
        for key in (wanted or known)
        if key in known and key in writable and _can_be_read(held, obj, known[key])
    )


def _can_be_read(held: Policy, obj: str, field: Field) -> bool:
    # A mask must never be taken for the value.
    plain = held.level(obj, field.key) in PLAIN and not held.rights.plain(obj, field.key, RECORD)
    text = (field.column or "").split(" ")[0] == "text"
    return plain and text and not field.system and field.kind.name not in GIVEN


def wrong(held: Policy, obj: str, wanted: Sequence[str]) -> Iterator[Problem]:
    """Say which of the named fields cannot be read again."""
    usable = {one.key for one in fields(held, obj, wanted)}
    label = held.snapshot.objects[obj].label
    for number, key in enumerate(wanted):
        if key not in usable:
            yield problem(NotStandardized, at=f"fields[{number}]", field=key, object=label)


def compared(field: Field, shown: Json, typed: Json = None) -> Compared | None:
    """
    Say what a value as JSON shows it would be if it were typed today; None: what it is.

    What was `typed` then says more than what an older standard made of it, where it is kept.
    """
    if shown is None:
        return None
    if typed is not None and field.kind.name not in PARTED:
        found = _read(field, typed, shown)
        if found is not None and found.verdict == "changed":
            return replace(found, typed=typed)
    return _read(field, shown, shown)


def _read(field: Field, raw: Json, shown: Json) -> Compared | None:
    kind, settings = field.kind, field.settings
    try:
        read = kind.read(raw, settings)
    except Fault as fault:
        return Compared(verdict="unreadable", problem=fault.problems[0])
    value = drained(read)
    if value is None and field.required:
        return Compared(verdict="unreadable")
    remark = read.remark if isinstance(read, Reading) else None
    if shown in (value, kind.told(value, settings)):
        return Compared(verdict="doubtful", problem=remark) if remark else None
    if value is not None and (fault_ := kind.validate(value, settings)) is not None:
        return Compared(verdict="unreadable", problem=fault_)
    return Compared(verdict="changed", value=value, shown=kind.told(value, settings))


def changes(
    known: Sequence[Field], record: Mapping[str, Json], typed: Mapping[str, Json]
) -> Iterator[tuple[Field, Compared]]:
    """Give what would become of each value of a record that is not in standard form."""
    for field in known:
        found = compared(field, record.get(field.key), typed.get(field.key))
        if found is not None:
            yield field, found
