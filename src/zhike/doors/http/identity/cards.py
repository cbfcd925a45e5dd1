"""Records met unseen over HTTP: access, collaboration or release asked for, and decided."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.records.told import refusals
from zhike.doors.http.routing import Asked, router
from zhike.hub.identity import cards
from zhike.hub.identity.cards import Wish
from zhike.hub.identity.faults import NotReleased
from zhike.hub.transfer import Transfer, transfer
from zhike.kernel.tx import Tx
from zhike.store import shares
from zhike.store.shares import Grantee, Wanted

ROUTES = router("identity")
Line = Annotated[str, Field(max_length=500)]


class Asking(BaseModel):
    """What somebody asks for, and why."""

    model_config = ConfigDict(extra="forbid")

    wish: Literal["access", "collaboration", "release"]
    reason: Line = ""


class Decision(BaseModel):
    """What is decided about a wish."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["grant", "refuse"]
    answer: Line = ""


@ROUTES.post("/identity/cards/{card}/wishes", status_code=201)
async def ask(card: UUID, given: Asking, call: Asked) -> Response:
    """Ask for access, collaboration or release of a record that one met without seeing it."""
    held = await call.policy()
    async with call.transaction() as tx:
        made = await cards.ask(tx, held, card, wish=given.wish, reason=given.reason)
    return answer({"id": made, "state": "open"}, 201)


@ROUTES.get("/identity/wishes")
async def list_wishes(
    call: Asked, state: Literal["open", "granted", "refused"] | None = None
) -> Response:
    """List what one asked for, and what one has to decide."""
    held = await call.policy()
    async with call.reading() as tx:
        found = await cards.listed(tx, held, state=state)
    return answer(paging.whole([one.described() for one in found]))


@ROUTES.post("/identity/wishes/{id}/decision")
async def decide(id: UUID, given: Decision, call: Asked) -> Response:  # noqa: A002
    """Grant a wish, which is done at once, or refuse it."""
    held = await call.policy()
    async with call.transaction() as tx:
        wish = await cards.wished(tx, held, id)
        grant = given.decision == "grant"
        await cards.decide(tx, wish, grant=grant, answer=given.answer)
        if grant:
            await _granted(call, tx, held, wish)
    call.system.viewers.forget(call.workspace)
    return answer({"id": id, "state": "granted" if grant else "refused"})


async def _granted(call: Call, tx: Tx, held: Policy, wish: Wish) -> None:
    """Do what was asked for, with the rights of whoever grants it."""
    if wish.wish == "release":
        wanted = Transfer(to=wish.asker, reason=wish.reason)
        take_in = call.system.hands.take_in
        done = await transfer(tx, held, wish.object, [wish.record], wanted=wanted, take_in=take_in)
        if refusals(done.entries, call.language) or not done.entries:
            raise NotReleased
        return
    together = wish.wish == "collaboration"
    wanted_share = Wanted(
        to=Grantee(kind="user", name=str(wish.asker)),
        level="write" if together else "read",
        reason=wish.reason,
        team=together,
    )
    place = (wish.object, wish.record)
    await shares.share(tx, held, place, wanted_share, language=call.language)
