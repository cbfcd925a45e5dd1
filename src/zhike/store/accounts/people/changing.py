"""
People added and changed, one at a time.

Refuses to leave a workspace without somebody who can administer it, and to let anybody give away
power over others that they do not hold themselves. What two administrators do at once happens one
after the other, and the second one is looked at again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from zhike.kernel.faults import Invalid, NotAllowed, Problem, Stale
from zhike.kernel.tx import Tx
from zhike.meta import RoleSpec, SecuritySpec
from zhike.store.accounts.faults import LastAdmin
from zhike.store.accounts.keys import drop_keys_of
from zhike.store.accounts.news import lock_people, tell
from zhike.store.accounts.passwords import Passwords, keep_password, wrong_password
from zhike.store.accounts.people.checks import Change, moment, standardized, wrong
from zhike.store.accounts.people.powers import KEPT, above_viewer, powerful, powers, together
from zhike.store.accounts.people.queries import QUERIES
from zhike.store.accounts.people.users import spoken, user
from zhike.store.accounts.sessions import end_sessions, unlock
from zhike.store.trail import note

Given = Mapping[str, Any]

EMPTY: Given = {
    "number": None,
    "mobile": None,
    "email": None,
    "manager": None,
    "language": "zh",
    "zone": None,
    "joined_on": None,
    "left_on": None,
    "absence": None,
    "active": True,
    "roles": [],
    "departments": [],
}

OWN = ("login", "name", "number", "mobile", "email", "manager", "language", "zone", "joined_on")
"""The members that are columns of the person as they stand."""

NOTED = (*OWN, "left_on", "active", "absence", "roles", "departments")
"""What the log tells of a change."""


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """What changes of people need to know: the roles there are, and how passwords are kept."""

    roles: Mapping[str, RoleSpec]
    passwords: Passwords
    rules: SecuritySpec = field(default_factory=SecuritySpec)
    version: int | None = None
    """The version of the configuration that `roles` and `rules` are of, where it may change."""
    session: bytes | None = None
    """The session that asks; it survives a change of its own password."""
    any_password: bool = False
    """Whether the rules for passwords wait, as for what is set before the first start."""

    async def add(self, tx: Tx, given: Given) -> UUID:
        """Add a person; every problem is said at once."""
        await self.enter(tx)
        change = await self._checked(tx, Change(id=None, old={}, new={**EMPTY, **given}))
        new = _settled(change)
        id_: UUID = await tx.value(
            QUERIES["add_account"](workspace=tx.workspace, login=new["login"])
        )
        await tx.run(QUERIES["add_user"](id=id_, **_columns(new)))
        await self._place(tx, id_, new)
        if password := new.get("password"):
            await self._set_password(tx, id_, password, must_change=bool(new.get("must_change")))
        note(tx, "user.created", object="user", target=id_, label=new["name"], new=_noted(new))
        await tell(tx)
        return id_

    async def change(self, tx: Tx, id: UUID, given: Given) -> None:  # noqa: A002
        """Change some of a person; what is not given stays."""
        await self.enter(tx, own=id)
        old = await user(tx, id, full=True)
        change = await self._checked(tx, Change(id=id, old=old, new={**old, **given}))
        new = _settled(change)
        if _differ(old, new):
            await tx.run(QUERIES["set_user"](id=id, **_columns(new)))
            await tx.run(QUERIES["set_login"](id=id, login=new["login"]))
        if "roles" in given or "departments" in given:
            await self._place(tx, id, new)
        await self._end_what_ended(tx, id, change)
        await self.keep_an_administrator(tx, powers(old["roles"], self.roles))
        if changed := _differ(old, new):
            note(
                tx,
                "user.changed",
                object="user",
                target=id,
                label=new["name"],
                old=_noted(old, changed),
                new=_noted(new, changed),
            )
        await tell(tx)

    async def enter(self, tx: Tx, *, own: UUID | None = None) -> None:
        """
        Wait for others who change people, and refuse whoever they took the right to do so from.

        What somebody does to themselves (`own`) needs no such right.
        """
        await lock_people(tx)
        if self.version not in {None, await tx.value(QUERIES["config_version"]())}:
            raise Stale
        viewer = tx.viewer
        if viewer.trusted or viewer.id is None:
            return
        row = await tx.row(QUERIES["roles_of"](id=viewer.id))
        if row is None:
            raise NotAllowed
        lost = powers(viewer.roles, self.roles) - powers(row[0], self.roles)
        if lost and viewer.id != own:
            raise NotAllowed

    async def keep_an_administrator(self, tx: Tx, held: Iterable[str]) -> None:
        """Refuse if somebody held a power without which all is stuck, and nobody holds it now."""
        for power in KEPT & set(held):
            holding = QUERIES["holders"](roles=powerful(self.roles, power))
            if not await tx.rows(holding):
                raise LastAdmin

    async def _checked(self, tx: Tx, change: Change) -> Change:
        """Give the change in standard form, or refuse it with everything that is wrong."""
        change, unreadable = standardized(change)
        old, new = set(change.old.get("roles", ())), set(change.new["roles"])
        own = change.id is not None and tx.viewer.id == change.id
        separate = self.rules.separation
        touched = old ^ new if own or separate else old | new
        if forbidden := above_viewer(
            tx.viewer, self.roles, touched=touched, own=own, separate=separate
        ):
            raise forbidden
        if found := [
            *unreadable,
            *await wrong(tx, change, self.roles),
            *self._separated(change.new),
            *self._wrong_password(change.new),
        ]:
            raise Invalid(found)
        return change

    def _separated(self, new: Given) -> list[Problem]:
        if not self.rules.separation or not new["active"]:
            return []
        return together(new["roles"], self.roles, who=new["name"], at="roles")

    def _wrong_password(self, new: Given) -> list[Problem]:
        password = new.get("password")
        if password is None or self.any_password:
            return []
        about = [str(new[one] or "") for one in ("login", "name", "number", "mobile", "email")]
        return wrong_password(password, rules=self.rules.passwords, about=about)

    async def _set_password(self, tx: Tx, id_: UUID, password: str, *, must_change: bool) -> None:
        """Keep a password that somebody else chose; whether it fits is known by now."""
        kept = await self.passwords.hashed(password)
        history = self.rules.passwords.history
        await keep_password(tx, id_, kept, must_change=must_change, history=history)

    async def _end_what_ended(self, tx: Tx, id_: UUID, change: Change) -> None:
        new = change.new
        if password := new.get("password"):
            must = bool(new.get("must_change")) and tx.viewer.id != id_
            await self._set_password(tx, id_, password, must_change=must)
            names = filter(None, (new["login"], new["mobile"], new["email"]))
            await unlock(tx, [str(one) for one in names])
            await end_sessions(tx, id_, login=new["login"], but=self.session)
            note(
                tx,
                "password.set",
                object="user",
                target=id_,
                label=new["name"],
                new={"must_change": must},
            )
        elif change.touches("must_change"):
            await tx.run(QUERIES["set_must_change"](id=id_, must_change=new["must_change"]))
        # Who comes back begins anew: what was opened while they left must not come back with them.
        if change.old and change.touches("active"):
            await end_sessions(tx, id_, login=new["login"])
            await drop_keys_of(tx, [id_])

    async def _place(self, tx: Tx, id_: UUID, new: Given) -> None:
        places = new["departments"]
        await tx.run(QUERIES["drop_roles"](id=id_))
        await tx.run(QUERIES["add_roles"](id=id_, roles=sorted(set(new["roles"]))))
        await tx.run(QUERIES["drop_departments"](id=id_))
        await tx.run(
            QUERIES["add_departments"](
                id=id_,
                departments=[UUID(str(one["id"])) for one in places],
                main=[bool(one["main"]) for one in places],
            )
        )
        await tx.run(QUERIES["set_main"](id=id_))


def _settled(change: Change) -> dict[str, Any]:
    """Give the person afterwards: who is here again has not left any more."""
    new = dict(change.new)
    if change.old and new["active"] and not change.old["active"] and not change.touches("left_on"):
        new["left_on"] = None
    return new


def _columns(new: Given) -> dict[str, Any]:
    """Give what is written into the columns of a person."""
    absence = new["absence"] or {}
    return {
        **{name: new[name] for name in OWN},
        "left_on": new["left_on"],
        "active": new["active"],
        "absent_from": absence.get("from"),
        "absent_until": absence.get("until"),
        "absent_reason": absence.get("reason") or None,
        "deputy": absence.get("deputy"),
        "search": spoken(new["name"]),
    }


def _differ(old: Given, new: Given) -> list[str]:
    return [one for one in NOTED if _plain(one, old[one]) != _plain(one, new[one])]


def _noted(known: Given, members: Iterable[str] = NOTED) -> dict[str, Any]:
    return {one: _plain(one, known[one]) for one in members}


def _plain(member: str, value: Any) -> Any:
    """Give a member as the log keeps it, the same for the same thing however it was said."""
    match member, value:
        case "departments", list():
            return [[str(one["id"]), bool(one["main"])] for one in value]
        case "roles", list():
            return sorted(value)
        case "absence", dict():
            return {
                "from": _utc(value["from"]),
                "until": _utc(value["until"]) if value.get("until") else None,
                "reason": value.get("reason") or None,
                "deputy": str(value["deputy"]) if value.get("deputy") else None,
            }
        case _, date() | datetime() | UUID():
            return str(value)
        case _:
            return value


def _utc(given: datetime | str) -> str:
    return moment(given).astimezone(UTC).isoformat()
