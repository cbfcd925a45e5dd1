"""Changing one's own password: judged outside of any transaction, kept if nothing came between."""

from dataclasses import dataclass
from uuid import UUID

from zhike.kernel.faults import Problem, Stale, problem
from zhike.kernel.tx import Tx
from zhike.meta.documents.security import PasswordSpec
from zhike.store.accounts.faults import EarlierPassword, WrongPassword
from zhike.store.accounts.passwords.hashing import Passwords
from zhike.store.accounts.passwords.policy import wrong_password
from zhike.store.accounts.passwords.queries import QUERIES
from zhike.store.trail import note


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What is known of somebody who wants another password."""

    kept: str | None
    earlier: tuple[str, ...]
    about: tuple[str, ...]


async def own_password(tx: Tx, account: UUID, *, rules: PasswordSpec) -> Own:
    """Give what the judging of a new password needs to know."""
    row = await tx.row(QUERIES["own"](account=account, history=rules.history))
    if row is None:
        raise WrongPassword(at="old")
    kept, earlier, about = row
    return Own(kept=kept, earlier=tuple(earlier), about=tuple(one or "" for one in about))


async def judged(new: str, own: Own, *, passwords: Passwords, rules: PasswordSpec) -> list[Problem]:
    """Say what is wrong with a new password; the one it comes instead of is never new."""
    found = wrong_password(new, rules=rules, about=own.about, at="new")
    before = [one for one in (own.kept, *own.earlier) if one is not None]
    if not found and await passwords.any_fits(new, before):
        found.append(problem(EarlierPassword, at="new"))
    return found


async def keep_password(
    tx: Tx,
    account: UUID,
    kept: str,
    *,
    history: int,
    must_change: bool = False,
    instead_of: str | None = None,
) -> None:
    """Keep a new password, already hashed; refuse if `instead_of` is no longer the kept one."""
    done = await tx.value(
        QUERIES["set_password"](
            account=account,
            password=kept,
            must_change=must_change,
            instead_of=instead_of,
            history=history,
        )
    )
    if not done:
        raise Stale
    await tx.run(QUERIES["forget_earlier"](account=account, history=history))


def note_password(tx: Tx, account: UUID, *, name: str) -> None:
    """Note that somebody changed their own password."""
    note(tx, "password.changed", object="user", target=account, label=name)
