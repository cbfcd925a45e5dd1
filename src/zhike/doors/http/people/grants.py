"""What is granted to one person alone (AC-66), over HTTP: for those who keep people."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.access import personal_problems
from zhike.doors.http import paging
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.people.rights import refuse_unless_keeper
from zhike.doors.http.routing import PEOPLE, Asked, Signed, router
from zhike.kernel.faults import Fault, Invalid, problem
from zhike.store.accounts import (
    drop_personal_grant,
    personal_grants,
    put_personal_grant,
    user,
)

ROUTES: APIRouter = router("people")

Object = Annotated[str, Path(max_length=48)]


class OverAlready(Fault):
    """A grant ends in the future."""

    code = "W143"
    zh = "授权的截止时间应在将来"


class Given(BaseModel):
    """A grant as a role would say it on this object, why, and until when."""

    model_config = ConfigDict(extra="forbid")

    grant: dict[str, Any]
    reason: Annotated[str, Field(max_length=500)] = ""
    until: AwareDatetime | None = None


@ROUTES.get("/users/{id}/grants")
async def list_grants(id: UUID, call: Asked, viewer: Signed) -> Response:  # noqa: A002
    """List what is granted to somebody alone; everybody may see their own."""
    if viewer.id != id:
        await refuse_unless_keeper(call)
    async with call.reading() as tx:
        await user(tx, id, full=False)
        return answer(paging.whole(await personal_grants(tx, id)))


@ROUTES.put("/users/{id}/grants/{object}", openapi_extra=PEOPLE)
async def put_grant(
    id: UUID,  # noqa: A002
    object: Object,  # noqa: A002 - the word of the API
    given: Given,
    call: Asked,
    _: Signed,
) -> Response:
    """Grant something on one object to one person alone, instead of what was granted before."""
    await refuse_unless_keeper(call)
    snapshot = (await call.policy()).snapshot
    found = [one.under("grant") for one in personal_problems(object, given.grant, snapshot)]
    if given.until is not None and given.until <= datetime.now(UTC):
        found.append(problem(OverAlready, at="until"))
    if found:
        raise Invalid(found)
    async with call.transaction() as tx:
        await put_personal_grant(
            tx,
            id,
            object,
            given.grant,
            reason=given.reason or call.origin.reason,
            until=given.until,
            separate=snapshot.security.separation,
        )
        kept = await personal_grants(tx, id)
    return _told(call, next(one for one in kept if one["object"] == object))


@ROUTES.delete("/users/{id}/grants/{object}", status_code=204, openapi_extra=PEOPLE)
async def drop_grant(
    id: UUID,  # noqa: A002
    object: Object,  # noqa: A002 - as above
    call: Asked,
    _: Signed,
) -> Response:
    """Take back what was granted to one person alone."""
    await refuse_unless_keeper(call)
    separate = (await call.policy()).snapshot.security.separation
    async with call.transaction() as tx:
        await drop_personal_grant(tx, id, object, separate=separate)
    call.system.viewers.forget(call.workspace)
    return nothing()


def _told(call: Call, grant: Any) -> Response:
    call.system.viewers.forget(call.workspace)
    return answer(grant)
