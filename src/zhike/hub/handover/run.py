"""
The run: chunk after chunk of what was settled, each through the intake in one transaction, then
what goes along with it; and the same way back.

Whatever ends the process leaves whole chunks only, and running it again goes on after them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import UUID

from zhike.access import Policy
from zhike.hub.handover import ledger
from zhike.hub.handover.beside import Access, done_beside, taken_back
from zhike.hub.handover.faults import StillOwning
from zhike.hub.handover.ledger import Handover, State
from zhike.hub.handover.moves import SOURCE, Mover
from zhike.hub.handover.people import cast, somebody
from zhike.hub.handover.spec import OWNER
from zhike.hub.handover.start import settle_more
from zhike.hub.handover.survey import counted, every_lot
from zhike.hub.hands import Hands
from zhike.hub.jobs import Books, asker, in_chunks, resume
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Viewer, platform
from zhike.store.accounts import Passwords

CHUNK = 2_000
ROUNDS = 20
"""How often records that come to the person during the run are looked for."""
BEGUN: Sequence[State] = ("waiting", "running", "failed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One hand-over under way."""

    hands: Hands
    task: Handover
    workspace: str
    held: Policy
    """Of whoever started it: conditions are asked in their sight."""
    size: int

    @property
    def starter(self) -> Viewer:
        """Who started it."""
        return self.held.viewer

    @property
    def acting(self) -> Viewer:
        """The platform, in the name of whoever started it."""
        return replace(self.starter, trusted=True)

    @property
    def mover(self) -> Mover:
        """Moves records in the starter's name, with the rights of the platform."""
        return Mover(
            take_in=self.hands.take_in,
            snapshot=self.held.snapshot,
            handover=self.task.id,
            person=self.task.person,
        )

    @property
    def access(self) -> Access:
        """Changes whether the person can sign in."""
        return Access(snapshot=self.held.snapshot, passwords=Passwords())


async def run(hands: Hands, id: UUID, *, workspace: str, chunk: int = CHUNK) -> Handover:  # noqa: A002
    """Run a hand-over to its end, from where it stands."""

    async def work(task: Handover) -> None:
        await _forth(await _prepared(hands, task, workspace, chunk))

    return await resume(BOOKS, hands, id, workspace=workspace, work=work)


async def run_undo(hands: Hands, id: UUID, *, workspace: str, chunk: int = CHUNK) -> Handover:  # noqa: A002
    """Take a hand-over back to its beginning, from where it stands."""

    async def work(task: Handover) -> None:
        await _back(await _prepared(hands, task, workspace, chunk))

    return await resume(UNDO_BOOKS, hands, id, workspace=workspace, work=work)


async def _begun(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    return await ledger.begin(tx, id, "running", since=BEGUN)


async def _undoing(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    return await ledger.held(tx, id, "undoing")


BOOKS = Books(name="hand-over", source=SOURCE, begin=_begun, found=ledger.found, fail=ledger.fail)
UNDO_BOOKS = replace(BOOKS, name="undo of hand-over", begin=_undoing)


async def _prepared(hands: Hands, task: Handover, workspace: str, chunk: int) -> Running:
    held = await asker(hands, workspace, task.actor, source=SOURCE, limits=task.narrowed)
    return Running(hands=hands, task=task, workspace=workspace, held=held, size=chunk)


async def _forth(running: Running) -> None:
    """Move what was settled and what came meanwhile; then the rest; then look once more."""
    await _moved(running)
    if not running.task.beside:
        await _beside(running)
        await _moved(running)
    async with running.hands.db.transaction(platform(SOURCE), running.workspace) as tx:
        await _refuse_leftovers(tx, running)
        await ledger.end(tx, running.task.id, "done")


async def _moved(running: Running) -> None:
    for _ in range(ROUNDS):
        await in_chunks(running.hands, running.workspace, running.acting, partial(_chunk, running))
        if not await _more(running):
            return


async def _chunk(running: Running, tx: Tx) -> bool:
    """Do one chunk, forth or back; if there is none, the way back is at its end."""
    task, back = running.task, running.task.state == "undoing"
    if not await ledger.held(tx, task.id, task.state):
        return False
    outcome = "moved" if back else "waiting"
    items = await ledger.items(tx, task.id, outcome=outcome, limit=running.size)
    if items:
        move = running.mover.give_back if back else running.mover.move
        await ledger.write(tx, task.id, await move(tx, items))
    elif back:
        await ledger.end(tx, task.id, "undone")
    return bool(items)


async def _more(running: Running) -> bool:
    """Settle what came to the person since; say whether there was anything."""
    task = running.task
    async with running.hands.db.transaction(running.starter, running.workspace) as tx:
        if not await ledger.held(tx, task.id, "running"):
            return False
        known = await cast(tx, task.person, task.spec)
        await settle_more(tx, running.held, task.id, task.spec, known=known)
        return bool((await ledger.outcomes(tx, task.id)).get("waiting"))


async def _beside(running: Running) -> None:
    """Do what goes along with the records, once nothing is the person's any more."""
    task = running.task
    async with running.hands.db.transaction(running.starter, running.workspace) as tx:
        if not await ledger.held(tx, task.id, "running"):
            return
        await _refuse_leftovers(tx, running)
        known = await cast(tx, task.person, task.spec)
        told = await done_beside(tx, running.access, task, known)
        await ledger.keep_beside(tx, task.id, told)


async def _refuse_leftovers(tx: Tx, running: Running) -> None:
    snapshot = running.held.snapshot
    lots = [one for one in every_lot(snapshot) if one.field.key == OWNER]
    counts = await counted(tx, lots, running.task.person)
    left = {one.object.key: counts[one.key] for one in lots if counts[one.key]}
    if left:
        said = ", ".join(f"{key} {count}" for key, count in left.items())
        raise StillOwning(count=sum(left.values()), objects=said)


async def _back(running: Running) -> None:
    """Give the person back first, or nothing could be given to them; then the records."""
    task = running.task
    async with running.hands.db.transaction(running.starter, running.workspace) as tx:
        if not await ledger.held(tx, task.id, "undoing"):
            return
        if task.beside:
            person = await somebody(tx, task.person)
            await taken_back(tx, running.access, task, person)
            await ledger.keep_beside(tx, task.id, {})
    await in_chunks(running.hands, running.workspace, running.acting, partial(_chunk, running))
