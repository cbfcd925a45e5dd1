"""Notifications read, and forgotten when their time is over."""

from collections.abc import Sequence
from uuid import UUID

from zhike.hub.notifications.place import QUERIES
from zhike.hub.notifications.telling import ring
from zhike.kernel.tx import Tx

MOST = 500
"""So many of somebody's notifications are kept, the newest."""
DAYS = 90


async def mark_read(tx: Tx, user: UUID, ids: Sequence[UUID]) -> int:
    """Mark some of somebody's notifications as read; those of others are not touched."""
    return await _marked(tx, user, await tx.run(QUERIES["read"](user=user, ids=list(ids))))


async def mark_all_read(tx: Tx, user: UUID, *, upto: UUID | None = None) -> int:
    """Mark all of them as read, or all up to one that was seen."""
    return await _marked(tx, user, await tx.run(QUERIES["read_all"](user=user, upto=upto)))


async def forget_old(tx: Tx) -> int:
    """Forget what is older than anybody wants to know, and more than anybody looks through."""
    return await tx.run(QUERIES["forget_old"](most=MOST, days=DAYS))


async def _marked(tx: Tx, user: UUID, count: int) -> int:
    """Let the other windows of the same person know."""
    if count:
        await ring(tx, [user])
    return count
