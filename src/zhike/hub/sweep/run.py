"""
The run: chunk after chunk of what was settled, each through the intake in one transaction; and the
same way back.

Whatever ends the process leaves whole chunks only, and running it again goes on after them. Whoever
asked is judged anew for each chunk, by their rights of that moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from zhike.access import Policy
from zhike.hub.hands import Hands, TakeIn
from zhike.hub.jobs import again, asker, resume
from zhike.hub.sweep import ledger
from zhike.hub.sweep.back import taken_back
from zhike.hub.sweep.doing import Chunk
from zhike.hub.sweep.ledger import QUERIES, State, Sweep
from zhike.hub.sweep.spec import right
from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Tx
from zhike.store import read
from zhike.store.read import read_query

CHUNK = 1_000
KEEP_DAYS = 30
WAYS: Mapping[State, tuple[Sequence[str], State]] = {
    "running": (("waiting",), "done"),
    "undoing": (("done", "along"), "undone"),
}
"""Which records are still to be done while a sweep is in a state, and how that ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One sweep under way."""

    hands: Hands
    sweep: Sweep
    workspace: str
    size: int


async def run(hands: Hands, id: UUID, *, workspace: str, chunk: int = CHUNK) -> Sweep:  # noqa: A002
    """Run a sweep to its end, from where it stands."""
    work = partial(_walked, hands, workspace, chunk)
    return await resume(ledger.BOOKS, hands, id, workspace=workspace, work=work)


async def run_undo(hands: Hands, id: UUID, *, workspace: str, chunk: int = CHUNK) -> Sweep:  # noqa: A002
    """Take a sweep back, from where it stands."""
    work = partial(_walked, hands, workspace, chunk)
    return await resume(ledger.UNDO_BOOKS, hands, id, workspace=workspace, work=work)


async def forget_old(tx: Tx) -> None:
    """Forget what ended so long ago that nobody takes it back any more."""
    await tx.run(QUERIES["forget_old"](days=KEEP_DAYS))


async def _walked(hands: Hands, workspace: str, size: int, sweep: Sweep) -> None:
    running = Running(hands=hands, sweep=sweep, workspace=workspace, size=size)
    if sweep.total is None:
        await again(partial(_settled, running))
    while await again(partial(_chunk, running)):
        pass


async def _held(running: Running) -> Policy:
    """Give what whoever asked may do now."""
    sweep = running.sweep
    held = await asker(
        running.hands, running.workspace, sweep.actor, source=sweep.source, limits=sweep.narrowed
    )
    read.readable(held, sweep.object)
    held.demand(sweep.object, right(sweep.spec))
    return held


async def _settled(running: Running) -> None:
    """Name the records before the first is changed: that may change what they answer."""
    held = await _held(running)
    async with running.hands.db.transaction(held.viewer, running.workspace) as tx:
        sweep = await ledger.held(tx, running.sweep.id, "running")
        if sweep is None or sweep.total is not None:
            return
        asked = read_query(sweep.spec.query or {})
        where = await read.condition(tx, held, sweep.object, asked)
        total = await tx.run(
            sql(
                "INSERT INTO zk_sweep_item (sweep, position, record)"
                " SELECT {sweep}, row_number() OVER (ORDER BY t.id), t.id"
                " FROM {table} AS t WHERE {where}",
                sweep=param(sweep.id, "uuid"),
                table=ident(held.snapshot.objects[sweep.object].table),
                where=where,
            )
        )
        read.confirmed(total, sweep.spec.expected)
        await tx.run(QUERIES["set_total"](id=sweep.id, total=total))


async def _chunk(running: Running) -> bool:
    """Do one chunk, forth or back, by the rights of now; or end it if there is none."""
    held, hands, state = await _held(running), running.hands, running.sweep.state
    async with hands.db.transaction(held.viewer, running.workspace) as tx:
        sweep = await ledger.held(tx, running.sweep.id, state)
        if sweep is None:
            return False
        return await _gone_on(tx, held, sweep, size=running.size, take_in=hands.take_in) is not None


async def _gone_on(
    tx: Tx, held: Policy, sweep: Sweep, *, size: int, take_in: TakeIn
) -> Sweep | None:
    """Do the next records, forth or back; None if there are none left, and it is over."""
    outcomes, end = WAYS[sweep.state]
    for one in outcomes:
        items = await ledger.items(tx, sweep.id, outcome=one, limit=size)
        if items:
            break
    else:
        await ledger.turn(tx, sweep.id, end, since=(sweep.state,))
        return None
    if sweep.state == "undoing":
        found = await taken_back(tx, held, sweep, items, take_in=take_in)
    else:
        chunk = Chunk(tx=tx, held=held, sweep=sweep, take_in=take_in, items=items)
        found = await chunk.done()
    return await ledger.advance(tx, sweep, found)


async def undo_at_once(tx: Tx, held: Policy, sweep: Sweep, *, take_in: TakeIn) -> Sweep:
    """Take all of a sweep back within one transaction, by the rights of whoever asks."""
    rest: Sweep | None = sweep
    while rest is not None:
        rest = await _gone_on(tx, held, rest, size=CHUNK, take_in=take_in)
    return await ledger.found(tx, sweep.id)
