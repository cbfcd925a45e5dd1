"""Files as such: attachments going up, and whatever may be seen coming down."""

from typing import Annotated
from uuid import UUID

from fastapi import File, UploadFile
from starlette.responses import Response

from zhike.doors.http.answers import created
from zhike.doors.http.routing import Asked, Signed, router
from zhike.doors.http.transfer.uploads import download, kept, named
from zhike.kernel.faults import NotFound
from zhike.store import files
from zhike.store.attached import may_fetch

ROUTES = router("files")


@ROUTES.post("/files", status_code=201)
async def upload_file(file: Annotated[UploadFile, File()], call: Asked, _: Signed) -> Response:
    """Keep a file, to be named in an attachment field by its id."""
    stored = await kept(file, call.system.files)
    async with call.transaction() as tx:
        made = await named(tx, file, stored)
    told = {"id": made.id, "name": made.name, "type": made.type, "size": made.size}
    return created(told, at=f"/api/v1/files/{made.id}")


@ROUTES.get("/files/{id}")
async def get_file(id: UUID, call: Asked, _: Signed) -> Response:  # noqa: A002
    """Give a file to whoever uploaded it or sees a record that holds it."""
    held = await call.policy()
    async with call.reading() as tx:
        found = await files.found(tx, id)
        if found is None or not await may_fetch(tx, held, found):
            raise NotFound
    return await download(call, found)
