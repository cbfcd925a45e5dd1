"""One job from its claim to its end, or to the next time that it is tried."""

from collections.abc import Awaitable, Callable
from typing import TypeVar
from uuid import UUID

from zhike.hub.hands import Hands
from zhike.hub.jobs.books import Books
from zhike.hub.jobs.unforeseen import unforeseen
from zhike.kernel.faults import Fault
from zhike.kernel.viewer import platform

T = TypeVar("T")
"""A job as its books have it."""


async def resume(
    books: Books[T],
    hands: Hands,
    id: UUID,  # noqa: A002 - what it is
    *,
    workspace: str,
    work: Callable[[T], Awaitable[object]],
) -> T:
    """
    Do a job from where its books say it stands; gives what they say afterwards.

    The work itself writes there how far it came and that it is done, in the transactions in which
    that comes true. Whatever stops it is written down and raised. A job that is tried again, or
    another process after a crash, calls the same.
    """
    async with hands.db.transaction(platform(books.source), workspace) as tx:
        begun = await books.begin(tx, id)
        job = await books.found(tx, id)
    if not begun:
        return job
    try:
        with unforeseen(f"{books.name} {id}"):
            await work(job)
    except books.passing:
        raise
    except Fault as fault:
        async with hands.db.transaction(platform(books.source), workspace) as tx:
            await books.fail(tx, id, fault)
        raise
    async with hands.db.reading(platform(books.source), workspace) as tx:
        return await books.found(tx, id)
