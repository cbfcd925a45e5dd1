"""API keys: made, listed, revoked. The key itself is given out once and kept as a hash."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Tx
from zhike.store.accounts.keys.queries import QUERIES
from zhike.store.accounts.news import tell
from zhike.store.accounts.tokens import Token, new_key

MEMBERS = ("id", "name", "prefix", "user", "login", "created_at", "expires_at", "used_at")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made, with the one sight of its secret."""

    id: UUID
    token: Token
    created_at: datetime


async def add_key(tx: Tx, *, account: UUID, name: str, expires_at: datetime | None) -> NewKey:
    """Make a key that acts as this person."""
    token = new_key()
    row = await tx.row(
        QUERIES["add_key"](
            account=account,
            name=name,
            prefix=token.prefix,
            secret=token.digest,
            expires_at=expires_at,
        )
    )
    if row is None:
        raise NotFound
    return NewKey(id=row[0], token=token, created_at=row[1])


async def keys_of(
    tx: Tx, account: UUID | None, *, after: UUID | None = None, limit: int = 100
) -> list[Mapping[str, Any]]:
    """List the keys of one person, or everybody's, newest first."""
    found = await tx.rows(
        QUERIES["keys"](workspace=tx.workspace, account=account, after=after, limit=limit)
    )
    return [dict(zip(MEMBERS, row, strict=True)) for row in found]


async def drop_key(tx: Tx, key: UUID, *, account: UUID | None) -> None:
    """Revoke a key; `account` None: whosever it is."""
    gone = await tx.run(QUERIES["drop_key"](id=key, account=account, workspace=tx.workspace))
    if not gone:
        raise NotFound
    await tell(tx)


async def drop_keys(tx: Tx, account: UUID) -> int:
    """Revoke all keys of a person; give how many there were."""
    return await tx.run(QUERIES["drop_keys"](account=account))
