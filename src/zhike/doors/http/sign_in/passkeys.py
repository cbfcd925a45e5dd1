"""Passkeys over HTTP: made and kept by their owners, and signed in with."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer, created, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.people.auth import welcome
from zhike.doors.http.routing import Asked, Guest, Signed, router
from zhike.doors.http.sign_in.person import changing, counter, own
from zhike.doors.http.sign_in.place import site_of
from zhike.store.accounts import Attempt, Begun, begin, turn_away
from zhike.store.accounts.factors import (
    REGISTER,
    SHOW,
    Answer,
    Owner,
    WrongPasskey,
    add_passkey,
    ask_for_passkey,
    ask_to_show,
    bearer_of,
    drop_passkey,
    held_by,
    new_recovery_codes,
    passkeys_of,
    raise_session,
    rename_passkey,
)
from zhike.store.trail import note

ROUTES: APIRouter = router("auth")

Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
WAY = "passkey"


class Shown(BaseModel):
    """What the browser's authenticator answered, as `PublicKeyCredential.toJSON` gives it."""

    model_config = ConfigDict(extra="forbid")

    ticket: Annotated[str, Field(min_length=1, max_length=4000)]
    credential: dict[str, Any]

    def answered(self) -> Answer:
        """Give it as the floor below wants it."""
        return Answer(ticket=self.ticket, credential=self.credential)


class New(Shown):
    """A passkey that was just made, and what its owner calls it."""

    name: Name


class Renamed(BaseModel):
    """Another name."""

    model_config = ConfigDict(extra="forbid")

    name: Name


@ROUTES.get("/me/passkeys")
async def mine(call: Asked, _: Guest) -> Response:
    """List one's own passkeys."""
    person = await own(call)
    async with call.reading_as(person.seen.viewer) as tx:
        return answer(paging.whole(await passkeys_of(tx, person.account)))


@ROUTES.post("/me/passkeys/begin")
async def begin_registration(call: Asked, _: Guest) -> Response:
    """Begin to make a passkey: `options` are for `navigator.credentials.create`."""
    person = await own(call)
    site = site_of(call)
    owner = Owner(account=person.account, login=person.seen.login, name=person.seen.viewer.name)
    async with changing(call, person) as tx:
        asked = await ask_for_passkey(tx, counter(call, REGISTER), owner, site)
    return answer({"options": asked.options, "ticket": asked.ticket})


@ROUTES.post("/me/passkeys", status_code=201)
async def add(given: New, call: Asked, _: Guest) -> Response:
    """Keep a passkey that was just made. With the first factor of all come recovery codes."""
    person = await own(call)
    async with changing(call, person) as tx:
        held = await held_by(tx, person.account, person.rules)
        made = await add_passkey(
            tx,
            counter(call, REGISTER),
            person.account,
            answer=given.answered(),
            name=given.name.strip(),
        )
        await raise_session(tx, person.seen.token, way=WAY)
        codes = (
            {}
            if held.recovery_codes
            else {"recovery_codes": await new_recovery_codes(tx, call.system.vault, held.account)}
        )
        note(tx, "user.passkey_added", object="user", target=held.account, label=made["name"])
    return created({**made, **codes}, at=f"/api/v1/me/passkeys/{made['id']}")


@ROUTES.patch("/me/passkeys/{id}")
async def rename(id: UUID, given: Renamed, call: Asked, _: Signed) -> Response:  # noqa: A002
    """Call a passkey by another name."""
    person = await own(call)
    async with changing(call, person) as tx:
        return answer(await rename_passkey(tx, person.account, id, name=given.name.strip()))


@ROUTES.delete("/me/passkeys/{id}", status_code=204)
async def remove(id: UUID, call: Asked, _: Signed) -> Response:  # noqa: A002
    """Do without a passkey, unless it is the last second factor and one is demanded."""
    person = await own(call)
    async with changing(call, person) as tx:
        name = await drop_passkey(tx, await held_by(tx, person.account, person.rules), id)
        note(tx, "user.passkey_removed", object="user", target=person.account, label=name)
    return nothing()


@ROUTES.post("/auth/passkey/begin")
async def begin_sign_in(call: Asked) -> Response:
    """Begin to sign in by passkey: `options` are for `navigator.credentials.get`."""
    asked = ask_to_show(counter(call, SHOW), site_of(call))
    return answer({"options": asked.options, "ticket": asked.ticket})


@ROUTES.post("/auth/passkey/finish")
async def finish_sign_in(given: Shown, call: Asked) -> Response:
    """Sign in by passkey; the answer sets the session cookie."""
    return await welcome(call, await _by_passkey(given.answered(), call))


async def _by_passkey(shown: Answer, call: Call) -> Begun:
    rules = (await call.snapshot()).security
    async with call.for_guest() as tx:
        bearer = await bearer_of(tx, counter(call, SHOW), shown)
        attempt = Attempt(workspace=call.workspace, login=bearer.login or WAY, ip=call.ip)
        if bearer.account is not None and bearer.right:
            return await begin(tx, bearer.account, attempt=attempt, rules=rules, way=WAY)
        await turn_away(tx, attempt=attempt, rules=rules, account=bearer.account, way=WAY)
        return Begun(account=bearer.account, refused=WrongPasskey())
