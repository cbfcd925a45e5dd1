"""What this SCIM service is and which resources it has."""

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter, Request
from scim2_models import (
    Context,
    ForbiddenException,
    Meta,
    NotFoundException,
    NotImplementedException,
    Resource,
)
from starlette.responses import Response

from zhike.doors.http.faults import MethodNotAllowed
from zhike.doors.http.routing import SCIM
from zhike.doors.http.scim.answers import scim_router, told
from zhike.doors.http.scim.models import PROVIDER

ROUTES: APIRouter = scim_router()
LISTED = "urn:ietf:params:scim:api:messages:2.0:ListResponse"


@ROUTES.get("/ServiceProviderConfig")
async def config() -> Response:
    """Say what can be done here."""
    return told(_shown(PROVIDER.config, "ServiceProviderConfig", at="/ServiceProviderConfig"))


@ROUTES.get("/ResourceTypes")
async def resource_types(filter: str = "") -> Response:  # noqa: A002 - SCIM's word
    """List the kinds of resources."""
    return _list([_type(one) for one in PROVIDER.resource_types], filter)


@ROUTES.get("/ResourceTypes/{name}")
async def resource_type(name: str) -> Response:
    """Give one kind of resource."""
    return told(_one([_type(one) for one in PROVIDER.resource_types], name))


@ROUTES.get("/Schemas")
async def schemas(filter: str = "") -> Response:  # noqa: A002
    """List the attributes of resources."""
    return _list([_schema(one) for one in PROVIDER.schemas], filter)


@ROUTES.get("/Schemas/{name}")
async def schema(name: str) -> Response:
    """Give the attributes of one kind of resource."""
    return told(_one([_schema(one) for one in PROVIDER.schemas], name))


def _type(one: Resource[Any]) -> dict[str, Any]:
    return _shown(one, "ResourceType", at=f"/ResourceTypes/{one.id}")


def _schema(one: Resource[Any]) -> dict[str, Any]:
    return _shown(one, "Schema", at=f"/Schemas/{one.id}")


def _shown(one: Resource[Any] | None, kind: str, *, at: str) -> dict[str, Any]:
    if one is None:
        raise NotFoundException
    shown = one.model_copy(deep=True)
    shown.meta = Meta(resource_type=kind, location=f"{SCIM}{at}")
    return shown.model_dump(scim_ctx=Context.RESOURCE_QUERY_RESPONSE)


def _list(found: Sequence[dict[str, Any]], filter_: str) -> Response:
    """List them all: RFC 7644 (4) wants a filter refused here."""
    if filter_:
        raise ForbiddenException(detail="discovery takes no filter")
    return told(
        {
            "schemas": [LISTED],
            "totalResults": len(found),
            "startIndex": 1,
            "itemsPerPage": len(found),
            "Resources": found,
        }
    )


def _one(found: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    for one in found:
        if str(one["id"]).lower() == name.lower():
            return one
    raise NotFoundException


NOWHERE: APIRouter = scim_router()
"""What is nowhere else; it has to be asked last."""
KNOWN = {"ServiceProviderConfig", "ResourceTypes", "Schemas", "Users", "Groups"}


@NOWHERE.api_route(
    "/{path:path}", methods=["GET", "POST", "PUT", "PATCH", "DELETE"], name="nowhere"
)
async def nowhere(path: str, request: Request) -> Response:
    """Say that there is nothing here, or that this cannot be done with it, as SCIM does."""
    if path == ".search":
        raise NotImplementedException(detail="search /Users or /Groups, one at a time")
    if path.partition("/")[0] not in KNOWN:
        raise NotFoundException(detail=f"/{path[:200]}")
    raise MethodNotAllowed(method=request.method, allowed="GET")
