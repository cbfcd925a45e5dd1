"""
Users and roles over HTTP: everybody may see who there is, those who keep people see and change
everything.
"""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer, created
from zhike.doors.http.call import Call
from zhike.doors.http.people.rights import policy_of, refuse_unless_keeper
from zhike.doors.http.routing import PEOPLE, Asked, Signed, router
from zhike.kernel.faults import NotAllowed
from zhike.store.accounts import People, Wanted, user, users

ROUTES: APIRouter = router("people")

Word = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
Line = Annotated[str, Field(max_length=200)]

OWN = frozenset({"password", "language"})
"""What everybody may change of themselves."""


class Place(BaseModel):
    """A department somebody sits in."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    main: bool = False


class Change(BaseModel):
    """What may be said of a user; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    login: Word = ""
    name: Word = ""
    number: Line | None = None
    mobile: Line | None = None
    email: Line | None = None
    password: Annotated[str, Field(max_length=1000)] = ""
    roles: Annotated[list[Word], Field(max_length=100)] = []
    departments: Annotated[list[Place], Field(max_length=100)] = []
    manager: UUID | None = None
    language: Literal["zh", "en"] = "zh"
    active: bool = True


class New(Change):
    """Somebody new."""

    login: Word
    name: Word


@ROUTES.get("/users")
async def list_users(  # noqa: PLR0913, PLR0917 - one for each query parameter
    call: Asked,
    viewer: Signed,
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
    search: paging.Search = None,
    active: bool | None = None,  # noqa: FBT001
    department: UUID | None = None,
) -> Response:
    """
    List people in order of name. Those who do not keep people see names, numbers, departments.
    """
    full = (await policy_of(call)).keeps_people
    place = paging.read_as(cursor, (str, UUID))
    wanted = Wanted(
        active=active,
        department=department,
        search=search or None,
        after=(place[0], place[1]) if place else None,
        limit=limit + 1,
    )
    async with call.system.db.reading(viewer, call.workspace) as tx:
        found = await users(tx, wanted, full=full)
    return answer(paging.page(found, limit, place=lambda one: [one["name"], one["id"]]))


@ROUTES.post("/users", status_code=201, openapi_extra=PEOPLE)
async def add_user(given: New, call: Asked, _: Signed) -> Response:
    """Add a user."""
    await refuse_unless_keeper(call)
    people = await _people(call)
    async with call.transaction() as tx:
        id_ = await people.add(tx, given.model_dump(exclude_unset=True))
        made = await user(tx, id_, full=True)
    return created(made, at=f"/api/v1/users/{id_}")


@ROUTES.get("/users/{id}")
async def get_user(id: UUID, call: Asked, viewer: Signed) -> Response:  # noqa: A002
    """Give one user; everything only to those who keep people, and to oneself."""
    full = viewer.id == id or (await policy_of(call)).keeps_people
    async with call.system.db.reading(viewer, call.workspace) as tx:
        return answer(await user(tx, id, full=full))


@ROUTES.patch("/users/{id}")
async def change_user(
    id: UUID,  # noqa: A002
    given: Change,
    call: Asked,
    viewer: Signed,
) -> Response:
    """Change some of a user. Of oneself everybody may change the password and the language."""
    said = given.model_dump(exclude_unset=True)
    keeper = (await policy_of(call)).keeps_people
    if not keeper and (viewer.id != id or not said.keys() <= OWN):
        raise NotAllowed
    people = await _people(call)
    async with call.transaction() as tx:
        await people.change(tx, id, said)
        changed = await user(tx, id, full=True)
    call.system.viewers.forget(call.workspace)
    return answer(changed)


@ROUTES.get("/roles")
async def list_roles(call: Asked) -> Response:
    """List the roles there are to give. A role is a document, see /config/role."""
    roles = (await policy_of(call)).snapshot.roles
    return answer(
        paging.whole(
            [
                {
                    "key": role.key,
                    "label": role.label.words().said(call.language),
                    "configure": role.configure,
                    "people": role.people,
                }
                for role in roles.values()
            ]
        )
    )


async def _people(call: Call) -> People:
    return People(
        roles=(await policy_of(call)).snapshot.roles,
        passwords=call.system.passwords,
        session=call.seen.token if call.seen else None,
    )
