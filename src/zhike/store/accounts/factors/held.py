"""What somebody can show beside a password, and whether they have to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Tx
from zhike.meta import SecuritySpec
from zhike.store.accounts.factors.faults import LastFactor, SignInAgain
from zhike.store.accounts.factors.queries import QUERIES

RECENT_MINUTES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The factors of one person, and whether the workspace demands one of them."""

    account: UUID
    secret: bytes | None
    """Of the generator of codes, encrypted."""
    since: datetime | None
    passkeys: int
    recovery_codes: int
    demanded: bool

    @property
    def any(self) -> bool:
        """Whether there is anything to show beside the password."""
        return self.secret is not None or self.passkeys > 0

    @property
    def asked(self) -> bool:
        """Whether a password alone does not do. Who set up a generator is always asked for it."""
        return self.demanded or self.secret is not None


async def held_by(tx: Tx, account: UUID, rules: SecuritySpec) -> Held:
    """Give the factors of a person."""
    row = await tx.row(QUERIES["held"](account=account, workspace=tx.workspace))
    if row is None:
        raise NotFound
    secret, since, passkeys, recovery_codes, roles = row
    return Held(
        account=account,
        secret=None if secret is None else bytes(secret),
        since=since,
        passkeys=passkeys,
        recovery_codes=recovery_codes,
        demanded=demanded(rules, frozenset(roles)),
    )


def demanded(rules: SecuritySpec, roles: frozenset[str]) -> bool:
    """Tell whether people with these roles have to show a second factor."""
    match rules.sign_in.second_factor:
        case "everybody":
            return True
        case "roles":
            return not roles.isdisjoint(rules.sign_in.second_factor_roles)
        case "optional":
            return False


async def refuse_unless_recent(tx: Tx, account: UUID, token: bytes) -> None:
    """Refuse whoever holds a session that was signed in to some time ago, or none at all."""
    age = await tx.value(QUERIES["session_age"](token=token, account=account))
    if age is None or age > RECENT_MINUTES * 60:
        raise SignInAgain(minutes=RECENT_MINUTES)


async def raise_session(tx: Tx, token: bytes, *, way: str) -> None:
    """Let a session in which a second factor was set up be good for what demands one."""
    await tx.run(QUERIES["raise_session"](token=token, way=way))


async def drop_totp(tx: Tx, held: Held) -> None:
    """Do without a generator; a factor that is demanded and the last one stays."""
    if held.demanded and not held.passkeys:
        raise LastFactor
    if not await tx.run(QUERIES["drop_totp"](account=held.account)):
        raise NotFound
    if not held.passkeys:
        await tx.run(QUERIES["drop_recovery_codes"](account=held.account))


async def drop_passkey(tx: Tx, held: Held, passkey: UUID) -> str:
    """Do without a passkey, and give what it was called."""
    if held.demanded and held.secret is None and held.passkeys == 1:
        raise LastFactor
    name = await tx.value(QUERIES["drop_passkey"](id=passkey, account=held.account))
    if name is None:
        raise NotFound
    if held.secret is None and held.passkeys == 1:
        await tx.run(QUERIES["drop_recovery_codes"](account=held.account))
    return str(name)


async def drop_factors(tx: Tx, account: UUID) -> None:
    """Take everything from somebody that stands beside the password."""
    names = ("drop_totp", "drop_passkeys", "drop_recovery_codes")
    await tx.several([QUERIES[name](account=account) for name in names])
