"""
Personal grants: what is granted to one person alone, kept as JSON by object.

Such a grant is written like that of a role, with a list `deny` of its own, and acts as one more
role. It is held to the same model and the same checks.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from zhike import lang
from zhike.access.grants import said
from zhike.access.reach import is_word
from zhike.kernel.faults import Fault, Problem, problem
from zhike.meta import GrantSpec, Located, RoleSpec, Snapshot, nearest
from zhike.meta.documents import LabelSpec
from zhike.meta.documents.role import ObjectDenialSpec
from zhike.meta.faults import NoSuchField, NoSuchObject
from zhike.meta.specs import spec

PERSONAL = "personal"


def personal(kept: str) -> RoleSpec:
    """
    Give the personal grants of somebody as the role they act as; its key is empty.

    A body that cannot be read any more grants nothing and denies its object: it may have denied.
    """
    grants: dict[str, GrantSpec] = {}
    denials: list[ObjectDenialSpec] = []
    for obj, body in json.loads(kept).items():
        role, wrong = _read(obj, body)
        if role is None or wrong:
            denials.append(ObjectDenialSpec(object=obj))
            continue
        grants.update(role.objects)
        denials.extend(role.deny)
    return RoleSpec.model_construct(
        key="",
        label=LabelSpec(zh="个人授权", en="Personal grant"),
        objects=grants,
        deny=tuple(denials),
    )


def personal_problems(obj: str, body: object, snapshot: Snapshot) -> list[Problem]:
    """
    Say what is wrong with the body of a personal grant, each with its place in the body.

    The body is that of a grant in a role, `{"read": "own", "fields": {…}}`, and may have a list
    `deny` of `{"actions", "fields", "where"}`.
    """
    known = snapshot.objects.get(obj)
    if known is None:
        near = nearest(obj, snapshot.objects)
        return [problem(NoSuchObject, at="object", name=obj, near=near)]
    role, wrong = _read(obj, body)
    if role is None:
        return wrong
    found = [
        problem(NoSuchField, at=at, object=obj, name=one, near=nearest(one, known.fields))
        for at, one in _named(role, obj)
        if one not in known.fields
    ]
    for _, path, scope in said(role):
        if not is_word(scope):
            at = _inside(obj, Located(root="", body={}).at(*path))
            found.extend(_misread(scope, obj, snapshot, at=at))
    return found


def _named(role: RoleSpec, obj: str) -> Iterator[tuple[str, str]]:
    """Give every field that a personal grant names, with its place."""
    grant = role.objects[obj]
    yield from ((f"fields.{one}", one) for one in grant.fields)
    for number, stage in enumerate(grant.stages):
        yield from ((f"stages[{number}].fields.{one}", one) for one in stage.fields)
    for number, denial in enumerate(role.deny):
        yield from ((f"deny[{number}].fields[{n}]", one) for n, one in enumerate(denial.fields))


def _misread(scope: str, obj: str, snapshot: Snapshot, *, at: str) -> list[Problem]:
    try:
        lang.checked(scope, snapshot, obj, wants="boolean")
    except Fault as fault:
        return [replace(one, at=f"{at}:{one.at}" if one.at else at) for one in fault.problems]
    return []


def _read(obj: str, body: object) -> tuple[RoleSpec | None, list[Problem]]:
    denials = body.get("deny", []) if isinstance(body, Mapping) else []
    grant = {k: v for k, v in body.items() if k != "deny"} if isinstance(body, Mapping) else body
    if isinstance(denials, list):
        denials = [{**one, "object": obj} if isinstance(one, Mapping) else one for one in denials]
    document = Located(
        root="",
        body={
            "kind": "role",
            "key": PERSONAL,
            "label": PERSONAL,
            "objects": {obj: grant},
            "deny": denials,
        },
    )
    role, wrong = spec(document)
    told = [replace(one, at=_inside(obj, one.at)) for one in wrong]
    return (role if isinstance(role, RoleSpec) else None), told


def _inside(obj: str, at: str) -> str:
    """Give the place in the body of what stands in a role."""
    return at.removeprefix(f"objects.{obj}").removeprefix(".")
