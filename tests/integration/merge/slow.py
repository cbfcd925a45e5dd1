"""A merge that is held open, so that others have to wait for it."""

import asyncio
from dataclasses import replace
from uuid import UUID

from tests.integration.handover.leaving import House

from zhike.access import policy
from zhike.hub import merge
from zhike.hub.merge import Merging
from zhike.kernel.viewer import platform


async def slowly_merged(
    house: House, kept: str, gone: str, *, begun: asyncio.Event, done: asyncio.Event
) -> None:
    """Merge, and commit only when told to."""
    system, workspace = house.served.system, house.served.workspace
    snapshot = await system.catalog.snapshot(workspace)
    viewer = replace(platform("ui"), name="slow")
    async with system.db.transaction(viewer, workspace) as tx:
        merging = Merging(
            tx=tx,
            held=policy(snapshot, viewer),
            object=snapshot.objects["reader"],
            take_in=system.hands.take_in,
        )
        await merge.merge_one(merging, UUID(kept), [UUID(gone)], {})
        begun.set()
        await done.wait()
