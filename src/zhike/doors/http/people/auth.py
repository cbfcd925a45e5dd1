"""Signing in and out, and what the one who asks may do."""

from dataclasses import replace
from time import time
from typing import Annotated

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http.access.looking import may_look
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.config.rights import may_write
from zhike.doors.http.gate import cookie_name
from zhike.doors.http.routing import Asked, Guest, router
from zhike.kernel.viewer import platform
from zhike.store.accounts import (
    Attempt,
    Begun,
    begin,
    close_session,
    lock_left,
    meant,
    note_lock,
    turn_away,
    user,
)
from zhike.store.accounts.factors import Shown, begin_with_second

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
    too, `totp` a recovery code. `first` says what has to be done before anything else: `password`
    for changing it, `second_factor` for setting one up.
    """
    return await welcome(call, await _by_password(given, call))


async def welcome(call: Call, begun: Begun) -> Response:
    """Give whoever has begun a session their cookie, or say why there is none."""
    begun.opened()
    async with call.reading_as(platform()) as tx:
        known = await user(tx, begun.account, full=True) if begun.account else {}
    answered = answer({"user": known, **({"first": begun.first} if begun.first else {})})
    give_session(answered, call, begun)
    return answered


def give_session(response: Response, call: Call, begun: Begun) -> None:
    """Set the cookie of a session that was begun, or raise why it was not."""
    response.set_cookie(
        cookie_name(secure=call.secure),
        begun.opened().secret,
        max_age=begun.days * 86400,
        httponly=True,
        samesite="lax",
        secure=call.secure,
        path="/",
    )


async def _by_password(given: SignIn, call: Call) -> Begun:
    """Look at the lock, judge, count: in this order, few at a time, each step kept for itself."""
    system = call.system
    rules = (await system.catalog.snapshot(call.workspace)).security
    attempt = Attempt(workspace=call.workspace, login=given.login.strip(), ip=call.ip)
    async with system.passwords.turn:
        async with call.reading_as(platform()) as tx:
            seconds = await lock_left(tx, attempt)
            known = await meant(tx, given.login)
        fits = not seconds and await system.passwords.fits(given.password, known.password)
        async with call.for_guest() as tx:
            if seconds:
                return await note_lock(tx, attempt, seconds=seconds, account=known.account)
            if known.account is None or not fits:
                return await turn_away(tx, attempt=attempt, rules=rules, account=known.account)
            attempt = replace(attempt, kept=known.password)
            if known.emergency:
                return await begin(tx, known.account, attempt=attempt, rules=rules)
            shown = Shown(vault=system.vault, code=given.totp, now=time())
            return await begin_with_second(
                tx, known.account, attempt=attempt, rules=rules, shown=shown
            )


@ROUTES.post("/auth/logout", status_code=204)
async def logout(call: Asked) -> Response:
    """Sign out: the session ends everywhere. Without one there is nothing to do."""
    if call.seen and call.seen.key is None:
        seen = call.seen
        async with call.for_guest() as tx:
            await close_session(tx, seen.token, login=seen.login, account=seen.viewer.id)
        call.system.viewers.forget(call.workspace)
    answered = nothing()
    name = cookie_name(secure=call.secure)
    answered.delete_cookie(name, httponly=True, samesite="lax", secure=call.secure, path="/")
    return answered


@ROUTES.get("/me")
async def me(call: Asked, guest: Guest) -> Response:
    """
    Give who asks, and what they may do: per object the actions, and the fields with their
    level. `first` says what has to be done before anything else.
    """
    viewer = guest.viewer
    async with call.reading_as(viewer) as tx:
        known = await user(tx, viewer.id, full=True) if viewer.id else {}
    if guest.first:
        return answer({"user": known, "workspace": call.workspace, "first": guest.first})
    rights = await call.policy()
    return answer(
        {
            "user": known,
            "workspace": call.workspace,
            "seen_by": viewer.seen_by,
            "zone": viewer.zone,
            "roles": sorted(viewer.roles),
            "departments": known.get("departments", []),
            "configure": rights.configures,
            "people": rights.keeps_people,
            "audit": rights.audits,
            "write_roles": may_write(rights, {"role"}),
            "view_as": may_look(rights),
            "approve_exports": rights.approves_exports,
            "objects": rights.described(),
        }
    )
