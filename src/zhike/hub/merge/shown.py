"""
Merges as a viewer may see them: which values were taken from where, what the others hold that was
not taken, how much leads to the survivor now.

Of every record only what the viewer sees of it. A merge is there for those who see its survivor.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.merge import links
from zhike.hub.merge.faults import UnknownMerge
from zhike.hub.merge.ledger import QUERIES
from zhike.hub.merge.parting import Conflict
from zhike.kernel.faults import Fault, problem
from zhike.kernel.sql import Sql, every, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json
from zhike.store import read
from zhike.store.merged import parts
from zhike.store.read.history import changed

LAST = 2**62


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which merges are asked for: one, or those of a record and of all that went into it."""

    id: UUID | None = None
    record: UUID | None = None
    before: int = LAST
    limit: int = 1


async def is_batch(tx: Tx, id: UUID) -> bool:  # noqa: A002 - what it is
    """Say whether an id is that of many merges."""
    return bool(await tx.rows(QUERIES["batches"](id=id, run=None)))


async def place(tx: Tx, id: UUID) -> str:  # noqa: A002 - what it is
    """Name the object of a merge, which must exist; who may know of it is decided elsewhere."""
    row = await tx.row(QUERIES["merge"](id=id))
    if row is None:
        raise UnknownMerge
    return str(row[1])


async def listed(tx: Tx, held: Policy, obj: str, wanted: Wanted) -> list[dict[str, Any]]:
    """Give merges, newest first."""
    read.readable(held, obj)
    rows = await tx.rows(_statement(held, obj, wanted))
    ids = [row[0] for row in rows]
    if not ids:
        return []
    went = await tx.rows(QUERIES["parts"](ids=ids))
    seen = await read.parts(tx, held, obj, {record for _, record in went})
    moved = await _moved(tx, held, obj, ids)
    return [
        {
            **_told(held, obj, row),
            "parts": [
                {"id": record, "record": _json(seen.get(record))}
                for merge, record in went
                if merge == row[0]
            ],
            **moved.get(row[0], {"moved": {}, "left": {}}),
        }
        for row in rows
    ]


def _statement(held: Policy, obj: str, wanted: Wanted) -> Sql:
    known = held.snapshot.objects[obj]
    chosen = [sql("m.object = {object}", object=param(obj, "text"))]
    if wanted.id is not None:
        chosen.append(sql("m.id = {id}", id=param(wanted.id, "uuid")))
    if wanted.record is not None:
        asked = parts(obj, param(wanted.record, "uuid"))
        chosen.append(sql("m.survivor IN ({ids})", ids=asked))
    chosen.append(sql("m.seq < {before}", before=param(wanted.before, "bigint")))
    return sql(
        "SELECT e.id, e.seq, e.survivor, {title}::text, e.actor, u.name, e.at, e.undone_at,"
        " e.taken, coalesce(c.changes, '[]') FROM (SELECT m.*, m.before::jsonb AS old,"
        " m.after::jsonb AS new FROM zk_merge AS m WHERE {chosen}) AS e"
        " JOIN {table} AS t ON t.id = e.survivor LEFT JOIN zk_user AS u ON u.id = e.actor{changed}"
        " WHERE {seen} ORDER BY e.seq DESC LIMIT {limit}",
        title=held.shown(obj, known.title, "t") or sql("NULL"),
        chosen=every(chosen),
        table=ident(known.table),
        changed=changed(held.rights, obj),
        seen=held.rows(obj, "t") or sql("true"),
        limit=param(wanted.limit, "integer"),
    )


def _told(held: Policy, obj: str, row: Sequence[Any]) -> dict[str, Any]:
    id_, seq, survivor, title, actor, name, at, undone, taken, changes = row
    known = {key: one for key, one in orjson.loads(taken).items() if _is_seen(held, obj, key)}
    return {
        "id": id_,
        "seq": seq,
        "object": obj,
        "survivor": {"id": survivor, "title": title},
        "state": "undone" if undone else "done",
        "actor": {"id": actor, "name": name} if actor else None,
        "at": at,
        "undone_at": undone,
        "values": known,
        "changes": _json(changes),
    }


def _is_seen(held: Policy, obj: str, key: str) -> bool:
    return held.level(obj, key) != "hidden"


async def _moved(
    tx: Tx, held: Policy, obj: str, ids: Sequence[UUID]
) -> Mapping[UUID, dict[str, dict[str, int]]]:
    """Count what leads to the survivors now, and what could not, as far as the viewer sees it."""
    counting = list(_counting(held, obj, ids))
    if not counting:
        return {}
    found: dict[UUID, dict[str, dict[str, int]]] = {}
    for merge, name, left, count in await tx.rows(joined(counting, by=" UNION ALL ")):
        told = found.setdefault(merge, {"moved": {}, "left": {}})
        told["left" if left else "moved"][name] = count
    return found


def _counting(held: Policy, obj: str, ids: Sequence[UUID]) -> Iterator[Sql]:
    for one in links.references(held.snapshot, obj):
        if held.may(one.object.key, "read") and held.level(*one.key) in ("read", "write"):
            seen = (held.rows(one.object.key, "c"), held.plain(*one.key, "c"))
            yield sql(
                "SELECT v.merge, {name}, v.why <> '', count(DISTINCT v.record)"
                " FROM zk_merge_move AS v JOIN {table} AS c ON c.id = v.record"
                " WHERE v.merge = ANY({ids}) AND v.object = {object} AND v.field = {field}"
                " AND c.deleted_at IS NULL AND {seen} GROUP BY 1, 3",
                name=param(".".join(one.key), "text"),
                table=ident(one.object.table),
                ids=param(list(ids), "uuid[]"),
                object=param(one.object.key, "text"),
                field=param(one.field.key, "text"),
                seen=every(each for each in seen if each),
            )


async def conflicts(
    tx: Tx, held: Policy, some: Sequence[Conflict], language: Language
) -> list[dict[str, Json]]:
    """Tell what is not as it was before a merge, as far as the viewer sees records and fields."""
    by_object: dict[str, set[UUID]] = {}
    for one in some:
        by_object.setdefault(one.object, set()).add(one.record)
    seen = {
        obj: await read.titles(tx, held, obj, ids)
        for obj, ids in by_object.items()
        if held.may(obj, "read")
    }
    return [
        {"object": one.object, "record": one.record, "field": one.field,
         **_said(one.fault, language)}
        for one in some
        if one.record in seen.get(one.object, {}) and _named(held, one)
    ]  # fmt: skip


def _named(held: Policy, one: Conflict) -> bool:
    known = held.snapshot.objects[one.object].fields
    return one.field not in known or _is_seen(held, one.object, one.field)


def _said(fault: type[Fault], language: Language) -> dict[str, Json]:
    return {"code": fault.word(), "message": problem(fault).says(language)}


def _json(text: Any) -> Any:
    return orjson.loads(text) if isinstance(text, str | bytes) else text
