"""A run: every record of an object → who is the same, kept for people to look at."""

import logging
import os
import signal
import sys
from asyncio import create_subprocess_exec, to_thread
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from zhike.access import Policy, policy
from zhike.hub.hands import Hands
from zhike.hub.identity.faults import NothingTelling, RunBroken, SparkMissing, SparkUnreachable
from zhike.hub.identity.runs import following, ledger, paper
from zhike.hub.identity.runs.aspects import aspects
from zhike.hub.identity.runs.following import Reach, Standing
from zhike.hub.identity.runs.ledger import Run
from zhike.hub.identity.runs.model import THRESHOLD, Model
from zhike.hub.identity.runs.paper import UNREACHABLE, Task
from zhike.hub.jobs import resume
from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Object
from zhike.store.quality import likened
from zhike.store.read import Query, stream

LOG = logging.getLogger("zhike.identity")

PIECE = 5_000
MUCH, PART = 1_000, 5
"""So many records, or such a part of all, change before everything is read again."""


async def ask(
    tx: Tx, held: Policy, *, obj: str, threshold: float | None, incremental: bool = False
) -> UUID:
    """Ask for a run; only who may merge records of the object has a use for it."""
    known = held.snapshot.objects[obj]
    if not aspects(held.snapshot, known):
        raise NothingTelling(object=known.label)
    sure = THRESHOLD if threshold is None else threshold
    return await ledger.add(tx, obj=obj, threshold=sure, incremental=incremental)


async def run(hands: Hands, id: UUID, *, workspace: str) -> Run:  # noqa: A002 - what it is
    """Do a run. Begun again after a crash, it starts anew."""
    work = partial(_done, hands, workspace)
    return await resume(ledger.BOOKS, hands, id, workspace=workspace, work=work)


async def _done(hands: Hands, workspace: str, asked: Run) -> None:
    snapshot = await hands.catalog.snapshot(workspace)
    known = snapshot.objects.get(asked.object)
    if known is None or not aspects(snapshot, known):
        raise NothingTelling(object=known.label if known else asked.object)
    if hands.spark_master and find_spec("pyspark") is None:
        raise SparkMissing
    with TemporaryDirectory(prefix="identity-") as name:
        folder = Path(name)
        async with hands.db.transaction(platform("identity"), workspace) as tx:
            reach = await _write_papers(tx, policy(snapshot, tx.viewer), asked, folder)
        await _compute(folder, hands.spark_master)
        async with hands.db.transaction(platform("identity"), workspace) as tx:
            taken = await following.taken_over(tx, reach, asked.id) if reach else 0
            await ledger.keep(tx, asked.id, folder, taken=taken)
            await _keep_sums(tx, asked, reach, folder)
            await likened(tx, snapshot, known, records=reach.records if reach else ())


async def _write_papers(tx: Tx, held: Policy, asked: Run, folder: Path) -> Reach | None:
    """Write what the process has to know; gives what is looked at if that is not everything."""
    known = held.snapshot.objects[asked.object]
    told = await ledger.decisions(tx, known.key)
    task = Task(aspects=aspects(held.snapshot, known), threshold=asked.threshold, decisions=told)
    base = await ledger.followed(tx, asked)
    reach, touched = None, []
    if base is not None and base.model and Model.read(base.model, task.aspects):
        touched = await _touched(tx, known, base)
        reach = await _reach(tx, held, known, base, asked=asked, touched=touched)
        task = replace(
            task,
            model=base.model,
            touched=[str(one) for one in touched],
            rules=reach.standing.rules if reach else None,
            summed="" if reach else known.key,
        )
        pairs = await (following.within(tx, reach) if reach else ledger.known_pairs(tx, base))
        await to_thread(paper.write_known, folder, pairs)
    await to_thread(paper.write_task, folder, task)
    count = await _write_records(tx, held, known, folder, reach=reach)
    await ledger.advance(tx, asked.id, "learning", count)
    return reach


async def _reach(
    tx: Tx, held: Policy, known: Object, base: Run, *, asked: Run, touched: Sequence[UUID]
) -> Reach | None:
    """Give what has to be looked at since a run; None if that is everything."""
    if asked.threshold != base.threshold or len(touched) > max(MUCH, base.records // PART):
        return None
    standing = await following.standing(tx, known.key, base.id)
    if standing is None:
        return None
    return await following.reached(tx, held, known, base=base, standing=standing, touched=touched)


async def _touched(tx: Tx, known: Object, base: Run) -> list[UUID]:
    """Give the records that were made or changed since a run began to read."""
    rows = await tx.rows(
        sql(
            "SELECT t.id FROM {table} AS t WHERE t.updated_at >= {since}",
            table=ident(known.table),
            since=param(base.started_at, "timestamptz"),
        )
    )
    return [row[0] for row in rows]


async def _write_records(
    tx: Tx, held: Policy, known: Object, folder: Path, *, reach: Reach | None
) -> int:
    """Write the records that are read; gives how many there are in all."""
    if reach:
        async for lines in following.some(tx, held, known, reach.records):
            await to_thread(paper.add_records, folder, lines)
        table = ident(known.table)
        counted = sql("SELECT count(*) FROM {table} WHERE deleted_at IS NULL", table=table)
        return int(await tx.value(counted))
    query = Query(select=following.selected(held, known), order=("id",))
    count = 0
    async with aclosing(stream(tx, held, known.key, query, size=PIECE)) as pieces:  # type: ignore[type-var] # an async generator
        async for lines in pieces:
            await to_thread(paper.add_records, folder, lines)
            count += len(lines)
    return count


async def _keep_sums(tx: Tx, asked: Run, reach: Reach | None, folder: Path) -> None:
    """Keep by what records are looked for, for the run after this one."""
    if reach is not None:
        standing = await following.standing(tx, asked.object, reach.standing.run)
        if standing is not None:
            new = replace(standing, run=asked.id)
            await following.replaced(tx, new, reach.summed, changed=reach.changed)
        return
    told = paper.read_sums(folder)
    if told is None:
        await following.forget(tx, asked.object)
    else:
        new = Standing(object=asked.object, run=asked.id, rules=told[0])
        await following.written(tx, new, told[1])


async def _compute(folder: Path, master: str) -> None:
    """Let the process do its work; what it complains of goes to the log."""
    command = (sys.executable, "-m", "zhike.hub.identity.runs", str(folder), master)
    process = await create_subprocess_exec(
        *command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE, start_new_session=True
    )
    try:
        _, complaint = await process.communicate()
    finally:
        if process.returncode is None:
            # Those who help it go with it: nobody else would ever tell them that it is over.
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
    if process.returncode:
        LOG.error("a run ended with %s: %s", process.returncode, complaint[-2000:].decode())
        if process.returncode == UNREACHABLE:
            raise SparkUnreachable(master=master)
        raise RunBroken
