"""Who asks. Every read and every write is done by a viewer; there is no way around being one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal
from uuid import UUID

from zhike.kernel.words import Language

Sharing = Literal["none", "few", "many"]
"""How much is shared with somebody, as far as it changes how it is asked about."""

ADMIN = "admin"
"""The key of the role that may configure the workspace; see `access`."""


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """
    The person, or the program on behalf of a person, whose permissions apply.

    `departments` are those the person sits in (main one first), `below` all of those and every
    department under them, `above` all of those and every department over them. `subordinates` is
    everybody under the person in the reporting line. `personal` are grants given to this person
    alone, as canonical JSON by object. `narrowed` is what an API key or a look through somebody
    else's eyes leaves of the rights: `object:action`, either of them possibly `*`; None: all of
    them. `seen_by` is who really looks, if that is somebody else.
    `sharing` is how much is shared with the person; `few` is right in any case.

    `trusted` is the platform itself (migrations, roll-ups): it sees everything and is never
    reachable through a door.
    """

    id: UUID | None
    name: str = ""
    roles: frozenset[str] = frozenset()
    departments: tuple[UUID, ...] = ()
    below: frozenset[UUID] = frozenset()
    above: frozenset[UUID] = frozenset()
    subordinates: frozenset[UUID] = frozenset()
    personal: str = ""
    narrowed: frozenset[str] | None = None
    seen_by: UUID | None = None
    sharing: Sharing = "few"
    language: Language = "zh"
    zone: str = "Asia/Shanghai"
    source: str = "api"
    cause: str | None = None
    """What it is done with, as history keeps it: `key:<id>` of an API key."""
    trusted: bool = False

    @property
    def limits(self) -> list[str] | None:
        """What is left of the rights, as the books of jobs keep it; None: all of them."""
        return None if self.narrowed is None else sorted(self.narrowed)

    def limited(self, limits: Iterable[str] | None) -> "Viewer":
        """Give the same viewer with no more rights than the books of a job left."""
        return self if limits is None else replace(self, narrowed=frozenset(limits))

    @cached_property
    def facts(self) -> Mapping[str, object]:
        """What `kernel.sql.Asker` holes are filled with."""
        return {
            "id": self.id,
            "department": self.departments[0] if self.departments else None,
            "departments": list(self.departments),
            "below": list(self.below),
            "subordinates": list(self.subordinates),
            "grantees": [
                *([f"user:{self.id}"] if self.id else []),
                *(f"department:{one}" for one in self.above),
                *(f"role:{one}" for one in sorted(self.roles)),
            ],
            "roles": sorted(self.roles),
            "zone": self.zone,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From where and why something is done, as the logs keep it."""

    ip: str = ""
    agent: str = ""
    request: str = ""
    """The id of the request, as the answer shows it."""
    reason: str = ""
    """What the person says it is done for."""


NOWHERE = Origin()


def platform(source: str = "system") -> Viewer:
    """Give the platform itself as viewer, for work that nobody asked for in person."""
    return Viewer(id=None, name="Zhike", source=source, trusted=True)
