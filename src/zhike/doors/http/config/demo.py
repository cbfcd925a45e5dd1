"""The demo company over HTTP: asked for by an administrator, where no record is yet."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.config.rights import configurer, reader
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.doors.system import DEMO
from zhike.kernel.faults import NotAllowed
from zhike.packs import demo

ROUTES = router("configuration")


class Size(BaseModel):
    """How large the company shall be."""

    model_config = ConfigDict(extra="forbid")

    customers: Annotated[int, Field(ge=1, le=5000)] = 300


@ROUTES.get("/demo", openapi_extra=CONFIGURE)
async def show_demo(call: Asked) -> Response:
    """
    Say whether a demo company can be had here (`possible`: there are no records), and how far one
    is that was asked for: `state` is `none`, `waiting`, `running`, `done` or `failed`.
    """
    await reader(call)
    async with call.reading() as tx:
        found = await demo.demo_of(tx)
        possible = await demo.is_empty(tx, await call.snapshot())
    return answer(_told(found) | {"possible": possible})


@ROUTES.post("/demo", status_code=202, openapi_extra=CONFIGURE)
async def ask_demo(given: Size, call: Asked) -> Response:
    """Have a job write a demo company: people, customers and three years of trade."""
    await _founder(call)
    async with call.transaction() as tx:
        made = await demo.ask(tx, await call.snapshot(), given.customers)
        await call.system.queue(tx, DEMO, made.id)
    return answer(_told(made) | {"possible": False}, 202)


async def _founder(call: Call) -> None:
    """It brings people as well as records: who asks for it keeps both."""
    held = await configurer(call)
    if not held.keeps_people:
        raise NotAllowed


def _told(found: demo.Demo | None) -> dict[str, Any]:
    if found is None:
        return {"state": "none", "customers": 0, "done": 0, "records": 0, "problem": ""}
    return {
        "state": found.state,
        "customers": found.customers,
        "done": found.done,
        "records": found.records,
        "problem": found.problem,
    }
