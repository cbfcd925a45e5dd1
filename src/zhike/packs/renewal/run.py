"""
What is stale at a start is noted, a little of it done at once, and the rest chunk by chunk.
"""

import logging
from uuid import UUID

import orjson

from zhike.hub.hands import Hands
from zhike.hub.jobs import in_chunks, resume
from zhike.kernel.sql import ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Snapshot
from zhike.packs.renewal.chunk import CHUNK, QUERIES, one_chunk, stale
from zhike.packs.renewal.columns import VERSIONS
from zhike.packs.renewal.ledger import BOOKS, SOURCE, Renewal, latest
from zhike.packs.renewal.met import met
from zhike.store.catalog import lock, snapshot_of, stay

LOG = logging.getLogger("zhike.packs")
AT_START = 2_000
"""Records that a start waits for, a second or two: a small company never sees a renewal."""


async def begin(tx: Tx, *, at_start: int = AT_START) -> UUID | None:
    """
    Note what is derived by other rules by now, and derive it anew as far as a start has time.

    Gives the renewal that has the rest to do, for the caller to see that it is queued; None if
    nothing is left. Of several processes that call it at once one does it, and the others wait.
    """
    outdated = await _outdated(tx)
    if not outdated and not await tx.rows(QUERIES["stale"]()):
        return None
    await lock(tx)
    snapshot = await snapshot_of(tx)
    if outdated:
        LOG.info("deriving %s of all records anew", ", ".join(outdated))
        # The tables of the platform (people, departments) have no hidden columns.
        await stale(tx, [one for one in snapshot.objects.values() if not one.system], outdated)
    known = await latest(tx)
    if known is None or known.state == "done":
        while at_start > 0:
            done = await one_chunk(tx, snapshot)
            if done is None:
                return None
            at_start -= done
    elif known.state != "failed" and not outdated:
        return known.id
    asked: UUID = await tx.value(QUERIES["ask_renewal"]())
    return asked


async def run(
    hands: Hands,
    id: UUID,  # noqa: A002 - what it is
    *,
    workspace: str,
    chunk: int = CHUNK,
) -> Renewal:
    """Derive anew what is stale, from where it stands, until nothing is."""

    async def work(_: Renewal) -> None:
        chunks = Chunks(id, size=chunk)
        await in_chunks(hands, workspace, platform(SOURCE), chunks.one)

    return await resume(BOOKS, hands, id, workspace=workspace, work=work)


async def _outdated(tx: Tx) -> list[str]:
    """Name the columns that are derived by other rules than they were, and note that."""
    if dict(await tx.rows(QUERIES["known"]())) == VERSIONS:
        return []
    await tx.run(QUERIES["alone"]())
    known: dict[str, int] = dict(await tx.rows(QUERIES["known"]()))
    await tx.run(QUERIES["note_versions"](versions=orjson.dumps(VERSIONS).decode()))
    return [what for what, version in VERSIONS.items() if known.get(what) != version]


class Chunks:
    """The chunks of one renewal; they share what is known of the configuration."""

    def __init__(self, id: UUID, *, size: int) -> None:  # noqa: A002 - what it is
        self.id = id
        self.size = size
        self.known: Snapshot | None = None

    async def one(self, tx: Tx) -> bool:
        """Do one chunk, and say whether there may be another one."""
        await stay(tx)
        row = await tx.row(QUERIES["hold_renewal"](id=self.id))
        if row is None or row[0] != "running":
            return False
        _, total, since = row
        if total is None:
            await tx.run(QUERIES["count_renewal"](id=self.id, left=await _left(tx)))
            return True
        self.known = await snapshot_of(tx, known=self.known)
        done = await one_chunk(tx, self.known, size=self.size)
        if done is None:
            let_in = await met(tx, self.known, since=since)
            await tx.run(QUERIES["end_renewal"](id=self.id, state="done", stopped=None, met=let_in))
            return False
        await tx.run(QUERIES["advance_renewal"](id=self.id, more=done))
        return True


async def _left(tx: Tx) -> int:
    """Count the records that there are to derive anything for."""
    parts = [
        sql(
            "(SELECT count(*) FROM {table} WHERE {after}::uuid IS NULL OR id > {after}::uuid)",
            table=ident(table),
            after=param(after),
        )
        for table, _, after in await tx.rows(QUERIES["stale"]())
    ]
    return int(await tx.value(sql("SELECT {all}", all=joined(parts, by=" + ")))) if parts else 0
