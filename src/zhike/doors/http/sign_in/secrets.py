"""Secrets of other systems over HTTP: written by those who configure, never read back."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field, SecretStr
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.routing import CONFIGURE, Asked, Signed, router
from zhike.kernel.faults import NotAllowed
from zhike.meta.documents import KEY
from zhike.store.vault import drop_secret, keep_secret, secrets

ROUTES: APIRouter = router("config")

Name = Annotated[str, Path(pattern=KEY)]


class Value(BaseModel):
    """A secret."""

    model_config = ConfigDict(extra="forbid")

    value: Annotated[SecretStr, Field(min_length=1, max_length=10_000)]


@ROUTES.get("/secrets", openapi_extra=CONFIGURE)
async def list_secrets(call: Asked, _: Signed) -> Response:
    """List the names of secrets, and who wrote them when. What they hide is never told."""
    await _refuse_unless_configurer(call)
    async with call.reading() as tx:
        return answer(paging.whole(await secrets(tx)))


@ROUTES.put("/secrets/{name}", status_code=204, openapi_extra=CONFIGURE)
async def keep(name: Name, given: Value, call: Asked, _: Signed) -> Response:
    """Keep a secret under a name, by which documents may refer to it."""
    await _refuse_unless_configurer(call)
    async with call.transaction() as tx:
        await keep_secret(tx, call.system.vault, name=name, value=given.value.get_secret_value())
    return nothing()


@ROUTES.delete("/secrets/{name}", status_code=204, openapi_extra=CONFIGURE)
async def drop(name: Name, call: Asked, _: Signed) -> Response:
    """Forget a secret."""
    await _refuse_unless_configurer(call)
    async with call.transaction() as tx:
        await drop_secret(tx, name)
    return nothing()


async def _refuse_unless_configurer(call: Call) -> None:
    if not (await call.policy()).configures:
        raise NotAllowed
