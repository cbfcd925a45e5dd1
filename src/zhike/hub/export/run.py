"""
The run of an export: records under the policy of whoever asked → a file, streamed from end to end.

It sees what its viewer sees when it runs, row by row and field by field, and no more. Whoever has
lost the right since he asked gets nothing; whoever would get more than was approved asks again.
"""

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from zhike.access import Policy
from zhike.hub.export import ledger, mark, shelf
from zhike.hub.export.ask import allowed, needs_approval, noted
from zhike.hub.export.columns import column, ids, linked, named, shown
from zhike.hub.export.kinds import FORMATS, Writer
from zhike.hub.export.ledger import QUERIES, Export
from zhike.hub.export.standing import standing
from zhike.hub.hands import Hands
from zhike.hub.jobs import Books, again, asker, refused_by_disk, resume
from zhike.kernel.faults import Fault, Unavailable
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Json
from zhike.store.read import Item, Query, columns, count, read_query, stream, titles

PIECE = 2_000
GROWTH, SLACK = 10, 100
"""What was approved may have grown by a tenth, and by a hundred records in any case."""


class Unwanted(Exception):
    """Somebody cancelled it while it ran."""


class Grown(Exception):
    """There are more records than were approved, or than may be had unasked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One export under way."""

    policy: Policy
    export: Export
    query: Query
    items: tuple[Item, ...]
    links: Mapping[int, str]
    writer: Writer
    most: int | None
    """How many records it may have."""


async def run(hands: Hands, id: UUID, *, workspace: str) -> Export:  # noqa: A002 - what it is
    """Write the file of an export. Run again after a crash, it begins anew."""
    return await resume(
        BOOKS, hands, id, workspace=workspace, work=partial(_taken_out, hands, workspace)
    )


async def _taken_out(hands: Hands, workspace: str, export: Export) -> None:
    held = await _held(hands, workspace, export)
    try:
        with refused_by_disk():
            await again(partial(_done, hands, export, held, workspace))
    except Unwanted:
        return
    except Grown:
        await _ask_again(hands, export, held, workspace)


async def _held(hands: Hands, workspace: str, export: Export) -> Policy:
    """Give the policy of whoever asked, as it is now; refuses what they may not have any more."""
    try:
        held = await asker(hands, workspace, export.actor, source="export", limits=export.narrowed)
        allowed(held, export.object, read_query(export.query))
    except Unavailable:
        raise
    except Fault as fault:
        async with hands.db.transaction(platform("export"), workspace) as tx:
            await _stopped(tx, export.id, fault, state="refused")
        raise
    return held


async def _done(hands: Hands, export: Export, held: Policy, workspace: str) -> None:
    room = await to_thread(shelf.room, hands.files, workspace)
    with TemporaryDirectory(dir=room, prefix=shelf.PARTIAL) as folder:
        path = Path(folder) / f"{export.id}.{export.format}"
        written = await _written(hands, export, held, (workspace, path))
        place = shelf.path(hands.files, workspace, export)
        size, digest = await to_thread(shelf.settle, path, place)
    days = held.snapshot.security.exports.keep_days
    facts = {"count": written, "size": size, "digest": digest}
    async with hands.db.transaction(held.viewer, workspace) as tx:
        ended = await tx.row(
            QUERIES["end_export"](id=export.id, standing=standing(held), days=days, **facts)
        )
        if ended is not None:
            noted(tx, "written", export, facts)
    if ended is None:
        await to_thread(shelf.drop, place)


async def _stopped(
    tx: Tx,
    id: UUID,  # noqa: A002 - what it is
    fault: Fault,
    *,
    state: ledger.State = "failed",
) -> None:
    if await ledger.stop(tx, id, state, fault):
        noted(tx, state, await ledger.found(tx, id), {"code": fault.word()})


BOOKS = Books(
    name="export", source="export", begin=ledger.begin, found=ledger.found, fail=_stopped,
    passing=(),
)  # fmt: skip


async def _ask_again(hands: Hands, export: Export, held: Policy, workspace: str) -> None:
    async with hands.db.transaction(platform("export"), workspace) as tx:
        expected = await _counted(hands, held, export, workspace)
        if await tx.row(QUERIES["ask_again"](id=export.id, expected=expected)):
            noted(tx, "asked", export, {"expected": expected, "state": "asked", "again": True})


async def _counted(hands: Hands, held: Policy, export: Export, workspace: str) -> int:
    async with hands.db.reading(held.viewer, workspace) as tx:
        query = replace(read_query(export.query), limit=1)
        return await count(tx, held, export.object, query, exporting=True)


async def _most(tx: Tx, held: Policy, export: Export) -> int | None:
    """Give how many records the file may have before somebody has to look again."""
    over = held.snapshot.security.exports.approval_over
    if over is None:
        return None
    if export.decided_by is not None:
        expected = export.expected or 0
        return expected + max(SLACK, expected // GROWTH)
    if await needs_approval(tx, held, 0, actor=export.actor, but=export.id):
        raise Grown
    taken = await tx.value(QUERIES["taken"](actor=export.actor, **{"except": export.id}))
    return int(over - taken)


async def _written(hands: Hands, export: Export, held: Policy, where: tuple[str, Path]) -> int:
    workspace, path = where
    query = read_query(export.query)
    items = columns(held, export.object, query)
    security = held.snapshot.security.exports
    async with hands.db.reading(platform("export"), workspace) as tx:
        most = await _most(tx, held, export)
    writing = Writing(
        policy=held,
        export=export,
        query=query,
        items=items,
        links=linked(items),
        writer=FORMATS[export.format].opened(
            path,
            [column(item, held.viewer.language) for item in items],
            zone=held.viewer.zone,
            mark=mark.of(export, held.viewer, visible=security.watermark),
        ),
        most=most,
    )
    try:
        async with hands.db.transaction(held.viewer, workspace) as tx:
            return await _streamed(hands, tx, writing, workspace)
    finally:
        await to_thread(writing.writer.close)


async def _streamed(hands: Hands, tx: Tx, writing: Writing, workspace: str) -> int:
    written = 0
    source = stream(tx, writing.policy, writing.export.object, writing.query, size=PIECE)
    async with aclosing(source) as pieces:  # type: ignore[type-var] # an async generator
        async for lines in pieces:
            written += len(lines)
            if writing.most is not None and written > writing.most:
                raise Grown
            known = await _titles(tx, writing, lines)
            await to_thread(_write, writing, lines, known)
            async with hands.db.reading(platform("export"), workspace) as books:
                if not await ledger.advance(books, writing.export.id, written):
                    raise Unwanted
    return written


async def _titles(
    tx: Tx, writing: Writing, lines: Sequence[Sequence[Json]]
) -> Mapping[str, Mapping[UUID, str | None]]:
    """Find the titles of all records that some lines point at, once per object."""
    asked: dict[str, set[UUID]] = {}
    for place, target in writing.links.items():
        wanted = asked.setdefault(target, set())
        for line in lines:
            wanted.update(ids(line[place]))
    return {
        target: await titles(tx, writing.policy, target, wanted) if wanted else {}
        for target, wanted in asked.items()
    }


def _write(
    writing: Writing,
    lines: Sequence[Sequence[Json]],
    known: Mapping[str, Mapping[UUID, str | None]],
) -> None:
    exact = writing.export.format == "parquet"
    writing.writer.write(
        [
            [
                named(value, known[writing.links[place]])
                if place in writing.links
                else shown(value, item.field, exact=exact)
                for place, (item, value) in enumerate(zip(writing.items, line, strict=True))
            ]
            for line in lines
        ]
    )
