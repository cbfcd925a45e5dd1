"""Our side of the reading process: start it, take its frames, never wait for it without end."""

import fcntl
import marshal
import os
import sys
from asyncio import IncompleteReadError, StreamReader, create_subprocess_exec
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zhike.hub.sheets.cells import Line
from zhike.hub.sheets.faults import FAULTS, TooLargeFile

FRAME = 1 << 29
ROOM = 1 << 20
LIMIT = "1 GB"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """How one sheet begins."""

    name: str
    """Empty for a csv, which has only one."""
    hidden: bool
    last: int
    """The number of its last line."""
    width: int
    head: tuple[Line, ...]
    hides: int = 0
    """How many of its lines are hidden (xlsx); they are read like the others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workbook:
    """What a file turned out to be."""

    format: str
    encoding: str
    delimiter: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Some lines of a sheet, with the numbers of those among all its lines that are totals."""

    lines: Sequence[Line]
    totals: frozenset[int] = frozenset()


async def peek(path: Path) -> Workbook:
    """Look at a file: what it is, its sheets, their first lines. Raise what it is instead."""
    async with _process("peek", str(path)) as process, aclosing(_frames(process)) as frames:
        async for frame in frames:
            return _workbook(frame[1])
    raise TooLargeFile(limit=LIMIT)


async def read(path: Path, *, sheet: str, size: int) -> AsyncGenerator[Piece, None]:
    """Give the lines of one sheet in pieces while the file is still being read."""
    totals: frozenset[int] = frozenset()
    arguments = ("read", str(path), sheet, str(size))
    async with _process(*arguments) as process, aclosing(_frames(process)) as frames:
        async for frame in frames:
            match frame[0]:
                case "lines":
                    yield Piece(lines=tuple(frame[1]), totals=totals)
                case "totals":
                    totals = frozenset(frame[1])
                case _:
                    return


@asynccontextmanager
async def reading(path: Path, *, sheet: str, size: int) -> AsyncIterator[int]:
    """
    Start reading for another process, which may take longer to start than the reading does.

    Gives the descriptor from which that one takes the pieces (`taken`); it is its own to close.
    """
    taking, giving = wide_pipe()
    arguments = ("read", str(path), sheet, str(size))
    try:
        async with _process(*arguments, out=giving):
            os.close(giving)
            giving = -1
            yield taking
    finally:
        if giving >= 0:
            os.close(giving)
            os.close(taking)


def wide_pipe() -> tuple[int, int]:
    """Make a pipe that holds a megabyte where the system allows it, so that neither end waits."""
    ends = os.pipe()
    if hasattr(fcntl, "F_SETPIPE_SZ"):
        with suppress(OSError):
            fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, ROOM)
    return ends


def taken(descriptor: int) -> Iterator[Piece]:
    """Take the pieces that another process has had read, waiting for each."""
    totals: frozenset[int] = frozenset()
    with os.fdopen(descriptor, "rb") as file:
        while True:
            size = min(int.from_bytes(file.read(4), "big"), FRAME)
            body = file.read(size)
            if not body or len(body) < size:
                raise TooLargeFile(limit=LIMIT)
            frame = _read(body)
            match frame[0]:
                case "lines":
                    yield Piece(lines=frame[1], totals=totals)
                case "totals":
                    totals = frozenset(frame[1])
                case _:
                    return


@asynccontextmanager
async def _process(*arguments: str, out: int = PIPE) -> AsyncIterator[Process]:
    command = (sys.executable, "-m", "zhike.hub.sheets", *arguments)
    process = await create_subprocess_exec(*command, stdin=DEVNULL, stdout=out, stderr=DEVNULL)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


async def _frames(process: Process) -> AsyncGenerator[tuple[Any, ...], None]:
    stream: StreamReader = process.stdout  # type: ignore[assignment] # it was asked for
    while True:
        try:
            size = int.from_bytes(await stream.readexactly(4), "big")
            body = await stream.readexactly(min(size, FRAME))
        except IncompleteReadError as error:
            raise TooLargeFile(limit=LIMIT) from error
        yield _read(body)


def _read(body: bytes) -> tuple[Any, ...]:
    frame: tuple[Any, ...] = marshal.loads(body)  # noqa: S302 - our own child's words
    if frame[0] == "fault":
        raise FAULTS[frame[1]](**frame[2])
    return frame


def _workbook(facts: dict[str, Any]) -> Workbook:
    sheets = tuple(Sheet(**{**one, "head": tuple(one["head"])}) for one in facts.pop("sheets"))
    return Workbook(**facts, sheets=sheets)
