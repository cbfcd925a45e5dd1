"""Who asks. Every read and every write is done by a viewer; there is no way around being one."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from zhike.kernel.words import Language

ADMIN = "admin"
"""The key of the role that may configure the workspace; see `access`."""


@dataclass(frozen=True, kw_only=True)
class Viewer:
    """
    The person, or the program on behalf of a person, whose permissions apply.

    `departments` are those the person sits in (main one first), `below` all of those and every
    department under them. `trusted` is the platform itself (migrations, roll-ups): it sees
    everything and is never reachable through a door.
    """

    id: UUID | None
    name: str = ""
    roles: frozenset[str] = frozenset()
    departments: tuple[UUID, ...] = ()
    below: frozenset[UUID] = frozenset()
    language: Language = "zh"
    zone: str = "Asia/Shanghai"
    source: str = "api"
    trusted: bool = False

    @cached_property
    def facts(self) -> Mapping[str, object]:
        """What `kernel.sql.Asker` holes are filled with."""
        return {
            "id": self.id,
            "department": self.departments[0] if self.departments else None,
            "departments": list(self.departments),
            "below": list(self.below),
            "roles": sorted(self.roles),
            "zone": self.zone,
        }


def platform(source: str = "system") -> Viewer:
    """Give the platform itself as viewer, for work that nobody asked for in person."""
    return Viewer(id=None, name="Zhike", source=source, trusted=True)
