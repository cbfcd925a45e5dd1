"""People coming in as a table: looked at first, then taken in; and the table to fill in."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Annotated, Literal

from fastapi import Depends, File, UploadFile
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response

from zhike.doors.http.answers import answer
from zhike.doors.http.faults import Refused
from zhike.doors.http.people.rights import people_of, refuse_unless_keeper
from zhike.doors.http.routing import PEOPLE, Asked, Signed, router
from zhike.hub.roster import Options, Table, run, table, write_template
from zhike.kernel.faults import TooLarge

ROUTES = router("people")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PIECE = 1 << 20
LIMIT = 50 * PIECE
Upload = Annotated[UploadFile, File()]


class How(BaseModel):
    """How a table is taken in."""

    model_config = ConfigDict(extra="forbid")

    dry_run: bool = False
    on_problem: Literal["refuse", "skip"] = "refuse"
    create_departments: bool = False


@ROUTES.post("/users/import", openapi_extra=PEOPLE)
async def import_users(
    file: Upload, call: Asked, _: Signed, how: Annotated[How, Depends()]
) -> Response:
    """
    Take people in from xlsx, xls or csv; with `dry_run` only say what that would do.

    Columns: 姓名 工号 登录名 手机 邮箱 部门 岗位/角色 直属上级 入职日期 离职日期, see the template.
    With a problem in any line nothing is taken in, unless such lines are to be skipped. Who is new
    has no password until one is set. A second import of the same file changes nothing.
    """
    await refuse_unless_keeper(call)
    people = await people_of(call)
    read = await _table(file)
    options = Options(create_departments=how.create_departments, skip=how.on_problem == "skip")
    async with call.transaction() as tx:
        name = file.filename or ""
        done = await run(tx, people, read, options, dry=how.dry_run, name=name)
    call.system.viewers.forget(call.workspace)
    told = done.described(call.language)
    if not done.written and not how.dry_run:
        raise Refused([one.addressed() for one in done.plan.problems], members=dict(told))
    return answer(told)


@ROUTES.get("/users/import/template.xlsx", openapi_extra=PEOPLE)
async def get_template(call: Asked, _: Signed) -> Response:
    """Give the table to fill in."""
    await refuse_unless_keeper(call)
    roles = (await call.policy()).snapshot.roles
    with tempfile.TemporaryDirectory(prefix="template-") as folder:
        path = Path(folder) / "template.xlsx"
        await asyncio.to_thread(write_template, path, roles.values())
        content = await asyncio.to_thread(path.read_bytes)
    disposition = 'attachment; filename="users.xlsx"'
    return Response(content, 200, {"content-type": XLSX, "content-disposition": disposition})


async def _table(upload: UploadFile) -> Table:
    """Read an upload from a place where it is gone afterwards: people are nobody's attachment."""
    with tempfile.TemporaryDirectory(prefix="people-") as folder:
        path = Path(folder) / "table"
        size = 0
        with path.open("wb") as kept:
            async for piece in _pieces(upload):
                size += len(piece)
                if size > LIMIT:
                    raise TooLarge(limit=f"{LIMIT // PIECE} MB")
                await asyncio.to_thread(kept.write, piece)
        return await table(path)


async def _pieces(upload: UploadFile) -> AsyncIterator[bytes]:
    while piece := await upload.read(PIECE):
        yield piece
