"""Exports over HTTP: a question becomes a job, and the job a file that its asker may fetch."""

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.routing import Asked, router
from zhike.doors.http.transfer.uploads import sent
from zhike.doors.system import EXPORT
from zhike.hub import export
from zhike.kernel.tx import Tx
from zhike.store.read import readable

ROUTES = router("exports")

MEDIA: dict[str, dict[str, str]] = {one.media: {} for one in export.FORMATS.values()}


class Wanted(BaseModel):
    """Which records, as what kind of file (xlsx, csv or parquet), and what for."""

    model_config = ConfigDict(extra="forbid")

    object: Annotated[str, Field(max_length=48)]
    format: Annotated[str, Field(max_length=20)] = "xlsx"
    query: dict[str, Any] = {}
    reason: Annotated[str, Field(max_length=500)] = ""


class Decision(BaseModel):
    """What whoever decides has to say."""

    model_config = ConfigDict(extra="forbid")

    reason: Annotated[str, Field(max_length=500)] = ""


@ROUTES.post("/exports", status_code=202)
async def begin_export(given: Wanted, call: Asked) -> Response:
    """Ask for records as a file; a job writes it, once it is approved where that is needed."""
    held = await call.policy()
    readable(held, given.object)
    async with call.transaction() as tx:
        made = await export.ask(
            tx,
            held,
            obj=given.object,
            query=given.query,
            format=given.format,
            reason=given.reason or call.origin.reason,
        )
        await _queued(call, tx, made)
    at = f"/api/v1/exports/{made.id}".encode()
    return answer(export.described(made, call.language), 202, [(b"location", at)])


@ROUTES.get("/exports")
async def list_exports(
    call: Asked,
    *,
    of: Literal["mine", "others"] = "mine",
    state: export.State | None = None,
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
) -> Response:
    """List one's own exports, newest first, or those of others that wait for one's approval."""
    held = await call.policy()
    after = paging.after(cursor, UUID, None)
    async with call.reading() as tx:
        if of == "mine":
            found = await export.mine(tx, held, state=state, after=after, limit=limit + 1)
            items = [export.described(one, call.language) for one in found]
        else:
            found = await export.to_decide(tx, held, after=after, limit=limit + 1)
            items = [export.outline(one) for one in found]
    return answer(paging.page_by("id", items, limit))


@ROUTES.get("/exports/{id}")
async def get_export(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Say how far an export of one's own is; once done, `file` is where to fetch it."""
    held = await call.policy()
    async with call.reading() as tx:
        return answer(export.described(await export.own(tx, held, id), call.language))


@ROUTES.get("/exports/{id}/file", responses={200: {"content": MEDIA}})
async def get_export_file(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Give the file to whoever asked for it, while it is kept and what is in it may be seen."""
    held = await call.policy()
    async with call.transaction() as tx:
        ready = await export.fetched(tx, held, id, files=call.system.files)
    return sent(call, ready.path, name=ready.name, media=ready.media)


@ROUTES.post("/exports/{id}/cancel")
async def cancel_export(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Give up an export of one's own that is not over."""
    held = await call.policy()
    async with call.transaction() as tx:
        given_up = await export.cancel(tx, held, id)
    return answer(export.described(given_up, call.language))


@ROUTES.post("/exports/{id}/approve")
async def approve_export(id: UUID, given: Decision, call: Asked) -> Response:  # noqa: A002
    """Let somebody else's export run."""
    return await _decided(call, id, "approved", given.reason)


@ROUTES.post("/exports/{id}/refuse")
async def refuse_export(id: UUID, given: Decision, call: Asked) -> Response:  # noqa: A002
    """Refuse somebody else's export."""
    return await _decided(call, id, "refused", given.reason)


@ROUTES.get("/exports/trace/{trace}")
async def trace_export(trace: Annotated[str, Field(max_length=40)], call: Asked) -> Response:
    """Say who took the file in which this trace id stands, and who fetched it when."""
    held = await call.policy()
    async with call.transaction() as tx:
        found, downloads = await export.traced(tx, held, trace)
    return answer(export.evidence(found, downloads, call.language))


async def _decided(call: Call, id_: UUID, verdict: export.Verdict, reason: str) -> Response:
    held = await call.policy()
    async with call.transaction() as tx:
        done = await export.decide(tx, held, id_, verdict, reason=reason or call.origin.reason)
        await _queued(call, tx, done)
    return answer(export.outline(done))


async def _queued(call: Call, tx: Tx, made: export.Export) -> None:
    if made.state == "waiting":
        await call.system.queue(tx, EXPORT, made.id)
