"""
One record as it is, some of them, and the titles of some.

A record outside the viewer's sight, in the recycle bin, or never born is the same thing: not found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhike.access import Policy, Rights
from zhike.kernel.faults import Invalid
from zhike.kernel.sql import Sql, blank, every, ident, sql
from zhike.kernel.tx import Tx
from zhike.store.merged import merged as merged_away
from zhike.store.read.page import readable
from zhike.store.read.plan.select import RECORD, selected
from zhike.store.read.plan.sensitive import everything, trace
from zhike.store.trail import note_reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One record as JSON, and its version for `ETag`."""

    json: bytes
    version: int


async def one(
    tx: Tx,
    policy: Policy,
    obj: str,
    identity: UUID,
    *,
    select: Sequence[str] = (),
    floats: bool = False,
) -> Found | None:
    """Give one record, None if there is none that this viewer may see."""
    readable(policy, obj)
    key = ("one", obj, tuple(select), floats)
    statement = policy.rights.recent(
        key, lambda: _statement(policy.rights, obj, ONE, select=select, floats=floats)
    )
    row = await tx.row(statement.filled(id=identity))
    if row is None:
        return None
    if trace := row[3]:
        await note_reading(tx, obj, trace, how="one", records=[identity])
    return Found(json=row[1], version=row[2])


def is_noted(policy: Policy, obj: str) -> bool:
    """Say whether a look at a whole record may have to be noted, because of what it shows."""
    return everything(policy.rights, obj, alias=RECORD) is not None


async def some(
    tx: Tx, policy: Policy, obj: str, ids: Iterable[UUID], *, floats: bool = False
) -> Mapping[UUID, Found]:
    """Give those of some records that this viewer may see, in one statement."""
    readable(policy, obj)
    statement = policy.rights.kept(
        ("some", obj, floats), lambda: _statement(policy.rights, obj, AMONG, floats=floats)
    )
    rows = await tx.rows(statement.filled(ids=list(ids)))
    if seen := [row for row in rows if row[3]]:
        await note_reading(tx, obj, seen[0][3], how="some", records=[row[0] for row in seen])
    return {row[0]: Found(json=row[1], version=row[2]) for row in rows}


async def parts(tx: Tx, policy: Policy, obj: str, ids: Iterable[UUID]) -> Mapping[UUID, bytes]:
    """Give those of some merged records that this viewer may see, each as JSON, as it was kept."""
    readable(policy, obj)
    statement = policy.rights.kept(
        ("parts", obj), lambda: _statement(policy.rights, obj, AMONG, merged=True)
    )
    rows = await tx.rows(statement.filled(ids=list(ids)))
    if seen := [row for row in rows if row[3]]:
        await note_reading(tx, obj, seen[0][3], how="merge", records=[row[0] for row in seen])
    return {row[0]: row[1] for row in rows}


async def titles(
    tx: Tx, policy: Policy, obj: str, ids: Iterable[UUID]
) -> Mapping[UUID, str | None]:
    """
    Give the titles of those of some records that this viewer may see, to show what points at them.
    """
    known = policy.snapshot.objects.get(obj)
    if known is None:
        return {}
    rows = await tx.rows(
        policy.rights.kept(("titles", obj), lambda: _titles(policy.rights, obj)).filled(
            ids=list(ids)
        )
    )
    return dict(rows)


def _statement(
    rights: Rights,
    obj: str,
    chosen: Sql,
    *,
    select: Sequence[str] = (),
    floats: bool = False,
    merged: bool = False,
) -> Sql:
    shown, wrong = selected(rights, obj, select, floats=floats)
    if wrong:
        raise Invalid(wrong)
    built = shown.built
    known = trace(rights, obj, (one.touches for one in shown.items), alias=RECORD)
    return sql(
        'SELECT {record}."id", {value}, {record}."version", {seen}'
        " FROM {table} AS {record}{join} WHERE {where}",
        record=ident(RECORD),
        value=built.value,
        seen=known.named() if known else sql("NULL"),
        table=ident(rights.snapshot.objects[obj].table),
        join=built.join,
        where=visible(rights, obj, chosen, merged=merged),
    )


def _titles(rights: Rights, obj: str) -> Sql:
    known = rights.snapshot.objects[obj]
    title = rights.shown(obj, known.title, RECORD) if known.title in known.fields else None
    return sql(
        'SELECT {record}."id", {title}::text FROM {table} AS {record} WHERE {where}',
        record=ident(RECORD),
        title=title or sql("NULL"),
        table=ident(known.table),
        where=visible(rights, obj, AMONG),
    )


def visible(rights: Rights, obj: str, chosen: Sql, *, merged: bool = False) -> Sql:
    """
    Give the condition of the records chosen by id, as far as these roles see them; of those in the
    recycle bin only the merged ones can be asked for.
    """
    there = sql("{gone} IS NULL", gone=ident(RECORD, "deleted_at"))
    if merged:
        there = sql(
            "{id} IN (SELECT m.record FROM ({merged}) AS m)",
            id=ident(RECORD, "id"),
            merged=merged_away(obj),
        )
    return every((chosen, there, rights.rows(obj, RECORD)))


ONE = sql("{id} = {this}", id=ident(RECORD, "id"), this=blank("id", "uuid"))
AMONG = sql("{id} = ANY({these})", id=ident(RECORD, "id"), these=blank("ids", "uuid[]"))
