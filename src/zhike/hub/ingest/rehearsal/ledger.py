"""The books of a rehearsal: how far it came, what it counted, and what it found line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Self
from uuid import UUID

import orjson

from zhike.hub.ingest.faults import NeverRehearsed, RunElsewhere
from zhike.hub.ingest.ledger import Import
from zhike.hub.ingest.rehearsal.findings import (
    BITS,
    CELLS,
    FATES,
    KINDS,
    NOTABLE,
    Finding,
    Kind,
    shown,
)
from zhike.hub.ingest.spec import ImportSpec
from zhike.hub.jobs import Books, reasons
from zhike.kernel.faults import Fault, Unavailable
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json, Object

QUERIES = load(Path(__file__).with_name("queries.sql"))
State = Literal["waiting", "running", "done", "failed", "cancelled"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """How far a rehearsal came, and what it counted."""

    line: int = 0
    """The last line that is done with."""
    rows: int = 0
    lines: Mapping[str, int] = field(default_factory=dict)
    """Lines by what would become of them, and by the other kinds of findings."""
    cells: Mapping[str, int] = field(default_factory=dict)
    along: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """By object: what would become of the records that lines bring along."""
    ignored: Sequence[Sequence[Json]] = ()
    """Lines that are no records (totals, notes), with the word for what they are."""
    unknown: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """The names that nobody goes by, per column."""

    def json(self) -> str:
        """Give the totals as they are kept."""
        return orjson.dumps({name: getattr(self, name) for name in self.__slots__}).decode()

    def counting(self, found: Sequence[Finding], *, line: int) -> Self:
        """Add what was found in a chunk that ends with a line."""
        lines, cells = dict(self.lines), dict(self.cells)
        for one in found:
            for kind in one.words:
                if kind not in CELLS:
                    lines[kind] = lines.get(kind, 0) + 1
            for state, count in one.cells.items():
                cells[state] = cells.get(state, 0) + count
        return replace(self, line=line, rows=self.rows + len(found), lines=lines, cells=cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """One rehearsal as the books have it."""

    id: UUID
    draft: UUID
    state: State
    spec: ImportSpec
    """The draft as it was when it was asked for."""
    totals: Totals
    stopped: Mapping[str, str] | None
    actor: UUID | None
    narrowed: Sequence[str] | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    object: str
    asked_at: datetime
    stale: bool
    """Whether the draft was changed since."""

    def described(self, language: Language) -> Mapping[str, Json]:
        """Give the state and the totals as the API shows them."""
        end, begun, rows = self.ended_at or self.asked_at, self.started_at, self.totals.rows
        seconds = max((end - begun).total_seconds(), 0.001) if begun else 0.0
        rate = rows / seconds if seconds else 0.0
        total = max(rows, self.spec.last - max(self.spec.header, default=0))
        running = self.state == "running" and rate > 0
        kept = self.totals.lines
        return {
            "id": str(self.id),
            "import": str(self.draft),
            "object": self.object,
            "state": self.state,
            "stale": self.stale,
            "rows": rows,
            "total": rows if self.state == "done" else total,
            "rate": round(rate, 1),
            "eta": round((total - rows) / rate, 1) if running else None,
            **{fate: kept.get(fate, 0) for fate in FATES},
            "remarked": kept.get("remarked", 0),
            "duplicates": {
                "in_file": kept.get("duplicate_in_file", 0),
                "in_base": kept.get("duplicate_in_base", 0),
            },
            "cells": {state: self.totals.cells.get(state, 0) for state in CELLS},
            "along": self.totals.along,
            "ignored": [{"line": line, "why": why} for line, why in self.totals.ignored],
            "unknown": self.totals.unknown,
            "stopped": self.stopped[language] if self.stopped else None,
            "created_at": self.created_at.isoformat(),
            "started_at": begun.isoformat() if begun else None,
            "ended_at": self.ended_at.isoformat() if self.ended_at else None,
        }


async def add(tx: Tx, task: Import) -> UUID:
    """Keep that a draft is to be tried; what was asked before is given up."""
    await tx.rows(QUERIES["give_up"](**{"import": task.id}))
    made: UUID = await tx.value(
        QUERIES["add_rehearsal"](
            **{"import": task.id}, plan=task.spec.model_dump_json(),
            actor=task.actor, narrowed=tx.viewer.limits,
        )
    )  # fmt: skip
    return made


async def found(tx: Tx, id: UUID) -> Rehearsal:  # noqa: A002 - what it is
    """Give a rehearsal, whoever asks."""
    row = await tx.row(QUERIES["rehearsal"](id=id))
    if row is None:
        raise NeverRehearsed
    return _rehearsal(row)


async def latest(tx: Tx, task: Import) -> Rehearsal:
    """Give the last rehearsal of an import."""
    id_ = await tx.value(QUERIES["latest"](**{"import": task.id}))
    if id_ is None:
        raise NeverRehearsed
    return await found(tx, id_)


def _rehearsal(row: Sequence[Any]) -> Rehearsal:
    id_, draft, state, plan, counts, stopped, *rest = row
    actor, narrowed, created, started, ended, obj, now, draft_plan = rest
    spec = ImportSpec.model_validate_json(plan)
    return Rehearsal(
        id=id_, draft=draft, state=state, spec=spec, totals=Totals(**orjson.loads(counts)),
        stopped=orjson.loads(stopped) if stopped else None, actor=actor, narrowed=narrowed,
        created_at=created, started_at=started, ended_at=ended, object=obj, asked_at=now,
        stale=ImportSpec.model_validate_json(draft_plan) != spec,
    )  # fmt: skip


async def begin(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Say that it runs, or runs on; says no if it is over."""
    return await tx.row(QUERIES["begin"](id=id)) is not None


async def forget_others(tx: Tx, one: Rehearsal) -> None:
    """Forget what was tried of the same draft before."""
    await tx.run(QUERIES["forget_others"](**{"import": one.draft}, id=one.id))


async def forget_old(tx: Tx) -> None:
    """Forget what was tried long ago."""
    await tx.run(QUERIES["forget_old"]())


async def keep(
    tx: Tx,
    id: UUID,  # noqa: A002 - what it is
    found: Sequence[Finding],
    totals: Totals,
    *,
    since: int,
) -> None:
    """Keep what was found in a chunk and how far it came."""
    if found:
        lines = [{"line": one.line, "kinds": one.kinds, "told": one.told} for one in found]
        await tx.run(QUERIES["add_lines"](id=id, lines=orjson.dumps(lines).decode()))
    if not await tx.row(QUERIES["advance"](id=id, counts=totals.json(), line=since)):
        raise RunElsewhere


async def end(tx: Tx, id: UUID, state: State, fault: Fault | None = None) -> None:  # noqa: A002
    """Close the books."""
    stopped = orjson.dumps(reasons(fault)).decode() if fault else None
    await tx.run(QUERIES["end"](id=id, state=state, stopped=stopped))


async def fail(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    """Close the books, with why it stopped."""
    await end(tx, id, "failed", fault)


BOOKS = Books(
    name="dry run", source="import", begin=begin, found=found, fail=fail,
    passing=(RunElsewhere, Unavailable),
)  # fmt: skip


async def page(
    tx: Tx, one: Rehearsal, *, kinds: Sequence[Kind], after: int, limit: int
) -> Sequence[tuple[int, int, Json]]:
    """Give a page of findings: those of any of the kinds, or all."""
    wanted = sum(BITS[kind] for kind in set(kinds))
    if not wanted:
        statement = QUERIES["lines"](id=one.id, after=after, limit=limit)
    else:
        name = "some_lines" if wanted & ~NOTABLE else "notable_lines"
        statement = QUERIES[name](id=one.id, after=after, limit=limit, kinds=wanted)
    return [(line, bits, orjson.loads(told)) for line, bits, told in await tx.rows(statement)]


def described(
    one: Rehearsal, obj: Object, rows: Sequence[tuple[int, int, Json]], language: Language
) -> list[Mapping[str, Json]]:
    """Give findings as the API shows them."""
    columns = one.spec.mapped()
    return [
        {
            "line": line,
            "kinds": [kind for kind in KINDS if bits & BITS[kind]],
            "record": told.get("record"),
            "title": told.get("title"),
            "cells": shown(columns, obj, told, language),
            "problems": [
                {key: said for key, said in problem.items() if key not in {"zh", "en"}}
                | {"message": problem[language]}
                for problem in told.get("problems", ())
            ],
        }
        for line, bits, told in rows
    ]
