"""
What travels through INTAKE: many entries for one object, with what each step found out about them.

One record is a batch of one. A batch and its entries are never changed, only replaced.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal, NamedTuple, TypedDict, Unpack
from uuid import UUID

from zhike.access import Policy
from zhike.kernel.faults import Problem
from zhike.meta import Json, Object

Action = Literal["create", "update", "delete", "restore"]
OnDuplicate = Literal["error", "skip", "update", "create"]

NEAR = "~"
"""How the identity keys begin that records share which are merely alike; they settle nothing."""


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
class Compared:
    """How a field of two records agrees, as far as the viewer may be told."""

    field: str
    agreement: str
    """The word of the level: same, one_typo, different …"""
    weight: float
    """In bits: how much it speaks for (or against) one and the same party."""
    given: Json = None
    """What the entry holds."""
    held: Json = None
    """What the record holds, if the viewer may see it there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A record that an entry seems to be the same as."""

    record: UUID | None
    """None when it matches an earlier entry of the same batch that is not written yet."""
    entry: int | None = None
    """The position of that earlier entry."""
    reasons: tuple[str, ...] = ()
    """The fields that agree."""
    binding: bool = False
    """Whether they may not agree at all: they are unique."""
    score: float = 1.0
    title: str = ""
    """What the record is called, if the viewer may see it."""
    owner: str = ""
    """The name of its owner, who may always be told."""
    seen: bool = True
    """Whether the viewer may see the record."""
    verdict: Literal["block", "warn", "related"] = "block"
    """Whether it refuses the entry, or is merely told: as possibly the same, or as a relative."""
    object: str = ""
    """The object of the record, if it is another one than the entry's."""
    compared: tuple[Compared, ...] = ()
    """What speaks for and against it, the weightiest first."""
    card: str = ""
    """What of its name may be told to a viewer who does not see it."""
    until: str | None = None
    """Until when the record is its owner's."""


class Ready(NamedTuple):
    """
    A new record as it will be written, worked out ahead from the values, keys and words it brings.

    Only the entry it belongs to may carry it, and only as long as those stay what they are.
    """

    columns: tuple[str, ...]
    """The columns it fills; the same tuple for every record of a chunk."""
    text: bytes
    """What goes into them, as COPY reads it."""
    said: bytes
    """Its values as JSON."""
    more: Mapping[str, Json] = {}
    """What it got since, in other columns than those; mostly one mapping for a whole batch."""


class Changes(TypedDict, total=False):
    """What of an entry a step may change."""

    given: Mapping[str, Json]
    values: Mapping[str, Json]
    raw: Mapping[str, Json] | None
    children: Mapping[str, Sequence[Mapping[str, Json]]]
    keys: tuple[str, ...]
    tokens: str | None
    ready: Ready | None
    before: Mapping[str, Json] | None
    ways: Mapping[str, frozenset[int]]
    record: UUID | None
    line: int | None
    version: int | None
    drawn: Mapping[str, Json]
    into: int | None
    old: bytes | None
    new: bytes | None
    fate: Fate
    matches: tuple[Match, ...]
    hints: tuple[Match, ...]
    problems: tuple[Problem, ...]
    remarks: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One record on its way in."""

    at: str = ""
    """Where it stands in what the caller sent: `[3]`, or nothing for a single record."""
    given: Mapping[str, Json] = field(default_factory=dict)
    """The values as they came."""
    values: Mapping[str, Json] = field(default_factory=dict)
    """The values in standard form."""
    raw: Mapping[str, Json] | None = None
    """What was typed where that differs, if `given` is in standard form already."""
    children: Mapping[str, Sequence[Mapping[str, Json]]] = field(default_factory=dict)
    """The rows of sub-tables, by field."""
    keys: tuple[str, ...] = ()
    """Identity keys, as kept in `zk_match`; a new entry may bring them along, worked out ahead."""
    tokens: str | None = None
    """The words it is found by, as kept in `zk_search`, if worked out ahead."""
    ready: Ready | None = None
    """How it is written, if worked out ahead and still true."""
    before: Mapping[str, Json] | None = None
    """What the record to change holds, as far as the steps need it; it is locked from then on."""
    ways: Mapping[str, frozenset[int]] = field(default_factory=dict)
    """By which ways a field may be changed, where what the record becomes has a say in it."""
    line: int | None = None
    """From which line of a file it comes."""
    record: UUID | None = None
    """The record to change; for a new one, its id once persisted."""
    version: int | None = None
    """The version the caller expects to change (`If-Match`); the new one once persisted."""
    drawn: Mapping[str, Json] = field(default_factory=dict)
    """What the platform gives it where the caller did not, should it become a new record."""
    into: int | None = None
    """The entry of the batch it became part of, because both mean the same record."""
    old: bytes | None = None
    """What was in the changed fields, as JSON, once persisted."""
    new: bytes | None = None
    """What is in the changed fields now, as JSON, once persisted."""
    fate: Fate = Fate.WAITING
    matches: tuple[Match, ...] = ()
    """What it is taken to be the same as."""
    hints: tuple[Match, ...] = ()
    """What it may be the same as, or related to: worth telling, and refuses nothing."""
    problems: tuple[Problem, ...] = ()
    """What refuses it."""
    remarks: tuple[Problem, ...] = ()
    """What is worth telling and refuses nothing."""

    def having(self, **changes: Unpack[Changes]) -> "Entry":
        """
        Give the same entry with some things changed.

        Every record of an import is changed by every step, and `dataclasses.replace` would cost as
        much as the step itself; so the copy is made without slots and without `__init__`. What was
        ready to be written is not any more if what it was made of changes.
        """
        copy = object.__new__(Entry)
        known = copy.__dict__
        known.update(self.__dict__, **changes)
        if (
            known["ready"] is not None
            and "ready" not in changes
            and ("values" in changes or changes.get("keys", self.keys) != self.keys)
        ):
            known["ready"] = None
        return copy

    def refused(self, *problems: Problem) -> "Entry":
        """Give the entry with more against it."""
        return self.having(fate=Fate.REFUSED, problems=(*self.problems, *problems))


@dataclass(frozen=True, kw_only=True)
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
    trusted: bool = False
    """Whether it comes from a source that may say who created a record and when (an import)."""
    read: bool = False
    """Whether the given values are in standard form already: a file is read by the same kinds."""
    binned: bool = False
    """Whether the records to change lie in the recycle bin, and stay there."""
    given: frozenset[str] = frozenset()
    """Lookups that the platform itself filled in (the parent of a sub-table's row)."""
    together: bool = False
    """
    Whether entries of several callers walk together: nobody waits to hear which one of them has a
    value that somebody outside the intake just took. It takes the others with it.
    """
    rehearsed: bool = False
    """Whether nothing will be written: then no automatic numbers are drawn, which stay drawn."""

    @property
    def rule(self) -> OnDuplicate:
        """What is done with duplicates: as the caller says, else the object's match document."""
        if self.on_duplicate is not None:
            return self.on_duplicate
        match = self.policy.snapshot.matches.get(self.object.key)
        return match.on_duplicate if match else "error"

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """The entries that nothing was decided about, in order."""
        return tuple(one for one in self.entries if one.fate is Fate.WAITING)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is wrong, each with its address in what the caller sent."""
        return tuple(found.under(one.at) for one in self.entries for found in one.problems)

    def having(self, entries: Sequence[Entry]) -> "Batch":
        """Give the same batch with other entries; copied as an entry is."""
        copy = object.__new__(Batch)
        copy.__dict__.update(self.__dict__, entries=tuple(entries))
        return copy
