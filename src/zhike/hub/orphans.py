"""Orphans: contents on the disk that no file of any workspace points at; they are removed."""

from asyncio import to_thread
from datetime import UTC, datetime, timedelta

from zhike.db import workspaces
from zhike.hub.hands import Hands
from zhike.kernel.viewer import platform
from zhike.store import files

AGE = timedelta(days=1)
"""A content is on the disk before the transaction that names it: no transaction lasts so long."""


async def remove_orphans(hands: Hands) -> int:
    """
    Remove what stayed on the disk because a transaction was given up or its process was killed;
    give how many contents went.

    Where no file at all is known, the database is rather the wrong one, and everything stays.
    """
    before = datetime.now(UTC) - AGE
    await to_thread(hands.files.tidy_up, before=before)
    if not await _anything_known(hands):
        return 0
    count, old = 0, hands.files.old(before=before)
    while (some := await to_thread(next, old, None)) is not None:
        left = set(some)
        for workspace in await workspaces(hands.db):
            async with hands.db.reading(platform("files"), workspace) as tx:
                left -= await files.named(tx, left)
        count += await to_thread(hands.files.remove, left, before=before)
    return count


async def _anything_known(hands: Hands) -> bool:
    for workspace in await workspaces(hands.db):
        async with hands.db.reading(platform("files"), workspace) as tx:
            if await files.any_named(tx):
                return True
    return False
