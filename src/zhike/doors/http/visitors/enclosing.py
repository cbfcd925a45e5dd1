"""
A form with files as a stranger sends it: all in one piece.

There is no upload before the form is sent: nothing lies here that no record holds, and whoever
sends nothing that is taken has stored nothing. Nothing is read from the wire before it is known
that a sending is allowed now, and never more than the form takes.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import uuid4

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from zhike.doors.http import reading
from zhike.doors.http.call import Call
from zhike.doors.http.visitors.filled import Filled
from zhike.hub.visitors import (
    MEGABYTE,
    Enclosed,
    Frame,
    NotOnTheForm,
    TooManyFiles,
    plain,
    recognised,
    wrong,
)
from zhike.kernel.faults import Invalid, Malformed, Problem, problem
from zhike.kernel.tx import Tx
from zhike.store import files

FORM = "form"
"""The part that holds what is filled in, as JSON; every other one is a file for a field."""
JSON_BYTES = 64 * 1024
SECONDS = 120
"""In which a sending has to have arrived."""
PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A sending that was read: what is filled in, and its files."""

    filled: Filled
    files: tuple[tuple[Enclosed, UploadFile], ...] = ()

    def ids(self) -> dict[str, list[str]]:
        """Give the ids the files will get, by field."""
        found: dict[str, list[str]] = {}
        for one, _ in self.files:
            found.setdefault(one.field, []).append(one.id)
        return found

    def problems(self, frame: Frame) -> list[Problem]:
        """Give what is wrong with the files."""
        return list(wrong(frame.form, frame.files, [one for one, _ in self.files]))


@asynccontextmanager
async def opened(call: Call, frame: Frame) -> AsyncIterator[Letter]:
    """Read a sending with files; what was put aside for it is gone afterwards."""
    manners = frame.form.manners
    if not frame.files:
        raise Invalid([problem(TooManyFiles, limit=0)])
    limit = manners.files * manners.file_mb * MEGABYTE + MEGABYTE
    reading.expect(call.scope, "multipart/form-data")
    request = Request(call.scope, reading.limited(call.receive, limit))
    async with _parsed(request, most=manners.files + 1) as form:
        yield await _read(form, frame)


@asynccontextmanager
async def _parsed(request: Request, *, most: int) -> AsyncIterator[FormData]:
    try:
        async with asyncio.timeout(SECONDS):
            form = await request.form(max_files=most, max_fields=1, max_part_size=JSON_BYTES)
    except (MultiPartException, HTTPException) as error:
        raise Malformed(reason="not a form with files as it is taken here") from error
    except TimeoutError as error:
        raise Malformed(reason="it took too long to arrive") from error
    try:
        yield form
    finally:
        await form.close()


async def keep(letter: Letter, tx: Tx, store: files.Files, *, fields: frozenset[str]) -> None:
    """Keep the files that a record holds now; whatever comes of the rest, it is not stored."""
    for one, upload in letter.files:
        if one.field in fields:
            await upload.seek(0)
            stored = await store.keep(_pieces(upload), limit=one.size)
            await files.add(tx, stored, name=one.name, type=one.type or "", id=one.uuid)


async def _read(form: FormData, frame: Frame) -> Letter:
    said = form.get(FORM)
    if not isinstance(said, str):
        raise Malformed(reason=f"the part {FORM} is missing")
    parts = [(key, one) for key, one in form.multi_items() if isinstance(one, UploadFile)]
    strange = list(_strange(parts, frame))
    if strange:
        raise Invalid(strange)
    return Letter(
        filled=_filled(said),
        files=tuple([(await _looked_at(key, one), one) for key, one in parts]),
    )


def _strange(parts: list[tuple[str, UploadFile]], frame: Frame) -> Iterator[Problem]:
    for key in dict.fromkeys(key for key, _ in parts):
        if key not in frame.files:
            yield problem(NotOnTheForm, at=key[:100], name=key[:100])


async def _looked_at(key: str, upload: UploadFile) -> Enclosed:
    size = upload.size or 0
    kind = await asyncio.to_thread(recognised, upload.file, size)
    return Enclosed(
        uuid=uuid4(), field=key, name=plain(upload.filename or ""), size=size, type=kind
    )


def _filled(said: str) -> Filled:
    try:
        return Filled.model_validate(reading.parsed(said.encode()))
    except ValidationError as error:
        told = [{**one, "loc": ("body", *one["loc"])} for one in error.errors()]
        raise RequestValidationError(told) from error


async def _pieces(upload: UploadFile) -> AsyncIterator[bytes]:
    while piece := await upload.read(PIECE):
        yield piece
