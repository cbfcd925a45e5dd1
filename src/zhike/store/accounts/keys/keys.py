"""API keys: made, listed, revoked. The key itself is given out once and kept as a hash."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Tx
from zhike.store.accounts.keys.queries import QUERIES
from zhike.store.accounts.news import tell
from zhike.store.accounts.tokens import Token, new_key
from zhike.store.trail import note

MEMBERS = (
    "id",
    "name",
    "prefix",
    "user",
    "login",
    "scopes",
    "per_minute",
    "made_by",
    "created_at",
    "expires_at",
    "used_at",
    "used_ip",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeySpec:
    """What a key shall be."""

    name: str
    expires_at: datetime | None = None
    scopes: Sequence[str] | None = None
    """What it may do of what its owner may; None: all of it."""
    per_minute: int | None = None
    """How many requests it may make; None: as many as come."""
    made_by: UUID | None = None
    """The key that made it, and with which it ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewKey:
    """A key just made, with the one sight of its secret."""

    id: UUID
    token: Token
    created_at: datetime


async def add_key(tx: Tx, spec: KeySpec, *, account: UUID) -> NewKey:
    """Make a key that acts as this person."""
    token = new_key()
    scopes = None if spec.scopes is None else list(spec.scopes)
    row = await tx.row(
        QUERIES["add_key"](
            account=account,
            name=spec.name,
            prefix=token.prefix,
            secret=token.digest,
            scopes=scopes,
            per_minute=spec.per_minute,
            expires_at=spec.expires_at,
            made_by=spec.made_by,
        )
    )
    if row is None:
        raise NotFound
    note(
        tx,
        "key.created",
        object="user",
        target=account,
        label=spec.name,
        new={
            "key": row[0],
            "prefix": token.prefix,
            "scopes": scopes,
            "per_minute": spec.per_minute,
            "expires_at": spec.expires_at,
            "made_by": spec.made_by,
        },
    )
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
    """Revoke a key and those it made; `account` None: whosever it is."""
    gone = await tx.row(QUERIES["drop_key"](id=key, account=account, workspace=tx.workspace))
    if gone is None:
        raise NotFound
    owner, name, prefix, login = gone
    old = {"key": key, "prefix": prefix, "login": login}
    note(tx, "key.revoked", object="user", target=owner, label=name, old=old)
    await tell(tx)


async def drop_keys_of(tx: Tx, accounts: Sequence[UUID]) -> int:
    """Revoke all keys of some people; give how many there were."""
    gone = await tx.rows(QUERIES["drop_keys"](accounts=list(accounts)))
    for owner, key, name, prefix in gone:
        old = {"key": key, "prefix": prefix}
        note(tx, "key.revoked", object="user", target=owner, label=name, old=old)
    return len(gone)
