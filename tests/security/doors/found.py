"""Every door there is: the routes of the application, the commands of the shell, the jobs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi.openapi.utils import get_openapi
from starlette.routing import Mount
from tests.served import Served

from zhike.doors.cli.commands import COMMANDS

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """One way in over HTTP."""

    method: str
    path: str
    body: Mapping[str, Any] | None = None
    """The JSON schema of what it takes, with `$defs`; None if it takes no JSON."""
    form: bool = False
    """Whether it takes files."""

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def http(library: Served) -> list[Door]:
    """Give the routes of the application, whichever way they were put into it."""
    outer = library.app._app.routes
    *later, nouns = [one for one in outer if isinstance(one, Mount)]
    told = get_openapi(title="x", version="x", routes=nouns.routes)
    doors = list(_records(outer))
    for part in later:
        doors += [Door(method=a, path=part.path + b) for a, b in _nouns(part.app.load())]
    for method, path in _nouns(nouns):
        operation = told["paths"].get(path, {}).get(method.lower(), {})
        content = operation.get("requestBody", {}).get("content", {})
        schema = content.get("application/json", {}).get("schema")
        body = schema and {**schema, "components": told["components"]}
        doors.append(
            Door(method=method, path=path, body=body, form="multipart/form-data" in content)
        )
    return doors


def _records(routes: list[Any]) -> Iterator[Door]:
    """The records are plain routes; an endpoint knows its methods."""
    seen = set()
    for route in routes:
        if isinstance(route, Mount):
            continue
        path = route.path.replace(":uuid", "")
        for method in METHODS:
            if method in route.endpoint._methods and (method, path) not in seen:
                seen.add((method, path))
                yield Door(method=method, path=path)


def _nouns(nouns: Any) -> Iterator[tuple[str, str]]:
    for included in nouns.routes:
        inner = getattr(included, "original_router", None)
        prefix = getattr(getattr(included, "include_context", None), "prefix", "")
        for route in inner.routes if inner else [included]:
            for method in sorted(getattr(route, "methods", None) or ()):
                if method in METHODS:
                    yield method, prefix + route.path


def commands() -> set[str]:
    """Give the commands of the shell."""
    return set(COMMANDS)


def jobs(library: Served) -> set[str]:
    """Give the names of the jobs."""
    return set(library.system.jobs.tasks)
