"""One's own password and sessions, and for those who keep people the sessions of everybody."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.people.rights import refuse_key, refuse_unless_keeper
from zhike.doors.http.routing import PEOPLE, Asked, Guest, Signed, router
from zhike.kernel.faults import Fault, Invalid, NotAllowed, TooMany
from zhike.kernel.viewer import platform
from zhike.store.accounts import (
    Attempt,
    WrongPassword,
    end_session,
    end_sessions,
    judged,
    keep_password,
    lock_left,
    note_password,
    own_password,
    sessions_of,
    turn_away,
    user,
)

ROUTES: APIRouter = router("people")

Text = Annotated[str, Field(min_length=1, max_length=1000)]


class NewPassword(BaseModel):
    """The password that was, and the one that shall be."""

    model_config = ConfigDict(extra="forbid")

    old: Text
    new: Text


@ROUTES.post("/me/password", status_code=204)
async def change_password(given: NewPassword, call: Asked, _: Guest) -> Response:
    """
    Change one's own password. All other sessions end; wrong old ones are counted like wrong
    sign-ins.
    """
    refuse_key(call)
    fault = await _changed(given, call)
    if fault is not None:
        raise fault
    call.system.viewers.forget(call.workspace)
    return nothing()


async def _changed(given: NewPassword, call: Call) -> Fault | None:
    """Judge first and write then; what was wrong is counted, and therefore not raised here."""
    system, guest = call.system, call.guest
    account = guest.viewer.id
    if account is None:
        raise NotAllowed
    rules = (await system.catalog.snapshot(call.workspace)).security
    attempt = Attempt(workspace=call.workspace, login=guest.login, ip=call.ip)
    async with system.passwords.turn:
        async with call.reading_as(platform()) as tx:
            seconds = await lock_left(tx, attempt)
            own = await own_password(tx, account, rules=rules.passwords)
        if seconds:
            return TooMany(seconds=seconds)
        if not await system.passwords.fits(given.old, own.kept):
            async with call.for_guest() as tx:
                await turn_away(tx, attempt=attempt, rules=rules, account=account)
            return WrongPassword(at="old")
        passwords = system.passwords
        if found := await judged(given.new, own, passwords=passwords, rules=rules.passwords):
            return Invalid(found)
        kept = await passwords.hashed(given.new)
    history = rules.passwords.history
    async with call.transaction_as(guest.viewer) as tx:
        await keep_password(tx, account, kept, history=history, instead_of=own.kept)
        await end_sessions(tx, account, login=guest.login, but=guest.token)
        note_password(tx, account, name=guest.viewer.name)
    return None


@ROUTES.get("/me/sessions")
async def list_own_sessions(call: Asked, viewer: Signed) -> Response:
    """List one's own open sessions, the one last used first; the one that asks is `current`."""
    return await _listed(call, _own(call, viewer.id))


@ROUTES.delete("/me/sessions/{id}", status_code=204)
async def end_own_session(id: UUID, call: Asked, viewer: Signed) -> Response:  # noqa: A002
    """End one of one's own sessions."""
    return await _ended(call, _own(call, viewer.id), session=id)


@ROUTES.delete("/me/sessions", status_code=204)
async def end_own_sessions(call: Asked, viewer: Signed) -> Response:
    """End all of one's own sessions but the one that asks."""
    return await _ended(call, _own(call, viewer.id))


@ROUTES.get("/users/{id}/sessions", openapi_extra=PEOPLE)
async def list_sessions(id: UUID, call: Asked, _: Signed) -> Response:  # noqa: A002
    """List the open sessions of somebody."""
    await refuse_unless_keeper(call)
    return await _listed(call, id)


@ROUTES.delete("/users/{id}/sessions/{session}", status_code=204, openapi_extra=PEOPLE)
async def end_one(id: UUID, session: UUID, call: Asked, _: Signed) -> Response:  # noqa: A002
    """End one session of somebody."""
    await refuse_unless_keeper(call)
    return await _ended(call, id, session=session)


@ROUTES.delete("/users/{id}/sessions", status_code=204, openapi_extra=PEOPLE)
async def end_all(id: UUID, call: Asked, _: Signed) -> Response:  # noqa: A002
    """End all sessions of somebody; of oneself, all but the one that asks."""
    await refuse_unless_keeper(call)
    return await _ended(call, id)


def _own(call: Call, account: UUID | None) -> UUID:
    refuse_key(call)
    if account is None:
        raise NotAllowed
    return account


async def _listed(call: Call, account: UUID) -> Response:
    rules = (await call.policy()).snapshot.security
    async with call.reading() as tx:
        await user(tx, account, full=False)
        found: Any = await sessions_of(tx, account, rules=rules, current=call.guest.token)
    return answer(paging.whole(found))


async def _ended(call: Call, account: UUID, *, session: UUID | None = None) -> Response:
    async with call.transaction() as tx:
        login = (await user(tx, account, full=True))["login"]
        if session is not None:
            await end_session(tx, account, session, login=login)
        else:
            await end_sessions(tx, account, login=login, but=call.guest.token)
    call.system.viewers.forget(call.workspace)
    return nothing()
