"""Puts the document together: the nouns that every workspace has, and the records of this one."""

from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from zhike import __version__
from zhike.access import Policy
from zhike.doors.http.openapi.records import PROBLEM, operations
from zhike.doors.http.openapi.schemas import SHARED, record_schemas
from zhike.doors.http.routing import NEEDS
from zhike.kernel.words import Language

API = "/api/v1"


def document(nouns: FastAPI, rights: Policy, language: Language) -> bytes:
    """Give the document as these roles may use the API; made once per set of roles."""

    def made() -> bytes:
        return orjson.dumps(_document(nouns, rights, language))

    return rights.rights.kept(("openapi", language), made)


def _document(nouns: FastAPI, rights: Policy, language: Language) -> dict[str, Any]:
    shared = get_openapi(
        title="Zhike 知客",
        version=__version__,
        openapi_version="3.1.0",
        routes=nouns.routes,
        separate_input_output_schemas=False,
    )
    paths: dict[str, dict[str, Any]] = {}
    for path, methods in shared.get("paths", {}).items():
        allowed = {
            method: _mended(operation)
            for method, operation in methods.items()
            if _may(rights, operation.get(NEEDS))
        }
        if allowed:
            paths[path] = allowed
    schemas = {**shared.get("components", {}).get("schemas", {}), **SHARED}
    for one in rights.seen.objects.values():
        if one.system or not any(rights.may(one.key, act) for act in ("read", "create")):
            continue
        schemas |= record_schemas(rights, one, language)
        for path, method, operation in operations(rights, one, language):
            paths.setdefault(API + path, {})[method] = operation
    return {
        **{name: shared[name] for name in ("openapi", "info")},
        "servers": [{"url": "/"}],
        "security": [{"session": []}, {"key": []}],
        "paths": paths,
        "components": {"schemas": schemas, "securitySchemes": SECURITY},
    }


SECURITY = {
    "session": {"type": "apiKey", "in": "cookie", "name": "zhike_session"},
    "key": {"type": "http", "scheme": "bearer"},
}


def _may(rights: Policy, need: str | None) -> bool:
    match need:
        case "people":
            return rights.keeps_people
        case "configure":
            return rights.configures
        case "audit":
            return rights.audits
        case "merge":
            return any(rights.may(key, "merge") for key in rights.seen.objects)
        case _:
            return True


def _mended(operation: dict[str, Any]) -> dict[str, Any]:
    """FastAPI promises a 422 in its own shape; ours is a problem document like every other."""
    kept = {name: value for name, value in operation.items() if name != NEEDS}
    told = {"description": "problem", "content": {"application/problem+json": PROBLEM}}
    answers = {code: one for code, one in kept["responses"].items() if code != "422"}
    return {**kept, "responses": {**answers, "default": told}}
