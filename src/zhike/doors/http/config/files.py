"""The configuration as a file: taken along, and read before it is planned."""

from typing import Annotated
from urllib.parse import quote

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.config.rights import OF_PEOPLE, configurer, reader
from zhike.doors.http.routing import CONFIGURE, Asked, router
from zhike.packs import Problems, read_text, written
from zhike.store.catalog import stored

ROUTES = router("configuration")
LARGEST = 2_000_000
"""In characters, of one file."""


class File(BaseModel):
    """What stands in a file, and what it is called."""

    model_config = ConfigDict(extra="forbid")

    text: Annotated[str, Field(max_length=LARGEST)]
    name: Annotated[str, Field(max_length=200)] = "file"


@ROUTES.get("/config/export.yaml", openapi_extra=CONFIGURE)
async def export_documents(
    call: Asked, app: Annotated[str | None, Query(max_length=48)] = None
) -> Response:
    """Give the configuration, or an app's part of it, as YAML that can be applied elsewhere."""
    held = await reader(call)
    apart = held.snapshot.security.separation and not held.keeps_people
    async with call.reading() as tx:
        found = [one for one in await stored(tx) if app is None or one.app == app]
    text = written(one.body for one in found if not (apart and one.kind in OF_PEOPLE))
    name = quote(f"{app or call.workspace}.yaml", safe="")
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(text, media_type="application/yaml", headers=headers)


@ROUTES.post("/config/read", openapi_extra=CONFIGURE)
async def read_documents(given: File, call: Asked) -> Response:
    """Read the documents in a YAML file, to be planned; a problem says its line."""
    await configurer(call)
    found = read_text(given.text, file=given.name)
    if found.problems:
        raise Problems(found.problems)
    return answer({"documents": [one.body for one in found.documents]})
