"""Records read: one, a page, what happened to one, what belongs to one."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http.answers import Bytes, answer
from zhike.doors.http.call import Call
from zhike.doors.http.faults import WrongParameter
from zhike.doors.http.reading import (
    identifier,
    json_body,
    members,
    parameters,
    parsed,
    truth,
    whole_number,
)
from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Tx
from zhike.store import read
from zhike.store.lineage import lineage
from zhike.store.merged import survivors
from zhike.store.read import GROUPING, MEMBERS, MOST, Found, Query, read_grouping, read_query

PAGE = frozenset(MEMBERS)
ONE = frozenset({"as_of", "select", "raw"})
PART = frozenset({"limit", "cursor"})
HISTORY = PART | {"raw", "field"}
TIMELINE = PART | {"kinds"}

Answer = TypeVar("Answer")

Path = Mapping[str, Any]
"""What the path names; an id is a UUID already, or a text that is none."""


async def page(call: Call, path: Path) -> Response:
    """Give a page of records, as the parameters of the address ask."""
    rights = await call.policy()
    return await _page(call, rights, path["object"], _query(call))


async def query(call: Call, path: Path) -> Response:
    """Give a page of records, as the body asks."""
    rights = await call.policy()
    read.readable(rights, path["object"])
    parameters(call.scope, frozenset())
    given = members(await json_body(call.scope, call.receive), PAGE)
    asked = read_query(given, floats=call.numbers == "float")
    return await _page(call, rights, path["object"], asked)


async def groups(call: Call, path: Path) -> Response:
    """Give the groups that records fall into by a field, each counted and summed."""
    rights = await call.policy()
    read.readable(rights, path["object"])
    parameters(call.scope, frozenset())
    given = members(await json_body(call.scope, call.receive), GROUPING)
    asked = read_grouping(given, floats=call.numbers == "float")
    async with call.reading() as tx:
        return answer(await read.groups(tx, rights, path["object"], asked, language=call.language))


async def _page(call: Call, rights: Policy, obj: str, asked: Query) -> Response:
    async with call.reading() as tx:
        return Bytes(await read.page(tx, rights, obj, asked))


async def get(call: Call, path: Path) -> Response:
    """Give one record, as it is or as it was."""
    rights = await call.policy()
    identity = identifier(path["id"])
    given = parameters(call.scope, ONE)
    floats = call.numbers == "float"
    moment = _moment(given["as_of"]) if "as_of" in given else None
    select = read_query({"select": given["select"]}).select if "select" in given else ()
    raw = truth(given.get("raw", "false"), name="raw") and moment is None

    async def asked(tx: Tx, id_: UUID) -> Found:
        if moment is not None:
            found = await read.then(tx, rights, path["object"], id_, moment=moment, floats=floats)
        else:
            found = await read.one(tx, rights, path["object"], id_, select=select, floats=floats)
        if found is None:
            raise NotFound
        if not raw:
            return found
        typed = await read.typed_in(tx, rights, path["object"], id_)
        return Found(json=_with(found.json, b"raw", typed), version=found.version)

    async with call.reading() as tx:
        into, found = await answering(tx, path["object"], identity, asked)
    return shown(call, found) if into == identity else _led(call, found, path["object"], into)


def _led(call: Call, found: Found, obj: str, into: UUID) -> Response:
    """Give the record that another one was merged into, and say so."""
    told = _with(found.json, b"merged_into", b'"%b"' % str(into).encode())
    location = f"/api/v1/records/{obj}/{into}"
    return shown(call, Found(json=told, version=found.version), content_location=location)


def _with(record: bytes, key: bytes, value: bytes) -> bytes:
    """Give the JSON of a record with one more member."""
    return b'%b,"%b":%b}' % (record.rstrip()[:-1], key, value)


Asking = Callable[[Tx, UUID], Awaitable[Answer]]


async def answering(tx: Tx, obj: str, identity: UUID, ask: Asking[Answer]) -> tuple[UUID, Answer]:
    """
    Ask about a record, or about the one it was merged into if it is there no more.

    Gives which one was asked about, too.
    """
    try:
        return identity, await ask(tx, identity)
    except NotFound:
        into = (await survivors(tx, obj, [identity])).get(identity)
        if into is None:
            raise
    return into, await ask(tx, into)


def shown(
    call: Call,
    found: Found,
    *,
    status: int = 200,
    location: str | None = None,
    content_location: str | None = None,
) -> Response:
    """Give one record with its version; nothing but that if the caller has it already."""
    tag = b'"%d"' % found.version
    if status == 200 and call.header(b"if-none-match") == tag.decode():  # noqa: PLR2004
        return Response(status_code=304, headers={"etag": tag.decode()})
    headers = [(b"etag", tag)]
    if location:
        headers.append((b"location", location.encode()))
    if content_location:
        headers.append((b"content-location", content_location.encode()))
    return Bytes(found.json, status, headers)


async def history(call: Call, path: Path) -> Response:
    """Give what happened to one record, newest first."""
    rights = await call.policy()
    identity = identifier(path["id"])
    given = parameters(call.scope, HISTORY)
    limit, cursor = _part(given)
    raw = truth(given.get("raw", "false"), name="raw")
    if "field" in given:
        return await _lineage(call, rights, path, given)

    async def asked(tx: Tx, id_: UUID) -> bytes:
        return await read.history(
            tx, rights, path["object"], id_, limit=limit, cursor=cursor, raw=raw
        )

    async with call.reading() as tx:
        return Bytes((await answering(tx, path["object"], identity, asked))[1])


async def _lineage(call: Call, rights: Policy, path: Path, given: Mapping[str, str]) -> Response:
    """Give where the values of one field came from."""
    identity = identifier(path["id"])
    limit, cursor = _part(given)

    async def asked(tx: Tx, id_: UUID) -> Mapping[str, Any]:
        return await lineage(
            tx, rights, path["object"], id_, field=given["field"], limit=limit, cursor=cursor
        )

    async with call.reading() as tx:
        return answer((await answering(tx, path["object"], identity, asked))[1])


async def timeline(call: Call, path: Path) -> Response:
    """Give what happened to one record and what belongs to it, newest first."""
    rights = await call.policy()
    identity = identifier(path["id"])
    given = parameters(call.scope, TIMELINE)
    limit, cursor = _part(given)
    kinds = [word for word in given.get("kinds", "").split(",") if word]

    async def asked(tx: Tx, id_: UUID) -> bytes:
        origin = (path["object"], id_)
        return await read.timeline(tx, rights, origin, kinds=kinds, limit=limit, cursor=cursor)

    async with call.reading() as tx:
        return Bytes((await answering(tx, path["object"], identity, asked))[1])


async def related(call: Call, path: Path) -> Response:
    """Give a page of the records that belong to one by a relation."""
    rights = await call.policy()
    identity = identifier(path["id"])
    wanted = _query(call)

    async def asked(tx: Tx, id_: UUID) -> bytes:
        return await read.related(tx, rights, (path["object"], id_), wanted, by=path["relation"])

    async with call.reading() as tx:
        return Bytes((await answering(tx, path["object"], identity, asked))[1])


def _query(call: Call) -> Query:
    given: dict[str, Any] = {**parameters(call.scope, PAGE)}
    if given.get("where", "").startswith('{"'):
        given["where"] = parsed(given["where"].encode())
    return read_query(given, floats=call.numbers == "float")


def _part(given: Mapping[str, str]) -> tuple[int, str | None]:
    limit = whole_number(given.get("limit", "50"), name="limit", least=1, most=MOST)
    return limit, given.get("cursor") or None


def _moment(text: str) -> datetime:
    wanted = "2026-01-01T00:00:00Z"
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise WrongParameter(at="as_of", name="as_of", value=text[:40], wanted=wanted) from error
    if moment.tzinfo is None:
        raise WrongParameter(at="as_of", name="as_of", value=text[:40], wanted=wanted)
    return moment
