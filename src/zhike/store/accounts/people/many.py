"""Many people at once: read and written in a few statements, whatever their number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import orjson

from zhike.kernel.tx import Tx
from zhike.store.accounts.keys import drop_keys_of
from zhike.store.accounts.news import tell
from zhike.store.accounts.people.queries import QUERIES
from zhike.store.accounts.people.users import spoken
from zhike.store.accounts.sessions import end_sessions_of
from zhike.store.trail import note

KNOWN = (
    *("id", "login", "name", "number", "mobile", "email", "manager", "language"),
    *("joined_on", "left_on", "active", "roles", "departments"),
)
COLUMNS = KNOWN[:11]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A person to be written, and which members are to be written."""

    id: UUID
    new: Mapping[str, Any]
    changed: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDepartment:
    """A department to be written."""

    id: UUID
    name: str
    parent: UUID | None


async def everybody(tx: Tx) -> tuple[list[dict[str, Any]], date]:
    """Give all people as a table has them, and which day it is here."""
    found = await tx.rows(QUERIES["everybody"]())
    today: date = await tx.value(QUERIES["today"]())
    return [_person(row) for row in found], today


def _person(row: tuple[Any, ...]) -> dict[str, Any]:
    known = dict(zip(KNOWN, row, strict=True))
    places = ((UUID(one), main) for one, main in orjson.loads(known["departments"]))
    return {**known, "departments": list(places)}


async def fresh_ids(tx: Tx, count: int) -> list[UUID]:
    """Give ids that nothing has yet."""
    return [row[0] for row in await tx.rows(QUERIES["fresh_ids"](count=count))]


async def write_departments(tx: Tx, added: Sequence[NewDepartment]) -> None:
    """Add departments, in whatever order they hang on each other."""
    if not added:
        return
    await tx.run(
        QUERIES["add_many_departments"](
            ids=[one.id for one in added],
            names=[one.name for one in added],
            parents=[one.parent for one in added],
        )
    )
    for one in added:
        new = {"name": one.name, "parent": one.parent}
        note(tx, "department.created", object="department", target=one.id, label=one.name, new=new)


async def write_people(tx: Tx, *, added: Sequence[Row], changed: Sequence[Row]) -> None:
    """Add some people and change others; who left is out at once. What may be is judged before."""
    if added:
        await tx.run(QUERIES["add_accounts"](workspace=tx.workspace, rows=_written(added)))
        await tx.run(QUERIES["add_users"](rows=_written(added)))
    if changed:
        await tx.run(QUERIES["set_users"](rows=_written(changed)))
        await tx.run(QUERIES["set_logins"](rows=_written(changed)))
    both = (*added, *changed)
    await _write_roles(tx, [one for one in both if "roles" in one.changed])
    await _write_places(tx, [one for one in both if "departments" in one.changed])
    turned = [one.id for one in changed if "active" in one.changed]
    if turned:
        await end_sessions_of(tx, turned)
        await drop_keys_of(tx, turned)
    await tell(tx)


async def _write_roles(tx: Tx, rows: Sequence[Row]) -> None:
    held = [(one.id, role) for one in rows for role in one.new["roles"]]
    await tx.run(QUERIES["drop_many_roles"](ids=[one.id for one in rows]))
    await tx.run(
        QUERIES["add_many_roles"](ids=[one[0] for one in held], roles=[one[1] for one in held])
    )


async def _write_places(tx: Tx, rows: Sequence[Row]) -> None:
    places = [(one.id, place, main) for one in rows for place, main in one.new["departments"]]
    ids = [one.id for one in rows]
    await tx.run(QUERIES["drop_many_departments"](ids=ids))
    await tx.run(
        QUERIES["place_many"](
            ids=[one[0] for one in places],
            departments=[one[1] for one in places],
            main=[one[2] for one in places],
        )
    )
    await tx.run(QUERIES["set_many_main"](ids=ids))


def _written(rows: Iterable[Row]) -> str:
    """Give people as one JSON value, which PostgreSQL takes apart."""
    known = [
        {
            **{name: one.new[name] for name in COLUMNS if name != "id"},
            "id": one.id,
            "search": spoken(one.new["name"]),
        }
        for one in rows
    ]
    return orjson.dumps(known, default=str).decode()
