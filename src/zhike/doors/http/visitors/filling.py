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
from starlette.responses import Response

from zhike.db import Conversation
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.config import faces, objects
from zhike.doors.http.routing import Asked, strangers_router
from zhike.doors.http.visitors import enclosing
from zhike.doors.http.visitors.enclosing import FORM, Letter
from zhike.doors.http.visitors.filled import Filled
from zhike.hub import visitors
from zhike.hub.intake import ALONE, take_in
from zhike.hub.visitors import FormClosed, Frame, Sending, Sent, Ways
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
WITH_FILES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": [FORM],
                    "properties": {FORM: {"type": "string"}},
                    "additionalProperties": {"type": "string", "format": "binary"},
                }
            }
        },
    }
}
WAYS = Ways(alone=partial(take_in, steps=ALONE), walk=take_in)
ROBOT = "robot"
"""What became of what was sent by who filled in what nobody sees."""


@ROUTES.get("/public/{address}")
async def show_form(address: Place, call: Asked) -> Response:
    """
    Give a public form to whoever has its address: `form` and `object` as `GET /objects` has them,
    cut to what strangers fill in, and the `ticket` to be sent along, not before `wait` seconds.
    `files` says what may come along (null: nothing).
    """
    found, frame = await _there(call, address)
    told = {
        "form": faces.one_form(frame.policy, frame.form, call.language),
        "object": objects.cut(
            frame.policy, frame.object, {*frame.fields, *frame.files}, call.language
        ),
        "thanks": frame.form.manners.thanks.words().said(call.language)
        if frame.form.manners.thanks
        else "",
        "ticket": visitors.ticket(found.seal, now=time()),
        "wait": visitors.AGE,
        "files": _files(frame),
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
    return await _taken(call, found, frame, Letter(filled=given))


@ROUTES.post("/public/{address}/with-files", status_code=202, openapi_extra=WITH_FILES)
async def send_form_with_files(address: Place, call: Asked) -> Response:
    """
    Send what was filled in together with files: as multipart, with a part `form` that holds what
    is sent without files, and each file in a part called by its field. It is taken or refused as a
    whole; what nobody takes is stored nowhere, and nothing can be fetched here.
    """
    found, frame = await _there(call, address)
    await _spend(call, found, frame)
    async with enclosing.opened(call, frame) as letter:
        return await _taken(call, found, frame, letter)


async def _taken(call: Call, found: Address, frame: Frame, letter: Letter) -> Response:
    given = letter.filled
    if given.trap:
        await _note(call, frame, Sent(fate=ROBOT))
        return answer({"sent": True}, 202)
    visitors.torn(found.seal, given.ticket, now=time())
    try:
        if wrong := letter.problems(frame):
            raise Invalid(wrong)
        async with call.transaction_as(frame.policy.viewer) as tx:
            belongs = await _belonging(tx, found)
            sending = Sending(values=given.values, belongs=belongs, enclosed=letter.ids())
            sent = await visitors.send(frame, sending, tx, ways=WAYS)
            if sent.problems:
                raise Invalid(sent.problems)
            await enclosing.keep(letter, tx, call.system.files, fields=sent.enclosed)
            visitors.tell(tx, frame, sent)
    except Fault as fault:
        await _note(call, frame, Sent(fate="refused", problems=fault.problems))
        raise
    return answer({"sent": True}, 202)


def _files(frame: Frame) -> Mapping[str, Any] | None:
    """Say how many files may come along, how large, and what they may be called, by field."""
    if not frame.files:
        return None
    kinds = {
        key: [one for some in visitors.allowed(field).values() for one in some]
        for key, field in frame.files.items()
    }
    manners = frame.form.manners
    return {"most": manners.files, "megabytes": manners.file_mb, "kinds": kinds}


async def _there(call: Call, address: str) -> tuple[Address, Frame]:
    """Give the form behind an address; nothing tells a closed one from one that never was."""
    async with call.reading_as(platform()) as tx:
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
    async with call.reading_as(platform()) as tx:
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


async def _note(call: Call, frame: Frame, sent: Sent) -> None:
    """Keep in the log what came to nothing, in a transaction of its own."""
    tx: Conversation
    async with call.transaction_as(frame.policy.viewer) as tx:
        visitors.tell(tx, frame, sent)
