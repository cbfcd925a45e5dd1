"""
Writes `web/src/data/operations.ts`: every operation of the API, out of its OpenAPI document.

The client's verb takes no other, so a page that asks for what the server does not have does not
compile. Run by `make docs`; a test looks whether what is written there still exists.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from fastapi.openapi.utils import get_openapi
from starlette.routing import Mount, Route

from zhike.bootstrap import build
from zhike.doors.http import create
from zhike.kernel.settings import Settings

FILE = Path(__file__).parents[1] / "web/src/data/operations.ts"
API = "/api/v1"
METHODS = ("get", "post", "put", "patch", "delete")
HEAD = """/** Every operation of the API. Made by `make docs`; not to be edited. */

export type Operation =
"""


def operations() -> list[str]:
    """Give every operation as `GET /me`, without what stands before every path."""
    with tempfile.TemporaryDirectory() as home:
        outer = create(build(Settings(home=Path(home))))._app.routes  # type: ignore[attr-defined]  # noqa: SLF001
    *_, nouns = [one.app for one in outer if isinstance(one, Mount)]
    paths = get_openapi(title="x", version="x", routes=nouns.routes)["paths"]
    told = {
        f"{method.upper()} {path.removeprefix(API)}"
        for path, methods in paths.items()
        for method in methods
        if path.startswith(API)
    }
    return sorted(told | set(_records(outer)))


def _records(routes: list[Route | Mount]) -> Iterator[str]:
    for route in routes:
        if isinstance(route, Route):
            path = route.path.replace(":uuid", "").removeprefix(API)
            for method in METHODS:
                if method.upper() in route.endpoint._methods:  # noqa: SLF001
                    yield f"{method.upper()} {path}"


def written() -> str:
    """Give the file."""
    return HEAD + "".join(f'  | "{one}"\n' for one in operations())


if __name__ == "__main__":
    FILE.write_text(written(), encoding="utf-8")
    print(FILE)
