"""
What a run that follows another one has to read: the records that changed since, those that share a
sum with one of them, and everybody whom sure pairs lead to from there.

Clusters grow along sure pairs only, so that those elsewhere stay as they were.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from uuid import UUID

from zhike.access import Policy
from zhike.hub.identity.runs.aspects import Table, aspects, sums
from zhike.hub.identity.runs.following.index import QUERIES, Standing, Summed
from zhike.hub.identity.runs.ledger import Run, read_pairs
from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object
from zhike.store.read import Query, stream

AT_ONCE = 400
"""Records named in one condition."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What has to be looked at since a run."""

    standing: Standing
    changed: Sequence[UUID]
    """Records that changed since, or that are gone."""
    records: Sequence[UUID]
    """Those, and all whose pairs or cluster may be others now."""
    summed: Sequence[Summed]
    """The sums of those that changed."""


async def reached(
    tx: Tx,
    held: Policy,
    known: Object,
    *,
    base: Run,
    standing: Standing,
    touched: Sequence[UUID],
) -> Reach:
    """Give what has to be looked at."""
    table = Table(aspects(held.snapshot, known))
    async for lines in some(tx, held, known, touched):
        for record, *values in lines:
            table.add(str(record), values)
    summed = [*sums(table, standing.rules, of=known.key)]
    asked = sorted({one for _, told in summed for one in told})
    met = await tx.rows(QUERIES["candidates"](object=known.key, sums=asked))
    since = QUERIES["decided_since"](object=known.key, since=base.started_at)
    said = await tx.rows(since)
    gone = await _gone(tx, known, standing.run)
    changed = {*touched, *gone}
    seeds = {*changed, *(row[0] for row in met), *(row[0] for row in said)}
    found = await tx.rows(
        QUERIES["joined_with"](
            run=standing.run, object=known.key, threshold=base.threshold, records=sorted(seeds)
        )
    )
    return Reach(
        standing=standing,
        changed=sorted(changed),
        records=sorted(row[0] for row in found),
        summed=summed,
    )


def selected(held: Policy, known: Object) -> tuple[str, ...]:
    """Name what is read of a record: its id, then what its aspects are read from."""
    return ("id", *(one.expression or one.field for one in aspects(held.snapshot, known)))


async def within(tx: Tx, reach: Reach) -> Sequence[tuple[str, str, list[int | None]]]:
    """Give what the run before found between records that are read, if nothing changed there."""
    about = {"run": reach.standing.run, "records": list(reach.records)}
    rows = await tx.rows(QUERIES["pairs_within"](**about, changed=list(reach.changed)))
    return read_pairs(rows)


async def some(
    tx: Tx, held: Policy, known: Object, records: Sequence[UUID]
) -> AsyncIterator[Sequence[Sequence[Json]]]:
    """Give some records as a run reads them: each the id, then the values of its aspects."""
    wanted = selected(held, known)
    for at in range(0, len(records), AT_ONCE):
        among = ",".join(f'"{one}"' for one in records[at : at + AT_ONCE])
        query = Query(select=wanted, where=f"id in [{among}]", order=("id",))
        async with aclosing(stream(tx, held, known.key, query, size=AT_ONCE)) as pieces:  # type: ignore[type-var] # an async generator
            async for lines in pieces:
                yield lines


async def taken_over(tx: Tx, reach: Reach, id: UUID) -> int:  # noqa: A002 - what it is
    """Have a run take over what has nothing to do with the change; gives the number of pairs."""
    about = {"id": id, "run": reach.standing.run, "records": list(reach.records)}
    pairs = await tx.run(QUERIES["take_pairs"](**about, changed=list(reach.changed)))
    await tx.run(QUERIES["take_clusters"](**about))
    return pairs


async def _gone(tx: Tx, known: Object, run: UUID) -> list[UUID]:
    """Give the records a run knew of that are not there any more."""
    rows = await tx.rows(
        sql(
            "SELECT x.record FROM (SELECT a AS record FROM zk_identity_pair WHERE run = {run}"
            " UNION SELECT b FROM zk_identity_pair WHERE run = {run}) AS x"
            " WHERE NOT EXISTS (SELECT FROM {table} AS t"
            " WHERE t.id = x.record AND t.deleted_at IS NULL)",
            run=param(run, "uuid"),
            table=ident(known.table),
        )
    )
    return [row[0] for row in rows]
