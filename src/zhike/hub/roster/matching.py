"""Who is meant by a line, and who by the cell that names a manager. Pure."""

import re
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from zhike.hub.roster.faults import NoSuchManager, SeveralManagers, SeveralPeople
from zhike.kernel.faults import Fault

Person = Mapping[str, Any]

KNOWN_BY = ("number", "login", "email", "mobile")
"""In this order; a number or a login says more than an address that people share."""
NUMBERED = re.compile(r"(.*?)\s*[((]([^()()]+)[))]")
"""张三(A017)"""


def folded(value: object) -> str:
    """Give a value as it is compared."""
    return str(value).casefold()


class Known:
    """People by everything they are known by."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._index: dict[tuple[str, str], set[UUID]] = {}
        self.people: dict[UUID, Person] = {}
        for one in people:
            self.add(one)

    def add(self, one: Person) -> None:
        """Take somebody in."""
        self.people[one["id"]] = one
        for member in (*KNOWN_BY, "name"):
            if one[member]:
                self._index.setdefault((member, folded(one[member])), set()).add(one["id"])

    def by(self, member: str, value: object) -> set[UUID]:
        """Give everybody with this value."""
        return self._index.get((member, folded(value)), set())

    def meant(self, said: Mapping[str, Any]) -> UUID | tuple[type[Fault], str] | None:
        """Give the one a line means, None for somebody new, or the member that contradicts."""
        sure = {
            member: self.by(member, said[member])
            for member in ("number", "login")
            if said.get(member)
        }
        ids = {one for found in sure.values() for one in found}
        if len(ids) > 1:
            return SeveralPeople, next(iter(sure))
        if ids:
            found = next(iter(ids))
            return found if self._agrees(found, said) else (SeveralPeople, "login")
        if sure:
            return None
        for member in ("email", "mobile"):
            if said.get(member) and (shared := self.by(member, said[member])):
                return next(iter(shared)) if len(shared) == 1 else (SeveralPeople, member)
        return None

    def _agrees(self, id_: UUID, said: Mapping[str, Any]) -> bool:
        """Whoever is found by login must not have another number; a login may change."""
        kept = self.people[id_]["number"]
        number = said.get("number")
        return number is None or kept is None or folded(number) == folded(kept)

    def manager(self, text: str) -> UUID | type[Fault]:
        """Give the one a cell names by number, login, name, or 姓名(工号)."""
        if numbered := NUMBERED.fullmatch(text):
            both = self.by("name", numbered[1]) & self.by("number", numbered[2])
            if len(both) == 1:
                return next(iter(both))
        for member in ("number", "login", "name"):
            if found := self._here(self.by(member, text)):
                return next(iter(found)) if len(found) == 1 else SeveralManagers
        return NoSuchManager

    def _here(self, ids: set[UUID]) -> set[UUID]:
        """Who left is meant only where nobody else is."""
        return {one for one in ids if self.people[one]["active"]} or ids
