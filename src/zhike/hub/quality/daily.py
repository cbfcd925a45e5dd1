"""The night's work: records that grew older, likeness to others, and the day into the book."""

from uuid import UUID

from zhike.hub.hands import Hands
from zhike.kernel.viewer import platform
from zhike.meta import Object, Snapshot
from zhike.store import quality

PIECE = 20_000
"""So many records are looked at in one transaction."""


async def judge_all(hands: Hands, workspace: str) -> int:
    """Judge every record of a workspace anew; gives how many have another score now."""
    snapshot = await hands.catalog.snapshot(workspace)
    count = 0
    for key in snapshot.qualities:
        obj = snapshot.objects[key]
        count += await _fresh(hands, workspace, snapshot, obj)
        async with hands.db.transaction(platform("quality"), workspace) as tx:
            count += await quality.likened(tx, snapshot, obj)
            await quality.keep_day(tx, obj)
    async with hands.db.transaction(platform("quality"), workspace) as tx:
        await quality.forget_days(tx)
    return count


async def _fresh(hands: Hands, workspace: str, snapshot: Snapshot, obj: Object) -> int:
    after: UUID | None = None
    count = 0
    while True:
        async with hands.db.transaction(platform("quality"), workspace) as tx:
            after, done = await quality.refreshed(tx, snapshot, obj, after=after, limit=PIECE)
        count += done
        if after is None:
            return count
