"""
Groups over SCIM are roles: read, given to people and taken from them; made, renamed and removed by
a key that may write the configuration of roles.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from scim2_models import (
    Context,
    InvalidValueException,
    ListResponse,
    Meta,
    PatchOp,
    SearchRequest,
    TooManyException,
    UniquenessException,
)
from starlette.responses import Response

from zhike.doors.http.call import Call
from zhike.doors.http.people.rights import people_of
from zhike.doors.http.routing import SCIM, Asked
from zhike.doors.http.scim.answers import (
    body,
    known,
    refuse_stale,
    scim_router,
    told,
    version_of,
)
from zhike.doors.http.scim.asking import Searching, Text
from zhike.doors.http.scim.models import LARGEST, PAGE, POLICY, Group, GroupMember
from zhike.doors.http.scim.roles import LONGEST, make, remove, rename
from zhike.kernel.faults import Invalid, NotFound, problem
from zhike.kernel.tx import Tx
from zhike.meta import RoleSpec
from zhike.store.accounts import People, UnknownPerson
from zhike.store.accounts.directory import members, roles_held

ROUTES: APIRouter = scim_router()
AT_ONCE = 1000
"""Members that may come and go in one request."""


@ROUTES.get("/Groups")
async def list_groups(call: Asked, said: Searching) -> Response:
    """List roles whom a filter describes, and who holds them."""
    wanted = SearchRequest[Group].model_validate(said, scim_policy=POLICY)
    roles = await _roles(call)
    async with call.reading() as tx:
        found = [one for one in await _groups(tx, roles.values()) if _matches(wanted, one)]
    first, most = wanted.start_index_0 or 0, PAGE if wanted.count is None else wanted.count
    page = found[first : first + min(most, LARGEST)]
    shown = ListResponse[Group](
        total_results=len(found),
        start_index=first + 1,
        items_per_page=len(page),
        resources=page,
    )
    return told(
        shown.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=wanted)
    )


def _matches(wanted: SearchRequest[Group], group: Group) -> bool:
    return wanted.filter is None or bool(wanted.filter.match(group))


@ROUTES.post("/Groups")
async def add_group(call: Asked) -> Response:
    """Make a role that grants nothing yet, and give it to people."""
    wanted = Group.model_validate(
        await body(call), scim_ctx=Context.RESOURCE_CREATION_REQUEST, scim_policy=POLICY
    )
    name = _named(wanted)
    if any(name.lower() in {key, _title(one).lower()} for key, one in (await _roles(call)).items()):
        raise UniquenessException(detail="the role is there already")
    people = await people_of(call)
    async with call.transaction() as tx:
        await people.enter(tx)
        role, version = await make(call, tx, name)
        knowing = replace(people, roles={**people.roles, role.key: role}, version=version)
        await _hand(tx, knowing, role, _ids(wanted))
        (shown,) = await _groups(tx, [role])
    call.system.heard(f"{call.workspace} config")
    return _shown(shown, 201)


@ROUTES.get("/Groups/{key}")
async def get_group(
    key: str,
    call: Asked,
    attributes: Text = None,
    excludedAttributes: Text = None,  # noqa: N803
) -> Response:
    """Give one role and who holds it."""
    asked = {"attributes": attributes, "excludedAttributes": excludedAttributes}
    parameters = SearchRequest[Group].model_validate(
        {name: one for name, one in asked.items() if one is not None}, scim_policy=POLICY
    )
    role = await _role(call, key)
    async with call.reading() as tx:
        (shown,) = await _groups(tx, [role])
    version = _version(shown)
    if known(call, version):
        return Response(status_code=304, headers={"etag": version})
    said = shown.model_dump(
        scim_ctx=Context.RESOURCE_QUERY_RESPONSE, response_parameters=parameters
    )
    return told(said, version=version)


@ROUTES.put("/Groups/{key}")
async def replace_group(key: str, call: Asked) -> Response:
    """Say anew who holds a role."""
    wanted = Group.model_validate(
        await body(call), scim_ctx=Context.RESOURCE_REPLACEMENT_REQUEST, scim_policy=POLICY
    )
    return await _changed(call, await _role(call, key), wanted)


@ROUTES.patch("/Groups/{key}")
async def change_group(key: str, call: Asked) -> Response:
    """Give a role to people and take it from others."""
    wanted = PatchOp[Group].model_validate(
        await body(call), scim_ctx=Context.RESOURCE_PATCH_REQUEST, scim_policy=POLICY
    )
    return await _changed(call, await _role(call, key), wanted)


@ROUTES.delete("/Groups/{key}")
async def remove_group(key: str, call: Asked) -> Response:
    """Take a role from everybody who holds it, and remove it."""
    role = await _role(call, key)
    people = await people_of(call)
    async with call.transaction() as tx:
        await people.enter(tx)
        (was,) = await _groups(tx, [role])
        refuse_stale(call, _version(was))
        await _hand(tx, people, role, set(), had=_ids(was))
        await remove(call, tx, role)
    call.system.heard(f"{call.workspace} config")
    return Response(status_code=204)


async def _changed(call: Call, role: RoleSpec, wanted: Group | PatchOp[Group]) -> Response:
    people = await people_of(call)
    async with call.transaction() as tx:
        await people.enter(tx)
        (was,) = await _groups(tx, [role])
        refuse_stale(call, _version(was))
        now = was.model_copy(deep=True)
        if isinstance(wanted, PatchOp):
            wanted.patch(now, scim_policy=POLICY)
        else:
            now.members, now.display_name = wanted.members, wanted.display_name
        await _hand(tx, people, role, _ids(now), had=_ids(was))
        called = role
        if now.display_name != was.display_name:
            called = await rename(call, tx, role, _named(now))
        (shown,) = await _groups(tx, [called])
    call.system.viewers.forget(call.workspace)
    if called is not role:
        call.system.heard(f"{call.workspace} config")
    return _shown(shown, 200)


async def _hand(
    tx: Tx, people: People, role: RoleSpec, ids: set[UUID], *, had: Collection[UUID] = ()
) -> None:
    """Give a role to whom it is to belong, and take it from all others who had it."""
    for id_, roles in (await _held(tx, ids.symmetric_difference(had))).items():
        left = [one for one in roles if one != role.key]
        await people.change(tx, id_, {"roles": [*left, role.key] if id_ in ids else left})


def _named(group: Group) -> str:
    name = (group.display_name or "").strip()
    if not 0 < len(name) <= LONGEST:
        raise InvalidValueException(detail=f"displayName: 1 to {LONGEST} characters")
    return name


def _shown(group: Group, status: int) -> Response:
    said = group.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)
    return told(said, status, version=_version(group), at=f"{SCIM}/Groups/{group.id}")


async def _held(tx: Tx, ids: set[UUID]) -> dict[UUID, list[str]]:
    """Give the roles of those whose roles are to change; all of them have to be there."""
    if len(ids) > AT_ONCE:
        raise TooManyException(detail=f"{AT_ONCE} members at once")
    held = await roles_held(tx, sorted(ids))
    if missing := sorted(ids - held.keys()):
        raise Invalid(problem(UnknownPerson, at="members", id=one) for one in missing)
    return held


def _ids(group: Group) -> set[UUID]:
    found = set()
    for one in group.members or ():
        try:
            found.add(UUID(one.value or ""))
        except ValueError as error:
            raise Invalid([problem(UnknownPerson, at="members", id=str(one.value)[:80])]) from error
    return found


async def _groups(tx: Tx, roles: Iterable[RoleSpec]) -> list[Group]:
    wanted = list(roles)
    holding: dict[str, list[GroupMember]] = {}
    for role, id_, name in await members(tx, [one.key for one in wanted]):
        holding.setdefault(role, []).append(GroupMember(value=str(id_), display=name, type="User"))
    return [_group(one, holding.get(one.key)) for one in wanted]


def _group(role: RoleSpec, holders: list[GroupMember] | None) -> Group:
    shown = Group(id=role.key, display_name=_title(role), members=holders)
    shown.meta = Meta(resource_type="Group", location=f"{SCIM}/Groups/{role.key}")
    shown.meta.version = version_of(shown.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE))
    return shown


def _title(role: RoleSpec) -> str:
    return role.label.zh


def _version(shown: Group) -> str:
    return str(shown.meta.version) if shown.meta else ""


async def _roles(call: Call) -> dict[str, RoleSpec]:
    return dict(sorted((await call.policy()).snapshot.roles.items()))


async def _role(call: Call, key: str) -> RoleSpec:
    found: Any = (await _roles(call)).get(key)
    if not isinstance(found, RoleSpec):
        raise NotFound
    return found
