"""The clusters of an identity run merged as a job, looked at, and parted as a whole."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.routing import Asked, router
from zhike.doors.system import MERGE, MERGE_UNDO
from zhike.hub.identity import runs
from zhike.hub.identity.faults import UnknownRun
from zhike.hub.merge import UnknownMerge, many
from zhike.hub.merge.many import Batch
from zhike.kernel.tx import Tx

ROUTES: APIRouter = router("merges")
SURE = 0.99
NONE: Mapping[str, Any] = {"id": None, "state": "none", "total": 0, "done": 0, "outcomes": {}}


class Sure(BaseModel):
    """How sure a run has to be of every pair of a cluster."""

    model_config = ConfigDict(extra="forbid")

    min_score: Annotated[float, Field(ge=0, le=1)] = SURE


@ROUTES.post("/identity/runs/{id}/merge", status_code=202)
async def merge_run(id: UUID, call: Asked, given: Sure | None = None) -> Response:  # noqa: A002
    """Merge the clusters of a run whose pairs all score so high; a job does it."""
    held = await call.policy()
    async with call.transaction() as tx:
        run = await _run(tx, held, id)
        batch = await many.start(tx, run, min_score=(given or Sure()).min_score)
        await call.system.queue(tx, MERGE, batch.id)
        told = await described(tx, batch)
    at = f"/api/v1/identity/runs/{id}/merge".encode()
    return answer(told, 202, [(b"location", at)])


@ROUTES.get("/identity/runs/{id}/merge")
async def get_merges(
    id: UUID,  # noqa: A002
    call: Asked,
    min_score: Annotated[float | None, Query(ge=0, le=1)] = None,
) -> Response:
    """
    Say how far the merges of a run are and what became of the clusters; `none` while nobody asked
    for any. With `min_score`, `would` counts the clusters that merges with that score would take.
    """
    held = await call.policy()
    async with call.reading() as tx:
        run = await _run(tx, held, id)
        batch = await many.of_run(tx, run.id)
        told = await described(tx, batch) if batch else {**NONE, "run": run.id}
        if min_score is not None:
            told = {**told, "would": await many.would(tx, run, min_score=min_score)}
        return answer(told)


@ROUTES.post("/identity/runs/{id}/merge/undo", status_code=202)
async def undo_merges(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Part everything again that the merges of a run made one; a job does it."""
    held = await call.policy()
    async with call.transaction() as tx:
        batch = await _of_run(tx, held, id)
        return answer(await undone(call, tx, batch), 202)


async def undone(call: Call, tx: Tx, batch: Batch) -> Mapping[str, Any]:
    """Begin to take many merges back."""
    batch = await many.start_undo(tx, batch)
    await call.system.queue(tx, MERGE_UNDO, batch.id)
    return await described(tx, batch)


async def described(tx: Tx, batch: Batch) -> Mapping[str, Any]:
    """Give many merges with how far they are."""
    return {**batch.described(), **await many.progress(tx, batch.id)}


async def open_to(tx: Tx, held: Policy, id_: UUID) -> Batch:
    """Give many merges by their id to those who may merge records of the object."""
    batch = await many.found(tx, id_)
    if not (held.may(batch.object, "read") and held.may(batch.object, "merge")):
        raise UnknownMerge
    return batch


async def _of_run(tx: Tx, held: Policy, run: UUID) -> Batch:
    batch = await many.of_run(tx, (await _run(tx, held, run)).id)
    if batch is None:
        raise UnknownMerge
    return batch


async def _run(tx: Tx, held: Policy, id_: UUID) -> runs.Run:
    """A run is there for those who may merge the records it is about."""
    run = await runs.found(tx, id_)
    if not (held.may(run.object, "read") and held.may(run.object, "merge")):
        raise UnknownRun
    return run
