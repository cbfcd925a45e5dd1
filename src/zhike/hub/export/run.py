"""
The run of an export: records under the policy of whoever asked → a file, streamed from end to end.

It sees what its viewer sees when it runs, row by row and field by field, and no more.
"""

from asyncio import to_thread
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from zhike.access import Policy, policy
from zhike.hub.export import ledger
from zhike.hub.export.columns import column, ids, linked, named, shown
from zhike.hub.export.faults import UnknownExport, UnknownFormat
from zhike.hub.export.kinds import FORMATS, Writer
from zhike.hub.export.ledger import Export
from zhike.hub.hands import Hands
from zhike.kernel.faults import Fault, Unavailable
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Viewer, platform
from zhike.meta import Json
from zhike.store import files
from zhike.store.read import Item, Query, columns, read_query, stream, titles

PIECE = 2_000
LARGEST = 4 << 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """One export under way."""

    policy: Policy
    export: Export
    query: Query
    items: tuple[Item, ...]
    links: Mapping[int, str]
    writer: Writer


async def ask(
    tx: Tx,
    policy: Policy,
    *,
    obj: str,
    query: Mapping[str, Json],
    format: str,  # noqa: A002 - what it is
) -> UUID:
    """Ask for a file; whatever is wrong with the question is said now, not by the job."""
    if format not in FORMATS:
        raise UnknownFormat(at="format", name=format, known=", ".join(FORMATS))
    policy.demand(obj, "export")
    columns(policy, obj, read_query(query))
    return await ledger.add(tx, obj=obj, query=query, format=format)


async def run(hands: Hands, id: UUID, *, workspace: str) -> Export:  # noqa: A002 - what it is
    """Write the file of an export. Run again after a crash, it begins anew."""
    async with hands.db.transaction(platform("export"), workspace) as tx:
        begun = await ledger.begin(tx, id)
        export = await ledger.found(tx, id)
    if not begun:
        return export
    try:
        return await _done(hands, export, workspace)
    except Fault:
        await _failed(hands, export, workspace)
        raise
    except OSError as error:
        await _failed(hands, export, workspace)
        raise Unavailable(reason=str(error)) from error


async def _failed(hands: Hands, export: Export, workspace: str) -> None:
    async with hands.db.transaction(platform("export"), workspace) as tx:
        await ledger.end(tx, export, state="failed", file=None, count=0)


async def _done(hands: Hands, export: Export, workspace: str) -> Export:
    async with hands.db.reading(platform("export"), workspace) as tx:
        viewer = await _viewer(hands, tx, export)
    with TemporaryDirectory(dir=await to_thread(_room, hands), prefix="export-") as folder:
        path = Path(folder) / f"{export.object}.{export.format}"
        count = await _written(hands, export, viewer, (workspace, path))
        stored = await hands.files.keep_file(path, limit=LARGEST)
    async with hands.db.transaction(viewer, workspace) as tx:
        media = FORMATS[export.format].media
        file = await files.add(tx, stored, name=path.name, type=media)
        await ledger.end(tx, export, state="done", file=file.id, count=count)
        return await ledger.found(tx, export.id)


def _room(hands: Hands) -> Path:
    folder = hands.files.folder
    folder.mkdir(parents=True, exist_ok=True)
    return folder


async def _viewer(hands: Hands, tx: Tx, export: Export) -> Viewer:
    if export.actor is None:
        return platform("export")
    viewer = await hands.viewer_of(tx, export.actor)
    if viewer is None:
        raise UnknownExport
    return replace(viewer, source="export")


async def _written(hands: Hands, export: Export, viewer: Viewer, where: tuple[str, Path]) -> int:
    workspace, path = where
    held = policy(await hands.catalog.snapshot(workspace), viewer)
    query = read_query(export.query)
    items = columns(held, export.object, query)
    heads = [column(item, viewer.language) for item in items]
    writer = FORMATS[export.format].opened(path, heads, zone=viewer.zone)
    writing = Writing(
        policy=held, export=export, query=query, items=items, links=linked(items), writer=writer
    )
    try:
        async with hands.db.transaction(viewer, workspace) as tx:
            count = await _streamed(hands, tx, writing, workspace)
    finally:
        await to_thread(writer.close)
    return count


async def _streamed(hands: Hands, tx: Tx, writing: Writing, workspace: str) -> int:
    count = 0
    source = stream(tx, writing.policy, writing.export.object, writing.query, size=PIECE)
    async with aclosing(source) as pieces:  # type: ignore[type-var] # an async generator
        async for lines in pieces:
            known = await _titles(tx, writing, lines)
            await to_thread(_write, writing, lines, known)
            count += len(lines)
            async with hands.db.reading(platform("export"), workspace) as books:
                await ledger.advance(books, writing.export.id, count)
    return count


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
