"""One step of a plan: what it says, what it does, what it holds up and what it costs."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Literal

from zhike.kernel.faults import Fault, Problem
from zhike.kernel.sql import Sql
from zhike.kernel.words import Words
from zhike.meta import Field, Json, Object, Snapshot


class WouldClash(Fault):
    """`{what}` is not possible as things stand: {values}."""

    code = "S601"
    zh = "无法{what}：{values}"
    hint = Words(zh="请先处理这些记录", en="deal with these records first")


class Lock(StrEnum):
    """What others cannot do to the table meanwhile."""

    NONE = "none"
    """Nothing existing is held up."""
    SHARE = "SHARE"
    """They can read, not write."""
    SHARE_ROW_EXCLUSIVE = "SHARE ROW EXCLUSIVE"
    """They can read, not write."""
    ACCESS_EXCLUSIVE = "ACCESS EXCLUSIVE"
    """They can do nothing."""


class Phase(IntEnum):
    """The order of steps, whatever order the documents stand in."""

    LET_GO = 1
    """Indexes and computed columns that stand in the way of the rest."""
    PUT_ASIDE = 2
    CREATE = 3
    WIDEN = 4
    """New columns."""
    CONVERT = 5
    CONNECT = 6
    """Foreign keys: every table is there now."""
    COMPUTE = 7
    """Generated columns: every column they read is there now."""
    INDEX = 8
    REFRESH = 9
    """What is derived from records by programs: roll-ups, search words, identity keys, numbers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Convert:
    """Read every value of a column put aside as the new kind would, into the new column."""

    object: Object
    old: Field
    place: str
    """The column that holds the old values."""
    new: Field
    snapshot: Snapshot
    """What the names of records are looked up in, where one of the kinds points at records."""


What = Literal["rollup", "search", "match", "title", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """Have a program derive something from all records of an object anew."""

    object: str
    what: What
    fields: tuple[str, ...] = ()


Deed = Sql | Convert | Refresh


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a plan wants to know from the database about one step: each a statement."""

    rows: Sql | None = None
    """How many records are touched."""
    lost: Sql | None = None
    """How many values are no longer to be seen."""
    examples: Sql | None = None
    """A few of those."""
    converted: Convert | None = None
    """Have every value read by the new kind to see which cannot be."""
    clashes: Sql | None = None
    """What forbids the step altogether, as texts: values that occur twice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    One step of a plan.

    `id` is the same whenever the same thing is to be done, so that a person can confirm a step and
    have just that done. `lossy` is known once the database was asked: a step that hides or changes
    no value needs nobody's confirmation.
    """

    id: str
    says: Words
    phase: Phase
    deeds: tuple[Deed, ...] = ()
    lock: Lock = Lock.NONE
    reversible: bool = True
    ask: Ask = Ask()
    rows: int = 0
    lost: int = 0
    examples: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What makes the step impossible as things stand."""

    @property
    def lossy(self) -> bool:
        """Whether values disappear from sight or change their meaning."""
        return self.lost > 0

    def as_json(self) -> Mapping[str, Json]:
        """Give the step as the API shows it."""
        return {
            "id": self.id,
            "says": {"zh": self.says.zh, "en": self.says.en},
            "lock": self.lock.value,
            "rows": self.rows,
            "lossy": self.lossy,
            "lost": self.lost,
            "examples": list(self.examples),
            "reversible": self.reversible,
            "sql": [one.text for one in self.deeds if isinstance(one, Sql)],
        }
