"""What can be wrong with a change of a person, before and after asking PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches
from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from zhike.kernel.faults import Problem, problem
from zhike.kernel.tx import Tx
from zhike.meta import RoleSpec
from zhike.store.accounts.contacts import standard
from zhike.store.accounts.faults import (
    AbsenceBackwards,
    LoginTaken,
    ManagerCycle,
    NumberTaken,
    OwnDeputy,
    TwoMainDepartments,
    UnknownDepartment,
    UnknownPerson,
    UnknownRole,
    UnknownZone,
)
from zhike.store.accounts.people.queries import QUERIES

Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A person before and after; `old` is empty for somebody new."""

    id: UUID | None
    old: Given
    new: Given

    def touches(self, member: str) -> bool:
        """Tell whether this member becomes another."""
        return bool(self.new.get(member) != self.old.get(member))


def standardized(change: Change) -> tuple[Change, list[Problem]]:
    """Bring what was typed into standard form: contacts, blanks, the one main department."""
    new = dict(change.new)
    problems: list[Problem] = []
    for member in ("mobile", "email"):
        if change.touches(member):
            read = standard(member, new[member])
            problems += [read] if isinstance(read, Problem) else []
            new[member] = None if isinstance(read, Problem) else read
    for member in ("login", "name", "number"):
        new[member] = (new.get(member) or "").strip() or None
    new["departments"] = with_main(new["departments"])
    return replace(change, new=new), problems


def with_main(places: Sequence[Given]) -> list[dict[str, Any]]:
    """Where nobody says which department is the main one, it is the first."""
    said = any(one.get("main") for one in places)
    return [
        {"id": one["id"], "main": bool(one.get("main")) if said else number == 0}
        for number, one in enumerate(places)
    ]


async def wrong(tx: Tx, change: Change, roles: Mapping[str, RoleSpec]) -> list[Problem]:
    """Give everything that is wrong with a change in standard form, but for its password."""
    new = change.new
    return [
        *_wrong_roles(set(new["roles"]) - set(change.old.get("roles", ())), roles),
        *_wrong_zone(change),
        *await _wrong_departments(tx, new["departments"]),
        *await _wrong_manager(tx, change),
        *await _wrong_absence(tx, change),
        *await _taken(tx, change),
    ]


def _wrong_roles(added: set[str], roles: Mapping[str, RoleSpec]) -> list[Problem]:
    return [
        problem(
            UnknownRole,
            at="roles",
            role=role,
            nearest=next(iter(get_close_matches(role[:64], list(roles), n=1)), ""),
        )
        for role in sorted(added - roles.keys())
    ]


def _wrong_zone(change: Change) -> list[Problem]:
    zone = change.new["zone"]
    if zone is None or not change.touches("zone") or zone in available_timezones():
        return []
    return [problem(UnknownZone, at="zone", zone=zone)]


async def _wrong_departments(tx: Tx, places: Sequence[Given]) -> list[Problem]:
    wanted = [UUID(str(one["id"])) for one in places]
    found = {row[0] for row in await tx.rows(QUERIES["known_departments"](ids=wanted))}
    problems = [
        problem(UnknownDepartment, at=f"departments[{number}].id", id=one)
        for number, one in enumerate(wanted)
        if one not in found
    ]
    if len(set(wanted)) != len(wanted) or sum(one["main"] for one in places) > 1:
        problems.append(problem(TwoMainDepartments, at="departments"))
    return problems


async def _wrong_manager(tx: Tx, change: Change) -> list[Problem]:
    manager = change.new["manager"]
    if manager is None or not change.touches("manager"):
        return []
    above = {row[0] for row in await tx.rows(QUERIES["chain_of_managers"](id=manager))}
    if not above:
        return [problem(UnknownPerson, at="manager", id=manager)]
    return [problem(ManagerCycle, at="manager")] if change.id in above else []


async def _wrong_absence(tx: Tx, change: Change) -> list[Problem]:
    absence = change.new["absence"]
    if absence is None or not change.touches("absence"):
        return []
    found = []
    if absence.get("until") and moment(absence["until"]) <= moment(absence["from"]):
        found.append(problem(AbsenceBackwards, at="absence.until"))
    deputy = absence.get("deputy")
    if deputy is not None and deputy == change.id:
        found.append(problem(OwnDeputy, at="absence.deputy"))
    elif deputy is not None and not await tx.rows(QUERIES["known_users"](ids=[deputy])):
        found.append(problem(UnknownPerson, at="absence.deputy", id=deputy))
    return found


def moment(given: datetime | str) -> datetime:
    """Give a moment as PostgreSQL's JSON and callers write it."""
    return given if isinstance(given, datetime) else datetime.fromisoformat(given)


async def _taken(tx: Tx, change: Change) -> list[Problem]:
    login, number = change.new["login"], change.new["number"]
    asked = number if change.touches("number") else None
    row = await tx.row(QUERIES["taken"](login=login, number=asked, but=change.id))
    by_login, by_number = row or (False, False)
    return [
        *([problem(LoginTaken, at="login", login=login)] if by_login else []),
        *([problem(NumberTaken, at="number", number=number)] if by_number else []),
    ]
