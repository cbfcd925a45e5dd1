"""Chunk after chunk: each is one transaction with how far it came; only whole ones are kept."""

from collections.abc import Awaitable, Callable

from zhike.db.faults import Collided
from zhike.hub.hands import Hands
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Viewer

TRIES = 5
"""How often a chunk is begun that met somebody who wanted the same records."""


async def in_chunks(
    hands: Hands, workspace: str, viewer: Viewer, chunk: Callable[[Tx], Awaitable[bool]]
) -> None:
    """
    Do chunks in the name of a viewer until one says that it was the last.

    A chunk begins by holding its job in the books, so that two processes that run the same one take
    turns, and says no if it is not its turn any more.
    """
    tries, more = 0, True
    while more:
        try:
            async with hands.db.transaction(viewer, workspace) as tx:
                more = await chunk(tx)
            tries = 0
        except Collided:
            tries += 1
            if tries == TRIES:
                raise
