"""
What others did since to the records of a run: changes of what it wrote, and links to what it made.

Told to whoever asks as far as they see it; what they do not see is counted, not named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.ingest.faults import ChangedSince, LinkedSince
from zhike.kernel.faults import Problem, problem
from zhike.kernel.queries import load
from zhike.kernel.sql import Sql, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Field, Object, Snapshot, link_table
from zhike.store.read import titles

QUERIES = load(Path(__file__).with_name("queries.sql"))
LISTED = 100
"""How many conflicts are told; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Something that others did to one record of a run."""

    position: int
    object: str
    record: UUID
    kind: Literal["changed", "linked"]
    fields: tuple[str, ...] = ()
    actor: UUID | None = None
    at: datetime | None = None
    by: str = ""
    """The object whose records link to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """One run that is to be taken back."""

    tx: Tx
    snapshot: Snapshot
    run: UUID
    since: datetime
    objects: Mapping[str, tuple[bool, bool]] = field(default_factory=dict)
    """By object: whether the run made records of it, and whether it changed some."""


async def conflicts(scene: Scene, positions: Sequence[int] | None = None) -> list[Conflict]:
    """Give everything that others did, or what they did to some of the records."""
    found: list[Conflict] = []
    for key, (made, changed) in scene.objects.items():
        obj = scene.snapshot.objects.get(key)
        if obj is None:
            continue
        if changed:
            found += await _changed(scene, obj, positions)
        if made:
            found += await _touched(scene, obj, positions)
            found += await _linked(scene, obj, positions)
    return found


async def _changed(scene: Scene, obj: Object, positions: Sequence[int] | None) -> list[Conflict]:
    """Find the records that no longer hold what the run wrote into them."""
    rows = await scene.tx.rows(
        sql(
            "SELECT i.position, i.record, array_agg(k.key ORDER BY k.key) FROM zk_import_item AS i"
            " JOIN {table} AS t ON t.id = i.record AND t.deleted_at IS NULL"
            " CROSS JOIN LATERAL (SELECT to_jsonb(t) || {links} AS now) AS h"
            " CROSS JOIN LATERAL jsonb_each(i.new) AS k(key, value)"
            " WHERE i.import = {run} AND i.object = {object} AND NOT i.made AND {some}"
            " AND h.now ? k.key AND NOT (h.now -> k.key @> k.value AND h.now -> k.key <@ k.value)"
            " GROUP BY 1, 2",
            table=ident(obj.table), links=_links(obj), some=_some(positions),
            run=param(scene.run, "uuid"), object=param(obj.key, "text"),
        )
    )  # fmt: skip
    if not rows:
        return []
    who = {
        position: (actor, at)
        for position, actor, at in await scene.tx.rows(
            QUERIES["last_change"](
                id=str(scene.run), positions=[row[0] for row in rows], since=scene.since
            )
        )
    }
    return [
        Conflict(
            position=position, object=obj.key, record=record, kind="changed", fields=tuple(keys),
            actor=who.get(position, (None, None))[0], at=who.get(position, (None, None))[1],
        )
        for position, record, keys in rows
    ]  # fmt: skip


async def _touched(scene: Scene, obj: Object, positions: Sequence[int] | None) -> list[Conflict]:
    """Find the records that the run made and somebody changed since."""
    rows = await scene.tx.rows(
        QUERIES["later"](
            id=str(scene.run), object=obj.key, since=scene.since,
            positions=None if positions is None else list(positions),
        )
    )  # fmt: skip
    there = await _there(scene, obj, [row[0] for row in rows])
    return [
        Conflict(
            position=position, object=obj.key, record=there[position], kind="changed",
            fields=tuple(orjson.loads(new) if new else ()), actor=actor, at=at,
        )
        for position, actor, at, new in rows
        if position in there
    ]  # fmt: skip


async def _there(scene: Scene, obj: Object, positions: Sequence[int]) -> Mapping[int, UUID]:
    """Say which of the records do not lie in the bin."""
    if not positions:
        return {}
    rows = await scene.tx.rows(
        sql(
            "SELECT i.position, i.record FROM zk_import_item AS i JOIN {table} AS t"
            " ON t.id = i.record AND t.deleted_at IS NULL WHERE i.import = {run} AND {some}",
            table=ident(obj.table), run=param(scene.run, "uuid"), some=_some(positions),
        )
    )  # fmt: skip
    return dict(rows)


async def _linked(scene: Scene, obj: Object, positions: Sequence[int] | None) -> list[Conflict]:
    """Find the records that the run made and that records of others point at."""
    found: list[Conflict] = []
    for holder, field_ in _leading(scene.snapshot, obj.key):
        rows = await scene.tx.rows(_pointing(scene, obj, (holder, field_), positions))
        found += [
            Conflict(position=position, object=obj.key, record=record, kind="linked", by=holder.key)
            for position, record in rows
        ]
    return found


def _leading(snapshot: Snapshot, key: str) -> list[tuple[Object, Field]]:
    return [
        (holder, one)
        for holder in snapshot.objects.values()
        for one in holder.fields.values()
        if one.target == key and one.kind.name in {"lookup", "lookups"}
    ]


def _pointing(
    scene: Scene, obj: Object, at: tuple[Object, Field], positions: Sequence[int] | None
) -> Sql:
    holder, one = at
    many = one.kind.name == "lookups"
    through = sql(
        "JOIN {links} AS l ON l.target = i.record JOIN {holder} AS t ON t.id = l.record",
        links=ident(link_table(holder.key, one.key)), holder=ident(holder.table),
    )  # fmt: skip
    direct = sql(
        "JOIN {holder} AS t ON {field} = i.record",
        holder=ident(holder.table), field=ident("t", one.key),
    )  # fmt: skip
    return sql(
        "SELECT DISTINCT i.position, i.record FROM zk_import_item AS i {way}"
        " WHERE i.import = {run} AND i.object = {object} AND i.made AND {some}"
        " AND t.deleted_at IS NULL AND NOT EXISTS (SELECT FROM zk_import_item AS j"
        " WHERE j.import = {run} AND j.object = {holder} AND j.record = t.id)",
        way=through if many else direct, run=param(scene.run, "uuid"),
        object=param(obj.key, "text"), holder=param(holder.key, "text"), some=_some(positions),
    )  # fmt: skip


def _some(positions: Sequence[int] | None) -> Sql:
    if positions is None:
        return sql("true")
    return sql("i.position = ANY({some})", some=param(list(positions), "bigint[]"))


def _links(obj: Object) -> Sql:
    """Give what the many-to-many lookups of a record hold, as the log tells it."""
    pairs = [
        sql(
            "{key}, (SELECT coalesce(jsonb_agg(l.target), '[]') FROM {links} AS l"
            " WHERE l.record = t.id)",
            key=param(one.key, "text"), links=ident(link_table(obj.key, one.key)),
        )
        for one in obj.fields.values()
        if one.kind.name == "lookups"
    ]  # fmt: skip
    return sql("jsonb_build_object({pairs})", pairs=joined(pairs))


async def told(tx: Tx, policy: Policy, found: Sequence[Conflict]) -> list[Problem]:
    """Give conflicts as problems, as far as somebody may know of them."""
    listed = found[:LISTED]
    named: dict[UUID, str | None] = {}
    for key in {one.object for one in listed}:
        ids = [one.record for one in listed if one.object == key]
        named.update(await titles(tx, policy, key, ids) if policy.may(key, "read") else {})
    actors = {one.actor for one in listed if one.actor}
    people: dict[UUID, str] = (
        dict(await tx.rows(QUERIES["names"](ids=list(actors)))) if actors else {}
    )
    return [_problem(policy, one, named, people) for one in listed]


def _problem(
    policy: Policy, one: Conflict, named: Mapping[UUID, str | None], people: Mapping[UUID, str]
) -> Problem:
    obj = policy.snapshot.objects[one.object]
    seen = one.record in named
    at = f"{one.object}/{one.record}" if seen else one.object
    title = named.get(one.record) or "—"
    if one.kind == "linked":
        by = policy.snapshot.objects[one.by].label if policy.may(one.by, "read") else "—"
        return problem(LinkedSince, at=at, object=obj.label, title=title, by=by)
    labels = [
        obj.fields[key].label.said(policy.viewer.language)
        for key in one.fields
        if seen and key in obj.fields and policy.level(one.object, key) != "hidden"
    ]
    return problem(
        ChangedSince, at=at, object=obj.label, title=title,
        by=people.get(one.actor, "—") if one.actor else "—", fields="、".join(labels) or "—",
    )  # fmt: skip
