"""A merge taken back whose survivor was merged again since: the later ones part first."""

from collections.abc import Sequence
from uuid import UUID

from zhike.hub.merge.faults import MergedAgain
from zhike.hub.merge.parting.undo import Undone, part
from zhike.hub.merge.run import Merging

LONGEST = 50
"""Merges in a row that are taken back at once."""


async def part_with_later(merging: Merging, id_: UUID) -> Sequence[Undone]:
    """
    Take back a merge and, before it, every later one that stands in its way; the one asked for is
    the last of what is given.

    Raises what stands against any of them; then none is taken back.
    """
    waiting, done = [id_], []
    while waiting:
        try:
            async with merging.tx.savepoint():
                undone = await part(merging, waiting[-1])
        except MergedAgain as fault:
            later = UUID(str(fault.facts["merge"]))
            if later in waiting or len(waiting) == LONGEST:
                raise
            waiting.append(later)
        else:
            done.append(undone)
            waiting.pop()
    return done
