"""The books of exports: what was asked by whom, who decided, how far it came, when it ends."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

import orjson

from zhike.hub.export.faults import UnknownExport
from zhike.hub.export.trace import shown
from zhike.hub.jobs import reasons
from zhike.kernel.faults import Fault
from zhike.kernel.queries import load
from zhike.kernel.tx import Row, Tx
from zhike.kernel.words import Language
from zhike.meta import Json

QUERIES = load(Path(__file__).with_name("queries.sql"))
State = Literal["asked", "waiting", "running", "done", "refused", "failed", "cancelled", "expired"]
LONGEST_REASON = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One export as the books have it."""

    id: UUID
    object: str
    state: State
    query: Mapping[str, Json]
    format: str
    count: int
    actor: UUID | None
    name: str | None
    number: str | None
    trace: str
    expected: int | None
    reason: str
    narrowed: frozenset[str] | None
    ip: str
    agent: str
    decided_by: UUID | None
    decider: str | None
    decided_at: datetime | None
    decision: str
    fault: Mapping[str, str] | None
    standing: str
    size: int | None
    digest: str | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    expires_at: datetime | None

    @property
    def here(self) -> bool:
        """Whether its file can be fetched."""
        return (
            self.state == "done"
            and self.expires_at is not None
            and self.expires_at > datetime.now(UTC)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is written down when somebody asks."""

    object: str
    query: Mapping[str, Json]
    format: str
    trace: str
    state: State
    expected: int | None
    reason: str


async def add(tx: Tx, asking: Asking) -> UUID:
    """Keep what was asked."""
    viewer, origin = tx.viewer, tx.origin
    made: UUID = await tx.value(
        QUERIES["add_export"](
            object=asking.object,
            query=json.dumps(asking.query, ensure_ascii=False),
            format=asking.format,
            actor=viewer.id,
            state=asking.state,
            trace=asking.trace,
            expected=asking.expected,
            reason=asking.reason[:LONGEST_REASON],
            narrowed=viewer.limits,
            ip=origin.ip[:64],
            agent=origin.agent[:300],
        )
    )
    return made


async def found(tx: Tx, id: UUID) -> Export:  # noqa: A002 - what it is
    """Give an export, whoever asks; who may know of it is decided elsewhere."""
    row = await tx.row(QUERIES["export"](id=id))
    if row is None:
        raise UnknownExport
    return _export(row)


async def some(tx: Tx, ids: Sequence[UUID]) -> Sequence[Export]:
    """Give several exports in the order of their ids."""
    return [_export(row) for row in await tx.rows(QUERIES["some_exports"](ids=list(ids)))]


async def begin(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Run it; says no if it is long over."""
    return await tx.row(QUERIES["begin_export"](id=id)) is not None


async def advance(tx: Tx, id: UUID, count: int) -> bool:  # noqa: A002 - what it is
    """Keep how far it came; says no if nobody wants it any more."""
    return await tx.row(QUERIES["advance_export"](id=id, count=count)) is not None


async def stop(tx: Tx, id: UUID, state: State, fault: Fault) -> bool:  # noqa: A002 - what it is
    """Close the books on one that failed or was refused."""
    said = {"code": fault.word(), **reasons(fault)}
    written = json.dumps(said, ensure_ascii=False)
    row = await tx.row(QUERIES["stop_export"](id=id, state=state, fault=written))
    return row is not None


def described(export: Export, language: Language) -> Mapping[str, Json]:
    """Give an export as its asker sees it."""
    return {
        **outline(export),
        "state": export.state,
        "trace": shown(export.trace),
        "count": export.count,
        "file": f"/api/v1/exports/{export.id}/file" if export.here else None,
        "size": export.size,
        "decided_by": _person(export.decided_by, export.decider, None),
        "decided_at": export.decided_at,
        "decision": export.decision,
        "fault": _told(export, language),
        "started_at": export.started_at,
        "ended_at": export.ended_at,
        "expires_at": export.expires_at,
    }


def outline(export: Export) -> Mapping[str, Json]:
    """Give what whoever approves needs to know: the question, never an answer."""
    return {
        "id": export.id,
        "object": export.object,
        "format": export.format,
        "query": dict(export.query),
        "state": export.state,
        "expected": export.expected,
        "reason": export.reason,
        "user": _person(export.actor, export.name, export.number),
        "created_at": export.created_at,
    }


def evidence(export: Export, downloads: Sequence[Row], language: Language) -> Mapping[str, Json]:
    """Give everything the books know, for those who audit."""
    names = ("at", "name", "ip", "agent")
    return {
        **described(export, language),
        "file": None,
        "ip": export.ip,
        "agent": export.agent,
        "digest": export.digest,
        "downloads": [dict(zip(names, one, strict=True)) for one in downloads],
    }


def _person(id_: UUID | None, name: str | None, number: str | None) -> Json:
    return {"id": id_, "name": name, "number": number} if id_ else None


def _told(export: Export, language: Language) -> Json:
    fault = export.fault
    return {"code": fault["code"], "message": fault[language]} if fault else None


def _export(row: Row) -> Export:
    facts = dict(zip(Export.__slots__, row, strict=True))
    return Export(
        **{
            **facts,
            "query": orjson.loads(facts["query"]),
            "fault": orjson.loads(facts["fault"]) if facts["fault"] else None,
            "narrowed": None if facts["narrowed"] is None else frozenset(facts["narrowed"]),
        }
    )
