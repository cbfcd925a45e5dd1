"""
The database as the doors hold it: a pool of connections from which conversations are borrowed.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Self

import psycopg
import psycopg_pool
from psycopg import pq

from zhike.db.conversation import BEGIN, Conversation
from zhike.db.embedded import Membership, join
from zhike.db.exchange import Statement
from zhike.db.faults import DatabaseTooOld, DatabaseUnreachable, DiskFull, translated
from zhike.db.listen import Heard, Listener
from zhike.db.wire import WIRING, Wire, configure, lives
from zhike.kernel.faults import Unavailable
from zhike.kernel.settings import Settings
from zhike.kernel.viewer import NOWHERE, Origin, Viewer

OLDEST = 18
WAIT_SECONDS = 30.0
"""How long a request waits for a free connection, or for a server that restarts."""
CHOOSE_WORKSPACE = """
SELECT set_config('search_path', $1, false),
       set_config('TimeZone', (SELECT coalesce(max(zone), 'Asia/Shanghai')
                                 FROM zhike.workspace WHERE slug = $2), false)"""
CHOOSE_NONE = Statement(
    "SELECT set_config('search_path', 'zhike', false), set_config('TimeZone', 'UTC', false)"
)


class Database:
    """
    PostgreSQL, wherever it runs.

    Opened and closed once per process; `transaction` and `reading` are opened by doors only.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.age = 0
        """
        Rises with every change of the configuration; connections set up before it are set up again.
        """
        self._membership: Membership | None = None
        self._pool: psycopg_pool.AsyncConnectionPool[Wire] | None = None
        self._listener: Listener | None = None

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @property
    def url(self) -> str:
        """How to connect; known once opened."""
        if self._membership:
            return self._membership.url
        return self.settings.database_url

    async def open(self) -> None:
        """Start or find the server, and connect."""
        # Whoever waits for a connection is told why there is none; the pool need not print it too.
        logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)
        if not self.settings.database_url:
            self._membership = join(self.settings.home)
        self._pool = psycopg_pool.AsyncConnectionPool(
            self.url,
            connection_class=Wire,
            kwargs=dict(WIRING),
            min_size=min(2, self.settings.pool_size),
            max_size=self.settings.pool_size,
            timeout=WAIT_SECONDS,
            configure=configure,
            open=False,
        )
        try:
            await self._refuse_old_server()
            with translated():
                await self._pool.open()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Let go of everything; the embedded server stops if nobody else uses it."""
        if self._listener:
            await self._listener.close()
            self._listener = None
        if self._pool:
            await self._pool.close()
            self._pool = None
        if self._membership:
            self._membership.leave()
            self._membership = None

    @asynccontextmanager
    async def transaction(
        self,
        viewer: Viewer,
        workspace: str,
        origin: Origin = NOWHERE,
        *,
        presuming: bool = False,
    ) -> AsyncIterator[Conversation]:
        """
        Open one transaction, commit it at the end, and undo it if anything is raised.

        Who lets others presume in it (`Tx.presume`) is ready to begin again with `Mistaken`.
        """
        wire = await self._taken()
        try:
            talk = self._conversation(wire, viewer=viewer, workspace=workspace, first=[BEGIN])
            talk.origin, talk.presuming = origin, presuming
            yield talk
            await talk.commit()
        except BaseException:
            await asyncio.shield(self._undone(wire))
            raise
        await self._ended(talk, wire)

    @asynccontextmanager
    async def reading(
        self, viewer: Viewer, workspace: str, origin: Origin = NOWHERE
    ) -> AsyncIterator[Conversation]:
        """Open a conversation in which each statement stands alone."""
        wire = await self._taken()
        try:
            talk = self._conversation(wire, viewer=viewer, workspace=workspace, first=[])
            talk.origin = origin
            yield talk
        except BaseException:
            await asyncio.shield(self._undone(wire))
            raise
        await self._ended(talk, wire)

    async def listen(self, channel: str, heard: Heard) -> None:
        """
        Call back on every notification of a channel; see `Listener` for what an empty one means.
        """
        if self._listener is None:
            self._listener = Listener(self.url)
        await self._listener.add(channel, heard)

    def forget(self) -> None:
        """Have every connection set up anew: a workspace's zone or tables have changed."""
        self.age += 1

    def _conversation(
        self, wire: Wire, *, viewer: Viewer, workspace: str, first: list[Statement]
    ) -> Conversation:
        choose: Statement | None = None
        if wire.workspace != workspace or wire.age != self.age:
            path = f'"ws_{workspace}", zhike'
            chosen = Statement(CHOOSE_WORKSPACE, (path, workspace))
            choose = chosen if workspace else CHOOSE_NONE
            wire.workspace, wire.age = workspace, self.age
        return Conversation(wire, viewer=viewer, workspace=workspace, choose=choose, first=first)

    async def _taken(self) -> Wire:
        if self._pool is None:
            raise DatabaseUnreachable(reason="not open")
        try:
            with translated():
                wire = await self._pool.getconn()
                while not lives(wire):
                    await wire.close()
                    await self._pool.putconn(wire)
                    wire = await self._pool.getconn()
                return wire
        except Unavailable as error:
            if self._membership and self._membership.cramped():
                raise DiskFull from error
            raise

    async def _ended(self, talk: Conversation, wire: Wire) -> None:
        if talk.unchosen:
            wire.workspace = None
        await self._given_back(wire)

    async def _given_back(self, wire: Wire) -> None:
        if self._pool is not None:
            await self._pool.putconn(wire)

    async def _undone(self, wire: Wire) -> None:
        """
        Undo what was begun, and give the connection back whatever happens to the request meanwhile.

        What a lost connection cannot undo any more, the server has undone.
        """
        wire.workspace = None
        if not wire.closed and wire.pgconn.transaction_status != pq.TransactionStatus.IDLE:
            with contextlib.suppress(psycopg.Error):
                await wire.execute("ROLLBACK")
        await self._given_back(wire)

    async def _refuse_old_server(self) -> None:
        try:
            wire = await Wire.connect(self.url, **WIRING)
        except psycopg.Error as error:
            raise DatabaseUnreachable(reason=str(error).strip()) from error
        async with wire:
            major = wire.info.server_version // 10000
        if major < OLDEST:
            raise DatabaseTooOld(version=major, wanted=OLDEST)
