"""Signing in and out, and what the one who asks may do."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.gate import COOKIE
from zhike.doors.http.people.rights import policy_of
from zhike.doors.http.routing import Asked, Signed, router
from zhike.kernel.faults import TooMany
from zhike.kernel.viewer import platform
from zhike.store.accounts import (
    SESSION_DAYS,
    Attempt,
    WrongLogin,
    close_session,
    count_failure,
    lock_left,
    meant,
    open_session,
    user,
)

ROUTES: APIRouter = router("auth")

Text = Annotated[str, Field(min_length=1, max_length=1000)]


class SignIn(BaseModel):
    """What somebody signs in with."""

    model_config = ConfigDict(extra="forbid")

    login: Text
    password: Text
    totp: str | None = Field(default=None, max_length=20)


@ROUTES.post("/auth/login")
async def login(given: SignIn, call: Asked) -> Response:
    """
    Sign in; the answer sets the session cookie. `login` may be a mobile number or an e-mail
    too.
    """
    secret, known = await _signed_in(given, call)
    answered = answer({"user": known})
    answered.set_cookie(
        COOKIE,
        secret,
        max_age=SESSION_DAYS * 86400,
        httponly=True,
        samesite="lax",
        secure=call.secure,
        path="/",
    )
    return answered


async def _signed_in(given: SignIn, call: Call) -> tuple[str, Mapping[str, Any]]:
    """Look at the lock, judge, count: in this order, few at a time, each step kept for itself."""
    system, attempt = (
        call.system,
        Attempt(workspace=call.workspace, login=given.login.strip(), ip=call.ip),
    )
    async with system.passwords.turn:
        async with system.db.reading(platform(), call.workspace) as tx:
            seconds = await lock_left(tx, attempt)
            account, kept = await meant(tx, given.login)
        if seconds:
            raise TooMany(seconds=seconds)
        fits = await system.passwords.fits(given.password, kept)
        async with system.db.transaction(platform(), call.workspace) as tx:
            if account is None or not fits:
                await count_failure(tx, attempt)
                token, known = None, {}
            else:
                agent = call.header(b"user-agent") or ""
                token = await open_session(tx, account, attempt=attempt, agent=agent)
                known = await user(tx, account, full=True)
    if token is None:
        raise WrongLogin
    return token.secret, known


@ROUTES.post("/auth/logout", status_code=204)
async def logout(call: Asked) -> Response:
    """Sign out: the session ends everywhere. Without one there is nothing to do."""
    if call.seen and call.seen.key is None:
        async with call.system.db.transaction(call.seen.viewer, call.workspace) as tx:
            await close_session(tx, call.seen.token)
        call.system.viewers.forget(call.workspace)
    answered = nothing()
    answered.delete_cookie(COOKIE, httponly=True, samesite="lax", secure=call.secure, path="/")
    return answered


@ROUTES.get("/me")
async def me(call: Asked, viewer: Signed) -> Response:
    """
    Give who asks, and what they may do: per object the actions, and the fields with their
    level.
    """
    rights = await policy_of(call)
    async with call.system.db.reading(viewer, call.workspace) as tx:
        known = await user(tx, viewer.id, full=True) if viewer.id else {}
    return answer(
        {
            "user": known,
            "workspace": call.workspace,
            "roles": sorted(viewer.roles),
            "departments": known.get("departments", []),
            "configure": rights.configures,
            "people": rights.keeps_people,
            "objects": rights.described(),
        }
    )
