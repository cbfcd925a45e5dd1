"""Signing in by the word of another system (OpenID Connect), and one's own links to such."""

from dataclasses import dataclass
from hmac import compare_digest
from time import time
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import RedirectResponse, Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.people.auth import give_session, welcome
from zhike.doors.http.routing import Asked, Signed, open_router, router
from zhike.doors.http.sign_in.arriving import WAY, Recommended, join, received
from zhike.doors.http.sign_in.cookies import Crumb, crumb, drop_crumb, set_crumb
from zhike.doors.http.sign_in.person import changing, counter, own
from zhike.doors.http.sign_in.place import onward, origin_of
from zhike.hub.providers import Arrival, ProviderRefused
from zhike.kernel.faults import Fault, NotFound
from zhike.kernel.viewer import platform
from zhike.meta import IdentityProviderSpec, Snapshot
from zhike.outbound import PrivateHosts
from zhike.store.accounts import Attempt, Begun, lock_left, note_lock, user
from zhike.store.accounts.factors import (
    MINUTES,
    PasskeyNeeded,
    SecondFactorNeeded,
    Shown,
    Ticket,
    TicketGone,
    begin_with_second,
    links_of,
    refuse_unless_recent,
    spend,
    unlink,
)
from zhike.store.trail import note
from zhike.store.vault import secret_named

ROUTES: APIRouter = router("auth")
BACK: APIRouter = open_router("auth")
"""Where providers send people back to, with whatever they like to say besides."""

LEFT: Crumb = "zhike_oidc"
SECOND: Crumb = "zhike_second"
AWAY_MINUTES = 10
PAGE = "/sign-in"
"""The page to go on to when something has still to be shown, or went wrong."""

Next = Annotated[str, Query(max_length=500)]
Said = Annotated[str, Query(max_length=4000)]


@ROUTES.get("/auth/oidc/{key}", status_code=302)
async def leave(key: str, call: Asked, next: Next = "/") -> Response:  # noqa: A002 - API.md
    """Send somebody to an identity provider to sign in; `next` is where to go afterwards."""
    onto = onward(next)
    snapshot, spec = await _provider(call, key)
    url, ticket = await _departed(call, snapshot, spec, {"next": onto})
    away = RedirectResponse(url, 302)
    set_crumb(away, call, LEFT, ticket=ticket, minutes=AWAY_MINUTES)
    return away


@BACK.get("/auth/oidc/{key}/callback", status_code=303)
async def come_back(  # noqa: PLR0917 - one for each query parameter
    key: str,
    call: Asked,
    code: Said = "",
    state: Said = "",
    iss: Said | None = None,
    error: Said = "",
) -> Response:
    """Take back somebody whom a provider sends; a browser is sent on, others are told."""
    said = Returned(code=code, state=state, issuer=iss, error=error)
    try:
        return await _back(call, key, said)
    except Fault as fault:
        if "text/html" not in (call.header(b"accept") or ""):
            raise
        page = RedirectResponse(f"{PAGE}?problem={fault.word()}", 303)
        drop_crumb(page, call, LEFT)
        return page


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What a provider says when it sends somebody back."""

    code: str
    state: str
    issuer: str | None
    error: str


async def _back(call: Call, key: str, said: Returned) -> Response:
    ticket = crumb(call, LEFT)
    facts = ticket.facts
    if facts["provider"] != key or not compare_digest(facts["state"].encode(), said.state.encode()):
        raise TicketGone
    if said.error or not said.code:
        raise ProviderRefused(reason=said.error[:60] or "code")
    snapshot, spec = await _provider(call, key)
    if facts["issuer"] != spec.issuer:
        raise TicketGone
    arrival = Arrival(
        code=said.code,
        issuer=said.issuer,
        nonce=facts["nonce"],
        verifier=facts["verifier"],
        back=facts["back"],
        secret=await _secret(call, spec),
    )
    private = PrivateHosts.of(snapshot.security.private_hosts)
    voucher = await call.system.providers.identified(spec, arrival, private=private)
    recommended = Recommended(voucher=voucher, spec=spec, snapshot=snapshot)
    if "account" in facts:
        return await _joined(call, ticket, recommended)
    async with call.for_guest() as tx:
        await spend(tx, ticket)
        begun = await received(tx, call, recommended)
    return _sent_on(call, begun, facts["next"], key)


async def _joined(call: Call, ticket: Ticket, recommended: Recommended) -> Response:
    """Link whom a provider vouches for to who asked for it, if that is still who is here."""
    person = await own(call)
    if ticket.account() != person.account:
        raise TicketGone
    async with changing(call, person) as tx:
        await spend(tx, ticket)
        await join(tx, person.account, recommended)
    onto = RedirectResponse(ticket.facts["next"], 303)
    drop_crumb(onto, call, LEFT)
    return onto


def _sent_on(call: Call, begun: Begun, onto: str, key: str) -> Response:
    """Send somebody on with a session, or to show the second factor that is missing."""
    match begun.refused:
        case SecondFactorNeeded() | PasskeyNeeded() as needed:
            facts = {"account": str(begun.account), "provider": key}
            asking = urlencode({"needed": needed.word(), "next": onto})
            page = RedirectResponse(f"{PAGE}?{asking}", 303)
            ticket = counter(call, SECOND).issue(facts)
            set_crumb(page, call, SECOND, ticket=ticket, minutes=MINUTES)
        case _:
            page = RedirectResponse(onto, 303)
            give_session(page, call, begun)
    drop_crumb(page, call, LEFT)
    return page


class Code(BaseModel):
    """The second factor of somebody whose identity provider was believed already."""

    model_config = ConfigDict(extra="forbid")

    totp: Annotated[str, Field(min_length=1, max_length=20)]


@ROUTES.post("/auth/second-factor")
async def show_second(given: Code, call: Asked) -> Response:
    """
    Finish a sign-in by an identity provider with the code of a generator, or a recovery code; the
    answer sets the session cookie.
    """
    ticket = crumb(call, SECOND)
    rules = (await call.snapshot()).security
    shown = Shown(vault=call.system.vault, code=given.totp, now=time())
    async with call.for_guest() as tx:
        known = await user(tx, ticket.account(), full=True)
        attempt = Attempt(workspace=call.workspace, login=known["login"], ip=call.ip)
        seconds = await lock_left(tx, attempt)
        begun = (
            await note_lock(tx, attempt, seconds=seconds, account=ticket.account())
            if seconds
            else await begin_with_second(
                tx, ticket.account(), attempt=attempt, rules=rules, shown=shown, way=WAY
            )
        )
        if begun.session is not None:
            await spend(tx, ticket)
    answered = await welcome(call, begun)
    drop_crumb(answered, call, SECOND)
    return answered


@ROUTES.get("/me/providers")
async def mine(call: Asked, _: Signed) -> Response:
    """List the identity providers that know who one is."""
    person = await own(call)
    async with call.reading() as tx:
        return answer(paging.whole(await links_of(tx, person.account)))


@ROUTES.post("/me/providers/{key}")
async def begin_link(key: str, call: Asked, _: Signed, next: Next = "/") -> Response:  # noqa: A002
    """Begin to have a provider stand for oneself: `url` is where to go for that."""
    person = await own(call)
    onto = onward(next)
    snapshot, spec = await _provider(call, key)
    async with call.reading() as tx:
        await refuse_unless_recent(tx, person.account, person.seen.token)
    facts = {"next": onto, "account": str(person.account)}
    url, ticket = await _departed(call, snapshot, spec, facts)
    told = answer({"url": url})
    set_crumb(told, call, LEFT, ticket=ticket, minutes=AWAY_MINUTES)
    return told


@ROUTES.delete("/me/providers/{key}", status_code=204)
async def remove_link(key: str, call: Asked, _: Signed) -> Response:
    """Have a provider no longer stand for oneself."""
    person = await own(call)
    async with changing(call, person) as tx:
        await unlink(tx, person.account, provider=key)
        note(
            tx,
            "user.provider_unlinked",
            object="user",
            target=person.account,
            label=person.seen.login,
            old={"provider": key},
        )
    return nothing()


async def _departed(
    call: Call, snapshot: Snapshot, spec: IdentityProviderSpec, facts: dict[str, str]
) -> tuple[str, str]:
    """Give where to go, and the ticket for coming back."""
    back = f"{origin_of(call)}/api/v1/auth/oidc/{spec.key}/callback"
    private = PrivateHosts.of(snapshot.security.private_hosts)
    away = await call.system.providers.departure(spec, private=private, back=back)
    ticket = counter(call, LEFT).issue(
        {
            **facts,
            "provider": spec.key,
            "issuer": spec.issuer,
            "state": away.state,
            "nonce": away.nonce,
            "verifier": away.verifier,
            "back": back,
        },
        minutes=AWAY_MINUTES,
    )
    return away.url, ticket


async def _provider(call: Call, key: str) -> tuple[Snapshot, IdentityProviderSpec]:
    snapshot = await call.snapshot()
    spec = snapshot.providers.get(key)
    if spec is None or not spec.active:
        raise NotFound
    return snapshot, spec


async def _secret(call: Call, spec: IdentityProviderSpec) -> str | None:
    if spec.secret is None:
        return None
    async with call.reading_as(platform()) as tx:
        return await secret_named(tx, call.system.vault, spec.secret)
