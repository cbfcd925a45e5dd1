"""
The one way into a session, whatever it was that showed who somebody is: `begin` opens one, and
`turn_away` counts what went wrong.

Neither raises for a refusal, because what they write about it has to be kept: the door commits, and
then asks what was begun.
"""

from dataclasses import dataclass
from uuid import UUID

from zhike.kernel.faults import Fault, TooMany
from zhike.kernel.tx import Tx
from zhike.meta import SecuritySpec
from zhike.store.accounts.faults import WrongLogin
from zhike.store.accounts.sessions.attempts import (
    Attempt,
    count_failure,
    forget_failures,
    lock_left,
)
from zhike.store.accounts.sessions.queries import QUERIES
from zhike.store.accounts.tokens import Token, new_session
from zhike.store.trail import note_sign_in

EMERGENCY = "break_glass"
"""The way in which somebody signs in when nobody else can."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What became of a sign-in."""

    account: UUID | None = None
    session: Token | None = None
    days: int = 0
    """How long the browser keeps the session."""
    first: str = ""
    """What has to be done before anything else: `password`, or nothing."""
    refused: Fault | None = None

    def opened(self) -> Token:
        """Give the session, or raise why there is none; to be asked after the commit."""
        if self.session is None:
            raise self.refused or WrongLogin()
        return self.session


async def begin(
    tx: Tx,
    account: UUID,
    *,
    attempt: Attempt,
    rules: SecuritySpec,
    way: str = "password",
    first: str = "",
) -> Begun:
    """
    Open a session for an account that has shown, in some `way`, that it is the one who asks.

    Refuses who is locked out, disabled or gone, and a password that was changed since it was found
    to fit. `first` is what has to be done in this session
    before anything else; that a password has to be changed is added here. `tx` is the platform's,
    with the origin of the call.
    """
    seconds = await lock_left(tx, attempt)
    if seconds:
        note_sign_in(tx, "locked", login=attempt.login, user=account, way=way)
        return Begun(account=account, refused=TooMany(seconds=seconds))
    old = rules.passwords.days if attempt.kept else 0
    standing = await tx.row(QUERIES["standing"](account=account, days=old, kept=attempt.kept))
    if standing is None:
        return await turn_away(tx, attempt=attempt, rules=rules, account=account, way=way)
    must_change, emergency = standing
    token, days = new_session(), rules.sign_in.session_days
    await forget_failures(tx, attempt)
    await tx.run(QUERIES["drop_old_sessions"]())
    await tx.run(
        QUERIES["open_session"](
            token=token.digest,
            account=account,
            way=EMERGENCY if emergency else way,
            first=first,
            ip=attempt.ip[:64],
            agent=tx.origin.agent[:300],
            days=days,
        )
    )
    way = EMERGENCY if emergency else way
    note_sign_in(tx, "signed_in", login=attempt.login, user=account, way=way)
    first = "password" if must_change else first
    return Begun(account=account, session=token, days=days, first=first)


async def turn_away(
    tx: Tx,
    *,
    attempt: Attempt,
    rules: SecuritySpec,
    account: UUID | None = None,
    way: str = "password",
) -> Begun:
    """Count and note a sign-in that went wrong; `account` is whom it was tried with, if known."""
    await count_failure(tx, attempt, rules)
    note_sign_in(tx, "wrong", login=attempt.login, user=account, way=way)
    return Begun(account=account, refused=WrongLogin())


async def note_lock(tx: Tx, attempt: Attempt, *, seconds: int, account: UUID | None) -> Begun:
    """Note a sign-in that nobody looked at, because too many went wrong before it."""
    note_sign_in(tx, "locked", login=attempt.login, user=account)
    return Begun(account=account, refused=TooMany(seconds=seconds))
