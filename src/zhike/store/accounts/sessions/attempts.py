"""
How often a sign-in may go wrong, and whom a login means.

Wrong ones are counted per login from an address, per login and per address, in one place for all
processes. Refuses nothing by itself: who signs in is told by `begin` and `turn_away`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from zhike.kernel.tx import Tx
from zhike.meta import SecuritySpec
from zhike.store.accounts.contacts import mobile_of
from zhike.store.accounts.sessions.queries import QUERIES

LONGEST_LOGIN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A sign-in as the throttle counts it."""

    workspace: str
    login: str
    ip: str
    kept: str | None = None
    """The kept hash that a password was found to fit; None where no password was shown."""

    @property
    def keys(self) -> Sequence[str]:
        """What is counted: this login from this address, the login, the address."""
        login = f"{self.workspace} {self.login.lower()[:LONGEST_LOGIN]}"
        return (f"{login} {network(self.ip)}", login, network(self.ip))


MINUTE = 60
FREE = 100
"""How many may go wrong with one login from everywhere, or from one address with every login."""
FIRST_LOCK, LONGEST_OF_LOGIN, LONGEST_OF_ADDRESS = 30, 60, 900
"""
Seconds. Short for a login as such, or a stranger could keep its owner out.
"""


def network(ip: str) -> str:
    """Give what counts as one address: an IPv6 customer owns 2⁶⁴ of them."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip[:64]
    if isinstance(address, IPv6Address):
        return address.exploded[:19]
    return ip


async def lock_left(tx: Tx, attempt: Attempt) -> int:
    """Give the seconds for which sign-ins like this are still refused."""
    return int(await tx.value(QUERIES["lock_left"](keys=list(attempt.keys))))


async def count_failure(tx: Tx, attempt: Attempt, rules: SecuritySpec | None = None) -> None:
    """Count a wrong sign-in under the rules of the workspace."""
    sign_in = (rules or SecuritySpec()).sign_in
    lock = sign_in.lock_minutes * MINUTE
    await tx.run(
        QUERIES["count_failure"](
            keys=list(attempt.keys),
            free=[sign_in.failures, FREE, FREE],
            shortest=[lock, FIRST_LOCK, FIRST_LOCK],
            longest=[lock, LONGEST_OF_LOGIN, LONGEST_OF_ADDRESS],
        )
    )


async def forget_failures(tx: Tx, attempt: Attempt) -> None:
    """Forget what was counted against a login from an address; the address itself stays counted."""
    await tx.run(QUERIES["forget_failures"](keys=list(attempt.keys[:2])))


async def unlock(tx: Tx, logins: Sequence[str]) -> None:
    """Forget what was counted against some logins, from wherever it came."""
    starts = [f"{tx.workspace} {one.lower()[:LONGEST_LOGIN]}" for one in logins]
    await tx.run(QUERIES["unlock"](starts=starts))


async def unlock_all(tx: Tx) -> None:
    """Forget everything that was counted, in every workspace."""
    await tx.run(QUERIES["unlock_all"]())


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """Whom a login means, and what is kept of the password."""

    account: UUID | None = None
    password: str | None = None
    emergency: bool = False
    """Whether it is the account for emergencies, which nothing but its password guards."""


async def meant(tx: Tx, login: str) -> Meant:
    """Give the one account a login, mobile number or e-mail means."""
    given = login.strip()[:LONGEST_LOGIN]
    found = await tx.rows(QUERIES["candidates"](login=given, mobile=mobile_of(given)))
    best = [row for row in found if row[3] == 1]
    if len(best) != 1:
        return Meant()
    account, password, emergency, _ = best[0]
    return Meant(account=account, password=password, emergency=emergency)
