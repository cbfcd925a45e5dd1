"""The sessions people have open: listed, looked at, ended. An ended one is refused everywhere."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Tx
from zhike.meta import SecuritySpec
from zhike.store.accounts.news import tell
from zhike.store.accounts.sessions.agents import in_words
from zhike.store.accounts.sessions.queries import QUERIES
from zhike.store.trail import note, note_sign_in

MEMBERS = ("id", "created_at", "seen_at", "expires_at", "ip", "seen_ip", "agent", "way")


async def sessions_of(
    tx: Tx, account: UUID, *, rules: SecuritySpec, current: bytes | None = None
) -> list[Mapping[str, Any]]:
    """List the open sessions of a person; `current` is the token of the one that asks."""
    idle = rules.sign_in.idle_minutes
    found = await tx.rows(QUERIES["sessions"](account=account, idle=idle))
    return [
        {
            **dict(zip(MEMBERS, row, strict=False)),
            "device": in_words(row[6]),
            "current": row[-1] == current,
        }
        for row in found
    ]


async def close_session(tx: Tx, token: bytes, *, login: str, account: UUID | None) -> None:
    """End the session that asks, everywhere: somebody signs out."""
    if await tx.run(QUERIES["close_session"](token=token)):
        note_sign_in(tx, "signed_out", login=login, user=account)
    await tell(tx)


async def end_session(tx: Tx, account: UUID, session: UUID, *, login: str) -> None:
    """End one session of a person, which must be there."""
    if not await tx.rows(QUERIES["end_session"](account=account, id=session)):
        raise NotFound
    await _note_end(tx, account, login, count=1)


async def end_sessions(tx: Tx, account: UUID, *, login: str, but: bytes | None = None) -> int:
    """End all sessions of a person but the one with this token; give how many there were."""
    ended = len(await tx.rows(QUERIES["close_sessions"](account=account, but=but)))
    if ended:
        await _note_end(tx, account, login, count=ended)
    return ended


async def end_sessions_of(tx: Tx, accounts: Sequence[UUID]) -> None:
    """End all sessions of some people."""
    for account, login in await tx.rows(QUERIES["close_sessions_of"](accounts=list(accounts))):
        note_sign_in(tx, "revoked", login=login, user=account)


async def _note_end(tx: Tx, account: UUID, login: str, *, count: int) -> None:
    note_sign_in(tx, "revoked", login=login, user=account)
    note(tx, "session.revoked", object="user", target=account, label=login, old={"sessions": count})
    await tell(tx)


async def view_as(tx: Tx, session: UUID, user: UUID | None) -> None:
    """Have a session look through somebody else's eyes, or through its own again."""
    await tx.run(QUERIES["view_as"](id=session, user=user))
    await tell(tx)
