"""Second factors over HTTP: codes of a generator, recovery codes; and taken from who lost them."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.people.rights import refuse_unless_keeper
from zhike.doors.http.routing import PEOPLE, Asked, Guest, Signed, router
from zhike.doors.http.sign_in.person import changing, counter, own
from zhike.kernel.faults import NotAllowed
from zhike.kernel.tx import Tx
from zhike.store.accounts import People, end_sessions, tell, user
from zhike.store.accounts.factors import (
    KIND,
    Held,
    NoSecondFactor,
    confirm,
    drop_factors,
    drop_totp,
    held_by,
    new_recovery_codes,
    offer,
    raise_session,
)
from zhike.store.accounts.people.powers import above_viewer
from zhike.store.trail import note

ROUTES: APIRouter = router("auth")


class Confirmed(BaseModel):
    """The first code of a generator that is being set up."""

    model_config = ConfigDict(extra="forbid")

    ticket: Annotated[str, Field(min_length=1, max_length=4000)]
    code: Annotated[str, Field(min_length=1, max_length=20)]


@ROUTES.get("/me/second-factor")
async def mine(call: Asked, _: Guest) -> Response:
    """Say what one can show beside the password, and whether one has to."""
    person = await own(call)
    async with call.reading_as(person.seen.viewer) as tx:
        return answer(_told(await held_by(tx, person.account, person.rules)))


@ROUTES.post("/me/second-factor/totp")
async def begin_totp(call: Asked, _: Guest) -> Response:
    """
    Begin to set up a generator of codes: its secret, the same as a link and as a picture (SVG) for
    the telephone. It counts once it has shown a code, see `confirm`.
    """
    person = await own(call)
    async with changing(call, person):
        made = offer(counter(call, KIND), person.account, login=person.seen.login, issuer="Zhike")
    shown = {"secret": made.secret, "uri": made.uri, "qr": made.qr, "ticket": made.ticket}
    return answer(shown)


@ROUTES.post("/me/second-factor/totp/confirm")
async def confirm_totp(given: Confirmed, call: Asked, _: Guest) -> Response:
    """
    Take a generator into use, whose code it is. The answer shows the recovery codes, this once; all
    other sessions end.
    """
    person = await own(call)
    async with changing(call, person) as tx:
        await confirm(tx, counter(call, KIND), person.account, ticket=given.ticket, code=given.code)
        await raise_session(tx, person.seen.token, way="totp")
        await end_sessions(tx, person.account, login=person.seen.login, but=person.seen.token)
        codes = await new_recovery_codes(tx, call.system.vault, person.account)
        _note(tx, "user.second_factor_set", person.account, label=person.seen.login, new="totp")
    return answer({"recovery_codes": codes})


@ROUTES.delete("/me/second-factor/totp", status_code=204)
async def remove_totp(call: Asked, _: Signed) -> Response:
    """Do without a generator of codes, unless it is the last second factor and one is demanded."""
    person = await own(call)
    async with changing(call, person) as tx:
        await drop_totp(tx, await held_by(tx, person.account, person.rules))
        _note(tx, "user.second_factor_removed", person.account, label=person.seen.login, old="totp")
    return nothing()


@ROUTES.post("/me/second-factor/recovery-codes")
async def renew_recovery_codes(call: Asked, _: Signed) -> Response:
    """Make ten new recovery codes, shown this once; earlier ones no longer work."""
    person = await own(call)
    async with changing(call, person) as tx:
        if not (await held_by(tx, person.account, person.rules)).any:
            raise NoSecondFactor
        codes = await new_recovery_codes(tx, call.system.vault, person.account)
        _note(tx, "user.recovery_codes_made", person.account, label=person.seen.login)
    return answer({"recovery_codes": codes})


@ROUTES.get("/users/{id}/second-factor", openapi_extra=PEOPLE)
async def theirs(id: UUID, call: Asked, _: Signed) -> Response:  # noqa: A002
    """Say what somebody can show beside the password, for those who keep people."""
    await refuse_unless_keeper(call)
    rules = (await call.policy()).snapshot.security
    async with call.reading() as tx:
        return answer(_told(await held_by(tx, id, rules)))


@ROUTES.delete("/users/{id}/second-factor", status_code=204, openapi_extra=PEOPLE)
async def reset(id: UUID, call: Asked, viewer: Signed) -> Response:  # noqa: A002
    """
    Take second factors, passkeys and recovery codes from somebody who lost them, and end their
    sessions. Power over others protects here as it does elsewhere; one's own are none of this.
    """
    await refuse_unless_keeper(call)
    if id == viewer.id:
        raise NotAllowed
    snapshot = (await call.policy()).snapshot
    async with call.transaction() as tx:
        people = People(
            roles=snapshot.roles, passwords=call.system.passwords, rules=snapshot.security
        )
        await people.enter(tx)
        known = await user(tx, id, full=True)
        if forbidden := above_viewer(
            viewer,
            snapshot.roles,
            touched=known["roles"],
            own=False,
            separate=snapshot.security.separation,
        ):
            raise forbidden
        held = await held_by(tx, id, snapshot.security)
        await drop_factors(tx, id)
        await end_sessions(tx, id, login=known["login"])
        _note(tx, "user.second_factor_reset", id, label=known["name"], old=_told(held))
        await tell(tx)
    call.system.viewers.forget(call.workspace)
    return nothing()


def _told(held: Held) -> dict[str, Any]:
    return {
        "totp": {"since": held.since} if held.secret is not None else None,
        "passkeys": held.passkeys,
        "recovery_codes": held.recovery_codes,
        "demanded": held.demanded,
    }


def _note(tx: Tx, act: str, account: UUID, *, label: str, old: Any = None, new: Any = None) -> None:
    note(tx, act, object="user", target=account, label=label, old=old, new=new)
