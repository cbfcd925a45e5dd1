"""
Where chunks are made ready: here if they are few, in a process of their own if they are many, so
that one core reads and standardizes while the other one writes.
"""

import os
import pickle
import sys
from asyncio import StreamWriter, create_subprocess_exec, to_thread
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from zhike.hub.hands import KeysOf
from zhike.hub.ingest.ahead.chunks import Ahead, Chunk
from zhike.hub.ingest.ahead.frames import unpacked
from zhike.hub.ingest.faults import Stopped
from zhike.hub.ingest.plan import ImportPlan, plan
from zhike.hub.ingest.spec import ImportSpec
from zhike.hub.sheets import FAULTS, read, reading, wide_pipe
from zhike.meta import Snapshot

FEW = 20_000
"""Up to so many lines are made ready sooner than another process could be started for them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be made ready; everything a process that knows nothing has to be told."""

    path: Path
    spec: ImportSpec
    snapshot: Snapshot
    object: str
    writable: frozenset[str]
    keys_of: KeysOf
    after: int
    """The last line that is done with."""
    size: int
    """How many lines make a chunk."""

    def plan(self) -> ImportPlan:
        """Give what becomes of a line."""
        return plan(self.spec, self.snapshot.objects[self.object], writable=self.writable)

    def ahead(self, doing: ImportPlan) -> Ahead:
        """Give what is known of a line before it is taken in."""
        return Ahead.of(doing, self.snapshot, self.keys_of)

    async def chunks(self, doing: ImportPlan) -> AsyncGenerator[Chunk, None]:
        """Read the file and make its lines ready, in this process."""
        ahead = self.ahead(doing)
        async with aclosing(read(self.path, sheet=self.spec.sheet, size=self.size)) as pieces:
            async for piece in pieces:
                chunk = ahead.chunk(piece, after=self.after)
                if chunk is not None:
                    yield chunk


async def chunks(order: Order, doing: ImportPlan, *, few: int = FEW) -> AsyncGenerator[Chunk, None]:
    """Give the chunks of a file, one after the other; the next is made while one is written."""
    if order.spec.last - order.after <= few:
        async with aclosing(order.chunks(doing)) as made:
            async for chunk in made:
                yield chunk
    else:
        async with aclosing(_elsewhere(order)) as frames:
            async for frame in frames:
                yield unpacked(frame, doing)


async def _elsewhere(order: Order) -> AsyncGenerator[bytes, None]:
    async with (
        reading(order.path, sheet=order.spec.sheet, size=order.size) as lines,
        aclosing(_made(order, lines)) as frames,
    ):
        async for frame in frames:
            yield frame


async def _made(order: Order, lines: int) -> AsyncGenerator[bytes, None]:
    command = (sys.executable, "-m", "zhike.hub.ingest.ahead", str(lines))
    taking, giving = wide_pipe()
    with os.fdopen(taking, "rb") as frames:
        try:
            process = await create_subprocess_exec(
                *command, stdin=PIPE, stdout=giving, stderr=DEVNULL, pass_fds=(lines,)
            )
        finally:
            os.close(lines)
            os.close(giving)
        orders: StreamWriter = process.stdin  # type: ignore[assignment] # it was asked for
        try:
            # What this snapshot remembers for itself stays here.
            orders.write(pickle.dumps(replace(order, snapshot=replace(order.snapshot))))
            orders.write_eof()
            # In a thread, because megabytes come while we have other things to do.
            while (frame := await to_thread(_frame, frames)) is not None:
                yield frame
        except ConnectionError as error:
            raise Stopped(reason=type(error).__name__) from error
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


def _frame(frames: BinaryIO) -> bytes | None:
    """Take the next frame: a chunk, the end, or the fault that the file turned out to be."""
    word, size = frames.read(1), int.from_bytes(frames.read(4), "big")
    body = frames.read(size)
    if not word or len(body) < size:
        raise Stopped(reason="EOFError")
    match word:
        case b"c":
            return body
        case b"f":
            code, facts = pickle.loads(body)  # noqa: S301 - our own child's words
            raise FAULTS[code](**facts)
        case _:
            return None
