"""The books of runs: what was asked, how far it came, what was found, what people said to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal
from uuid import UUID

import orjson

from zhike.hub.identity.faults import UnknownRun
from zhike.hub.identity.runs import paper
from zhike.hub.jobs import Books, reasons
from zhike.kernel.faults import Fault
from zhike.kernel.queries import load
from zhike.kernel.sql import ident
from zhike.kernel.tx import Row, Tx
from zhike.kernel.words import Language
from zhike.meta import Json

QUERIES = load(Path(__file__).with_name("queries.sql"))
Decision = Literal["same", "different"]
Pairing = tuple[str, str]
PRIOR = ""
"""What the prior is called among the weights."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run as the books have it."""

    id: UUID
    object: str
    state: str
    threshold: float
    step: str
    records: int
    pairs: int
    clusters: int
    model: Mapping[str, Any] | None
    fault: Mapping[str, str] | None
    actor: UUID | None
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    incremental: bool
    base: UUID | None
    """The run before, by whose weights this one judges and whose pairs it takes over."""

    def described(self, language: Language) -> Mapping[str, Json]:
        """Give it as its asker sees it."""
        fault = self.fault
        return {
            "id": self.id,
            "object": self.object,
            "state": self.state,
            "threshold": self.threshold,
            "incremental": self.incremental,
            "step": self.step,
            "records": self.records,
            "pairs": self.pairs,
            "clusters": self.clusters,
            "fault": {"code": fault["code"], "message": fault[language]} if fault else None,
            "created_at": self.created_at,
            "started_at": self.started_at,
            "ended_at": self.ended_at,
        }


async def add(tx: Tx, *, obj: str, threshold: float, incremental: bool) -> UUID:
    """Write down that a run is wanted."""
    made: UUID = await tx.value(
        QUERIES["add_run"](
            object=obj, threshold=threshold, actor=tx.viewer.id, incremental=incremental
        )
    )
    return made


async def found(tx: Tx, id: UUID) -> Run:  # noqa: A002 - what it is
    """Give a run, whoever asks; who may know of it is decided elsewhere."""
    row = await tx.row(QUERIES["run"](id=id))
    if row is None:
        raise UnknownRun
    return _run(row)


async def listed(tx: Tx, obj: str, *, before: UUID | None, limit: int) -> Sequence[Run]:
    """Give the runs of an object, newest first, those before one."""
    rows = await tx.rows(QUERIES["runs"](object=obj, before=before, limit=limit))
    return [_run(row) for row in rows]


def _run(row: Row) -> Run:
    facts = dict(zip(Run.__slots__, row, strict=True))
    read = {key: orjson.loads(facts[key]) if facts[key] else None for key in ("model", "fault")}
    return Run(**{**facts, **read})


async def last(tx: Tx, obj: str) -> UUID | None:
    """Give the latest run of an object that came to its end."""
    id_: UUID | None = await tx.value(QUERIES["last_run"](object=obj))
    return id_


async def followed(tx: Tx, run: Run) -> Run | None:
    """Give the run that an incremental one follows, if there is one that learnt something."""
    id_ = await last(tx, run.object) if run.incremental else None
    base = await found(tx, id_) if id_ else None
    if base is None or not base.model:
        return None
    await tx.run(QUERIES["follow"](id=run.id, base=base.id))
    return base


async def known_pairs(tx: Tx, run: Run) -> Sequence[tuple[str, str, list[int | None]]]:
    """Give what a run found: two records, and the levels they agree on."""
    return read_pairs(await tx.rows(QUERIES["known_pairs"](id=run.id)))


def read_pairs(rows: Iterable[Row]) -> Sequence[tuple[str, str, list[int | None]]]:
    """Read pairs as they are kept."""
    return [(str(a), str(b), levels_read(levels)) for a, b, levels in rows]


async def begin(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Run it; says no if it is over."""
    if await tx.row(QUERIES["begin_run"](id=id)) is None:
        return False
    await tx.several([QUERIES["clear_pairs"](id=id), QUERIES["clear_clusters"](id=id)])
    return True


async def advance(tx: Tx, id: UUID, step: str, records: int) -> None:  # noqa: A002 - what it is
    """Say what is being done."""
    await tx.run(QUERIES["advance_run"](id=id, step=step, records=records))


async def keep(tx: Tx, id: UUID, folder: Path, *, taken: int = 0) -> None:  # noqa: A002 - what it is
    """
    Write down what a run found, from its papers, and that it is over.

    `taken` pairs stand there already, and clusters, which the run before found.
    """
    run, first = str(id), await tx.value(QUERIES["next_number"](id=id))
    pairs = await tx.copy_in(
        ident("zk_identity_pair"),
        ("run", "a", "b", "score", "levels", "joined"),
        (
            (run, one.a, one.b, repr(one.score), _written(one.levels), "t" if one.joined else "f")
            for one in paper.read_pairs(folder)
        ),
    )
    await tx.copy_in(
        ident("zk_identity_cluster"),
        ("run", "number", "record"),
        (
            (run, str(number), record)
            for number, records in enumerate(paper.read_clusters(folder), first)
            for record in records
        ),
    )
    model = paper.read_model(folder)
    await tx.run(QUERIES["end_run"](id=id, pairs=taken + pairs, model=orjson.dumps(model).decode()))
    if model and (await found(tx, id)).base is None:
        await _keep_weights(tx, id, model)


async def _keep_weights(tx: Tx, id: UUID, model: Mapping[str, Any]) -> None:  # noqa: A002
    """Have the gate judge as this run did, in the place of what was learnt before."""
    run = await found(tx, id)
    weights = [{"comparison": PRIOR, "level": 0, "m": model["prior"], "u": 1 - model["prior"]}]
    weights += [
        {"comparison": field, "level": level, "m": m, "u": u}
        for field, worth in model["worth"].items()
        for level, (m, u) in enumerate(zip(worth["m"], worth["u"], strict=True))
    ]
    await tx.several(
        [
            QUERIES["forget_weights"](object=run.object),
            QUERIES["keep_weights"](
                object=run.object, run=id, weights=orjson.dumps(weights).decode()
            ),
        ]
    )


async def fail(tx: Tx, id: UUID, fault: Fault) -> None:  # noqa: A002 - what it is
    """Close the books on a run that cannot be done."""
    said = {"code": fault.word(), **reasons(fault)}
    await tx.run(QUERIES["fail_run"](id=id, fault=orjson.dumps(said).decode()))


BOOKS = Books(
    name="identity run", source="identity", begin=begin, found=found, fail=fail, passing=()
)


async def decisions(tx: Tx, obj: str) -> Mapping[Decision, Sequence[Pairing]]:
    """Give what people said of the records of an object."""
    told: dict[Decision, list[Pairing]] = {"same": [], "different": []}
    for a, b, decision in await tx.rows(QUERIES["decisions"](object=obj)):
        told[decision].append((str(a), str(b)))
    return told


def levels_read(text: str) -> list[int | None]:
    """Read levels as they are kept."""
    return [None if one == "-" else int(one) for one in text.split(",")]


def _written(levels: Sequence[int | None]) -> str:
    return ",".join("-" if one is None else str(one) for one in levels)
