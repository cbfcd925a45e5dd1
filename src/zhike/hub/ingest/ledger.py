"""The books of an import: its plan, how far it came, what is wrong with which line."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.ingest.faults import Cancelled, NotADraft, RunElsewhere, UnknownImport
from zhike.hub.ingest.spec import ImportSpec
from zhike.hub.jobs import Books, reasons
from zhike.kernel.faults import Fault
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.meta import Json

QUERIES = load(Path(__file__).with_name("queries.sql"))
State = Literal["draft", "waiting", "running", "done", "failed", "cancelled", "undoing", "undone"]
PAGE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How far an import came, and what became of its lines."""

    line: int = 0
    """The last line that is done with; everything up to it is kept, nothing after it."""
    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    failed: int = 0
    remarked: int = 0
    """Lines that came in with something to tell about them."""
    ignored: Sequence[Sequence[Json]] = ()
    """Lines that are no records (totals, notes), with the word for what they are."""
    along: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By object: what became of the records that lines brought along."""
    unknown: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The names that nobody goes by, per column, with how often each came."""
    stopped: Mapping[str, str] = field(default_factory=dict)
    """Why it stopped before its end, in both languages."""

    def bringing(self, more: Mapping[str, Mapping[str, int]]) -> Self:
        """Add what came along in a chunk."""
        along = {key: dict(fates) for key, fates in self.along.items()}
        for key, fates in more.items():
            known = along.setdefault(key, {})
            for fate, count in fates.items():
                known[fate] = known.get(fate, 0) + count
        return replace(self, along=along)

    def json(self) -> str:
        """Give the counts as they are kept."""
        return json.dumps(
            {name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One import as the books have it."""

    id: UUID
    object: str
    file: UUID | None
    name: str
    state: State
    spec: ImportSpec
    counts: Counts
    actor: UUID | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    hash: str | None
    """Of the file's content."""
    asked_at: datetime
    narrowed: Sequence[str] | None = None
    """What the key it was started with leaves of the rights."""

    @property
    def total(self) -> int:
        """The number of lines below the head, blank ones included."""
        return max(self.counts.rows, self.spec.last - max(self.spec.header, default=0))

    def described(self) -> Mapping[str, Json]:
        """Give the state as the API shows it."""
        counts = self.counts
        seconds = _seconds(self.started_at, self.ended_at or self.asked_at)
        rate = counts.rows / seconds if seconds else 0.0
        left = self.total - counts.rows
        running = self.state == "running" and rate > 0
        return {
            "id": str(self.id),
            "object": self.object,
            "name": self.name,
            "state": self.state,
            "rows": counts.rows,
            "total": self.total if self.state != "done" else counts.rows,
            "created": counts.created,
            "updated": counts.updated,
            "unchanged": counts.unchanged,
            "skipped": counts.skipped,
            "failed": counts.failed,
            "remarked": counts.remarked,
            "ignored": [{"line": line, "why": why} for line, why in counts.ignored],
            "along": counts.along,
            "unknown": counts.unknown,
            "stopped": counts.stopped or None,
            "rate": round(rate, 1),
            "eta": round(left / rate, 1) if running else None,
            "on_duplicate": self.spec.on_duplicate,
            "actor": str(self.actor) if self.actor else None,
            "created_at": self.created_at.isoformat(),
            "started_at": self.started_at.isoformat() if self.started_at else None,
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


def _seconds(start: datetime | None, end: datetime) -> float:
    return max((end - start).total_seconds(), 0.001) if start else 0.0


async def add(tx: Tx, *, obj: str, file: UUID, name: str, spec: ImportSpec) -> UUID:
    """Keep a draft."""
    made: UUID = await tx.value(
        QUERIES["add_import"](
            object=obj, file=file, name=name, plan=spec.model_dump_json(), actor=tx.viewer.id
        )
    )
    return made


async def found(tx: Tx, id: UUID, *, policy: Policy | None = None) -> Import:  # noqa: A002 - what it is
    """Give an import; with a policy, only to whoever made it or may configure."""
    row = await tx.row(QUERIES["import"](id=id))
    if row is None:
        raise UnknownImport
    task = _import(row)
    if policy is not None and not policy.configures and task.actor != policy.viewer.id:
        raise UnknownImport
    return task


def _import(row: Sequence[Any]) -> Import:
    (
        id_,
        obj,
        file,
        name,
        state,
        plan,
        kept,
        actor,
        created,
        started,
        ended,
        hash_,
        now,
        narrowed,
    ) = row
    spec, counts = ImportSpec.model_validate_json(plan), Counts(**orjson.loads(kept))
    return Import(
        id=id_, object=obj, file=file, name=name, state=state,
        spec=spec, counts=counts, actor=actor,
        created_at=created, started_at=started, ended_at=ended, hash=hash_, asked_at=now,
        narrowed=narrowed,
    )  # fmt: skip


async def unfinished(tx: Tx, *, obj: str, hash: str, spec: ImportSpec) -> UUID | None:  # noqa: A002 - what it is
    """Find an import of the same content in the same way that never came to its end."""
    rows = await tx.rows(QUERIES["unfinished"](object=obj, hash=hash, actor=tx.viewer.id))
    same = (id_ for id_, plan in rows if ImportSpec.model_validate_json(plan).meant == spec.meant)
    return next(same, None)


async def amend(tx: Tx, task: Import, spec: ImportSpec) -> Import:
    """Change the plan of a draft."""
    if not await tx.row(QUERIES["amend_import"](id=task.id, plan=spec.model_dump_json())):
        raise NotADraft(state=task.state)
    return replace(task, spec=spec)


async def await_turn(tx: Tx, task: Import) -> None:
    """Say that a draft is finished and waits to be run."""
    if not await tx.row(QUERIES["await_import"](id=task.id, narrowed=tx.viewer.limits)):
        raise NotADraft(state=task.state)


async def drop(tx: Tx, id: UUID) -> None:  # noqa: A002 - what it is
    """Forget a draft."""
    await tx.run(QUERIES["drop_import"](id=id))


async def begin(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Say that it runs, or runs on, where what is done stays done; says no if it is over."""
    return await tx.row(QUERIES["begin_import"](id=id)) is not None


async def advance(tx: Tx, id: UUID, counts: Counts, *, since: int) -> None:  # noqa: A002 - what it is
    """Keep how far it came, unless somebody else moved it meanwhile."""
    if not await tx.row(QUERIES["advance_import"](id=id, counts=counts.json(), line=since)):
        raise RunElsewhere


async def end(tx: Tx, id: UUID, counts: Counts, *, state: State) -> None:  # noqa: A002 - what it is
    """Close the books."""
    await tx.run(QUERIES["end_import"](id=id, counts=counts.json(), state=state))


async def fail(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    """Close the books, with why it stopped."""
    kept = (await found(tx, id)).counts
    await end(tx, id, replace(kept, stopped=reasons(fault)), state="failed")


BOOKS = Books(
    name="import", source="import", begin=begin, found=found, fail=fail, passing=(RunElsewhere,)
)


async def cancel(tx: Tx, task: Import) -> None:
    """Give it up; what is done stays done, and can be taken back."""
    if not await tx.row(QUERIES["cancel_import"](id=task.id)):
        raise Cancelled(state=task.state)


async def add_problems(tx: Tx, id: UUID, problems: Sequence[Json]) -> None:  # noqa: A002 - what it is
    """Keep what is wrong with some lines."""
    if problems:
        written = json.dumps(problems, ensure_ascii=False)
        await tx.run(QUERIES["add_problems"](id=id, problems=written))


async def problems(
    tx: Tx,
    id: UUID,  # noqa: A002 - what it is
    *,
    after: int = 0,
    limit: int = PAGE,
) -> list[Mapping[str, Json]]:
    """Give a page of what is wrong, by line."""
    rows = await tx.rows(QUERIES["problems"](id=id, after=after, limit=limit))
    return [
        {
            "line": line,
            "failed": failed,
            "cells": orjson.loads(cells) if cells else None,
            "problems": orjson.loads(wrong),
        }
        for line, failed, cells, wrong in rows
    ]


async def all_problems(tx: Tx, id: UUID) -> AsyncIterator[list[Mapping[str, Json]]]:  # noqa: A002 - what it is
    """Give everything that is wrong, page by page."""
    after = 0
    while page := await problems(tx, id, after=after):
        yield page
        after = page[-1]["line"]
