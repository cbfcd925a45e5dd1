"""
The run: chunk after chunk through the intake, each with its problems and its progress in one
transaction.

Whatever ends the process leaves whole chunks only, and running it again goes on after the last of
them. While one chunk is written, the next is read and put into standard form.
"""

from asyncio import create_task, sleep, wait
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID

from zhike.access import Policy
from zhike.db import DiskFull
from zhike.hub.hands import Hands
from zhike.hub.ingest import ledger, review
from zhike.hub.ingest.ahead import Chunk, Order, chunks
from zhike.hub.ingest.check import check, plain
from zhike.hub.ingest.faults import Stopped, UnknownImport
from zhike.hub.ingest.ledger import BOOKS, Counts, Import
from zhike.hub.ingest.links import Links
from zhike.hub.ingest.memory import seldom_searched
from zhike.hub.ingest.plan import ImportPlan, Shaped
from zhike.hub.ingest.report import Told, counted, told, written
from zhike.hub.ingest.ways import Part, Way, part_problems, parts
from zhike.hub.jobs import asker, refused_by_disk, resume
from zhike.kernel.faults import Fault, Invalid, Unavailable
from zhike.kernel.viewer import platform
from zhike.store import files
from zhike.store.batch import Fate
from zhike.store.bulk import without_indexes
from zhike.store.sorting import LATER, sorted_in

CHUNK = 4_000
PATIENCE = 6
"""How often a chunk is tried when the database cannot be reached."""
PAUSE_SECONDS = 0.5
LISTED = 50
"""How many lines that are no records are listed."""

OnProgress = Callable[[Import], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One import under way."""

    hands: Hands
    task: Import
    workspace: str
    policy: Policy
    order: Order
    plan: ImportPlan
    links: Links
    parts: Sequence[Part] = ()
    """What its lines bring along besides their own records."""
    made: dict[UUID, int] = field(default_factory=dict)
    """The line that made each record of this run."""


async def run(
    hands: Hands,
    id: UUID,  # noqa: A002 - what it is
    *,
    workspace: str,
    on_progress: OnProgress | None = None,
    chunk: int = CHUNK,
) -> Import:
    """
    Run an import to its end, from where it stands, so many lines in one transaction.

    A job that is tried again, or another process after a crash, calls the same.
    """

    async def work(task: Import) -> None:
        task = replace(task, counts=replace(task.counts, stopped={}))
        with refused_by_disk(), seldom_searched():
            running = await prepared(hands, task, workspace, size=chunk)
            async with _bare(running) as bare:
                async for counts in _walked(running, bare=bare):
                    task = replace(task, counts=counts, asked_at=datetime.now(UTC))
                    if on_progress:
                        on_progress(task)
        async with hands.db.transaction(platform("import"), workspace) as tx:
            await ledger.end(tx, id, task.counts, state="done")

    return await resume(BOOKS, hands, id, workspace=workspace, work=work)


def _bare(running: Running) -> AbstractAsyncContextManager[bool]:
    """Spare the table its indexes, unless records of it are looked up by them on the way."""
    task, object_ = running.task, running.plan.object
    looked_up = any(one.field.target == object_.key for one in running.plan.links)
    return without_indexes(
        running.hands.db, running.hands.catalog, running.workspace, object_,
        coming=0 if looked_up or task.spec.mode != "create" else task.spec.last - task.counts.line,
    )  # fmt: skip


async def prepared(hands: Hands, task: Import, workspace: str, *, size: int) -> Running:
    """
    Give what it takes to walk the file, from where the books stand.

    The configuration may have changed since the draft: everything is checked again.
    """
    held = await asker(hands, workspace, task.actor, source="import", limits=task.narrowed)
    snapshot = held.snapshot
    async with hands.db.reading(platform("import"), workspace) as tx:
        file = await files.found(tx, task.file) if task.file else None
    held.demand(task.object, "import")
    for right in task.spec.rights:
        held.demand(task.object, right)
    if file is None or task.object not in snapshot.objects:
        raise UnknownImport
    obj = snapshot.objects[task.object]
    writable = held.writable(task.object, task.spec.rights[0])
    problems = check(task.spec, obj, writable=writable, plain=plain(held, obj))
    problems += part_problems(held, obj, task.spec)
    if problems:
        raise Invalid(problems)
    order = Order(
        path=hands.files.path(file.hash), spec=task.spec, snapshot=snapshot, object=task.object,
        writable=writable, keys_of=hands.keys_of, after=task.counts.line, size=size,
    )  # fmt: skip
    return Running(
        hands=hands, task=task, workspace=workspace, policy=held, order=order, plan=order.plan(),
        links=Links(held, keys_of=hands.keys_of), parts=parts(held, obj, task.spec),
    )  # fmt: skip


async def _walked(running: Running, *, bare: bool) -> AsyncGenerator[Counts, None]:
    """
    Walk the file; a chunk is prepared while the database is busy with the one before it.

    A bare table has no search index whose new words would have to be sorted in.
    """
    counts = running.task.counts
    async with aclosing(chunks(running.order, running.plan)) as made:

        async def following() -> Chunk | None:
            return await anext(made, None)

        ahead = create_task(following())
        behind = create_task(sleep(0) if bare else _sorted_in(running))
        try:
            while (chunk := await ahead) is not None:
                ahead = create_task(following())
                counts = await _patiently(running, chunk, counts)
                if behind.done() and not bare:
                    behind = create_task(_sorted_in(running))
                yield counts
        finally:
            ahead.cancel()
            await wait({ahead, behind})
            if not bare:
                await _sorted_in(running)


async def _sorted_in(running: Running) -> None:
    """Have the words of the records so far sorted in; if that fails, the next search waits."""
    with suppress(Fault):
        async with running.hands.db.reading(platform("import"), running.workspace) as tx:
            await tx.run(sorted_in(running.plan.object))


async def _patiently(running: Running, chunk: Chunk, counts: Counts) -> Counts:
    """Try again when the database was away; what it had kept by then is not done twice."""
    for attempt in range(PATIENCE):
        try:
            return await _taken(running, chunk, counts)
        except DiskFull:
            raise
        except Unavailable:
            if attempt + 1 == PATIENCE:
                raise
            await sleep(PAUSE_SECONDS * 2**attempt)
        kept = await _so_far(running)
        if kept is not None and kept.line >= chunk.last:
            return kept
    raise Stopped(reason="")


async def _so_far(running: Running) -> Counts | None:
    try:
        async with running.hands.db.reading(platform("import"), running.workspace) as tx:
            return (await ledger.found(tx, running.task.id)).counts
    except Unavailable:
        return None


async def _taken(running: Running, chunk: Chunk, counts: Counts) -> Counts:
    """Take one chunk in: the records, what is wrong with them, and how far it came, or nothing."""
    doing, task = running.plan, running.task
    viewer = running.policy.viewer
    async with running.hands.db.transaction(viewer, running.workspace) as tx:
        tx.soon(LATER)
        lines: Sequence[Shaped] = chunk.lines
        if doing.links:
            lines = await running.links.filled(tx, doing.links, lines, within=task.object)
        lines, entries, along = await way_of(running).taken(tx, lines)
        result = told(doing, lines, entries, running.made)
        now = counted(counts, result, line=chunk.last).bringing(along)
        room = LISTED - len(now.ignored)
        now = replace(now, ignored=[*now.ignored, *chunk.ignored[:room]])
        await review.keep(tx, task, result)
        await ledger.add_problems(tx, task.id, written(result))
        await ledger.advance(tx, task.id, now, since=counts.line)
    _remember(running, result)
    return now


def way_of(running: Running, *, rehearsed: bool = False) -> Way:
    """Give how the lines of this import go in, or would."""
    hands = running.hands
    return Way(
        policy=running.policy, plan=running.plan, cause=str(running.task.id),
        links=running.links, parts=running.parts,
        take=hands.rehearse if rehearsed else hands.take_in, rehearsed=rehearsed,
    )  # fmt: skip


def _remember(running: Running, lines: Sequence[Told]) -> None:
    for one in lines:
        if one.entry is not None and one.entry.fate is Fate.CREATED and one.entry.record:
            running.made[one.entry.record] = one.line.line
