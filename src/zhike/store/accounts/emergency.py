"""
Breaking the glass: an account for the hour in which nobody else can sign in.

It is opened at the machine only, has a password that was made up just now and an end, answers to no
lock and no second factor, and is written large into the logs. Nobody else's account is touched.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhike.kernel.tx import Tx
from zhike.kernel.viewer import ADMIN
from zhike.meta import RoleSpec, SecuritySpec
from zhike.store.accounts.faults import LoginTaken, NoEmergencyRole
from zhike.store.accounts.news import lock_people, tell
from zhike.store.accounts.passwords import Passwords, keep_password
from zhike.store.accounts.people import KEPT, POWERS, powerful, powers
from zhike.store.accounts.queries import QUERIES
from zhike.store.accounts.sessions import EMERGENCY, end_sessions_of, unlock_all
from zhike.store.trail import note, note_sign_in

LOGIN = "break-glass"
NAME = "应急管理员"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that could be taken for another one."""
GROUPS, GROUP = 5, 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """An account that works until its end, and the one sight of its password."""

    login: str
    password: str
    ends_at: datetime
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glass:
    """What breaking the glass needs to know."""

    roles: Mapping[str, RoleSpec]
    rules: SecuritySpec
    passwords: Passwords
    power: str = "people"
    """With separated powers only one of them can be had at a time."""

    async def broken(self, tx: Tx, *, minutes: int) -> Emergency:
        """Open the account for some minutes; one that was open begins anew."""
        held = self._roles()
        password = "-".join(
            "".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS)
        )
        await lock_people(tx)
        known = await tx.row(QUERIES["emergency_account"](login=LOGIN))
        if known is not None and not known[1]:
            raise LoginTaken(login=LOGIN)
        id_: UUID = known[0] if known else await self._added(tx)
        await end_sessions_of(tx, [id_])
        kept = await self.passwords.hashed(password)
        await keep_password(tx, id_, kept, history=0)
        ends: datetime = await tx.value(
            QUERIES["open_emergency"](id=id_, minutes=minutes, roles=list(held))
        )
        await unlock_all(tx)
        new = {"minutes": minutes, "ends_at": ends, "roles": held}
        note(tx, "break_glass.opened", object="user", target=id_, label=NAME, new=new)
        note_sign_in(tx, "opened", login=LOGIN, user=id_, way=EMERGENCY)
        await tell(tx)
        return Emergency(login=LOGIN, password=password, ends_at=ends, roles=held)

    async def _added(self, tx: Tx) -> UUID:
        id_: UUID = await tx.value(
            QUERIES["add_emergency"](workspace=tx.workspace, login=LOGIN, name=NAME)
        )
        return id_

    def _roles(self) -> tuple[str, ...]:
        """Give the roles that let somebody put things right, and no more power than may be had."""
        wanted = frozenset({self.power}) if self.rules.separation else KEPT
        if not self.rules.separation and powers([ADMIN], self.roles) >= KEPT:
            return (ADMIN,)
        alone = {
            power: [
                key
                for key in sorted(powerful(self.roles, power))
                if powers([key], self.roles) <= wanted
            ]
            for power in sorted(wanted)
        }
        for power, keys in alone.items():
            if not keys:
                raise NoEmergencyRole(power=POWERS[power])
        return tuple(sorted({keys[0] for keys in alone.values()}))


async def close_emergency(tx: Tx) -> bool:
    """End the account at once; tell whether there was one open."""
    await lock_people(tx)
    id_ = await tx.value(QUERIES["close_emergency"](login=LOGIN))
    if id_ is None:
        return False
    await end_sessions_of(tx, [id_])
    note(tx, "break_glass.closed", object="user", target=id_, label=NAME)
    await tell(tx)
    return True
