"""
Users and roles over HTTP: everybody may see who there is, those who keep people see and change
everything.
"""

from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http import paging
from zhike.doors.http.answers import answer, created
from zhike.doors.http.people.rights import people_of, refuse_unless_keeper
from zhike.doors.http.routing import PEOPLE, Asked, Signed, router
from zhike.kernel.faults import NotAllowed
from zhike.kernel.words import Words
from zhike.store.accounts import Wanted, user, users

ROUTES: APIRouter = router("people")

EARLIEST = date(1900, 1, 1)


class OldPasswordNeeded(NotAllowed):
    """Changing one's own password takes the old one."""

    code = "W141"
    zh = "修改自己的密码需要提供原密码"
    hint = Words(zh="POST /api/v1/me/password", en="POST /api/v1/me/password")


Word = Annotated[str, Field(min_length=1, max_length=100, pattern=r"\S")]
Line = Annotated[str, Field(max_length=200)]
Day = Annotated[date, Field(ge=EARLIEST)]
Moment = Annotated[AwareDatetime, Field(ge=datetime(1900, 1, 1, tzinfo=UTC))]

OWN = frozenset({"language", "zone", "absence"})
"""What everybody may change of themselves; for the password see `/me/password`."""


class Place(BaseModel):
    """A department somebody sits in."""

    model_config = ConfigDict(extra="forbid")

    id: UUID
    main: bool = False


class Absence(BaseModel):
    """When somebody is not here, and who stands in; without an end until further notice."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    from_: Annotated[Moment, Field(alias="from")]
    until: Moment | None = None
    reason: Line | None = None
    deputy: UUID | None = None


class Change(BaseModel):
    """What may be said of a user; what is left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    login: Word = ""
    name: Word = ""
    number: Line | None = None
    mobile: Line | None = None
    email: Line | None = None
    password: Annotated[str, Field(max_length=1000)] = ""
    must_change: bool = False
    roles: Annotated[list[Word], Field(max_length=100)] = []
    departments: Annotated[list[Place], Field(max_length=100)] = []
    manager: UUID | None = None
    language: Literal["zh", "en"] = "zh"
    zone: Line | None = None
    active: bool = True
    joined_on: Day | None = None
    left_on: Day | None = None
    absence: Absence | None = None

    def said(self) -> dict[str, Any]:
        """Give what was said, by the names of the API."""
        return self.model_dump(exclude_unset=True, by_alias=True)


class New(Change):
    """Somebody new."""

    login: Word
    name: Word


class Asking(BaseModel):
    """Which people are asked for."""

    model_config = ConfigDict(extra="forbid")

    active: bool | None = None
    department: UUID | None = None
    below: bool = False
    manager: UUID | None = None
    role: Annotated[str | None, Field(max_length=48)] = None
    absent: bool | None = None


Which = Annotated[Asking, Depends()]


@ROUTES.get("/users")
async def list_users(  # noqa: PLR0917 - FastAPI names them
    call: Asked,
    viewer: Signed,
    which: Which,
    limit: paging.Limit = 100,
    cursor: paging.Cursor = None,
    search: paging.Search = None,
) -> Response:
    """
    List people in order of name. Those who do not keep people see names, numbers, departments and
    who is here. `below` also asks for who sits below the department; `search` knows pinyin.
    """
    full = (await call.policy()).keeps_people
    if not full and (which.role is not None or which.manager not in {None, viewer.id}):
        raise NotAllowed
    place = paging.read_as(cursor, (str, UUID))
    wanted = Wanted(
        **which.model_dump(),
        search=search or None,
        after=(place[0], place[1]) if place else None,
        limit=limit + 1,
    )
    async with call.reading() as tx:
        found = await users(tx, wanted, full=full)
    return answer(paging.page(found, limit, place=lambda one: [one["name"], one["id"]]))


@ROUTES.post("/users", status_code=201, openapi_extra=PEOPLE)
async def add_user(given: New, call: Asked, _: Signed) -> Response:
    """Add a user. With `must_change` the password is good for one sign-in, to change it."""
    await refuse_unless_keeper(call)
    people = await people_of(call)
    async with call.transaction() as tx:
        id_ = await people.add(tx, given.said())
        made = await user(tx, id_, full=True)
    return created(made, at=f"/api/v1/users/{id_}")


@ROUTES.get("/users/{id}")
async def get_user(id: UUID, call: Asked, viewer: Signed) -> Response:  # noqa: A002
    """Give one user; everything only to those who keep people, and to oneself."""
    full = viewer.id == id or (await call.policy()).keeps_people
    async with call.reading() as tx:
        return answer(await user(tx, id, full=full))


@ROUTES.patch("/users/{id}")
async def change_user(
    id: UUID,  # noqa: A002
    given: Change,
    call: Asked,
    viewer: Signed,
) -> Response:
    """Change some of a user. Of oneself everybody may change language, zone and absence."""
    said = given.said()
    keeper = (await call.policy()).keeps_people
    if not keeper and "password" in said and viewer.id == id:
        raise OldPasswordNeeded
    if not keeper and (viewer.id != id or not said.keys() <= OWN or viewer.narrowed is not None):
        raise NotAllowed
    people = await people_of(call)
    async with call.transaction() as tx:
        await people.change(tx, id, said)
        changed = await user(tx, id, full=True)
    call.system.viewers.forget(call.workspace)
    return answer(changed)


@ROUTES.get("/roles")
async def list_roles(call: Asked) -> Response:
    """List the roles there are to give. A role is a document, see /config/role."""
    roles = (await call.policy()).snapshot.roles
    return answer(
        paging.whole(
            [
                {
                    "key": role.key,
                    "label": role.label.words().said(call.language),
                    "configure": role.configure,
                    "people": role.people,
                    "audit": role.audit,
                }
                for role in roles.values()
            ]
        )
    )
