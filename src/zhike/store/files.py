"""
Files on disk under the home, named by the hash of their content, so that the same one is kept once.

What is written is on the disk before anybody hears of it; a file that is too large leaves nothing
behind.
"""

import errno
import os
from asyncio import to_thread
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO
from uuid import UUID

from zhike.kernel.faults import TooLarge, Unavailable
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.kernel.words import Words

QUERIES = load(Path(__file__).with_name("files.sql"))
PIECE = 1 << 20
MEGABYTE = 1 << 20


class FileTooLarge(TooLarge):
    """The file is larger than allowed: {limit} at most."""

    code = "S701"
    zh = "文件超出大小限制:最多 {limit}"


class NoRoom(Unavailable):
    """There is no room left on the disk for files."""

    code = "S702"
    zh = "磁盘空间不足,无法保存文件"
    hint = Words(zh="请清理磁盘后重试", en="make room on the disk and try again")


FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A content on disk."""

    hash: str
    size: int
    path: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file as the workspace knows it: a name given to a content."""

    id: UUID
    hash: str
    name: str
    type: str
    size: int
    created_by: UUID | None
    created_at: datetime


class Files:
    """The folder of contents; every process of an installation may write it at the same time."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "files"

    def path(self, hash: str) -> Path:  # noqa: A002 - what it is
        """Say where a content is."""
        return self.folder / hash[:2] / hash[2:4] / hash

    async def keep(self, pieces: AsyncIterable[bytes], *, limit: int) -> Stored:
        """Write a content as it comes, and refuse it as soon as it is larger than allowed."""
        inbox = self.folder / "inbox"
        await to_thread(inbox.mkdir, parents=True, exist_ok=True)
        digest, size = sha256(), 0
        with NamedTemporaryFile(dir=inbox, delete=False) as file:
            try:
                async for piece in pieces:
                    size += len(piece)
                    _refuse_more(size, limit)
                    digest.update(piece)
                    await to_thread(file.write, piece)
                await to_thread(_flush, file)
            except BaseException as error:
                await to_thread(os.unlink, file.name)
                if isinstance(error, OSError) and error.errno in FULL:
                    raise NoRoom from error
                raise
        return await to_thread(self._settled, Path(file.name), digest.hexdigest(), size)

    async def keep_file(self, path: Path, *, limit: int) -> Stored:
        """Copy a file of this machine in."""
        return await self.keep(_pieces(path), limit=limit)

    def _settled(self, written: Path, hash: str, size: int) -> Stored:  # noqa: A002 - what it is
        place = self.path(hash)
        place.parent.mkdir(parents=True, exist_ok=True)
        written.replace(place)
        return Stored(hash=hash, size=size, path=place)


async def add(
    tx: Tx,
    stored: Stored,
    *,
    name: str,
    type: str,  # noqa: A002 - as in HTTP
    id: UUID | None = None,  # noqa: A002 - what it is
) -> File:
    """Give a content a name in the workspace, and an id unless it has one already."""
    clean = name.replace("\x00", "").replace("\\", "/").rsplit("/", 1)[-1][-255:] or "file"
    row = await tx.row(
        QUERIES["add_file"](
            id=id, hash=stored.hash, name=clean, type=type, size=stored.size, by=tx.viewer.id
        )
    )
    id_, created_at = row or (None, None)
    return File(
        id=id_, hash=stored.hash, name=clean, type=type, size=stored.size,
        created_by=tx.viewer.id, created_at=created_at,
    )  # fmt: skip


async def found(tx: Tx, id: UUID) -> File | None:  # noqa: A002 - what it is
    """Give a file of the workspace."""
    row = await tx.row(QUERIES["file"](id=id))
    if row is None:
        return None
    names = ("id", "hash", "name", "type", "size", "created_by", "created_at")
    return File(**dict(zip(names, row, strict=True)))


async def pieces(path: Path) -> AsyncIterator[bytes]:
    """Give a content piece by piece."""
    async for piece in _pieces(path):
        yield piece


async def _pieces(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as file:
        while piece := await to_thread(file.read, PIECE):
            yield piece


def _refuse_more(size: int, limit: int) -> None:
    if size > limit:
        raise FileTooLarge(limit=f"{limit // MEGABYTE} MB")


def _flush(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())
