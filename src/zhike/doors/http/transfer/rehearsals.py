"""Dry runs over HTTP: a draft is tried by a job, and what it would do is fetched page by page."""

from typing import Annotated, cast
from uuid import UUID

from fastapi import Query
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.faults import WrongParameter
from zhike.doors.http.routing import Asked, router
from zhike.doors.system import DRY_RUN
from zhike.hub import ingest
from zhike.hub.ingest import rehearsal

ROUTES = router("imports")


@ROUTES.post("/imports/{id}/dry-run", status_code=202)
async def begin_dry_run(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Try a draft: say what it would do with every cell, and write nothing."""
    held = await call.policy()
    async with call.transaction() as tx:
        task = await ingest.found(tx, id, policy=held)
        held.demand(task.object, "import")
        one = await rehearsal.ask(tx, task)
        await call.system.queue(tx, DRY_RUN, one.id)
    return answer(one.described(call.language), 202)


@ROUTES.get("/imports/{id}/dry-run")
async def get_dry_run(id: UUID, call: Asked) -> Response:  # noqa: A002
    """Say how far the last dry run is, and its totals."""
    held = await call.policy()
    async with call.reading() as tx:
        one = await rehearsal.latest(tx, await ingest.found(tx, id, policy=held))
    return answer(one.described(call.language))


@ROUTES.get("/imports/{id}/dry-run/lines")
async def list_dry_run_lines(
    id: UUID,  # noqa: A002
    call: Asked,
    *,
    kind: Annotated[str, Query(max_length=200)] = "",
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
) -> Response:
    """Give what it found, line by line: all of it, or what is of some kinds (`new,conflict`)."""
    kinds = _kinds(kind)
    held = await call.policy()
    after = paging.after(cursor, int, 0)
    async with call.reading() as tx:
        one = await rehearsal.latest(tx, await ingest.found(tx, id, policy=held))
        found = await rehearsal.lines(
            tx, held, one, kinds=kinds, after=after, limit=limit + 1,
            language=call.language,
        )  # fmt: skip
    return answer(paging.page_by("line", found, limit))


def _kinds(text: str) -> list[rehearsal.Kind]:
    kinds = [word for one in text.split(",") if (word := one.strip())]
    for one in kinds:
        if one not in rehearsal.BITS:
            wanted = ", ".join(rehearsal.BITS)
            raise WrongParameter(at="kind", name="kind", value=one[:40], wanted=wanted)
    return cast("list[rehearsal.Kind]", kinds)
