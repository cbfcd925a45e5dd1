"""Whom an identity provider means: its subjects and our people, linked one to one."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Tx
from zhike.store.accounts.factors.faults import LinkTaken
from zhike.store.accounts.factors.queries import QUERIES

MEMBERS = ("provider", "issuer", "created_at", "used_at")
Person = tuple[UUID, str]
"""An account and its login."""


async def linked(tx: Tx, *, issuer: str, subject: str) -> Person | None:
    """Give whom a provider means by a subject."""
    row = await tx.row(QUERIES["linked"](workspace=tx.workspace, issuer=issuer, subject=subject))
    return (row[0], row[1]) if row else None


async def link(tx: Tx, account: UUID, *, provider: str, issuer: str, subject: str) -> None:
    """Have a provider mean this person by that subject."""
    made = await tx.run(
        QUERIES["link"](
            workspace=tx.workspace,
            issuer=issuer,
            subject=subject,
            provider=provider,
            account=account,
        )
    )
    held = None if made else await linked(tx, issuer=issuer, subject=subject)
    if held and held[0] != account:
        raise LinkTaken


async def same_person(tx: Tx, by: str, value: str) -> Person | None:
    """Give the one active person with this e-mail, number or login."""
    if by not in {"email", "number", "login"} or not value:
        return None
    found = await tx.rows(QUERIES[f"same_{by}"](**{by: value}))
    return (found[0][0], found[0][1]) if len(found) == 1 else None


async def links_of(tx: Tx, account: UUID) -> list[Mapping[str, Any]]:
    """List the providers that know a person."""
    rows = await tx.rows(QUERIES["links"](account=account))
    return [dict(zip(MEMBERS, row, strict=True)) for row in rows]


async def unlink(tx: Tx, account: UUID, *, provider: str) -> None:
    """Have a provider mean this person no longer."""
    if not await tx.run(QUERIES["unlink"](account=account, provider=provider)):
        raise NotFound
