"""
The step between a first factor that fits and a session: is a second one asked for, and is it right?

Refuses by giving what was begun instead of raising, as `sessions` does: what is counted and noted
has to be kept.
"""

from dataclasses import dataclass, replace
from uuid import UUID

from zhike.kernel.faults import Fault, TooMany
from zhike.kernel.tx import Tx
from zhike.meta import SecuritySpec
from zhike.store.accounts.factors.faults import PasskeyNeeded, SecondFactorNeeded, WrongCode
from zhike.store.accounts.factors.held import Held, held_by
from zhike.store.accounts.factors.recovery import recovered
from zhike.store.accounts.factors.throttle import count_code, forget_codes, lock_of_codes
from zhike.store.accounts.factors.totp import kept_secret, taken
from zhike.store.accounts.sessions import (
    Attempt,
    Begun,
    begin,
    turn_away,
)
from zhike.store.trail import note_sign_in
from zhike.store.vault import Vault

SECOND_FACTOR = "second_factor"
"""What a session is good for whose owner has to set one up before anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What somebody shows beside the first factor, and what it is judged with."""

    vault: Vault
    code: str | None
    now: float


async def begin_with_second(
    tx: Tx,
    account: UUID,
    *,
    attempt: Attempt,
    rules: SecuritySpec,
    shown: Shown,
    way: str = "password",
) -> Begun:
    """
    Open a session for somebody whose first factor was right, if the second one is as well.

    Who has to have a second factor and has none gets a session that is good for nothing but setting
    one up. `tx` is the platform's, with the origin of the call.
    """
    held = await held_by(tx, account, rules)
    if not held.asked:
        return await begin(tx, account, attempt=attempt, rules=rules, way=way)
    if not held.any:
        return await begin(tx, account, attempt=attempt, rules=rules, way=way, first=SECOND_FACTOR)
    if not shown.code:
        note_sign_in(tx, SECOND_FACTOR, login=attempt.login, user=account, way=way)
        return Begun(account=account, refused=_needed(held))
    if seconds := await lock_of_codes(tx, account):
        note_sign_in(tx, "locked", login=attempt.login, user=account, way=way)
        return Begun(account=account, refused=TooMany(seconds=seconds))
    right = await _right(tx, held, shown)
    if right is None:
        await count_code(tx, account)
        away = await turn_away(tx, attempt=attempt, rules=rules, account=account, way="totp")
        return replace(away, refused=WrongCode())
    await forget_codes(tx, account)
    return await begin(tx, account, attempt=attempt, rules=rules, way=right)


def _needed(held: Held) -> Fault:
    return SecondFactorNeeded() if held.secret is not None else PasskeyNeeded()


async def _right(tx: Tx, held: Held, shown: Shown) -> str | None:
    """Give the way in which a code is right, if it is in any."""
    code = shown.code or ""
    if held.secret is not None:
        secret = kept_secret(shown.vault, held.account, held.secret)
        if await taken(tx, held.account, secret=secret, code=code, now=shown.now):
            return "totp"
    return "recovery" if await recovered(tx, shown.vault, held.account, code) else None
