"""
Follows the logs for as long as the process lives: whatever is written is told within seconds.

Nobody who writes does anything for it. Once a second one statement asks how far all logs have been
written; only where one has grown is it read.
"""

import asyncio
import contextlib
import logging

from zhike.hub.hands import Hands
from zhike.hub.notifications.place import QUERIES, Followed
from zhike.hub.notifications.telling import tell
from zhike.kernel.faults import Fault
from zhike.kernel.viewer import platform

LOG = logging.getLogger("zhike.worker")
GLANCE_SECONDS = 1.0

Written = dict[tuple[str, Followed], int]
"""How far each log of each workspace was written when everything in it was told."""


async def follow(hands: Hands, stop: asyncio.Event) -> None:
    """Tell of what is written, until told to stop; a lost database is waited for."""
    told: Written = {}
    while not stop.is_set():
        try:
            await look(hands, told)
        except Fault as fault:
            LOG.warning("notifications: %s: %s", fault.code, fault)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), GLANCE_SECONDS)


async def look(hands: Hands, told: Written) -> None:
    """Look once at all logs, and tell of those that have grown."""
    async with hands.db.reading(platform(), "") as tx:
        rows = await tx.rows(QUERIES["written"]())
    for schema, log, last in rows:
        workspace = schema.removeprefix("ws_")
        if told.get((workspace, log)) != last and not await tell(hands, workspace, log):
            told[workspace, log] = last
