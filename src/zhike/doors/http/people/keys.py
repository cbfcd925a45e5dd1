"""API keys over HTTP: one's own, and for those who keep people everybody's."""

from datetime import UTC, datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.people.rights import policy_of
from zhike.doors.http.routing import Asked, Signed, router
from zhike.kernel.faults import NotAllowed
from zhike.store.accounts import add_key, drop_key, keys_of

ROUTES: APIRouter = router("people")


class New(BaseModel):
    """What a new key shall be."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
    expires_at: AwareDatetime | None = None


@ROUTES.get("/api-keys")
async def list_keys(
    call: Asked, viewer: Signed, limit: paging.Limit = 100, cursor: paging.Cursor = None
) -> Response:
    """List one's own keys, newest first; those who keep people see everybody's."""
    account = None if (await policy_of(call)).keeps_people else viewer.id
    place = paging.read_as(cursor, (UUID,))
    async with call.system.db.reading(viewer, call.workspace) as tx:
        found = await keys_of(tx, account, after=place[0] if place else None, limit=limit + 1)
    return answer(paging.page(found, limit, place=lambda one: [one["id"]]))


@ROUTES.post("/api-keys", status_code=201)
async def add(given: New, call: Asked, viewer: Signed) -> Response:
    """Make a key that acts as oneself. The answer is the only one that shows it."""
    if viewer.id is None:
        raise NotAllowed
    ends = _ends(given.expires_at, call)
    async with call.transaction() as tx:
        made = await add_key(tx, account=viewer.id, name=given.name.strip(), expires_at=ends)
    shown = {
        "id": made.id,
        "name": given.name.strip(),
        "key": made.token.secret,
        "prefix": made.token.prefix,
        "user": viewer.id,
        "created_at": made.created_at,
        "expires_at": ends,
        "used_at": None,
    }
    return answer(shown, 201, [(b"location", f"/api/v1/api-keys/{made.id}".encode())])


@ROUTES.delete("/api-keys/{id}", status_code=204)
async def drop(id: UUID, call: Asked, viewer: Signed) -> Response:  # noqa: A002
    """Revoke a key; whoever uses it is refused from now on."""
    account = None if (await policy_of(call)).keeps_people else viewer.id
    async with call.transaction() as tx:
        await drop_key(tx, id, account=account)
    call.system.viewers.forget(call.workspace)
    return nothing()


def _ends(wanted: datetime | None, call: Call) -> datetime | None:
    """A key cannot outlive the key that made it."""
    if call.seen is None or call.seen.key is None or call.seen.ends == float("inf"):
        return wanted
    own = datetime.fromtimestamp(call.seen.ends, UTC)
    return min(wanted, own) if wanted else own
