"""What can be wrong with a change of a person, before and after asking PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from zhike.kernel.faults import Problem, problem
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import ADMIN, Viewer
from zhike.meta import RoleSpec
from zhike.store.accounts.contacts import standard
from zhike.store.accounts.faults import (
    AboveYou,
    LoginTaken,
    ManagerCycle,
    TwoMainDepartments,
    UnknownDepartment,
    UnknownPerson,
    UnknownRole,
)
from zhike.store.accounts.passwords import weak
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
    new["departments"] = _with_main(new["departments"])
    return replace(change, new=new), problems


def _with_main(places: Sequence[Given]) -> list[dict[str, Any]]:
    """Where nobody says which department is the main one, it is the first."""
    said = any(one.get("main") for one in places)
    return [
        {"id": one["id"], "main": bool(one.get("main")) if said else number == 0}
        for number, one in enumerate(places)
    ]


def above_viewer(change: Change, viewer: Viewer, roles: Mapping[str, RoleSpec]) -> AboveYou | None:
    """Give the refusal if this touches power over others that the viewer does not hold."""
    if viewer.trusted or ADMIN in viewer.roles:
        return None
    old, new = set(change.old.get("roles", ())), set(change.new["roles"])
    touched = old ^ new if viewer.id == change.id else old | new
    above = sorted(role for role in touched - viewer.roles if _rules(role, roles))
    return AboveYou(at="roles", role=above[0]) if above else None


def _rules(role: str, roles: Mapping[str, RoleSpec]) -> bool:
    """Whether a role gives power over people or the configuration."""
    return role == ADMIN or (role in roles and (roles[role].people or roles[role].configure))


async def wrong(
    tx: Tx, change: Change, roles: Mapping[str, RoleSpec], *, least: int
) -> list[Problem]:
    """Give everything that is wrong with a change in standard form."""
    new, password = change.new, change.new.get("password")
    return [
        *_wrong_roles(set(new["roles"]) - set(change.old.get("roles", ())), roles),
        *await _wrong_departments(tx, new["departments"]),
        *await _wrong_manager(tx, change),
        *await _wrong_login(tx, change),
        *filter(None, [weak(password, least=least) if password is not None else None]),
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


async def _wrong_login(tx: Tx, change: Change) -> list[Problem]:
    login = change.new["login"]
    taken = await tx.row(QUERIES["taken_login"](login=login, but=change.id))
    return [problem(LoginTaken, at="login", login=login)] if taken else []
