"""Lines of an import that wait for a person: listed, and decided about."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.routing import Asked, router
from zhike.hub import ingest
from zhike.hub.ingest import review

ROUTES = router("imports")


class Verdict(BaseModel):
    """What is to be done with some lines."""

    model_config = ConfigDict(extra="forbid")

    lines: Annotated[list[Annotated[int, Field(ge=1, le=2**31 - 1)]], Field(max_length=1000)]
    decision: review.Decision


@ROUTES.get("/imports/{id}/review")
async def list_import_review(
    id: UUID,  # noqa: A002
    call: Asked,
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
) -> Response:
    """List the lines that seem to be there already and that nobody decided about."""
    held = await call.policy()
    after = paging.after(cursor, int, 0)
    async with call.reading() as tx:
        task = await ingest.found(tx, id, policy=held)
        found = await review.waiting(tx, task.id, after=after, limit=limit + 1)
    return answer(paging.page_by("line", found, limit))


@ROUTES.post("/imports/{id}/review")
async def decide_import_review(id: UUID, given: Verdict, call: Asked) -> Response:  # noqa: A002
    """Skip, create, update or merge lines; what cannot be done so waits on and is told."""
    held = await call.policy()
    async with call.transaction() as tx:
        task = await ingest.found(tx, id, policy=held)
        done = await review.decide(
            tx, held, task, lines=given.lines, decision=given.decision,
            take=call.system.hands.take_in, keys_of=call.system.hands.keys_of,
        )  # fmt: skip
    return answer({"counts": done.counts, "problems": done.problems})
