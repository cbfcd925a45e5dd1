"""
Signing in and out: whom a login means, how often it may go wrong, and the sessions that come of it.

Refuses nothing by itself but the wrong password; the door walks the steps, because some of them
must be kept even when the sign-in fails.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address
from uuid import UUID

from zhike.kernel.tx import Tx
from zhike.store.accounts.contacts import mobile_of
from zhike.store.accounts.queries import QUERIES
from zhike.store.accounts.tokens import Token, new_session

SESSION_DAYS = 14
LONGEST_LOGIN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A sign-in as the throttle counts it."""

    workspace: str
    login: str
    ip: str

    @property
    def keys(self) -> Sequence[str]:
        """What is counted: this login from this address, the login, the address."""
        login = f"{self.workspace} {self.login.lower()[:LONGEST_LOGIN]}"
        return (f"{login} {network(self.ip)}", login, network(self.ip))


FREE = (5, 100, 100)
"""How many may go wrong before a lock, in the order of `Attempt.keys`."""
LONGEST = (900, 60, 900)
"""
The longest lock in seconds: short for a login as such, or a stranger could keep its owner out.
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


async def count_failure(tx: Tx, attempt: Attempt) -> None:
    """Count a wrong password."""
    await tx.run(
        QUERIES["count_failure"](keys=list(attempt.keys), free=list(FREE), longest=list(LONGEST))
    )


async def meant(tx: Tx, login: str) -> tuple[UUID | None, str | None]:
    """Give the one account a login, mobile number or e-mail means, and its password's hash."""
    given = login.strip()[:LONGEST_LOGIN]
    found = await tx.rows(QUERIES["candidates"](login=given, mobile=mobile_of(given)))
    best = [(account, password) for account, password, rank in found if rank == 1]
    return best[0] if len(best) == 1 else (None, None)


async def open_session(tx: Tx, account: UUID, *, attempt: Attempt, agent: str) -> Token:
    """Begin a session and forget what was counted against the sign-in."""
    token = new_session()
    await tx.run(QUERIES["forget_failures"](keys=list(attempt.keys[:2])))
    await tx.run(QUERIES["drop_old_sessions"]())
    await tx.run(
        QUERIES["open_session"](
            token=token.digest,
            account=account,
            ip=attempt.ip[:64],
            agent=agent[:300],
            days=SESSION_DAYS,
        )
    )
    return token


async def close_session(tx: Tx, token: bytes) -> None:
    """End a session everywhere."""
    await tx.run(QUERIES["close_session"](token=token))
    await tell(tx)


async def lock_people(tx: Tx) -> None:
    """Have other changes of people wait until this transaction ends."""
    await tx.run(QUERIES["lock_people"](workspace=tx.workspace))


async def tell(tx: Tx) -> None:
    """Let every process forget whom it knows here, once this transaction is committed."""
    await tx.run(QUERIES["tell_people"](payload=f"{tx.workspace} people"))
