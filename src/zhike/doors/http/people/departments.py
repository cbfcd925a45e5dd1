"""The tree of departments over HTTP: everybody sees it, those who keep people change it."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer, created, nothing
from zhike.doors.http.people.rights import refuse_unless_keeper
from zhike.doors.http.routing import PEOPLE, Asked, Signed, router
from zhike.store.accounts import (
    add_department,
    change_department,
    department,
    departments,
    drop_department,
)

ROUTES: APIRouter = router("people")

Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]


class Change(BaseModel):
    """What may be said of a department; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    name: Name = ""
    code: Annotated[str | None, Field(max_length=100)] = None
    parent: UUID | None = None
    head: UUID | None = None
    active: bool = True


class New(Change):
    """A new department."""

    name: Name


@ROUTES.get("/departments")
async def list_departments(call: Asked, _: Signed) -> Response:
    """List the whole tree from the roots down; `parent` and `depth` say where each one hangs."""
    async with call.reading() as tx:
        return answer(paging.whole(await departments(tx)))


@ROUTES.post("/departments", status_code=201, openapi_extra=PEOPLE)
async def add(given: New, call: Asked, _: Signed) -> Response:
    """Add a department."""
    await refuse_unless_keeper(call)
    async with call.transaction() as tx:
        id_ = await add_department(tx, given.model_dump(exclude_unset=True))
        made = await department(tx, id_)
    call.system.viewers.forget(call.workspace)
    return created(made, at=f"/api/v1/departments/{id_}")


@ROUTES.get("/departments/{id}")
async def get(id: UUID, call: Asked, _: Signed) -> Response:  # noqa: A002
    """Give one department."""
    async with call.reading() as tx:
        return answer(await department(tx, id))


@ROUTES.patch("/departments/{id}", openapi_extra=PEOPLE)
async def change(id: UUID, given: Change, call: Asked, _: Signed) -> Response:  # noqa: A002
    """Rename a department, move it, or give it another head."""
    await refuse_unless_keeper(call)
    async with call.transaction() as tx:
        await change_department(tx, id, given.model_dump(exclude_unset=True))
        changed = await department(tx, id)
    call.system.viewers.forget(call.workspace)
    return answer(changed)


@ROUTES.delete("/departments/{id}", status_code=204, openapi_extra=PEOPLE)
async def drop(id: UUID, call: Asked, _: Signed) -> Response:  # noqa: A002
    """Remove a department that nobody and nothing belongs to any more."""
    await refuse_unless_keeper(call)
    snapshot = (await call.policy()).snapshot
    async with call.transaction() as tx:
        await drop_department(tx, id, snapshot=snapshot)
    call.system.viewers.forget(call.workspace)
    return nothing()
