"""A run: every record of an object → who is the same, kept for people to look at."""

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from itertools import combinations
from uuid import UUID

from zhike.access import Policy, policy
from zhike.hub.hands import Hands
from zhike.hub.identity.faults import NothingTelling
from zhike.hub.identity.runs import ledger
from zhike.hub.identity.runs.aspects import Table, aspects
from zhike.hub.identity.runs.ledger import Kept, Pairing, Run
from zhike.kernel.faults import Fault
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Object
from zhike.store.read import Query, stream

PIECE = 5_000
THRESHOLD = 0.5


async def ask(tx: Tx, held: Policy, *, obj: str, threshold: float | None) -> UUID:
    """Ask for a run; only who may merge records of the object has a use for it."""
    known = held.snapshot.objects[obj]
    if not aspects(known):
        raise NothingTelling(object=known.label)
    return await ledger.add(tx, obj=obj, threshold=THRESHOLD if threshold is None else threshold)


async def run(hands: Hands, id: UUID, *, workspace: str) -> Run:  # noqa: A002 - what it is
    """Do a run. Begun again after a crash, it starts anew."""
    async with hands.db.transaction(platform("identity"), workspace) as tx:
        begun = await ledger.begin(tx, id)
        asked = await ledger.found(tx, id)
    if not begun:
        return asked
    try:
        return await _done(hands, asked, workspace)
    except Fault as fault:
        async with hands.db.transaction(platform("identity"), workspace) as tx:
            await ledger.fail(tx, id, fault)
        raise


async def _done(hands: Hands, asked: Run, workspace: str) -> Run:
    snapshot = await hands.catalog.snapshot(workspace)
    known = snapshot.objects.get(asked.object)
    if known is None or not aspects(known):
        raise NothingTelling(object=known.label if known else asked.object)
    async with hands.db.transaction(platform("identity"), workspace) as tx:
        told = await ledger.decisions(tx, asked.object)
        table = await _read(tx, policy(snapshot, tx.viewer), known)
    async with hands.db.transaction(platform("identity"), workspace) as tx:
        await ledger.advance(tx, asked.id, "learning", len(table))
    kept = await to_thread(_found, table, asked.threshold, told)
    async with hands.db.transaction(platform("identity"), workspace) as tx:
        await ledger.keep(tx, asked.id, kept)
        return await ledger.found(tx, asked.id)


async def _read(tx: Tx, held: Policy, known: Object) -> Table:
    table = Table(aspects(known))
    query = Query(select=("id", *(one.field for one in table.aspects)), order=("id",))
    async with aclosing(stream(tx, held, known.key, query, size=PIECE)) as pieces:  # type: ignore[type-var] # an async generator
        async for lines in pieces:
            await to_thread(_add, table, lines)
    return table


def _add(table: Table, lines: Sequence[Sequence[object]]) -> None:
    for record, *values in lines:
        table.add(str(record), values)


def _found(
    table: Table, threshold: float, told: Mapping[ledger.Decision, Sequence[Pairing]]
) -> Kept:
    """Work in a thread of its own; the engine is loaded by the first run that needs it."""
    from zhike.hub.identity.runs.engine import found  # noqa: PLC0415 - takes a second to load

    places = {record: place for place, record in enumerate(table.ids)}
    said = {
        word: [
            (places[str(a)], places[str(b)])
            for a, b in pairs
            if str(a) in places and str(b) in places
        ]
        for word, pairs in told.items()
    }
    result = found(table, threshold=threshold, same=said["same"], different=said["different"])
    if result is None:
        return Kept(pairs=(), clusters=(), model={})
    ids = [UUID(one) for one in table.ids]
    joined = {pair for members in result.clusters for pair in combinations(members, 2)}
    return Kept(
        pairs=[
            (*sorted((ids[one.a], ids[one.b])), one.score, one.levels, (one.a, one.b) in joined)  # type: ignore[misc] # two of them
            for one in result.pairs
        ],
        clusters=[[ids[one] for one in members] for members in result.clusters],
        model=result.model.kept(),
    )
