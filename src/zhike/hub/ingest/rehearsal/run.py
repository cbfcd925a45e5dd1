"""
The rehearsal of a draft: chunk after chunk through every step of the intake that judges, and
through none that writes. What it finds is kept line by line.

A chunk leaves its findings and how far it came, in one transaction; what the steps locked meanwhile
is let go at once. Killed at any moment it goes on after the last whole chunk.
"""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import NoReturn
from uuid import UUID

from zhike.hub.hands import Hands
from zhike.hub.identity import plan as ways_of
from zhike.hub.ingest import ledger as books
from zhike.hub.ingest.ahead import Chunk, chunks
from zhike.hub.ingest.faults import NotADraft
from zhike.hub.ingest.ledger import Counts, Import
from zhike.hub.ingest.memory import seldom_searched
from zhike.hub.ingest.plan import Shaped
from zhike.hub.ingest.rehearsal import ledger
from zhike.hub.ingest.rehearsal.findings import Finding, Standing, finding
from zhike.hub.ingest.rehearsal.ledger import Rehearsal, Totals
from zhike.hub.ingest.rehearsal.within import Within
from zhike.hub.ingest.report import Told, counted, told
from zhike.hub.ingest.run import CHUNK, LISTED, Running, prepared, way_of
from zhike.hub.ingest.ways import Compared, Stand, compared
from zhike.hub.jobs import resume
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.store.batch import Entry, Fate

SOURCE = "import"


class Judged(Exception):
    """What was found; raised, so that whatever a step locked or drew is let go with it."""

    def __init__(
        self,
        lines: Sequence[Told],
        standing: Mapping[int, Standing],
        along: Mapping[str, Mapping[str, int]],
    ) -> None:
        self.along = along
        self.lines = lines
        self.standing = standing
        super().__init__()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trying:
    """One rehearsal under way."""

    running: Running
    rehearsal: Rehearsal
    within: Within


async def ask(tx: Tx, task: Import) -> Rehearsal:
    """Have a draft tried; a job does it."""
    if task.state != "draft":
        raise NotADraft(state=task.state)
    return await ledger.found(tx, await ledger.add(tx, task))


async def rehearse(
    hands: Hands,
    id: UUID,  # noqa: A002 - what it is
    *,
    workspace: str,
    chunk: int = CHUNK,
) -> Rehearsal:
    """Try a draft to its end, from where it stands."""

    async def work(one: Rehearsal) -> None:
        await _walked(await _trying(hands, one, workspace=workspace, size=chunk))
        async with hands.db.transaction(platform(SOURCE), workspace) as tx:
            await ledger.end(tx, id, "done")

    return await resume(ledger.BOOKS, hands, id, workspace=workspace, work=work)


async def _trying(hands: Hands, one: Rehearsal, *, workspace: str, size: int) -> Trying:
    async with hands.db.transaction(platform(SOURCE), workspace) as tx:
        await ledger.forget_others(tx, one)
        task = await books.found(tx, one.draft)
    as_then = replace(
        task, spec=one.spec, narrowed=one.narrowed, counts=Counts(line=one.totals.line)
    )
    running = await prepared(hands, as_then, workspace, size=size)
    ways = ways_of(running.policy.snapshot, task.object)
    named = one.spec.mode != "create"
    within = Within(
        rehearsal=one.id, object=running.plan.object, ways=ways,
        rule="update" if named else one.spec.on_duplicate,
        unique=(*running.plan.object.unique, *((one.spec.key,) if named else ())),
    )  # fmt: skip
    return Trying(running=running, rehearsal=one, within=within)


async def _walked(trying: Trying) -> None:
    running, totals = trying.running, trying.rehearsal.totals
    with seldom_searched():
        made: AsyncGenerator[Chunk, None] = chunks(running.order, running.plan)
        async with aclosing(made):
            async for chunk in made:
                totals = await _tried(trying, chunk, totals)


async def _tried(trying: Trying, chunk: Chunk, totals: Totals) -> Totals:
    """Try one chunk: keep what was found, how far it came, and nothing else."""
    running = trying.running
    async with running.hands.db.transaction(running.policy.viewer, running.workspace) as tx:
        try:
            async with tx.savepoint():
                await _judge(trying, tx, chunk)
        except Judged as judged:
            found = await trying.within.settled(tx, judged.lines)
            findings = _found(trying, found, judged.standing)
            along = Counts(along=totals.along).bringing(judged.along).along
        now = _counted(totals.counting(findings, line=chunk.last), found, chunk)
        now = replace(now, along=along)
        await ledger.keep(tx, trying.rehearsal.id, findings, now, since=totals.line)
    return now


def _found(
    trying: Trying, lines: Sequence[Told], standing: Mapping[int, Standing]
) -> list[Finding]:
    spec = trying.rehearsal.spec
    keeps = spec.mode == "create" and spec.on_duplicate == "merge"
    return [
        finding(spec.mapped(), one, replace(standing.get(one.line.line, Standing()), keeps=keeps))
        for one in lines
    ]


def _counted(totals: Totals, lines: Sequence[Told], chunk: Chunk) -> Totals:
    names = counted(Counts(unknown=totals.unknown), lines, line=0).unknown
    room = LISTED - len(totals.ignored)
    return replace(totals, unknown=names, ignored=[*totals.ignored, *chunk.ignored[:room]])


async def _judge(trying: Trying, tx: Tx, chunk: Chunk) -> NoReturn:
    running = trying.running
    doing = running.plan
    lines: Sequence[Shaped] = chunk.lines
    if doing.links:
        lines = await running.links.filled(tx, doing.links, lines, within=doing.object.key)
    lines, taken, along = await way_of(running, rehearsed=True).taken(tx, lines)
    by_line = {line.line: line for line in lines}
    going, entries = [by_line[line] for line in taken], list(taken.values())
    stands = await compared(tx, running.policy, doing.object, _meant(going, entries))
    fated = {line: _fated(entry, stands.get(line)) for line, entry in taken.items()}
    standing = {
        line.line: _standing(line, entry, (going, stands))
        for line, entry in zip(going, entries, strict=True)
    }
    raise Judged(told(doing, lines, fated, {}), standing, along)


def _meant(lines: Sequence[Shaped], entries: Sequence[Entry]) -> list[Compared]:
    """Give the lines that mean a record which is there, and may be compared with it."""
    found = []
    for line, entry in zip(lines, entries, strict=True):
        record = entry.record if entry.into is None else entries[entry.into].record
        hidden = any(not one.seen for one in entry.matches[:1])
        if record is not None and not hidden and entry.fate in {Fate.WAITING, Fate.SKIPPED}:
            cleared = {key: None for key, one in entry.given.items() if one is None}
            given = {**cleared, **line.given} if cleared else line.given
            found.append(Compared(line.line, record, given))
    return found


def _fated(entry: Entry, stand: Stand | None) -> Entry:
    """Say what would become of an entry that nothing speaks against."""
    if entry.fate is not Fate.WAITING:
        return entry
    if entry.before is None:
        return entry.having(fate=Fate.CREATED)
    same = stand is not None and all(
        one.differs is False for key, one in stand.fields.items() if key in entry.values
    )
    return entry.having(fate=Fate.UNCHANGED if same else Fate.UPDATED)


def _standing(
    line: Shaped, entry: Entry, around: tuple[Sequence[Shaped], Mapping[int, Stand]]
) -> Standing:
    lines, stands = around
    stand = stands.get(line.line)
    first = entry.into
    if first is None and entry.fate is Fate.SKIPPED and entry.matches:
        first = entry.matches[0].entry
    return Standing(
        seen=stand.fields if stand else None,
        title=stand.title if stand else None,
        earlier=None if first is None else lines[first].given,
    )
