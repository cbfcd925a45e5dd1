"""A sweep before it runs: checked, kept, broken off, begun to be taken back."""

from collections.abc import Sequence
from uuid import UUID

from zhike.access import Policy
from zhike.hub.sweep import ledger
from zhike.hub.sweep.faults import STATES, NotUndoable, SweepOver, TooManySweeps, UnknownSweep
from zhike.hub.sweep.ledger import QUERIES, Sweep
from zhike.hub.sweep.spec import SweepSpec, right
from zhike.hub.transfer import checked
from zhike.kernel.faults import NotAllowed
from zhike.kernel.tx import Tx
from zhike.store import read
from zhike.store.read import read_query
from zhike.store.trail import note

MOST_OPEN = 5
"""How many sweeps of one person may wait or run at the same time."""
PAUSE_SECONDS = 10
"""When somebody who has so many may ask again."""


async def start(
    tx: Tx, held: Policy, obj: str, spec: SweepSpec, *, named: Sequence[UUID] = ()
) -> Sweep:
    """
    Keep what shall be done to the records that are named, or that answer the question; a job does
    it.

    Refused if they are not as many as were confirmed; which they are is settled, and counted once
    more, when it begins.
    """
    if held.viewer.seen_by is not None:
        raise NotAllowed
    read.readable(held, obj)
    held.demand(obj, right(spec))
    await _one_more(tx, held)
    if spec.act == "transfer":
        await checked(tx, held, obj, spec.transfer)
    if spec.query is not None:
        spec = await _unfolded(tx, held, obj, spec)
    else:
        read.confirmed(len(named), spec.expected)
    id_ = await ledger.add(tx, obj, spec)
    if spec.query is None:
        await tx.run(QUERIES["name_records"](id=id_, records=list(named)))
    facts = {"act": spec.act, "fields": list(spec.keys), "expected": spec.expected}
    given = {"to": str(spec.to), "with": list(spec.along), "reason": spec.reason}
    note(tx, "sweep.started", object=obj, target=id_, new=facts | (given if spec.to else {}))
    return await ledger.found(tx, id_)


async def _one_more(tx: Tx, held: Policy) -> None:
    if held.viewer.id is None:
        return
    await tx.run(QUERIES["wait_for_turn"](actor=held.viewer.id))
    count = await tx.value(QUERIES["open_sweeps"](actor=held.viewer.id))
    if count >= MOST_OPEN:
        raise TooManySweeps(count=count, seconds=PAUSE_SECONDS)


async def _unfolded(tx: Tx, held: Policy, obj: str, spec: SweepSpec) -> SweepSpec:
    """Say in the question itself what the view it names says now."""
    query = await read.unfolded(tx, held, obj, spec.query or {})
    kept = {name: one for name, one in query.items() if name not in ("select", "order")}
    if spec.expected is not None:
        read.confirmed(await read.count(tx, held, obj, read_query(kept)), spec.expected)
    return spec.model_copy(update={"query": kept})


async def own(tx: Tx, held: Policy, id: UUID) -> Sweep:  # noqa: A002 - what it is
    """Give a sweep to whoever asked for it; there is none for anybody else."""
    sweep = await ledger.found(tx, id)
    if sweep.actor is None or sweep.actor != held.viewer.id:
        raise UnknownSweep
    return sweep


async def cancel(tx: Tx, held: Policy, id: UUID) -> Sweep:  # noqa: A002 - what it is
    """Break it off; what is done by then stays done, and can be taken back."""
    sweep = await own(tx, held, id)
    if not await ledger.turn(tx, id, "cancelled", since=("waiting", "running")):
        raise SweepOver(state=STATES[(await ledger.found(tx, id)).state])
    note(tx, "sweep.cancelled", object=sweep.object, target=id)
    return await ledger.found(tx, id)


async def undo(tx: Tx, held: Policy, id: UUID) -> Sweep:  # noqa: A002 - what it is
    """Begin to take it back, by the rights of whoever asked for it then."""
    if held.viewer.seen_by is not None:
        raise NotAllowed
    sweep = await own(tx, held, id)
    read.readable(held, sweep.object)
    held.demand(sweep.object, right(sweep.spec))
    since: Sequence[ledger.State] = ("done", "failed", "cancelled")
    if not sweep.undoable or not await ledger.turn(tx, id, "undoing", since=since):
        raise NotUndoable(state=STATES[(await ledger.found(tx, id)).state])
    note(tx, "sweep.undone", object=sweep.object, target=id)
    return await ledger.found(tx, id)
