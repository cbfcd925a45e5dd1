"""
The apps that come with the product: which are here, what bringing one up to date would do, the
doing of it.

To remove one is to remove its documents (`POST /config/apply`); their data is kept until somebody
purges it, and comes back when the app does.
"""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.config.rights import configurer, keep_an_administrator, reader
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.kernel.faults import NotFound
from zhike.meta import AppSpec
from zhike.packs import Problems, plan, shipped

ROUTES = router("configuration")

Key = Annotated[str, Path(max_length=48)]
KINDS = ("role", "object")
"""An app brings roles too, so with separated powers it takes both of them."""


class Accepted(BaseModel):
    """The steps that may lose something, and shall be done all the same."""

    model_config = ConfigDict(extra="forbid")

    confirm: Annotated[list[str], Field(max_length=2000)] = []


@ROUTES.get("/apps", openapi_extra=CONFIGURE)
async def list_apps(call: Asked) -> Response:
    """
    List the apps that come with the product: the `version` that came along, the one that is
    `installed` (null: none), and whether what came along `waits` to be installed.
    """
    await reader(call)
    snapshot = await call.snapshot()
    async with call.reading() as tx:
        noted = await shipped.noted(tx)
    items = [
        _told(spec, call, installed=snapshot.apps.get(spec.key), noted=noted)
        for spec in shipped.specs()
    ]
    return answer(paging.whole(items))


def _told(
    spec: AppSpec, call: Call, *, installed: AppSpec | None, noted: Mapping[str, str]
) -> dict[str, Any]:
    return {
        "key": spec.key,
        "label": spec.label.words().said(call.language),
        "version": spec.version,
        "installed": installed.version if installed else None,
        "waits": installed is None or noted.get(spec.key) != shipped.checksum(spec.key),
    }


@ROUTES.post("/apps/{key}/plan", openapi_extra=CONFIGURE)
async def plan_app(key: Key, call: Asked) -> Response:
    """Say what installing an app that came along would do, or bringing it up to date."""
    await configurer(call, KINDS)
    async with call.transaction() as tx:
        made = await plan(tx, shipped.wish(_known(key)))
    if made.problems:
        raise Problems(made.problems)
    return answer(made.as_json())


@ROUTES.post("/apps/{key}/install", openapi_extra=CONFIGURE)
async def install_app(key: Key, given: Accepted, call: Asked) -> Response:
    """Install an app that came along, or bring it up to date; confirm by step what is lossy."""
    await configurer(call, KINDS)
    async with call.transaction() as tx:
        done = await shipped.bring(tx, _known(key), confirm=given.confirm)
        keep_an_administrator(done)
    call.system.heard(f"{call.workspace} config")
    return answer({**done.plan.as_json(), "version": done.version})


def _known(key: str) -> str:
    if key not in shipped.SHIPPED:
        raise NotFound
    return key
