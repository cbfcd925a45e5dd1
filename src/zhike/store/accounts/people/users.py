"""
The people of a workspace: listed, added, changed.

Refuses to leave a workspace without an administrator, and to let anybody give away power over
others that they do not hold themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from zhike.kernel.faults import Invalid, NotFound
from zhike.kernel.tx import Row, Tx
from zhike.kernel.viewer import ADMIN
from zhike.meta import RoleSpec
from zhike.store.accounts.faults import LastAdmin
from zhike.store.accounts.keys import drop_keys
from zhike.store.accounts.news import lock_people, tell
from zhike.store.accounts.passwords import LEAST, Passwords
from zhike.store.accounts.people.checks import Change, above_viewer, standardized, wrong
from zhike.store.accounts.people.queries import QUERIES
from zhike.store.accounts.sessions import end_sessions

Given = Mapping[str, Any]

COLUMNS = (
    "id",
    "name",
    "number",
    "department",
    "active",
    "login",
    "mobile",
    "email",
    "manager",
    "language",
    "created_at",
    "updated_at",
    "version",
    "roles",
    "departments",
)
PUBLIC = COLUMNS[:5]
"""What everybody may know of everybody."""

EMPTY: Given = {
    "number": None,
    "mobile": None,
    "email": None,
    "manager": None,
    "language": "zh",
    "active": True,
    "roles": [],
    "departments": [],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which people are asked for."""

    id: UUID | None = None
    active: bool | None = None
    department: UUID | None = None
    search: str | None = None
    after: tuple[str, UUID] | None = None
    limit: int = 100


async def users(tx: Tx, wanted: Wanted, *, full: bool) -> list[dict[str, Any]]:
    """Give a page of people; without `full`, only what everybody may know."""
    name, after = wanted.after or (None, None)
    found = await tx.rows(
        QUERIES["users"](
            id=wanted.id,
            active=wanted.active,
            department=wanted.department,
            search=wanted.search,
            full=full,
            name=name,
            after=after,
            limit=wanted.limit,
        )
    )
    return [person(row) if full else dict(zip(PUBLIC, row, strict=False)) for row in found]


async def user(tx: Tx, id: UUID, *, full: bool) -> dict[str, Any]:  # noqa: A002
    """Give one person, who must exist."""
    found = await users(tx, Wanted(id=id, limit=1), full=full)
    if not found:
        raise NotFound
    return found[0]


def person(row: Row) -> dict[str, Any]:
    """Give all that is known of a person."""
    known = dict(zip(COLUMNS, row, strict=True))
    return {**known, "departments": orjson.loads(known["departments"])}


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What changes of people need to know: the roles there are, and how passwords are kept."""

    roles: Mapping[str, RoleSpec]
    passwords: Passwords
    session: bytes | None = None
    """The session that asks; it survives a change of its own password."""
    least: int = LEAST
    """How many characters a new password needs."""

    async def add(self, tx: Tx, given: Given) -> UUID:
        """Add a person; every problem is said at once."""
        await lock_people(tx)
        change = await self._checked(tx, Change(id=None, old={}, new={**EMPTY, **given}))
        new = change.new
        password = await self._hash(new.get("password"))
        id_: UUID = await tx.value(
            QUERIES["add_account"](workspace=tx.workspace, login=new["login"], password=password)
        )
        own = {name: new[name] for name in OWN}
        await tx.run(QUERIES["add_user"](id=id_, **own))
        await self._place(tx, id_, new)
        await tell(tx)
        return id_

    async def change(self, tx: Tx, id: UUID, given: Given) -> None:  # noqa: A002
        """Change some of a person; what is not given stays."""
        await lock_people(tx)
        old = await user(tx, id, full=True)
        change = await self._checked(tx, Change(id=id, old=old, new={**old, **given}))
        new = change.new
        await tx.run(QUERIES["set_user"](id=id, **{name: new[name] for name in OWN}))
        if change.touches("login"):
            await tx.run(QUERIES["set_login"](id=id, login=new["login"]))
        if "roles" in given or "departments" in given:
            await self._place(tx, id, new)
        await self._end_what_ended(tx, id, change)
        if ADMIN in old["roles"] and not await tx.rows(QUERIES["holders"](role=ADMIN)):
            raise LastAdmin
        await tell(tx)

    async def _checked(self, tx: Tx, change: Change) -> Change:
        """Give the change in standard form, or refuse it with everything that is wrong."""
        change, unreadable = standardized(change)
        if forbidden := above_viewer(change, tx.viewer, self.roles):
            raise forbidden
        if found := [*unreadable, *await wrong(tx, change, self.roles, least=self.least)]:
            raise Invalid(found)
        return change

    async def _end_what_ended(self, tx: Tx, id_: UUID, change: Change) -> None:
        if password := change.new.get("password"):
            await tx.run(QUERIES["set_password"](id=id_, password=await self._hash(password)))
            await end_sessions(tx, id_, login=change.new["login"], but=self.session)
        if change.touches("active") and not change.new["active"]:
            await end_sessions(tx, id_, login=change.new["login"])
            await drop_keys(tx, id_)

    async def _place(self, tx: Tx, id_: UUID, new: Given) -> None:
        places = new["departments"]
        await tx.run(QUERIES["drop_roles"](id=id_))
        await tx.run(QUERIES["add_roles"](id=id_, roles=sorted(new["roles"])))
        await tx.run(QUERIES["drop_departments"](id=id_))
        await tx.run(
            QUERIES["add_departments"](
                id=id_,
                departments=[UUID(str(one["id"])) for one in places],
                main=[bool(one["main"]) for one in places],
            )
        )
        await tx.run(QUERIES["set_main"](id=id_))

    async def _hash(self, password: str | None) -> str | None:
        return await self.passwords.hashed(password) if password else None


OWN = ("login", "name", "number", "mobile", "email", "manager", "language", "active")
"""The members that are columns of the person."""


async def has_people(tx: Tx) -> bool:
    """Tell whether the workspace has anybody at all."""
    return bool(await tx.value(QUERIES["has_people"]()))


async def login_id(tx: Tx, login: str) -> UUID | None:
    """Give a person by login, disabled ones too."""
    found: UUID | None = await tx.value(QUERIES["login_id"](login=login))
    return found
