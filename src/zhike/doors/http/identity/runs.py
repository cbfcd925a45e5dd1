"""Runs that look for duplicates: asked for, followed, their pairs and clusters looked through."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http import paging
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.routing import MERGE, Asked, router
from zhike.doors.system import IDENTITY
from zhike.hub.identity import runs
from zhike.hub.identity.faults import UnknownRun
from zhike.store.read import readable
from zhike.store.trail import note

ROUTES = router("identity")

Score = Annotated[float, Query(ge=0, le=1)]


class Wanted(BaseModel):
    """
    How sure a run has to be before it takes two records for one; and whether it follows the last
    one: it learns nothing anew then, and looks at what has changed since only.
    """

    model_config = ConfigDict(extra="forbid")

    threshold: Annotated[float | None, Field(ge=0.01, le=1)] = None
    incremental: bool = False


class Decided(BaseModel):
    """What a person says of a pair."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["same", "different"]


@ROUTES.post("/identity/{object}/runs", status_code=202, openapi_extra=MERGE)
async def begin_run(
    object: str,  # noqa: A002 - the word of the API
    call: Asked,
    given: Wanted | None = None,
) -> Response:
    """Look for duplicates among all records of an object; a job does it."""
    held = await call.policy()
    readable(held, object)
    held.demand(object, "merge")
    wanted = given or Wanted()
    async with call.transaction() as tx:
        id_ = await runs.ask(
            tx, held, obj=object, threshold=wanted.threshold, incremental=wanted.incremental
        )
        await call.system.queue(tx, IDENTITY, id_)
        note(tx, "identity.started", object=object, target=id_)
        made = await runs.found(tx, id_)
    at = f"/api/v1/identity/runs/{id_}".encode()
    return answer(made.described(call.language), 202, [(b"location", at)])


@ROUTES.get("/identity/{object}/runs", openapi_extra=MERGE)
async def list_runs(
    object: str,  # noqa: A002 - the word of the API
    call: Asked,
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """List the runs over an object, newest first."""
    held = await call.policy()
    readable(held, object)
    held.demand(object, "merge")
    after = paging.after(cursor, UUID, None)
    async with call.reading() as tx:
        found = await runs.listed(tx, object, before=after, limit=limit + 1)
    items = [dict(one.described(call.language)) for one in found]
    return answer(paging.page_by("id", items, limit))


@ROUTES.get("/identity/runs/{id}", openapi_extra=MERGE)
async def get_run(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Say how far a run is and what it found."""
    held = await call.policy()
    async with call.reading() as tx:
        run = _mine(held, await runs.found(tx, id))
    return answer(run.described(call.language))


@ROUTES.get("/identity/runs/{id}/pairs", openapi_extra=MERGE)
async def list_pairs(  # noqa: PLR0917 - one for each query parameter
    id: UUID,  # noqa: A002
    call: Asked,
    min_score: Score = 0.0,
    max_score: Score = 1.0,
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """List the pairs of a run whose records one sees, surest first, each with its reasons."""
    held = await call.policy()
    wanted = _wanted(cursor, limit, least=min_score, most=max_score)
    async with call.reading() as tx:
        run = _mine(held, await runs.found(tx, id))
        found = await runs.pairs(tx, held, run, wanted)
    return answer(paging.page(found, limit, place=_place))


@ROUTES.get("/identity/runs/{id}/clusters", openapi_extra=MERGE)
async def list_clusters(
    id: UUID,  # noqa: A002
    call: Asked,
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """List what a run takes for one record each, as far as one sees the records."""
    held = await call.policy()
    after = paging.after(cursor, int, -1)
    async with call.reading() as tx:
        run = _mine(held, await runs.found(tx, id))
        found = await runs.clusters(tx, held, run, after=after, limit=limit + 1)
    return answer(paging.page_by("number", found, limit))


@ROUTES.get("/identity/{object}/review", openapi_extra=MERGE)
async def list_questions(
    object: str,  # noqa: A002 - the word of the API
    call: Asked,
    limit: paging.Limit = 50,
    cursor: paging.Cursor = None,
) -> Response:
    """List the pairs of the latest run that a person should decide, surest first."""
    held = await call.policy()
    readable(held, object)
    held.demand(object, "merge")
    wanted = _wanted(cursor, limit, most=runs.SURE, undecided=True)
    async with call.reading() as tx:
        id_ = await runs.last(tx, object)
        if id_ is None:
            return answer(paging.whole([]))
        found = await runs.pairs(tx, held, await runs.found(tx, id_), wanted)
    return answer(paging.page(found, limit, place=_place))


@ROUTES.post("/identity/review/{pair}", status_code=204, openapi_extra=MERGE)
async def decide(pair: UUID, given: Decided, call: Asked) -> Response:
    """Say whether two records are the same; no later run asks again."""
    held = await call.policy()
    async with call.transaction() as tx:
        obj = await runs.decide(tx, held, pair, given.decision)
        note(tx, "identity.decided", object=obj, target=pair, new={"decision": given.decision})
    return nothing()


def _mine(held: Policy, run: runs.Run) -> runs.Run:
    """A run is there for those who may merge the records it is about."""
    if not (held.may(run.object, "read") and held.may(run.object, "merge")):
        raise UnknownRun
    return run


def _wanted(
    cursor: str | None,
    limit: int,
    *,
    least: float = 0.0,
    most: float = 1.0,
    undecided: bool = False,
) -> runs.Wanted:
    place = paging.read_as(cursor, (float, UUID))
    return runs.Wanted(
        least=least,
        most=most,
        after=(place[0], place[1]) if place else None,
        limit=limit + 1,
        undecided=undecided,
    )


def _place(one: paging.Item) -> list[object]:
    return [one["score"], one["id"]]
