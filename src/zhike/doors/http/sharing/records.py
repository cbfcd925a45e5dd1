"""Who works on a record together (相关团队), with whom it is shared, and many shared at once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.records.reading import answering
from zhike.doors.http.routing import Asked, router
from zhike.doors.http.sharing.words import Chosen, Level, Line, Shared, Words
from zhike.kernel.tx import Tx
from zhike.store import shares
from zhike.store.shares import Grantee, Wanted
from zhike.store.shares.faults import AlreadyOver

ROUTES: APIRouter = router("sharing")


class Member(Words):
    """Somebody who shall work on a record, and whether they may change it."""

    user: UUID
    level: Level = "read"
    reason: Line = ""


class Many(Shared, Chosen):
    """Which records shall be shared, and with whom."""

    team: bool = False


@ROUTES.get("/records/{object}/{id}/team")
async def list_team(object: str, id: UUID, call: Asked) -> Response:  # noqa: A002
    """List who works on a record beside its owner."""
    return await _listed(call, (object, id), team=True)


@ROUTES.post("/records/{object}/{id}/team", status_code=201)
async def join(object: str, id: UUID, given: Member, call: Asked) -> Response:  # noqa: A002
    """Take somebody into the team of a record, or let them do more or less with it."""
    held = await call.policy()
    to = Grantee(kind="user", name=str(given.user))
    wanted = Wanted(to=to, level=given.level, reason=given.reason, team=True)
    async with call.transaction() as tx:
        made = await shares.share(tx, held, (object, id), wanted, language=call.language)
    call.system.viewers.forget(call.workspace)
    return answer(made, 201)


@ROUTES.delete("/records/{object}/{id}/team/{user}", status_code=204)
async def leave(object: str, id: UUID, user: UUID, call: Asked) -> Response:  # noqa: A002
    """Take somebody out of the team of a record; everybody may leave."""
    held = await call.policy()
    async with call.transaction() as tx:
        await shares.unshare(tx, held, (object, id), member=user)
    return nothing()


@ROUTES.get("/records/{object}/{id}/shares")
async def list_shares(object: str, id: UUID, call: Asked) -> Response:  # noqa: A002
    """List with whom a record is shared."""
    return await _listed(call, (object, id), team=False)


@ROUTES.post("/records/{object}/{id}/shares", status_code=201)
async def share(object: str, id: UUID, given: Shared, call: Asked) -> Response:  # noqa: A002
    """Share a record with a person, a department or a role, for ever or until a moment."""
    held = await call.policy()
    async with call.transaction() as tx:
        made = await shares.share(tx, held, (object, id), wanted(given), language=call.language)
    call.system.viewers.forget(call.workspace)
    return answer(made, 201)


@ROUTES.delete("/records/{object}/{id}/shares/{share}", status_code=204)
async def unshare(object: str, id: UUID, share: UUID, call: Asked) -> Response:  # noqa: A002
    """Stop sharing a record with somebody."""
    held = await call.policy()
    async with call.transaction() as tx:
        await shares.unshare(tx, held, (object, id), id=share)
    return nothing()


@ROUTES.post("/records/{object}/share")
async def share_many(object: str, given: Many, call: Asked) -> Response:  # noqa: A002
    """Share all records that answer a condition, or those named; no share is cut short by it."""
    held = await call.policy()
    async with call.transaction() as tx:
        told = await shares.share_many(
            tx, held, object, given.chosen(), wanted=wanted(given, team=given.team)
        )
    call.system.viewers.forget(call.workspace)
    return answer(told)


async def _listed(call: Call, place: tuple[str, UUID], *, team: bool) -> Response:
    held = await call.policy()

    async def asked(tx: Tx, id_: UUID) -> Sequence[Mapping[str, Any]]:
        here = (place[0], id_)
        return await shares.listed(tx, held, here, team=team, language=call.language)

    async with call.reading() as tx:
        _, found = await answering(tx, place[0], place[1], asked)
    return answer(paging.whole(found))


def wanted(given: Shared, *, team: bool = False) -> Wanted:
    """Give what somebody wants to share; nothing ends before it begins."""
    if given.until is not None and given.until <= datetime.now(UTC):
        raise AlreadyOver(at="until")
    return Wanted(
        to=given.to.grantee(),
        level=given.level,
        until=given.until,
        reason=given.reason,
        team=team,
    )
