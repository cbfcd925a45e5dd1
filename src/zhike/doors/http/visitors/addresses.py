"""Where strangers fill a form in: given an address, opened, closed, given another one."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import Path
from pydantic import AwareDatetime, BaseModel, ConfigDict
from starlette.responses import Response

from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.config.rights import configurer, reader
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.hub import visitors
from zhike.kernel.faults import NotFound
from zhike.meta import Field, FormSpec
from zhike.store import form_addresses
from zhike.store.form_addresses import Address, Wish

ROUTES = router("configuration")

Key = Annotated[str, Path(max_length=48)]


class Kept(BaseModel):
    """How the address of a form is kept."""

    model_config = ConfigDict(extra="forbid")

    open: bool = True
    ends_at: AwareDatetime | None = None
    owner: UUID | None = None
    """Whose the records are that come in; nobody's if it is left out."""
    anew: bool = False
    """Whether there shall be another address; who has the old one finds nothing there."""


@ROUTES.get("/forms/{key}/address", openapi_extra=CONFIGURE)
async def show_address(key: Key, call: Asked) -> Response:
    """
    Tell where strangers fill a public form in: `address` (null as long as it has none), whether it
    is open, until when; which fields they do not get to see (`left_out`), and which the object asks
    for and nobody can give there (`wanting`).
    """
    await reader(call)
    form = await _form(call, key)
    async with call.reading() as tx:
        found = await form_addresses.of_form(tx, key)
    return answer(await _told(call, form, found))


@ROUTES.put("/forms/{key}/address", openapi_extra=CONFIGURE)
async def keep_address(key: Key, given: Kept, call: Asked) -> Response:
    """Give a public form an address, or keep the one it has differently."""
    await configurer(call)
    form = await _form(call, key)
    wish = Wish(open=given.open, ends_at=given.ends_at, owner=given.owner, anew=given.anew)
    async with call.transaction() as tx:
        await form_addresses.keep(tx, key, wish)
        found = await form_addresses.of_form(tx, key)
    return answer(await _told(call, form, found))


@ROUTES.delete("/forms/{key}/address", status_code=204, openapi_extra=CONFIGURE)
async def drop_address(key: Key, call: Asked) -> Response:
    """Take the address of a form away for good; another one will be a new one."""
    await configurer(call)
    async with call.transaction() as tx:
        if not await form_addresses.drop(tx, key):
            raise NotFound
    return nothing()


async def _form(call: Call, key: str) -> FormSpec:
    form = (await call.snapshot()).forms.get(key)
    if form is None or not form.is_public:
        raise NotFound
    return form


async def _told(call: Call, form: FormSpec, found: Address | None) -> dict[str, Any]:
    snapshot = await call.snapshot()
    ends_at: datetime | None = found.ends_at if found else None
    return {
        "form": form.key,
        "address": f"/f/{call.workspace}/{found.address}" if found else None,
        "open": bool(found and found.open),
        "answers": bool(found and found.answers),
        "ends_at": ends_at,
        "owner": {"id": found.owner, "name": found.owner_name} if found and found.owner else None,
        "left_out": _named(visitors.left_out(snapshot, form), call),
        "wanting": _named(visitors.wanting(snapshot, form), call),
    }


def _named(fields: list[Field], call: Call) -> list[dict[str, str]]:
    return [{"key": one.key, "label": one.label.said(call.language)} for one in fields]
