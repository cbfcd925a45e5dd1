"""Many records changed at once: those that answer a condition, or those that a key names."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import orjson
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.faults import MissingMember, WrongMember, WrongShape
from zhike.doors.http.reading import json_body, members, parameters, truth
from zhike.doors.http.records.reading import Path
from zhike.doors.http.records.told import refusals, tally
from zhike.doors.http.records.writing import entries, object_of, values
from zhike.hub.intake import take_in
from zhike.kernel.faults import Invalid, problem
from zhike.kernel.tx import Tx
from zhike.meta import Object
from zhike.store import read
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.read import Query, read_query

BULK = frozenset({"where", "ids", "set", "search"})
UPSERT = frozenset({"key", "rows"})
ATOMIC = frozenset({"atomic"})
AT_ONCE = 2000
"""Records changed in one batch; more are changed in several, in the same transaction."""


async def change(call: Call, path: Path) -> Response:
    """Set the same values in every record that is named, or that answers a condition."""
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    atomic = truth(parameters(call.scope, ATOMIC).get("atomic", "false"), name="atomic")
    body = members(await json_body(call.scope, call.receive), BULK)
    if "set" not in body:
        raise MissingMember(at="set", name="set")
    if ("ids" in body) == ("where" in body or "search" in body):
        raise WrongMember(at="where", reason="where | ids")
    given = values(body["set"], at="set")
    done: list[Entry] = []
    async with call.transaction() as tx:
        ids = _ids(body["ids"]) if "ids" in body else await _answering(tx, rights, obj, body)
        for some in _pieces(ids):
            batch = Batch(
                policy=rights,
                object=obj,
                action="update",
                entries=tuple(Entry(at=str(one), given=given, record=one) for one in some),
                atomic=atomic,
                source=rights.viewer.source,
            )
            changed = await take_in(batch, tx, steps=call.system.intake)
            if atomic and changed.problems:
                raise Invalid(changed.problems)
            done.extend(changed.entries)
    counts = tally(done, Fate.UPDATED, Fate.UNCHANGED)
    told = {
        "changed": counts["updated"],
        "unchanged": counts["unchanged"],
        "errors": refusals(done, call.language),
    }
    return answer(told)


async def upsert(call: Call, path: Path) -> Response:
    """Change the records that a unique key finds, and make those it does not find."""
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    parameters(call.scope, frozenset())
    body = members(await json_body(call.scope, call.receive), UPSERT)
    missing = [name for name in ("key", "rows") if name not in body]
    if missing:
        raise Invalid(problem(MissingMember, at=name, name=name) for name in missing)
    key, rows = body["key"], body["rows"]
    if not isinstance(key, list) or not key or not all(isinstance(one, str) for one in key):
        raise WrongShape(at="key", wanted='["…"]')
    if not isinstance(rows, list):
        raise WrongShape(at="rows", wanted="[{…}]")
    batch = Batch(
        policy=rights,
        object=obj,
        action="create",
        entries=tuple(entries(rows)),
        key=tuple(key),
        source=rights.viewer.source,
    )
    async with call.transaction() as tx:
        done = await take_in(batch, tx, steps=call.system.intake)
    counts = tally(done.entries, Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED)
    return answer({**counts, "errors": refusals(done.entries, call.language)})


def _ids(given: Any) -> list[UUID]:
    if not isinstance(given, list):
        raise WrongShape(at="ids", wanted='["…"]')
    found: list[UUID] = []
    for number, one in enumerate(given):
        try:
            found.append(UUID(one if isinstance(one, str) else ""))
        except ValueError as error:
            raise WrongMember(at=f"ids[{number}]", reason="UUID") from error
    return list(dict.fromkeys(found))


async def _answering(tx: Tx, rights: Policy, obj: Object, body: Any) -> list[UUID]:
    """Name the records before the first is changed: changing them may change what they answer."""
    asked = read_query({name: body[name] for name in ("where", "search") if name in body})
    found: list[UUID] = []
    query: Query | None = _only_ids(asked, cursor=None)
    while query is not None:
        page = orjson.loads(await read.page(tx, rights, obj.key, query))
        found.extend(UUID(one["id"]) for one in page["items"])
        query = _only_ids(asked, cursor=page["next"]) if page["next"] else None
    return found


def _only_ids(asked: Query, *, cursor: str | None) -> Query:
    return Query(
        select=("id",),
        where=asked.where,
        tree=asked.tree,
        search=asked.search,
        order=("id",),
        limit=1000,
        cursor=cursor,
    )


def _pieces(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]
