"""
The run: page after page of the records, each read again by the kinds of its fields.

A look only counts. A run has the changes walk the intake, each page in one transaction with how far
it came, in the name of whoever asked; a record that somebody changes meanwhile is left alone. The
way back gives each value its old one, unless it was changed since.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.faults import AskerGone
from zhike.hub.hands import Hands
from zhike.hub.jobs import Books, asker, in_chunks, resume
from zhike.hub.standardize.again import ledger
from zhike.hub.standardize.again.compare import changes, fields
from zhike.hub.standardize.again.ledger import QUERIES, StandardRun, State
from zhike.hub.standardize.again.typed import typed
from zhike.kernel.tx import Tx
from zhike.meta import Field, Json
from zhike.store import read
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.read import Query

SOURCE = "standardize"
PAGE = 500
SAMPLES = 10
"""How many records are shown for each field and verdict."""
ENDS: Mapping[State, State] = {"looking": "ready", "running": "done", "undoing": "undone"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One run under way."""

    hands: Hands
    id: UUID
    object: str
    state: State
    held: Policy
    fields: tuple[Field, ...]
    where: str
    size: int


async def run(hands: Hands, id: UUID, *, workspace: str, size: int = PAGE) -> StandardRun:  # noqa: A002
    """Do what a run is there for (look, change, take back), from where it stands."""

    async def work(task: StandardRun) -> None:
        running = await _prepared(hands, task, workspace, size)
        await in_chunks(hands, workspace, running.held.viewer, partial(_page, running))

    return await resume(BOOKS, hands, id, workspace=workspace, work=work)


async def _its_turn(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    return (await ledger.found(tx, id)).state in ENDS


BOOKS = Books(
    name="standard run", source=SOURCE, begin=_its_turn, found=ledger.found, fail=ledger.fail
)


async def _prepared(hands: Hands, task: StandardRun, workspace: str, size: int) -> Running:
    """Whoever asked is judged by their rights of now."""
    held = await asker(hands, workspace, task.actor, source=SOURCE, limits=task.narrowed)
    if not held.configures or not held.may(task.object, "update"):
        raise AskerGone
    return Running(
        hands=hands, id=task.id, object=task.object, state=task.state, held=held,
        fields=fields(held, task.object, task.spec.fields), where=task.spec.where,
        size=size,
    )  # fmt: skip


async def _page(running: Running, tx: Tx) -> bool:
    """Do one page and say whether there may be another one."""
    task = await ledger.held(tx, running.id, running.state)
    if task is None:
        return False
    if running.state == "undoing":
        counts, more = await _given_back(tx, running, task)
        samples = None
    else:
        counts, samples, more = await _read_again(tx, running, task)
    await ledger.advance(tx, running.id, counts, samples)
    if not more:
        await ledger.end(tx, running.id, ENDS[running.state])
    return more


async def _read_again(
    tx: Tx, running: Running, task: StandardRun
) -> tuple[dict[str, Any], dict[str, Any] | None, bool]:
    counts = _begun(task)
    asked = Query(
        select=("id", "version", *(one.key for one in running.fields)),
        where=running.where,
        order=("id",),
        limit=running.size,
        cursor=counts.get("cursor"),
    )
    page = orjson.loads(await read.page(tx, running.held, running.object, asked))
    samples = {key: {**seen} for key, seen in task.samples.items()}
    entries: list[Entry] = []
    raws = await typed(tx, running.object, running.fields, page["items"])
    for record in page["items"]:
        given: dict[str, Json] = {}
        raw: dict[str, Json] = {}
        for field, found in changes(running.fields, record, raws.get(record["id"], {})):
            told = counts["fields"].setdefault(field.key, {})
            told[found.verdict] = told.get(found.verdict, 0) + 1
            seen = samples.setdefault(field.key, {}).setdefault(found.verdict, [])
            if len(seen) < SAMPLES and running.state == "looking":
                samples[field.key][found.verdict] = [*seen, record["id"]]
            if found.verdict == "changed":
                given[field.key] = found.value
                raw |= {} if found.typed is None else {field.key: found.typed}
        if given:
            entries.append(_entry(record["id"], record["version"], given, raw))
    counts["records"] += len(page["items"])
    counts["changed"] += len(entries)
    counts["cursor"] = page["next"]
    if running.state == "running":
        await _written(tx, running, entries, counts, cause=str(running.id))
    return counts, samples if running.state == "looking" else None, page["next"] is not None


def _begun(task: StandardRun) -> dict[str, Any]:
    zero = {"records": 0, "changed": 0, "refused": 0, "left": 0, "fields": {}}
    return {**zero, **task.counts}


def _entry(record: str, version: int, given: Mapping[str, Json], raw: Mapping[str, Json]) -> Entry:
    """Give the change of one record, as somebody who has seen this version of it asks for it."""
    return Entry(record=UUID(record), version=version, given=given, values=given, raw=raw)


async def _written(
    tx: Tx, running: Running, entries: Sequence[Entry], counts: dict[str, Any], *, cause: str
) -> None:
    """Have changes walk the intake; those that it refuses are counted, the others are done."""
    if not entries:
        return
    batch = Batch(
        policy=running.held,
        object=running.held.snapshot.objects[running.object],
        action="update",
        entries=tuple(entries),
        source=SOURCE,
        cause=cause,
        read=True,
    )
    done = (await running.hands.take_in(batch, tx)).entries
    refused = sum(one.fate is Fate.REFUSED for one in done)
    counts["refused"] += refused
    counts["changed"] -= refused


async def _given_back(tx: Tx, running: Running, task: StandardRun) -> tuple[dict[str, Any], bool]:
    counts = _begun(task)
    rows = await tx.rows(
        QUERIES["changes_of_standard_run"](
            since=task.started_at, after=counts.get("seq", 0), object=running.object,
            id=str(running.id), limit=running.size,
        )
    )  # fmt: skip
    ids = {row[1] for row in rows}
    seen = await read.some(tx, running.held, running.object, ids) if ids else {}
    now = {id_: orjson.loads(one.json) for id_, one in seen.items()}
    entries: list[Entry] = []
    for _, record, old, new in rows:
        given = _as_before(running, now.get(record, {}), orjson.loads(old), orjson.loads(new))
        if given:
            entries.append(_entry(str(record), now[record]["version"], given, {}))
        else:
            counts["left"] += 1
    counts["records"] += len(rows)
    counts["changed"] += len(entries)
    counts["seq"] = rows[-1][0] if rows else counts.get("seq", 0)
    await _written(tx, running, entries, counts, cause=f"undo {running.id}")
    return counts, len(rows) == running.size


def _as_before(
    running: Running,
    now: Mapping[str, Json],
    old: Mapping[str, Json],
    new: Mapping[str, Json],
) -> dict[str, Json]:
    """Give the old values of the fields that still hold what the run put there."""
    known = running.held.snapshot.objects[running.object].fields
    return {
        key: old.get(key)
        for key, value in new.items()
        if key in known
        and key in now
        and now[key] == known[key].kind.told(value, known[key].settings)
    }
