"""The end of files: what has been kept long enough is removed, its entry in the books stays."""

from asyncio import to_thread
from datetime import UTC, datetime, timedelta

from zhike.hub.export import shelf
from zhike.hub.export.ledger import QUERIES
from zhike.hub.hands import Hands
from zhike.kernel.viewer import platform
from zhike.store.trail import note

UNFINISHED = timedelta(days=1)
"""How long a file may lie half written without anybody writing to it."""


async def expire(hands: Hands, workspace: str) -> int:
    """Remove what nobody may fetch any more; give how many files went."""
    async with hands.db.transaction(platform("export"), workspace) as tx:
        for id_, trace, obj in await tx.rows(QUERIES["expire"]()):
            note(tx, "export.expired", object="export", target=id_, label=f"{obj} {trace}")
    # Only now: a file that is gone while its entry still promises it would be worse.
    lying = await to_thread(shelf.lying, hands.files, workspace)
    async with hands.db.reading(platform("export"), workspace) as tx:
        kept = {id_ for (id_,) in await tx.rows(QUERIES["kept"](ids=lying))}
    before = datetime.now(UTC) - UNFINISHED
    await to_thread(shelf.clear_unfinished, hands.files, workspace, before=before)
    return await to_thread(shelf.clear, hands.files, workspace, set(lying) - kept)
