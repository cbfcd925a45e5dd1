"""
The door for strangers: a public form as they see it, and what they send.

No session is asked for and none is looked at: who is signed in is a stranger here like anybody. The
answer to what is sent is the same whether it was somebody new or somebody we know.
"""

from collections.abc import Mapping
from functools import partial
from time import time
from typing import Annotated, Any
from uuid import UUID, uuid5

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.db import Conversation
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.config import faces, objects
from zhike.doors.http.routing import Asked, strangers_router
from zhike.hub import visitors
from zhike.hub.intake import ALONE, take_in
from zhike.hub.visitors import FormClosed, Frame, Sent, Ways
from zhike.kernel.faults import Fault, Invalid
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Json
from zhike.store import form_addresses
from zhike.store.accounts import network, viewer_by_id
from zhike.store.form_addresses import Address

ROUTES = strangers_router("public forms")

Place = Annotated[str, Path(max_length=64)]

SPACE = UUID("6f1d3c1a-64a5-4c1a-9a53-2f5d1a2c7b10")
"""In which the allowances of addresses are named."""
WAYS = Ways(alone=partial(take_in, steps=ALONE), walk=take_in)
ROBOT = "robot"
"""What became of what was sent by who filled in what nobody sees."""


class Filled(BaseModel):
    """What somebody filled in."""

    model_config = ConfigDict(extra="forbid")

    values: Annotated[dict[str, Any], Field(max_length=200)]
    ticket: Annotated[str, Field(max_length=200)]
    """What came with the form."""
    trap: Annotated[str, Field(max_length=1000)] = ""
    """What nobody sees; who fills it in is a robot."""


@ROUTES.get("/public/{address}")
async def show_form(address: Place, call: Asked) -> Response:
    """
    Give a public form to whoever has its address: `form` and `object` as `GET /objects` has them,
    cut to what strangers fill in, and the `ticket` to be sent along, not before `wait` seconds.
    """
    found, frame = await _there(call, address)
    told = {
        "form": faces.one_form(frame.policy, frame.form, call.language),
        "object": objects.cut(frame.policy, frame.object, frame.fields, call.language),
        "thanks": frame.form.manners.thanks.words().said(call.language)
        if frame.form.manners.thanks
        else "",
        "ticket": visitors.ticket(found.seal, now=time()),
        "wait": visitors.AGE,
    }
    return answer(told)


@ROUTES.post("/public/{address}", status_code=202)
async def send_form(address: Place, given: Filled, call: Asked) -> Response:
    """
    Send what was filled in; the answer says no more than that it came in, and is the same whether
    somebody is known or not. What has to be mended is told field by field.
    """
    found, frame = await _there(call, address)
    await _spend(call, found, frame)
    if given.trap:
        await _note(call, frame, Sent(fate=ROBOT))
        return answer({"sent": True}, 202)
    visitors.torn(found.seal, given.ticket, now=time())
    try:
        async with _acting(call, frame) as tx:
            belongs = await _belonging(tx, found)
            sent = await visitors.send(frame, given.values, tx, ways=WAYS, belongs=belongs)
            if sent.problems:
                raise Invalid(sent.problems)
            visitors.tell(tx, frame, sent)
    except Fault as fault:
        await _note(call, frame, Sent(fate="refused", problems=fault.problems))
        raise
    return answer({"sent": True}, 202)


async def _there(call: Call, address: str) -> tuple[Address, Frame]:
    """Give the form behind an address; nothing tells a closed one from one that never was."""
    async with call.system.db.reading(platform(), call.workspace) as tx:
        found = await form_addresses.at_address(tx, address)
    snapshot = await call.snapshot()
    form = snapshot.forms.get(found.form) if found else None
    if found is None or form is None or not (found.answers and form.is_public):
        raise FormClosed
    frame = visitors.framed(snapshot, form, language=call.language, owner=found.owner)
    return found, frame


async def _spend(call: Call, found: Address, frame: Frame) -> None:
    """Refuse what comes too often, from one network address or altogether."""
    manners = frame.form.manners
    near = uuid5(SPACE, f"{call.workspace} {found.address} {network(call.ip)}")
    every = uuid5(SPACE, f"{call.workspace} {found.address}")
    async with call.system.db.reading(platform(), call.workspace) as tx:
        await form_addresses.spend(tx, near, manners.per_address)
        await form_addresses.spend(tx, every, manners.per_minute)


async def _belonging(tx: Tx, found: Address) -> Mapping[str, Json]:
    """Say whom the record will belong to: the owner of the form, and where he sits."""
    if found.owner is None:
        return {}
    owner = await viewer_by_id(tx, found.owner, zone="Asia/Shanghai")
    if owner is None:
        return {}
    places = {"department": str(owner.departments[0])} if owner.departments else {}
    return {"owner": str(found.owner), **places}


def _acting(call: Call, frame: Frame) -> Any:
    return call.system.db.transaction(frame.policy.viewer, call.workspace, call.origin)


async def _note(call: Call, frame: Frame, sent: Sent) -> None:
    """Keep in the log what came to nothing, in a transaction of its own."""
    tx: Conversation
    async with _acting(call, frame) as tx:
        visitors.tell(tx, frame, sent)
