"""Trying again what failed for a reason that passes by itself."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from zhike.db.faults import Collided
from zhike.kernel.faults import Unavailable

LOG = logging.getLogger("zhike.worker")
PAUSES = (0.2, 1.0, 5.0)
"""How many seconds lie between one try and the next."""

T = TypeVar("T")


async def again(work: Callable[[], Awaitable[T]]) -> T:
    """
    Do some work from its beginning until it succeeds, a few times at most.

    For work whose followers see how it stands: a database that restarts, or somebody else at the
    same rows, is no failure to tell them of. Raises what the last try raised.
    """
    for pause in PAUSES:
        try:
            return await work()
        except (Unavailable, Collided) as fault:
            LOG.warning("tried again in %s s: %s", pause, fault.says("en"))
            await asyncio.sleep(pause)
    return await work()
