"""
Many merges: chunk after chunk of what was settled, each in one transaction; and the same way back.

Whatever ends the process leaves whole chunks only, and running it again goes on after them. Who
asked for it is judged by their rights of now, record by record.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from zhike.access import Policy, policy
from zhike.db.faults import Collided
from zhike.hub.hands import Hands
from zhike.hub.merge import ledger
from zhike.hub.merge.faults import MergerGone
from zhike.hub.merge.links import SOURCE
from zhike.hub.merge.many import batches
from zhike.hub.merge.many.batches import Batch, Item, Outcome, State
from zhike.hub.merge.parting import undo
from zhike.hub.merge.plan import Group
from zhike.hub.merge.run import Made, Merging, merge
from zhike.hub.unforeseen import unforeseen
from zhike.kernel.faults import Fault, Unavailable
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform

CHUNK = 100
TRIES = 5
"""How often a chunk is begun again that met somebody who wanted the same records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """Many merges under way."""

    hands: Hands
    batch: Batch
    workspace: str
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
    async with hands.db.transaction(platform(SOURCE), workspace) as tx:
        begun = await batches.begin(tx, id)
        batch = await batches.found(tx, id)
    return await _walked(hands, batch, workspace, chunk) if begun else batch


async def undo_many(hands: Hands, id: UUID, *, workspace: str, chunk: int = CHUNK) -> Batch:  # noqa: A002
    """Part again what was merged, from where it stands."""
    async with hands.db.transaction(platform(SOURCE), workspace) as tx:
        batch = await batches.found(tx, id)
    return await _walked(hands, batch, workspace, chunk) if batch.state == "undoing" else batch


async def _walked(hands: Hands, batch: Batch, workspace: str, chunk: int) -> Batch:
    state, id_ = batch.state, batch.id
    try:
        with unforeseen(f"merge {id_}"):
            running = await _prepared(hands, batch, workspace, chunk)
            if state == "undoing":
                await _all(running, state="undoing", outcome="merged", doing=_parted)
            else:
                await _all(running, state="running", outcome="waiting", doing=_merged)
        async with hands.db.transaction(platform(SOURCE), workspace) as tx:
            await batches.end(tx, id_, "undone" if state == "undoing" else "done")
    except Unavailable:
        raise
    except Fault as fault:
        async with hands.db.transaction(platform(SOURCE), workspace) as tx:
            await batches.end(tx, id_, "failed", fault)
        raise
    async with hands.db.reading(platform(SOURCE), workspace) as tx:
        return await batches.found(tx, id_)


async def _prepared(hands: Hands, batch: Batch, workspace: str, chunk: int) -> Running:
    viewer = None
    if batch.actor is not None:
        async with hands.db.reading(platform(SOURCE), workspace) as tx:
            viewer = await hands.viewer_of(tx, batch.actor)
    if viewer is None:
        raise MergerGone
    held = policy(await hands.catalog.snapshot(workspace), replace(viewer, source=SOURCE))
    held.demand(batch.object, "merge")
    return Running(hands=hands, batch=batch, workspace=workspace, held=held, size=chunk)


async def _all(running: Running, *, state: State, outcome: str, doing: Doing) -> None:
    tries = 0
    while True:
        try:
            if not await _chunk(running, state=state, outcome=outcome, doing=doing):
                return
            tries = 0
        except Collided:
            tries += 1
            if tries >= TRIES:
                raise


async def _chunk(running: Running, *, state: State, outcome: str, doing: Doing) -> bool:
    """Do one chunk, or say that there is none."""
    id_ = running.batch.id
    async with running.hands.db.transaction(running.held.viewer, running.workspace) as tx:
        if not await batches.held(tx, id_, state):
            return False
        items = await batches.items(tx, id_, outcome=outcome, limit=running.size)
        if items:
            await batches.write(tx, id_, await doing(running, tx, items))
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
