"""Files as they come and as they leave: the bytes decide what a file is, not its sender."""

import re
from asyncio import to_thread
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from urllib.parse import quote

from fastapi import UploadFile
from starlette.responses import FileResponse, Response

from zhike.doors.http.call import Call
from zhike.doors.http.routing import FILE_LIMIT
from zhike.kernel.faults import NotFound
from zhike.kernel.tx import Tx
from zhike.store import files
from zhike.store.files import File, Files, Stored

PIECE = 1 << 20
RANGE = re.compile(r"bytes=(\d{1,15})-(\d{0,15})")
UNKNOWN = "application/octet-stream"

MAGIC: Mapping[bytes, str] = {
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"%PDF-": "application/pdf",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "application/vnd.ms-office",
}
ZIPPED: Mapping[str, str] = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".zip": "application/zip",
}
PLAIN: Mapping[str, str] = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}


async def kept(upload: UploadFile, store: Files) -> tuple[Stored, str]:
    """Write an upload to the disk; give it and what it is."""
    head = await upload.read(512)
    await upload.seek(0)
    stored = await store.keep(_pieces(upload), limit=FILE_LIMIT)
    return stored, sniffed(head, upload.filename or "")


async def named(tx: Tx, upload: UploadFile, kept_: tuple[Stored, str]) -> File:
    """Give what was uploaded its name in the workspace."""
    stored, kind = kept_
    return await files.add(tx, stored, name=upload.filename or "file", type=kind)


def sniffed(head: bytes, name: str) -> str:
    """Say what a file is by its first bytes; a name only chooses among what they allow."""
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    for magic, kind in MAGIC.items():
        if head.startswith(magic):
            return kind
    suffix = Path(name).suffix.lower()
    if head.startswith(b"PK\x03\x04"):
        return ZIPPED.get(suffix, "application/zip")
    return PLAIN.get(suffix, UNKNOWN) if b"\0" not in head else UNKNOWN


async def download(call: Call, file: File) -> Response:
    """Send a file to be saved, never to be shown: what is in it is not ours."""
    path = call.system.files.path(file.hash)
    if not await to_thread(path.is_file):
        raise NotFound
    return sent(call, path, name=file.name, media=file.type)


def sent(call: Call, path: Path, *, name: str, media: str) -> Response:
    """Send what lies at a path of ours, whole or the one part that is asked for."""
    if not _plain_range(call.header(b"range"), path.stat().st_size):
        kept_headers = [one for one in call.scope["headers"] if one[0] != b"range"]
        call.scope["headers"] = kept_headers
    called = quote(name, safe="")
    return FileResponse(
        path,
        media_type=media if media.isascii() else UNKNOWN,
        headers={"content-disposition": f"attachment; filename*=UTF-8''{called}"},
    )


def _plain_range(asked: str | None, size: int) -> bool:
    """Tell whether a part of a file is asked for that there is; any other wish may be ignored."""
    found = RANGE.fullmatch(asked or "")
    return found is not None and int(found[1]) < size


async def _pieces(upload: UploadFile) -> AsyncIterator[bytes]:
    while piece := await upload.read(PIECE):
        yield piece
