"""People over SCIM: found, added, changed, and put out of service instead of deleted."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from scim2_models import Context, ListResponse, PatchOp, SearchRequest
from starlette.responses import Response

from zhike.doors.http import reading
from zhike.doors.http.call import Call
from zhike.doors.http.people.rights import people_of
from zhike.doors.http.routing import SCIM, Asked
from zhike.doors.http.scim.answers import (
    body,
    known,
    refuse_stale,
    scim_router,
    told,
)
from zhike.doors.http.scim.asking import Searching, Text
from zhike.doors.http.scim.mapping import dumped, given, resource
from zhike.doors.http.scim.models import (
    LARGEST,
    PAGE,
    POLICY,
    EnterpriseUser,
    Name,
    Person,
    User,
)
from zhike.kernel.sql import sql
from zhike.kernel.tx import Tx
from zhike.store.accounts import People, user
from zhike.store.accounts.directory import (
    OneDepartment,
    PeopleFilter,
    Remark,
    department_named,
    entries,
    entry,
    remember,
    removed,
)

ROUTES: APIRouter = scim_router()
LONGEST_ID = 300


@ROUTES.get("/Users")
async def list_users(call: Asked, said: Searching) -> Response:
    """List people whom a filter describes."""
    return await _found(call, said)


@ROUTES.post("/Users/.search")
async def search_users(call: Asked) -> Response:
    """List people whom a filter describes, where the filter is too long for an address."""
    return await _found(call, await body(call))


async def _found(call: Call, asked: dict[str, Any]) -> Response:
    wanted = SearchRequest[Person].model_validate(asked, scim_policy=POLICY)
    offset = wanted.start_index_0 or 0
    limit = min(PAGE if wanted.count is None else wanted.count, LARGEST)
    where = PeopleFilter().visit(wanted.filter.ast) if wanted.filter else sql("true")
    async with call.reading() as tx:
        total, page = await entries(tx, where, offset=offset, limit=limit)
    shown = ListResponse[Person](
        total_results=total,
        start_index=offset + 1,
        items_per_page=len(page),
        resources=[resource(one) for one in page],
    )
    return told(
        shown.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=wanted)
    )


@ROUTES.post("/Users", status_code=201)
async def add_user(call: Asked) -> Response:
    """Add a person, or bring back one who was removed under this name."""
    wanted = Person.model_validate(
        await body(call), scim_ctx=Context.RESOURCE_CREATION_REQUEST, scim_policy=POLICY
    )
    people = await people_of(call)
    async with call.transaction() as tx:
        await people.enter(tx)
        said = {**given(wanted, None), **await _placed(tx, wanted, None)}
        back = await removed(tx, said["login"].strip())
        if back is None:
            id_ = await people.add(tx, said)
        else:
            # Whoever comes back starts without what they were once allowed to do.
            id_ = back
            await people.change(tx, id_, {**said, "active": said.get("active", True), "roles": []})
        await remember(tx, id_, _remark(wanted))
        shown = resource(await entry(tx, id_))
    call.system.viewers.forget(call.workspace)
    return _told(shown, 201)


@ROUTES.get("/Users/{id}")
async def get_user(
    id: str,  # noqa: A002
    call: Asked,
    attributes: Text = None,
    excludedAttributes: Text = None,  # noqa: N803
) -> Response:
    """Give one person."""
    asked = {"attributes": attributes, "excludedAttributes": excludedAttributes}
    parameters = SearchRequest[Person].model_validate(
        {name: one for name, one in asked.items() if one is not None}, scim_policy=POLICY
    )
    async with call.reading() as tx:
        shown = resource(await entry(tx, reading.identifier(id)))
    version = _version(shown)
    if known(call, version):
        return Response(status_code=304, headers={"etag": version})
    return told(dumped(shown, parameters), version=version)


@ROUTES.put("/Users/{id}")
async def replace_user(id: str, call: Asked) -> Response:  # noqa: A002
    """Say anew all that the directory knows of a person."""
    wanted = Person.model_validate(
        await body(call), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST, scim_policy=POLICY
    )

    def replaced(was: User[EnterpriseUser]) -> User[EnterpriseUser]:
        wanted.replace(was)
        return wanted

    return await _changed(call, reading.identifier(id), replaced)


@ROUTES.patch("/Users/{id}")
async def change_user(id: str, call: Asked) -> Response:  # noqa: A002
    """Change some of what the directory knows of a person."""
    wanted = PatchOp[Person].model_validate(
        await body(call), scim_ctx=Context.RESOURCE_PATCH_REQUEST, scim_policy=POLICY
    )

    def patched(was: User[EnterpriseUser]) -> User[EnterpriseUser]:
        now = was.model_copy(deep=True)
        wanted.patch(now, scim_policy=POLICY)
        return now

    return await _changed(call, reading.identifier(id), patched)


@ROUTES.delete("/Users/{id}", status_code=204)
async def remove_user(id: str, call: Asked) -> Response:  # noqa: A002
    """
    Put a person out of service. The directory does not see them any more; what they did and what
    they own stays under their name.
    """
    people, id_ = await people_of(call), reading.identifier(id)
    async with call.transaction() as tx:
        await people.enter(tx)
        shown = resource(await entry(tx, id_))
        refuse_stale(call, _version(shown))
        await people.change(tx, id_, {"active": False})
        await remember(tx, id_, Remark(removed=True))
    call.system.viewers.forget(call.workspace)
    return Response(status_code=204)


Turned = Callable[[User[EnterpriseUser]], User[EnterpriseUser]]
"""What a request makes of a person."""


async def _changed(call: Call, id_: UUID, turned: Turned) -> Response:
    people = await people_of(call)
    async with call.transaction() as tx:
        await people.enter(tx)
        was = resource(await entry(tx, id_))
        refuse_stale(call, _version(was))
        await _write(tx, people, id_, was=was, wanted=turned(was))
        shown = resource(await entry(tx, id_))
    call.system.viewers.forget(call.workspace)
    return _told(shown, 200)


async def _write(
    tx: Tx,
    people: People,
    id_: UUID,
    *,
    was: User[EnterpriseUser],
    wanted: User[EnterpriseUser],
) -> None:
    """Write what became another; what did not is not touched."""
    old, new = given(was, was), given(wanted, was)
    said = {name: one for name, one in new.items() if name not in old or old[name] != one}
    said |= await _placed(tx, wanted, was, of=id_)
    if said:
        await people.change(tx, id_, said)
    if _remark(wanted) != _remark(was):
        await remember(tx, id_, _remark(wanted))


async def _placed(
    tx: Tx,
    wanted: User[EnterpriseUser],
    was: User[EnterpriseUser] | None,
    *,
    of: UUID | None = None,
) -> dict[str, Any]:
    """Give department and manager as ids, if they became others."""
    new = wanted[EnterpriseUser] or EnterpriseUser()
    old = (was[EnterpriseUser] if was else None) or EnterpriseUser()
    said: dict[str, Any] = {}
    manager = new.manager.value if new.manager else None
    if manager != (old.manager.value if old.manager else None):
        said["manager"] = reading.identifier(manager) if manager else None
    if (new.department or None) != old.department:
        sits = (await user(tx, of, full=True))["departments"] if of else []
        others = [one for one in sits if not one["main"]]
        said["departments"] = [*await _main(tx, new.department), *_aside(others)]
    return said


async def _main(tx: Tx, name: str | None) -> list[dict[str, Any]]:
    if not name:
        return []
    found = await department_named(tx, name)
    if found is None:
        raise OneDepartment(at="department", name=name[:80])
    return [{"id": str(found), "main": True}]


def _aside(others: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": one["id"], "main": False} for one in others]


def _remark(shown: User[EnterpriseUser]) -> Remark:
    name = shown.name or Name()
    return Remark(
        external=(shown.external_id or "")[:LONGEST_ID] or None,
        family=(name.family_name or "")[:100],
        given=(name.given_name or "")[:100],
    )


def _version(shown: User[EnterpriseUser]) -> str:
    return str(shown.meta.version) if shown.meta else ""


def _told(shown: User[EnterpriseUser], status: int) -> Response:
    return told(dumped(shown), status, version=_version(shown), at=f"{SCIM}/Users/{shown.id}")
