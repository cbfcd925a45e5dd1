"""
The tree of departments. Refuses cycles, and to remove what somebody still sits in or belongs
to.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zhike.kernel.faults import Invalid, NotFound, Problem, problem
from zhike.kernel.sql import ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Snapshot
from zhike.store.accounts.faults import (
    CodeTaken,
    DepartmentCycle,
    DepartmentInUse,
    UnknownDepartment,
    UnknownPerson,
)
from zhike.store.accounts.news import lock_people, tell
from zhike.store.accounts.people.queries import QUERIES
from zhike.store.trail import note

COLUMNS = (
    "id",
    "name",
    "code",
    "parent",
    "head",
    "active",
    "depth",
    "created_at",
    "updated_at",
    "version",
)
OWN = ("name", "code", "parent", "head", "active")
EMPTY: Mapping[str, Any] = {"code": None, "parent": None, "head": None, "active": True}


async def departments(tx: Tx, id: UUID | None = None) -> list[dict[str, Any]]:  # noqa: A002
    """Give the whole tree from the roots down, or one department."""
    found = await tx.rows(QUERIES["departments"](id=id))
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


async def department(tx: Tx, id: UUID) -> dict[str, Any]:  # noqa: A002
    """Give one department, which must exist."""
    found = await departments(tx, id)
    if not found:
        raise NotFound
    return found[0]


async def add_department(tx: Tx, given: Mapping[str, Any]) -> UUID:
    """Add a department."""
    await lock_people(tx)
    new = _standardized({**EMPTY, **given})
    await _check(tx, None, new)
    id_: UUID = await tx.value(QUERIES["add_department"](**new))
    _note(tx, "department.created", id_, new["name"], new=new)
    await tell(tx)
    return id_


async def change_department(tx: Tx, id: UUID, given: Mapping[str, Any]) -> None:  # noqa: A002
    """Change some of a department; what is not given stays."""
    await lock_people(tx)
    old = await department(tx, id)
    new = _standardized({**old, **given})
    await _check(tx, id, new)
    if changed := [one for one in OWN if new[one] != old[one]]:
        await tx.run(QUERIES["set_department"](id=id, **new))
        before, after = ({one: known[one] for one in changed} for known in (old, new))
        _note(tx, "department.changed", id, new["name"], old=before, new=after)
        await tell(tx)


async def drop_department(tx: Tx, id: UUID, *, snapshot: Snapshot) -> None:  # noqa: A002
    """Remove a department that nobody and nothing belongs to."""
    await lock_people(tx)
    old = await department(tx, id)
    below, people = await tx.row(QUERIES["department_uses"](id=id)) or (0, 0)
    uses = {"departments": below, "people": people, **await _records(tx, id, snapshot)}
    if any(uses.values()):
        said = ", ".join(f"{name} {count}" for name, count in uses.items() if count)
        raise DepartmentInUse(uses=said)
    await tx.run(QUERIES["drop_department"](id=id))
    _note(tx, "department.removed", id, old["name"], old={one: old[one] for one in OWN})
    await tell(tx)


def _standardized(given: Mapping[str, Any]) -> dict[str, Any]:
    code = (given["code"] or "").strip() or None
    return {**{one: given[one] for one in OWN}, "code": code}


def _note(tx: Tx, act: str, id_: UUID, label: str, **known: Mapping[str, Any]) -> None:
    note(tx, act, object="department", target=id_, label=label, **known)


async def _records(tx: Tx, id_: UUID, snapshot: Snapshot) -> dict[str, int]:
    """Tell of which objects a record belongs to a department; one that is found is enough."""
    own = [one for one in snapshot.objects.values() if not one.system]
    if not own:
        return {}
    uses = joined(
        sql(
            "(SELECT count(*) FROM (SELECT FROM {table} WHERE department = {id} LIMIT 1) AS one)",
            table=ident(one.table),
            id=param(id_, "uuid"),
        )
        for one in own
    )
    row = await tx.row(sql("SELECT {uses}", uses=uses)) or ()
    return dict(zip((one.key for one in own), row, strict=True))


async def _check(tx: Tx, id_: UUID | None, new: Mapping[str, Any]) -> None:
    found: list[Problem] = []
    if (parent := new["parent"]) is not None:
        above = {row[0] for row in await tx.rows(QUERIES["chain_of_departments"](id=parent))}
        known = await tx.rows(QUERIES["known_departments"](ids=[parent]))
        if not known:
            found.append(problem(UnknownDepartment, at="parent", id=parent))
        elif id_ in above:
            found.append(problem(DepartmentCycle, at="parent"))
    if (head := new["head"]) is not None and not await tx.rows(QUERIES["known_users"](ids=[head])):
        found.append(problem(UnknownPerson, at="head", id=head))
    if (code := new["code"]) and await tx.row(QUERIES["taken_code"](code=code, but=id_)):
        found.append(problem(CodeTaken, at="code", code=code))
    if found:
        raise Invalid(found)
