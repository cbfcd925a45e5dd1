"""
`POST /access/explain` and `GET /access/who-can`: the decision on a record with its reasons.

Whoever asks about others keeps people, configures or audits. Of a record only somebody who sees it
is told anything: an answer about a hidden one is that about one that is not there.
"""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.access import ACTIONS, Action, Policy, button, policy
from zhike.doors.http import paging
from zhike.doors.http.access.faults import UnknownAction
from zhike.doors.http.access.words import reason_told
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.routing import Asked, router
from zhike.kernel.faults import NotAllowed, NotFound
from zhike.kernel.sql import ident, param, sql
from zhike.kernel.tx import Tx
from zhike.lang import UnknownField
from zhike.store.accounts import viewer_by_id
from zhike.store.read import readable
from zhike.store.why import Found, Question, Verdict, able, everybody, judged

ROUTES = router("access")

MOST = 10_000
Key = Annotated[str, Field(max_length=48)]


class Explained(BaseModel):
    """Who is asked about, and what they would do with which record and field."""

    model_config = ConfigDict(extra="forbid")

    user: UUID | None = None
    object: Key
    record: UUID | None = None
    field: Key | None = None
    action: Annotated[str, Field(max_length=60)] = "read"


@ROUTES.post("/access/explain")
async def explain(given: Explained, call: Asked) -> Response:
    """Say whether somebody may do something, and the chain of reasons; without `user`, oneself."""
    held = await call.policy()
    asked = Question(
        object=given.object,
        action=_action(held, given.object, given.action),
        record=given.record,
        field=given.field,
    )
    mine = given.user in (None, held.viewer.id)
    if not mine and not _looks_after(held):
        raise NotAllowed
    (_known if mine else readable)(held, asked.object)
    _known_field(held, asked)
    async with call.reading() as tx:
        seen = await _sees(tx, held, asked)
        who = held if mine else await _policy_of(tx, held, given.user)
    if not seen:
        if not mine:
            raise NotFound
        return answer(_told(call, held, asked, _out_of_sight(held, asked)))
    async with call.reading_as(who.viewer) as tx:
        verdict = await judged(tx, who, asked)
    return answer(_told(call, who, asked, verdict))


@ROUTES.get("/access/who-can")
async def who_can(  # noqa: PLR0917 - one for each query parameter
    call: Asked,
    object: Annotated[str, Query(max_length=48)],  # noqa: A002 - the word of the API
    record: UUID,
    action: Annotated[str, Query(max_length=60)] = "read",
    field: Annotated[str | None, Query(max_length=48)] = None,
) -> Response:
    """List the people who may do something with a record one sees, each with the reasons."""
    held = await call.policy()
    readable(held, object)
    asked = Question(
        object=object, action=_action(held, object, action), record=record, field=field
    )
    _known_field(held, asked)
    async with call.reading() as tx:
        may_ask = _looks_after(held) or await _sees(tx, held, asked, "share")
        if not may_ask:
            raise NotAllowed
        if not await _sees(tx, held, asked):
            raise NotFound
        people = await everybody(tx, zone=held.viewer.zone)
        found = await able(tx, held.snapshot, people[:MOST], asked)
    roles = held.snapshot.roles
    return answer(
        paging.whole(
            [
                {
                    "user": {"id": one.viewer.id, "name": one.viewer.name},
                    "reasons": [
                        reason_told(Found(reason=why, holds=True), roles, call.language)
                        for why in one.reasons
                    ],
                }
                for one in found
            ]
        )
    )


async def _policy_of(tx: Tx, held: Policy, user: UUID | None) -> Policy:
    viewer = await viewer_by_id(tx, user, zone=held.viewer.zone) if user else None
    if viewer is None:
        raise NotFound
    return policy(held.snapshot, viewer)


def _looks_after(held: Policy) -> bool:
    """Whether somebody may ask what others may do."""
    return held.keeps_people or held.configures or held.audits


def _known(held: Policy, obj: str) -> None:
    """Refuse an object that is not there, in the words reading has for it."""
    if held.snapshot.objects.get(obj) is None or held.snapshot.objects[obj].system:
        readable(held, obj)


def _action(held: Policy, obj: str, action: str) -> Action:
    known: dict[str, Action] = {one: one for one in ACTIONS}
    keys = held.rights.buttons(obj) if obj in held.snapshot.objects else ()
    known |= {f"button:{key}": button(key) for key in keys}
    if action not in known:
        raise UnknownAction(at="action", name=action[:60], known=", ".join(known))
    return known[action]


def _known_field(held: Policy, asked: Question) -> None:
    """A field hidden from whoever asks is as unknown here as anywhere."""
    if asked.field is not None and held.level(asked.object, asked.field) == "hidden":
        raise UnknownField(field=asked.field, object=asked.object)


async def _sees(tx: Tx, held: Policy, asked: Question, action: Action = "read") -> bool:
    if asked.record is None:
        return True
    condition = held.rows(asked.object, "t", action)
    return bool(
        await tx.value(
            sql(
                "SELECT EXISTS (SELECT FROM {table} AS t"
                " WHERE t.id = {id} AND t.deleted_at IS NULL AND {condition})",
                table=ident(held.snapshot.objects[asked.object].table),
                id=param(asked.record, "uuid"),
                condition=condition or sql("true"),
            )
        )
    )


def _out_of_sight(held: Policy, asked: Question) -> Verdict:
    """Answer about a record that is hidden or not there, without telling which."""
    reasons = held.reasons(asked.object, asked.action, asked.field)
    return Verdict(
        allowed=False,
        level="hidden" if asked.field else None,
        chain=tuple(Found(reason=one, holds=None) for one in reasons),
    )


def _told(call: Call, held: Policy, asked: Question, verdict: Verdict) -> dict[str, Any]:
    return {
        "allowed": verdict.allowed,
        "level": verdict.level,
        "user": {
            "id": held.viewer.id,
            "name": held.viewer.name,
            "roles": sorted(held.viewer.roles),
        },
        "object": asked.object,
        "record": asked.record,
        "field": asked.field,
        "action": asked.action,
        "chain": _chain(call, held, verdict.chain),
    }


def _chain(call: Call, held: Policy, chain: Sequence[Found]) -> list[dict[str, Any]]:
    return [
        {
            "kind": "personal" if one.reason.personal else one.reason.kind,
            "action": one.reason.action,
            "role": one.reason.role or None,
            "scope": one.reason.scope,
            "stage": one.reason.stage or None,
            "level": one.reason.level,
            "allows": one.reason.allows,
            "holds": one.holds,
            "text": reason_told(one, held.snapshot.roles, call.language),
        }
        for one in chain
    ]
