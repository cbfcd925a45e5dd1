"""
What travels through INTAKE: many entries for one object, with what each step found out about them.

One record is a batch of one. A batch and its entries are never changed, only replaced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any, Literal
from uuid import UUID

from zhike.access import Policy
from zhike.kernel.faults import Problem
from zhike.meta import Json, Object

Action = Literal["create", "update", "delete", "restore"]
OnDuplicate = Literal["error", "skip", "update", "create"]


class Fate(Enum):
    """What became of an entry."""

    WAITING = "waiting"
    """Not decided yet."""
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    RESTORED = "restored"
    SKIPPED = "skipped"
    """The same as a record that is already there (or an earlier entry), and left out on purpose."""
    REFUSED = "refused"
    """Something is wrong with it; `problems` says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A record that an entry seems to be the same as."""

    record: UUID | None
    """None when it matches an earlier entry of the same batch that is not written yet."""
    entry: int | None = None
    """The position of that earlier entry."""
    reasons: tuple[str, ...] = ()
    """The fields that agree."""
    score: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record on its way in."""

    at: str = ""
    """Where it stands in what the caller sent: `[3]`, or nothing for a single record."""
    given: Mapping[str, Json] = field(default_factory=dict)
    """The values as they came."""
    values: Mapping[str, Json] = field(default_factory=dict)
    """The values in standard form."""
    children: Mapping[str, Sequence[Mapping[str, Json]]] = field(default_factory=dict)
    """The rows of sub-tables, by field."""
    keys: tuple[str, ...] = ()
    """Identity keys, as kept in `zk_match`."""
    record: UUID | None = None
    """The record to change; for a new one, its id once persisted."""
    version: int | None = None
    """The version the caller expects to change (`If-Match`); the new one once persisted."""
    fate: Fate = Fate.WAITING
    matches: tuple[Match, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What refuses it."""
    remarks: tuple[Problem, ...] = ()
    """What is worth telling and refuses nothing."""

    def refused(self, *problems: Problem) -> "Entry":
        """Give the entry with more against it."""
        return replace(self, fate=Fate.REFUSED, problems=(*self.problems, *problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Entries for one object, what is to be done with them, and on whose behalf."""

    policy: Policy
    object: Object
    action: Action
    entries: tuple[Entry, ...]
    on_duplicate: OnDuplicate | None = None
    """None: as the object's match document says."""
    key: tuple[str, ...] = ()
    """For an upsert: the unique fields by which records are found."""
    atomic: bool = False
    """All or nothing: one refused entry refuses the batch."""
    source: str = "api"
    cause: str | None = None
    blank_clears: bool = True
    """Whether an empty value in an update clears the field (API) or keeps the old one (import)."""
    facts: Mapping[str, Any] = field(default_factory=dict)

    def having(self, entries: Sequence[Entry]) -> "Batch":
        """Give the same batch with other entries."""
        return replace(self, entries=tuple(entries))
