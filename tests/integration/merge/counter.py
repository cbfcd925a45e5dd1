"""Records made one, and parted again, at the desk."""

from typing import Any
from uuid import UUID

from tests.lending import Desk

from zhike.access import policy
from zhike.hub import merge
from zhike.hub.intake import take_in
from zhike.hub.merge import Made, Merging, Undone


def merging(desk: Desk, obj: str = "reader") -> Merging:
    """Give what it takes to merge in the name of whoever sits at the desk."""
    desk.tx.viewer = desk.person.viewer()
    return Merging(
        tx=desk.tx,
        held=policy(desk.snapshot, desk.person.viewer()),
        object=desk.snapshot.objects[obj],
        take_in=take_in,
    )


async def merged(
    desk: Desk, survivor: UUID, *others: UUID, obj: str = "reader", **choose: Any
) -> Made:
    """Merge records."""
    return await merge.merge_one(merging(desk, obj), survivor, others, choose)


async def parted(desk: Desk, made: Made, obj: str = "reader") -> Undone:
    """Take a merge back."""
    return await merge.part(merging(desk, obj), made.id)
