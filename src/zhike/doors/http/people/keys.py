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
from zhike.doors.http.people.rights import NotWithAKey
from zhike.doors.http.routing import Asked, Signed, router
from zhike.kernel.faults import Invalid, NotAllowed
from zhike.store.accounts import (
    KeySpec,
    Seen,
    add_key,
    drop_key,
    keys_of,
    narrowed_scopes,
    wrong_scopes,
)

ROUTES: APIRouter = router("people")

Scope = Annotated[str, Field(min_length=1, max_length=120)]


class New(BaseModel):
    """What a new key shall be."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
    expires_at: AwareDatetime | None = None
    scopes: Annotated[list[Scope], Field(max_length=200)] | None = None
    per_minute: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


@ROUTES.get("/api-keys")
async def list_keys(
    call: Asked, viewer: Signed, limit: paging.Limit = 100, cursor: paging.Cursor = None
) -> Response:
    """List one's own keys, newest first; those who keep people see everybody's."""
    account = None if (await call.policy()).keeps_people else viewer.id
    after = paging.after(cursor, UUID, None)
    async with call.reading() as tx:
        found = await keys_of(tx, account, after=after, limit=limit + 1)
    return answer(paging.page_by("id", found, limit))


@ROUTES.post("/api-keys", status_code=201)
async def add(given: New, call: Asked, viewer: Signed) -> Response:
    """
    Make a key that acts as oneself, or does less: `scopes` like `customer:read` or `order:*`,
    `per_minute` requests. The answer is the only one that shows it. What a key makes does not do
    more than that key, shares its requests and ends with it.
    """
    if viewer.id is None:
        raise NotAllowed
    spec = await _spec(given, call)
    async with call.transaction() as tx:
        made = await add_key(tx, spec, account=viewer.id)
    shown = {
        "id": made.id,
        "name": spec.name,
        "key": made.token.secret,
        "prefix": made.token.prefix,
        "user": viewer.id,
        "scopes": spec.scopes,
        "per_minute": spec.per_minute,
        "made_by": spec.made_by,
        "created_at": made.created_at,
        "expires_at": spec.expires_at,
        "used_at": None,
    }
    return answer(shown, 201, [(b"location", f"/api/v1/api-keys/{made.id}".encode())])


@ROUTES.delete("/api-keys/{id}", status_code=204)
async def drop(id: UUID, call: Asked, viewer: Signed) -> Response:  # noqa: A002
    """Revoke a key and those it made; whoever uses them is refused from now on."""
    if viewer.narrowed is not None and id != call.guest.key:
        raise NotWithAKey
    account = None if (await call.policy()).keeps_people else viewer.id
    async with call.transaction() as tx:
        await drop_key(tx, id, account=account)
    call.system.viewers.forget(call.workspace)
    return nothing()


async def _spec(given: New, call: Call) -> KeySpec:
    """Give what a key shall be, never more than the key that makes it."""
    guest = call.guest
    snapshot = (await call.policy()).snapshot
    if given.scopes is not None and (found := wrong_scopes(given.scopes, snapshot)):
        raise Invalid(found)
    return KeySpec(
        name=given.name.strip(),
        expires_at=_ends(given.expires_at, guest),
        scopes=narrowed_scopes(given.scopes, guest.viewer.narrowed),
        per_minute=min(filter(None, (given.per_minute, guest.per_minute)), default=None),
        made_by=guest.key,
    )


def _ends(wanted: datetime | None, guest: Seen) -> datetime | None:
    """A key cannot outlive the key that made it."""
    if guest.key is None or guest.ends == float("inf"):
        return wanted
    own = datetime.fromtimestamp(guest.ends, UTC)
    return min(wanted, own) if wanted else own
