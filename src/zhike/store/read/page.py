"""
Pages: the records that answer a query, as the JSON that PostgreSQL made of them.

One statement for one page. Its bytes are passed on as they came; nothing here looks into a record.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.kernel.faults import NotFound
from zhike.kernel.sql import NOTHING, Sql, blank, every, ident, sql, vetted
from zhike.kernel.tx import Row, Tx
from zhike.meta import Json
from zhike.store.read import cursor
from zhike.store.read.faults import FoundOthers, UnknownObject
from zhike.store.read.plan import statements
from zhike.store.read.plan.relations import PARENT, Walk, Within, walk
from zhike.store.read.plan.select import Item
from zhike.store.read.plan.sensitive import Trace
from zhike.store.read.plan.statements import Asked
from zhike.store.read.query import CAP, Query
from zhike.store.read.views import configured, opened
from zhike.store.trail import note_reading


async def page(tx: Tx, policy: Policy, obj: str, query: Query) -> bytes:
    """
    Give a page as JSON: `{"items":[…],"next":…,"count":…}`.

    `next` is the cursor of the page after it, null on the last one; `count` is null unless asked
    for.
    """
    readable(policy, obj)
    if query.deleted:
        policy.demand(obj, "delete")
    query = await opened(tx, policy, obj, query)
    apart = query.count == "capped" and await _crowded(tx, policy, obj, query)
    prepared, place = _prepared(policy, obj, query, within=None, apart=apart)
    row = await tx.row(prepared.statement.filled(**place) if place else prepared.statement)
    await _noted(tx, prepared, row or (), how="list")
    return _json(row or (), prepared, query)


async def related(
    tx: Tx, policy: Policy, origin: tuple[str, UUID], walked: Query, *, by: str
) -> bytes:
    """
    Give a page of the records that belong to one record by a relation of it.

    A record that may not be seen has no relations: NotFound.
    """
    obj, identity = origin
    readable(policy, obj)
    within = Within(object=obj, relation=by)
    path = policy.rights.kept(("walk", within), lambda: walk(policy.rights, within))
    readable(policy, path.object)
    walked = await opened(tx, policy, path.object, walked)
    prepared, place = _prepared(policy, path.object, walked, within=within)
    guard = policy.rights.kept(("guard", within), lambda: _guard(policy, obj, path))
    there, answer = await tx.several(
        (guard.filled(parent=identity), prepared.statement.filled(parent=identity, **place))
    )
    if not there:
        raise NotFound
    await _noted(tx, prepared, answer[0], how="related")
    return _json(answer[0], prepared, walked)


async def count(tx: Tx, policy: Policy, obj: str, query: Query, *, exporting: bool = False) -> int:
    """Count the records that answer a query, or those of them that may be exported."""
    readable(policy, obj)
    query = await opened(tx, policy, obj, query)
    exact = replace(query.shape(), count="exact")
    statement = policy.rights.recent(
        ("count", obj, exact, exporting),
        lambda: statements.count(_asked(policy, obj, exact, exporting=exporting), exact),
    )
    found: int = await tx.value(statement)
    return found


async def stream(
    tx: Tx, policy: Policy, obj: str, query: Query, *, size: int = 1000
) -> AsyncIterator[Sequence[Sequence[Json]]]:
    """
    Give every record that answers a query and may be exported, in pieces, each as a list of values.

    The values stand in the order of `columns`. The limit and the cursor of the query do not count.
    """
    policy.demand(obj, "export")
    query = await opened(tx, policy, obj, query)
    plain = replace(query.shape(), limit=1)
    statement = policy.rights.recent(
        ("stream", obj, plain),
        lambda: statements.everything(_asked(policy, obj, plain, exporting=True)),
    )
    count = 0
    async for rows in tx.stream(statement, size=size):
        count += len(rows)
        yield [orjson.loads(row[0]) for row in rows]
    known = _asked(policy, obj, plain, exporting=True).trace
    if known and count:
        await note_reading(tx, obj, known.fields, how="export", records=[], count=count)


async def condition(tx: Tx, policy: Policy, obj: str, query: Query) -> Sql:
    """Give the condition of the records that answer a query, which stand under the alias `t`."""
    readable(policy, obj)
    query = await opened(tx, policy, obj, query)
    return _asked(policy, obj, replace(query.shape(), select=("id",))).where


async def identities(
    tx: Tx,
    policy: Policy,
    obj: str,
    query: Query,
    *,
    expected: int | None = None,
    most: int | None = None,
) -> list[UUID]:
    """
    Name all records that answer a query, for what is done to them; the first `most` + 1 at most.

    With `expected`, raises FoundOthers if they are not as many as somebody confirmed.
    """
    where = await condition(tx, policy, obj, query)
    limit = sql(" LIMIT {most}", most=vetted(str(int(most) + 1))) if most is not None else NOTHING
    rows = await tx.rows(
        sql(
            "SELECT t.id FROM {table} AS t WHERE {where} ORDER BY t.id{limit}",
            table=ident(policy.snapshot.objects[obj].table),
            where=where,
            limit=limit,
        )
    )
    confirmed(len(rows), expected)
    return [row[0] for row in rows]


def confirmed(now: int, expected: int | None) -> None:
    """Raise FoundOthers unless as many records answer as somebody confirmed."""
    if expected is not None and now != expected:
        raise FoundOthers(now=now, expected=expected)


def columns(policy: Policy, obj: str, query: Query) -> tuple[Item, ...]:
    """Give what each record of an answer shows, in order: for the head of a file."""
    readable(policy, obj)
    return _asked(policy, obj, query.shape()).shown.items


def readable(policy: Policy, obj: str) -> None:
    """Raise a fault unless there is such an object and the viewer may read records of it."""
    known = policy.snapshot.objects.get(obj)
    if known is None or known.system:
        raise UnknownObject(name=obj)
    policy.demand(obj, "read")


PLAIN = 4
"""The columns of a page; the fifth names the records that show something sensitive."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A page's statement, and what its cursors have to fit."""

    statement: Sql
    keys: int
    identity: str
    trace: Trace | None = None


def _prepared(
    policy: Policy, obj: str, query: Query, *, within: Within | None, apart: bool = False
) -> tuple[Prepared, dict[str, object]]:
    rights, shape, far = policy.rights, query.shape(), query.offset > 0
    kept = ("page", obj, shape, within, apart, far)

    def made(empty: Sequence[bool] | None = None) -> Prepared:
        asked = _asked(policy, obj, shape, within=within)
        return Prepared(
            statement=statements.page(asked, shape, empty, apart=apart, far=far),
            keys=len(asked.keys),
            identity=asked.identity,
            trace=asked.trace,
        )

    first = rights.recent(kept, made)
    passed: dict[str, object] = {"passed": query.offset} if far else {}
    if query.cursor is None:
        return first, passed
    place = cursor.read(query.cursor, first.identity, length=first.keys)
    empty = tuple(value is None for value in place)
    following = rights.recent((*kept, empty), lambda: made(empty))
    return following, passed | {f"place{number}": value for number, value in enumerate(place)}


CROWD = 3 * CAP
"""Records from which on the way to the cap is shorter by parts, as far as the planner knows."""


async def _crowded(tx: Tx, policy: Policy, obj: str, query: Query) -> bool:
    """
    Say whether so many records answer that what a viewer sees of them is counted part by part.

    Few records are counted faster in one go, for each part may have to pass all of them.
    """
    rights, plain = policy.rights, replace(query.shape(), select=("id",), order=(), limit=1)
    known: list[bool] = rights.recent(("crowded", obj, plain), list)
    if not known:
        asked = _asked(policy, obj, plain)
        if not asked.parts:
            known.append(False)
        else:
            (told,) = orjson.loads(await tx.value(statements.expected(asked)))
            known.append(told["Plan"]["Plan Rows"] >= CROWD)
    return known[0]


def _asked(
    policy: Policy,
    obj: str,
    query: Query,
    *,
    within: Within | None = None,
    exporting: bool = False,
) -> Asked:
    viewed = configured(policy, obj, query)
    return statements.understood(policy.rights, obj, viewed, within=within, exporting=exporting)


def _guard(policy: Policy, obj: str, path: Walk) -> Sql:
    known = policy.snapshot.objects[obj]
    return sql(
        "SELECT true FROM {table} AS {p} WHERE {where}",
        table=ident(known.table),
        p=ident(PARENT),
        where=every(
            (
                sql("{id} = {parent}", id=ident(PARENT, "id"), parent=blank("parent", "uuid")),
                sql("{gone} IS NULL", gone=ident(PARENT, "deleted_at")),
                policy.rows(obj, PARENT),
                path.guard,
            )
        ),
    )


async def _noted(tx: Tx, prepared: Prepared, row: Row, *, how: str) -> None:
    known, ids = prepared.trace, row[4] if len(row) > PLAIN else None
    if known and ids:
        await note_reading(tx, known.object, known.fields, how=how, records=ids)


def _json(row: Row, prepared: Prepared, query: Query) -> bytes:
    items, number, place, total = row[:PLAIN]
    following = b"null"
    if number > query.limit:
        following = b'"%b"' % cursor.written(place.encode(), prepared.identity).encode()
    counted = b"null" if total is None else _total(total, query)
    return b'{"items":%b,"next":%b,"count":%b}' % (items, following, counted)


def _total(total: int, query: Query) -> bytes:
    exact = query.count == "exact" or total <= CAP
    value = total if exact else CAP
    return b'{"value":%d,"exact":%b}' % (value, b"true" if exact else b"false")
