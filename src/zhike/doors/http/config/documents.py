"""One document at a time: read, written, removed, its versions and the way back to each."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.config.rights import configurer, keep_an_administrator, known, reader
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.kernel.faults import NotFound, Stale
from zhike.meta import Located
from zhike.packs import Applied, Wish, WrongName, apply, restore, schemas
from zhike.store.catalog import Stored, one_stored, stored, versions

ROUTES = router("configuration")

Kind = Annotated[str, Path(max_length=48)]
Key = Annotated[str, Path(max_length=48)]
Confirm = Annotated[str, Query(max_length=10_000)]


class Confirmed(BaseModel):
    """The steps of the plan that may lose something."""

    model_config = ConfigDict(extra="forbid")

    confirm: list[str] = []


@ROUTES.get("/config/schemas/{kind}", openapi_extra=CONFIGURE)
async def get_schema(kind: Kind, call: Asked) -> Response:
    """Give the JSON Schema of a kind of documents."""
    await reader(call, kind)
    return answer(schemas()[known(kind)])


@ROUTES.get("/config/{kind}", openapi_extra=CONFIGURE)
async def list_documents(kind: Kind, call: Asked) -> Response:
    """List the documents of a kind."""
    await reader(call, kind)
    wanted = known(kind)
    async with call.reading() as tx:
        found = [one for one in await stored(tx) if one.kind == wanted]
    return answer(paging.whole([_listed(one) for one in found]))


@ROUTES.get("/config/{kind}/{key}", openapi_extra=CONFIGURE)
async def get_document(kind: Kind, key: Key, call: Asked) -> Response:
    """Give a document as it was written; its version is the `ETag`."""
    await reader(call, kind)
    async with call.reading() as tx:
        found = await one_stored(tx, known(kind), key)
    if found is None:
        raise NotFound
    return answer(found.body, 200, [(b"etag", b'"%d"' % found.version)])


@ROUTES.put("/config/{kind}/{key}", openapi_extra=CONFIGURE)
async def put_document(  # noqa: PLR0917 - FastAPI names them
    kind: Kind, key: Key, document: dict[str, Any], call: Asked, confirm: Confirm = ""
) -> Response:
    """Write a document; steps that lose something have to be named in `confirm`, with commas."""
    body = _named(document, known(kind), key)
    done = await _applied(
        call, (kind, key), Wish(documents=[Located(body=body, root="")]), confirm=confirm
    )
    return answer(_done(done))


@ROUTES.delete("/config/{kind}/{key}", openapi_extra=CONFIGURE)
async def delete_document(kind: Kind, key: Key, call: Asked, confirm: Confirm = "") -> Response:
    """Remove a document. The data of a removed object or field waits to be purged or taken back."""
    name = (known(kind), key)
    return answer(_done(await _applied(call, name, Wish(remove=[name]), confirm=confirm)))


@ROUTES.get("/config/{kind}/{key}/versions", openapi_extra=CONFIGURE)
async def list_versions(kind: Kind, key: Key, call: Asked) -> Response:
    """List every version of a document, the newest first."""
    await reader(call, kind)
    async with call.reading() as tx:
        found = await versions(tx, known(kind), key)
    if not found:
        raise NotFound
    items = [
        {
            "version": one.version,
            "at": one.at,
            "actor": {"id": one.actor, "name": one.name} if one.actor else None,
            "app": one.app,
            "body": one.body,
        }
        for one in found
    ]
    return answer(paging.whole(items))


@ROUTES.post("/config/{kind}/{key}/versions/{version}/restore", openapi_extra=CONFIGURE)
async def restore_version(  # noqa: PLR0917 - FastAPI names them
    kind: Kind, key: Key, version: int, call: Asked, given: Confirmed | None = None
) -> Response:
    """Make an earlier version the current one again."""
    await configurer(call, [kind])
    confirm = given.confirm if given else []
    async with call.transaction() as tx:
        done = await restore(tx, (known(kind), key), version, confirm=confirm)
        keep_an_administrator(done)
    call.system.heard(f"{call.workspace} config")
    return answer(_done(done))


async def _applied(call: Call, name: tuple[str, str], wish: Wish, *, confirm: str) -> Applied:
    await configurer(call, [name[0]])
    async with call.transaction() as tx:
        _refuse_stale(call, await one_stored(tx, *name))
        steps = [one for one in confirm.split(",") if one]
        done = await apply(tx, wish, confirm=steps)
        keep_an_administrator(done)
    call.system.heard(f"{call.workspace} config")
    return done


def _refuse_stale(call: Call, there: Stored | None) -> None:
    wanted = call.header(b"if-match")
    if wanted not in {None, "*"} and (there is None or wanted != f'"{there.version}"'):
        raise Stale


def _named(document: Mapping[str, Any], kind: str, key: str) -> Mapping[str, Any]:
    """A document may leave out its name, which the path says, but not contradict it."""
    said = (document.get("kind", kind), document.get("key", key))
    if said != (kind, key):
        raise WrongName(said=f"{said[0]} {said[1]}", name=f"{kind} {key}")
    return {"kind": kind, "key": key, **document}


def _listed(one: Stored) -> Mapping[str, Any]:
    return {
        "kind": one.kind,
        "key": one.key,
        "version": one.version,
        "app": one.app,
        "updated_at": one.updated_at,
        "body": one.body,
    }


def _done(done: Applied) -> Mapping[str, Any]:
    return {**done.plan.as_json(), "version": done.version}
