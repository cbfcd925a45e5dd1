"""
Hears what other processes say through NOTIFY: one connection per process, which comes back by
itself.
"""

import asyncio
import contextlib
from collections.abc import Callable

import psycopg

from zhike.db.wire import WIRING, Wire
from zhike.kernel.sql import ident, sql

Heard = Callable[[str], None]
"""Is given the payload; an empty one says that messages may have been missed."""

START_SECONDS = 10.0
RETRY_SECONDS = 0.5
PULSE_SECONDS = 30.0
"""How often a silent connection is asked whether it still lives."""


class Listener:
    """
    Calls back for every notification.

    After the connection was lost and found again it calls back with an empty payload: something may
    have been said meanwhile, so whoever keeps a copy should drop it.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._callbacks: dict[str, list[Heard]] = {}
        self._task: asyncio.Task[None] | None = None
        self._listening = asyncio.Event()

    async def add(self, channel: str, heard: Heard) -> None:
        """Call back for a channel from now on."""
        known = channel in self._callbacks
        self._callbacks.setdefault(channel, []).append(heard)
        if known:
            return
        await self.close()
        self._listening.clear()
        self._task = asyncio.create_task(self._listen(), name="zhike listener")
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._listening.wait(), START_SECONDS)

    async def close(self) -> None:
        """Stop listening."""
        if self._task:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _listen(self) -> None:
        missed = False
        while True:
            with contextlib.suppress(psycopg.Error):
                async with await Wire.connect(self._url, **WIRING) as wire:
                    for channel in self._callbacks:
                        await wire.execute(sql("LISTEN {channel}", channel=ident(channel)).text)
                    self._listening.set()
                    if missed:
                        self._tell_all("")
                    missed = True
                    await self._hear(wire)
            await asyncio.sleep(RETRY_SECONDS)

    async def _hear(self, wire: Wire) -> None:
        while True:
            async for notice in wire.notifies(timeout=PULSE_SECONDS):
                self._tell(notice.channel, notice.payload)
            await wire.execute("SELECT 1")

    def _tell_all(self, payload: str) -> None:
        for channel in self._callbacks:
            self._tell(channel, payload)

    def _tell(self, channel: str, payload: str) -> None:
        """A callback that raises must not end the listening: the loop reports it."""
        for heard in self._callbacks.get(channel, ()):
            asyncio.get_running_loop().call_soon(heard, payload)
