"""
Many merges: chunk after chunk of what was settled, each in one transaction; and the same way back.

Whatever ends the process leaves whole chunks only, and running it again goes on after them. Who
asked for it is judged by their rights of now, record by record.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from zhike.access import Policy
from zhike.db.faults import Collided
from zhike.hub.hands import Hands
from zhike.hub.jobs import asker, in_chunks, resume
from zhike.hub.merge import ledger
from zhike.hub.merge.links import SOURCE
from zhike.hub.merge.many import batches
from zhike.hub.merge.many.batches import Batch, Item, Outcome, State
from zhike.hub.merge.parting import undo
from zhike.hub.merge.plan import Group
from zhike.hub.merge.run import Made, Merging, merge
from zhike.kernel.faults import Fault, Unavailable
from zhike.kernel.tx import Tx

CHUNK = 100
WAYS: Mapping[State, tuple[str, State]] = {
    "running": ("waiting", "done"),
    "undoing": ("merged", "undone"),
}
"""Which clusters are still to be done while a batch is in a state, and how that ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Many merges under way."""

    hands: Hands
    batch: Batch
    held: Policy
    size: int

    def merging(self, tx: Tx) -> Merging:
        """Give what it takes to merge in the name of whoever asked."""
        return Merging(
            tx=tx,
            held=self.held,
            object=self.held.snapshot.objects[self.batch.object],
            take_in=self.hands.take_in,
            batch=self.batch.id,
        )


Doing = Callable[[Running, Tx, Sequence[Item]], Awaitable[Sequence[Outcome]]]


async def run_many(hands: Hands, id: UUID, *, workspace: str, chunk: int = CHUNK) -> Batch:  # noqa: A002
    """Merge what was settled, from where it stands."""
    return await resume(
        batches.BOOKS, hands, id, workspace=workspace,
        work=partial(_all, hands, workspace, chunk, doing=_merged),
    )  # fmt: skip


async def undo_many(hands: Hands, id: UUID, *, workspace: str, chunk: int = CHUNK) -> Batch:  # noqa: A002
    """Part again what was merged, from where it stands."""
    return await resume(
        batches.UNDO_BOOKS, hands, id, workspace=workspace,
        work=partial(_all, hands, workspace, chunk, doing=_parted),
    )  # fmt: skip


async def _all(hands: Hands, workspace: str, size: int, batch: Batch, *, doing: Doing) -> None:
    """Do a batch, chunk by chunk, in the name of whoever asked for it."""
    held = await asker(hands, workspace, batch.actor, source=SOURCE)
    held.demand(batch.object, "merge")
    running = Running(hands=hands, batch=batch, held=held, size=size)
    await in_chunks(hands, workspace, held.viewer, partial(_chunk, running, doing))


async def _chunk(running: Running, doing: Doing, tx: Tx) -> bool:
    """Do one chunk, or end the batch if there is none."""
    batch = running.batch
    outcome, end = WAYS[batch.state]
    if not await batches.held(tx, batch.id, batch.state):
        return False
    items = await batches.items(tx, batch.id, outcome=outcome, limit=running.size)
    if items:
        await batches.write(tx, batch.id, await doing(running, tx, items))
    else:
        await batches.end(tx, batch.id, end)
    return bool(items)


async def _merged(running: Running, tx: Tx, items: Sequence[Item]) -> Sequence[Outcome]:
    groups = [Group(records=one.records, choose={}) for one in items]
    done = await merge(running.merging(tx), groups)
    return [
        Outcome(position=item.position, outcome="merged", merge=one.id)
        if isinstance(one, Made)
        else Outcome(
            position=item.position,
            outcome="refused",
            why=" ".join(dict.fromkeys(each.word for each in one)),
        )
        for item, one in zip(items, done, strict=True)
    ]


async def _parted(running: Running, tx: Tx, items: Sequence[Item]) -> Sequence[Outcome]:
    """Part a chunk at once; if something stands against that, one by one."""
    known = {
        one.id: one for one in await ledger.found(tx, [one.merge for one in items if one.merge])
    }
    gone = [one for one in items if one.merge and known[one.merge].undone_at is not None]
    going = [one for one in items if one not in gone]
    told = [Outcome(position=one.position, outcome="undone") for one in gone]
    try:
        async with tx.savepoint():
            await undo(running.merging(tx), [known[one.merge] for one in going if one.merge])
        return [*told, *(Outcome(position=one.position, outcome="undone") for one in going)]
    except Unavailable:
        raise
    except Collided:
        raise
    except Fault:
        return [*told, *[await _one_parted(running, tx, one) for one in going]]


async def _one_parted(running: Running, tx: Tx, item: Item) -> Outcome:
    try:
        async with tx.savepoint():
            found = await ledger.found(tx, [item.merge] if item.merge else [])
            await undo(running.merging(tx), found)
    except (Unavailable, Collided):
        raise
    except Fault as fault:
        return Outcome(position=item.position, outcome="kept", why=fault.word())
    return Outcome(position=item.position, outcome="undone")
