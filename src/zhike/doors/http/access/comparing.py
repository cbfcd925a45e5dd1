"""`GET /access/compare`: what roles grant, side by side."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import Query
from starlette.responses import Response

from zhike.access import ACTIONS, Rights
from zhike.access.reasons import reasons
from zhike.doors.http import paging
from zhike.doors.http.access.faults import UnknownRoles
from zhike.doors.http.answers import answer
from zhike.doors.http.routing import Asked, router
from zhike.kernel.faults import NotAllowed
from zhike.kernel.words import Language
from zhike.meta import Object, Snapshot

ROUTES = router("access")
MOST = 20


@ROUTES.get("/access/compare")
async def compare(
    call: Asked,
    roles: Annotated[str, Query(min_length=1, max_length=1000)],
    differences: bool = False,  # noqa: FBT001, FBT002 - a query parameter
) -> Response:
    """Give the scopes of every action and the levels of every field, role by role."""
    held = await call.policy()
    if not (held.configures or held.keeps_people or held.audits):
        raise NotAllowed
    snapshot = held.snapshot
    wanted = list(dict.fromkeys(one.strip() for one in roles.split(",") if one.strip()))[:MOST]
    unknown = [one for one in wanted if one not in snapshot.roles]
    if unknown or not wanted:
        raise UnknownRoles(at="roles", names=", ".join(unknown), known=", ".join(snapshot.roles))
    each = {key: Rights(snapshot=snapshot, roles=(snapshot.roles[key],)) for key in wanted}
    objects = [
        _object(one, each, call.language) for one in snapshot.objects.values() if not one.system
    ]
    return answer(
        {
            "roles": [_role(snapshot, key, call.language) for key in wanted],
            **paging.whole([one for one in objects if one["differs"] or not differences]),
        }
    )


def _role(snapshot: Snapshot, key: str, language: Language) -> dict[str, Any]:
    role = snapshot.roles[key]
    return {
        "key": key,
        "label": role.label.words().said(language),
        "configure": role.configure,
        "people": role.people,
        "audit": role.audit,
        "approve_exports": role.approve_exports,
    }


def _object(one: Object, each: Mapping[str, Rights], language: Language) -> dict[str, Any]:
    actions: Mapping[str, Mapping[str, Any]] = {
        action: {key: _scopes(rights, one.key, action) for key, rights in each.items()}
        for action in ACTIONS
    }
    fields: Mapping[str, Mapping[str, Any]] = {
        field: {key: rights.level(one.key, field) for key, rights in each.items()}
        for field in one.fields
    }
    return {
        "object": one.key,
        "label": one.label.said(language),
        "actions": actions,
        "fields": fields,
        "denials": {key: _denials(rights, one.key) for key, rights in each.items()},
        "differs": any(
            len({str(value) for value in row.values()}) > 1
            for row in (*actions.values(), *fields.values())
        ),
    }


def _scopes(rights: Rights, obj: str, action: Any) -> Sequence[str]:
    told = [
        one.scope
        for one in reasons(rights, obj, action)
        if one.kind == "scope" and one.action == action
    ]
    return sorted(set(told) - {"none"})


def _denials(rights: Rights, obj: str) -> Sequence[Mapping[str, Any]]:
    return [
        {"actions": one.actions, "fields": one.fields, "where": one.where}
        for _, one in rights.granted.denials(obj)
    ]
