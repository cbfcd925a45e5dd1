"""The values one field of one record has had, newest first, each with where it came from."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from zhike.access import MaskedField, Policy
from zhike.kernel.faults import NotFound
from zhike.kernel.sql import Sql, ident, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json, why
from zhike.store.lineage.origins import Known, known, origin
from zhike.store.merged import parts
from zhike.store.read import readable
from zhike.store.read.history import cursor_of, events, sequence_of, together
from zhike.store.read.plan.select import RECORD
from zhike.store.trail import note_reading

MOST = 200


async def lineage(  # noqa: PLR0913 - a page, and of what
    tx: Tx,
    policy: Policy,
    obj: str,
    identity: UUID,
    *,
    field: str,
    limit: int = 50,
    cursor: str | None = None,
) -> Mapping[str, Json]:
    """
    Give a page of what happened to one field of a record, and of what was merged into it.

    `{"field","current","items":[{"at","record","actor","source","cause","kind","old","new","raw"?,
    "why"?,"origin"}],"merges":[…],"next"}`; `current` says where the value of now is from, `merges`
    which rule decided about the field when records became one.

    Raises UnknownField and MaskedField where the record does not show the field plainly.
    """
    readable(policy, obj)
    policy.column(obj, field, RECORD)
    seen = await _seen(tx, policy, obj, identity, field)
    most = max(1, min(limit, MOST))
    rows = await tx.rows(_statement(policy, obj, field, most + 1, sequence_of(cursor), identity))
    told = [(seq, line, _plain(item, field)) for seq, line, item in rows[:most]]
    told = [one for one in told if UUID(str(one[2]["record"])) in seen]
    facts = await known(tx, obj, field, seen, [one for _, _, one in told])
    items = [{**one, "origin": origin(facts, one, line)} for _, line, one in told]
    if policy.snapshot.objects[obj].fields[field].sensitive and policy.rights.roles is not None:
        await note_reading(tx, obj, [field], how="history", records=[identity])
    return {
        "field": field,
        "current": _current(items, identity) if cursor is None else None,
        "items": items,
        "merges": _merges(facts, identity),
        "next": cursor_of(rows[most - 1][0]).decode() if len(rows) > most else None,
    }


async def _seen(  # noqa: PLR0917 - who asks, and of what
    tx: Tx, policy: Policy, obj: str, identity: UUID, field: str
) -> frozenset[UUID]:
    """Name the record and its parts that show the field plainly; the record itself has to."""
    rights = policy.rights
    rows = await tx.rows(
        sql(
            "SELECT {record}.id, {plain} FROM {table} AS {record}"
            " WHERE {record}.id IN ({ids}) AND {rows}"
            " AND ({record}.deleted_at IS NULL OR {record}.id <> {id})",
            record=ident(RECORD),
            plain=policy.plain(obj, field, RECORD) or sql("true"),
            table=ident(rights.snapshot.objects[obj].table),
            ids=parts(obj, param(identity, "uuid")),
            rows=policy.rows(obj, RECORD) or sql("true"),
            id=param(identity, "uuid"),
        )
    )
    shown = {row[0]: row[1] for row in rows}
    if identity not in shown:
        raise NotFound
    if not shown[identity]:
        raise MaskedField(name=rights.snapshot.objects[obj].fields[field].label, field=field)
    return frozenset(id_ for id_, plain in shown.items() if plain)


def _statement(  # noqa: PLR0917 - what, where, and how much
    policy: Policy, obj: str, field: str, limit: int, before: int, identity: UUID
) -> Sql:
    chosen = sql(
        "e.seq < {before} AND (e.new ? {field} OR e.old ? {field})",
        before=param(before, "bigint"),
        field=param(field, "text"),
    )
    each = events(policy.rights, obj, chosen, limit=limit, raw=True)
    return sql(
        "SELECT v.seq, (SELECT e.line FROM zk_event AS e WHERE e.seq = v.seq), v.item"
        " FROM ({all}) AS v ORDER BY v.seq DESC",
        all=together(policy.rights, obj, each, limit=limit),
    ).filled(id=identity)


def _plain(item: Any, field: str) -> dict[str, Any]:
    """Give an event with the change of the one field instead of all."""
    told = orjson.loads(item) if isinstance(item, bytes | str) else dict(item)
    change: dict[str, Any] = next((one for one in told.pop("changes") if one["field"] == field), {})
    one = {**told, "old": change.get("old"), "new": change.get("new")}
    if change.get("raw") is not None:
        one |= {"raw": change["raw"], "why": why(change["raw"], change["new"])}
    return one


def _current(items: Sequence[Mapping[str, Any]], identity: UUID) -> Mapping[str, Json] | None:
    """Say where the value of now is from; of one that came by a merge, where that got it."""
    mine = next((one for one in items if str(one["record"]) == str(identity)), None)
    if mine is None:
        return None
    told = {key: mine[key] for key in ("at", "actor", "new", "origin") if key in mine}
    told["value"] = told.pop("new")
    before = mine["origin"].get("from")
    if before is not None:
        told["before"] = next(
            (
                {"record": one["record"], "at": one["at"], "actor": one["actor"],
                 "origin": one["origin"]}
                for one in items
                if str(one["record"]) == str(before) and one["new"] is not None
                and one["at"] <= mine["at"] and one["kind"] in ("created", "updated")
            ),
            None,
        )  # fmt: skip
    return told


def _merges(facts: Known, identity: UUID) -> list[Mapping[str, Json]]:
    return [
        {
            "merge": one.id,
            "at": one.at,
            "from": one.part if one.part in facts.seen else None,
            "rule": one.rule,
            "confidence": one.score,
            "undone_at": one.undone_at,
        }
        for one in facts.merges
        if one.rule and one.survivor == identity
    ]
