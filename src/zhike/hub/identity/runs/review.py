"""
What a run found, as its viewer may see it: pairs with their reasons, clusters, the open questions.

A pair is there only for who sees both records; a reason only if its field shows plainly.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.identity.faults import UnknownPair
from zhike.hub.identity.runs.aspects import aspects, reads
from zhike.hub.identity.runs.ledger import QUERIES, Decision, Run, levels_read
from zhike.hub.identity.runs.model import Model
from zhike.kernel.sql import NOTHING, Sql, every, ident, param, sql
from zhike.kernel.tx import Row, Tx
from zhike.meta import Json
from zhike.store.quality import likened

SURE = 0.999
"""From this score on nobody is asked: records are so much alike that a list may be accepted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which pairs are asked for: by score, from where on, and only those nobody decided."""

    least: float = 0.0
    most: float = 1.0
    after: tuple[float, UUID] | None = None
    limit: int = 50
    undecided: bool = False


async def pairs(tx: Tx, held: Policy, run: Run, wanted: Wanted) -> list[dict[str, Json]]:
    """Give pairs of a run, surest first."""
    rows = await tx.rows(_statement(held, run, wanted))
    model = _model(held, run)
    shown = _plain(held, run.object)
    return [_told(row, model, shown) for row in rows]


async def clusters(
    tx: Tx, held: Policy, run: Run, *, after: int, limit: int
) -> list[dict[str, Json]]:
    """Give clusters of a run by number, each with the records that may be seen (two at least)."""
    table = ident(held.snapshot.objects[run.object].table)
    rows = await tx.rows(
        sql(
            "SELECT c.number,"
            " json_agg(json_build_object('id', t.id, 'title', {title}) ORDER BY t.id)"
            " FROM zk_identity_cluster AS c JOIN {table} AS t ON t.id = c.record"
            " WHERE c.run = {run} AND c.number > {after} AND {seen}"
            " GROUP BY c.number HAVING count(*) > 1 ORDER BY c.number LIMIT {limit}",
            title=_title(held, run.object, "t"),
            table=table,
            run=param(run.id, "uuid"),
            after=param(after, "integer"),
            limit=param(limit, "integer"),
            seen=_seen(held, run.object, "t"),
        )
    )
    return [{"number": number, "records": _json(records)} for number, records in rows]


async def decide(tx: Tx, held: Policy, pair: UUID, decision: Decision) -> str:
    """Keep what a person says of a pair they may see; gives the object."""
    row = await tx.row(QUERIES["pair"](id=pair))
    if row is None or row[1] not in held.snapshot.objects:
        raise UnknownPair
    _, obj, a, b = row
    known = held.snapshot.objects[obj]
    seen = await tx.value(
        sql(
            "SELECT count(*) FROM {table} AS t WHERE t.id = ANY({ids}) AND {seen}",
            table=ident(known.table),
            ids=param([a, b], "uuid[]"),
            seen=_seen(held, obj, "t"),
        )
    )
    if seen != 2:  # noqa: PLR2004 - both of them
        raise UnknownPair
    held.demand(obj, "update")
    await tx.run(QUERIES["decide"](object=obj, a=a, b=b, decision=decision, actor=held.viewer.id))
    await likened(tx, held.snapshot, known, records=(a, b))
    return str(obj)


def _statement(held: Policy, run: Run, wanted: Wanted) -> Sql:
    table = ident(held.snapshot.objects[run.object].table)
    score, last = wanted.after or (None, None)
    conditions = [
        sql("p.run = {run}", run=param(run.id, "uuid")),
        sql("p.score >= {least}", least=param(wanted.least, "double precision")),
        sql("p.score <= {most}", most=param(wanted.most, "double precision")),
        _seen(held, run.object, "a"),
        _seen(held, run.object, "b"),
    ]
    if wanted.after:
        conditions.append(
            sql(
                "(p.score < {score} OR (p.score = {score} AND p.id > {last}))",
                score=param(score, "double precision"),
                last=param(last, "uuid"),
            )
        )
    if wanted.undecided:
        conditions.append(sql("d.decision IS NULL"))
    return sql(
        "SELECT p.id, p.score, p.levels, p.joined, d.decision,"
        " json_build_object('id', a.id, 'title', {left}),"
        " json_build_object('id', b.id, 'title', {right})"
        " FROM zk_identity_pair AS p"
        " JOIN {table} AS a ON a.id = p.a JOIN {table} AS b ON b.id = p.b"
        " LEFT JOIN zk_identity_decision AS d ON d.object = {object} AND d.a = p.a AND d.b = p.b"
        " WHERE {where} ORDER BY p.score DESC, p.id LIMIT {limit}",
        left=_title(held, run.object, "a"),
        right=_title(held, run.object, "b"),
        table=table,
        object=param(run.object, "text"),
        where=every(conditions),
        limit=param(wanted.limit, "integer"),
    )


def _seen(held: Policy, obj: str, alias: str) -> Sql:
    there = sql("{deleted} IS NULL", deleted=ident(alias, "deleted_at"))
    return every(one for one in (there, held.rows(obj, alias)) if one)


def _title(held: Policy, obj: str, alias: str) -> Sql:
    return held.shown(obj, held.snapshot.objects[obj].title, alias) or sql("NULL")


def _plain(held: Policy, obj: str) -> frozenset[str]:
    """Name the fields that show plainly on every record the viewer sees."""
    return frozenset(
        one.field
        for one in aspects(held.snapshot, held.snapshot.objects[obj])
        if all(
            held.level(obj, read) in ("read", "write") and held.plain(obj, read, "t") == NOTHING
            for read in reads(held.snapshot, obj, one)
        )
    )


def _model(held: Policy, run: Run) -> Model | None:
    """Give the weights of a run for the fields that are still there."""
    if not run.model:
        return None
    return Model.read(run.model, aspects(held.snapshot, held.snapshot.objects[run.object]))


def _told(row: Row, model: Model | None, shown: frozenset[str]) -> dict[str, Json]:
    id_, score, levels, joined, decision, one, other = row
    reasons = model.reasons(levels_read(levels)) if model else []
    return {
        "id": id_,
        "a": _json(one),
        "b": _json(other),
        "score": score,
        "joined": joined,
        "decision": decision,
        "reasons": [found for found in reasons if found["field"] in shown],
    }


def _json(text: Any) -> Any:
    return orjson.loads(text) if isinstance(text, str | bytes) else text
