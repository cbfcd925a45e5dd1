"""
Power over others (configure, people, audit), and what must hold of it: nobody gives away what they
do not hold, and with separated powers (三员分立) nobody holds two.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from zhike.access import ADMIN_ROLE
from zhike.kernel.faults import Fault, Problem, problem
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import ADMIN, Viewer
from zhike.kernel.words import Words
from zhike.meta import RoleSpec
from zhike.store.accounts.faults import AboveYou, OwnPowers, TwoPowers
from zhike.store.accounts.people.queries import QUERIES

POWERS: Mapping[str, Words] = {
    "configure": Words(zh="系统管理", en="configuration"),
    "people": Words(zh="安全管理", en="people"),
    "audit": Words(zh="审计", en="audit"),
}
"""What a role document calls each power, and what people call it."""

KEPT = frozenset({"configure", "people"})
"""The powers without which nobody could ever give them back."""

Roles = Mapping[str, RoleSpec]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who is here, and the roles they hold."""

    login: str
    name: str
    roles: tuple[str, ...]


async def holders_of_roles(tx: Tx) -> list[Holder]:
    """Give everybody who is here and holds a role, but for the account for emergencies."""
    found = await tx.rows(QUERIES["holders_of_roles"]())
    return [Holder(login=login, name=name, roles=tuple(roles)) for login, name, roles in found]


def powers(held: Iterable[str], roles: Roles) -> frozenset[str]:
    """Give the powers that some roles add up to."""
    known = (roles.get(key) or (ADMIN_ROLE if key == ADMIN else None) for key in held)
    return frozenset(
        power for role in known if role is not None for power in POWERS if getattr(role, power)
    )


def powerful(roles: Roles, power: str) -> list[str]:
    """Give the keys of the roles that hold a power."""
    return [key for key in {*roles, ADMIN} if power in powers([key], roles)]


def above_viewer(
    viewer: Viewer, roles: Roles, *, touched: Collection[str], own: bool, separate: bool
) -> Fault | None:
    """
    Give the refusal if touching these roles touches power over others that the viewer lacks.

    Separated powers are given by who keeps people without holding them, but never to themselves.
    """
    if viewer.trusted:
        return None
    if separate:
        return OwnPowers(at="roles") if own and touched else None
    if ADMIN in viewer.roles:
        return None
    above = sorted(key for key in set(touched) - viewer.roles if powers([key], roles))
    return AboveYou(at="roles", role=above[0]) if above else None


def together(held: Iterable[str], roles: Roles, *, who: str, at: str) -> list[Problem]:
    """Say that somebody, or one role, would hold two powers that have to be separate."""
    found = powers(held, roles)
    if len(found) < 2:  # noqa: PLR2004 - one alone is as it should be
        return []
    both = [POWERS[power] for power in POWERS if power in found]
    said = Words(zh="、".join(one.zh for one in both), en=", ".join(one.en for one in both))
    return [problem(TwoPowers, at=at, who=who, powers=said)]
