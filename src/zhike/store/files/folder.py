"""
Files on disk under the home, named by the hash of their content, so that the same one is kept once.

What is written is on the disk before anybody hears of it; a file that is too large leaves nothing
behind.
"""

import errno
import os
import re
from asyncio import to_thread
from collections.abc import AsyncIterable, AsyncIterator, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO

from zhike.kernel.faults import TooLarge, Unavailable
from zhike.kernel.words import Words

PIECE = 1 << 20
MEGABYTE = 1 << 20
MANY = 10_000
"""How many contents are given at a time."""
HASH = re.compile("[0-9a-f]{64}")


class FileTooLarge(TooLarge):
    """The file is larger than allowed: {limit} at most."""

    code = "S701"
    zh = "文件超出大小限制：最多 {limit}"


class NoRoom(Unavailable):
    """There is no room left on the disk for files."""

    code = "S702"
    zh = "磁盘空间不足，无法保存文件"
    hint = Words(zh="请清理磁盘后重试", en="make room on the disk and try again")


FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A content on disk."""

    hash: str
    size: int
    path: Path


class Files:
    """The folder of contents; every process of an installation may write it at the same time."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "files"

    def path(self, hash: str) -> Path:  # noqa: A002 - what it is
        """Say where a content is."""
        return self.folder / hash[:2] / hash[2:4] / hash

    async def keep(self, pieces: AsyncIterable[bytes], *, limit: int) -> Stored:
        """Write a content as it comes, and refuse it as soon as it is larger than allowed."""
        inbox = await to_thread(self._inbox)
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

    def old(self, *, before: datetime) -> Iterator[Sequence[str]]:
        """Give all contents that nobody has written since a moment, some thousands at a time."""
        some: list[str] = []
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            some += [one.name for one in folder.glob("*/*") if _is_older(one, before)]
            if len(some) >= MANY:
                yield some
                some = []
        yield some

    def remove(self, hashes: Iterable[str], *, before: datetime) -> int:
        """
        Remove contents, unless somebody has written one since a moment; give how many went.

        Each is moved aside before it is looked at: whoever writes the same one meanwhile puts it
        into a free place, or finds it put back.
        """
        count = 0
        for one in hashes:
            place, aside = self.path(one), self._inbox() / one
            with suppress(FileNotFoundError):
                place.replace(aside)
                if _is_older(aside, before):
                    aside.unlink()
                    count += 1
                else:
                    aside.replace(place)
        return count

    def tidy_up(self, *, before: datetime) -> None:
        """
        Remove what was broken off while it was written, and put back what a `remove` that was
        broken off had moved aside.
        """
        for one in self._inbox().iterdir():
            with suppress(FileNotFoundError):
                if HASH.fullmatch(one.name):
                    one.replace(self.path(one.name))
                elif _is_older(one, before):
                    one.unlink()

    def _inbox(self) -> Path:
        inbox = self.folder / "inbox"
        inbox.mkdir(parents=True, exist_ok=True)
        return inbox

    def _settled(self, written: Path, hash: str, size: int) -> Stored:  # noqa: A002 - what it is
        place = self.path(hash)
        place.parent.mkdir(parents=True, exist_ok=True)
        written.replace(place)
        return Stored(hash=hash, size=size, path=place)


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


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
