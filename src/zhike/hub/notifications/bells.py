"""
The bells that ring in the windows people have open, in one process.

However many listen, it takes one connection that hears what was told, and one statement that counts
for all of them at once. A bell falls silent when the session it was opened with ends.
"""

import asyncio
import logging
from collections.abc import Awaitable
from uuid import UUID

from zhike.db import Database
from zhike.hub.notifications.place import QUERIES
from zhike.hub.notifications.telling import EVERYBODY
from zhike.kernel.faults import Fault
from zhike.kernel.viewer import platform
from zhike.store.catalog import Catalog

LOG = logging.getLogger("zhike.http")
TOGETHER_SECONDS = 0.05
"""What is told within so short a time is counted together."""
LOOK_SECONDS = 30.0
"""How often it is looked whether sessions are still open and in use."""
MOST = 12
"""A person with more windows than that hears in the latest ones."""
MINUTE = 60


class Ear:
    """One window that listens."""

    __slots__ = ("_woken", "again", "over", "session", "unread", "user", "workspace")

    def __init__(self, workspace: str, user: UUID, session: UUID) -> None:
        self.workspace = workspace
        self.user = user
        self.session = session
        self.unread = 0
        self.over = False
        self.again = False
        self._woken = asyncio.Event()

    def wake(self, unread: int) -> None:
        """Tell how many are unread now."""
        self.unread = unread
        self._woken.set()

    def end(self, *, again: bool = False) -> None:
        """Tell that there is nothing more to hear; `again`: not here, but soon elsewhere."""
        self.over, self.again = True, again
        self._woken.set()

    async def news(self, seconds: float) -> bool:
        """Wait for news; say whether there were any in time."""
        try:
            await asyncio.wait_for(self._woken.wait(), seconds)
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class Bells:
    """Everybody who listens in this process."""

    def __init__(self, db: Database, catalog: Catalog) -> None:
        self._db = db
        self._catalog = catalog
        self._ears: dict[str, dict[UUID, list[Ear]]] = {}
        self._due: dict[str, set[UUID]] = {}
        self._doubted: set[str] = set()
        self._ringing: asyncio.Task[None] | None = None
        self._looking: asyncio.Task[None] | None = None
        self._closed = False

    def open(self, workspace: str, user: UUID, session: UUID) -> Ear:
        """Begin to listen; to be closed by whoever opened it."""
        ear = Ear(workspace, user, session)
        ears = self._ears.setdefault(workspace, {}).setdefault(user, [])
        ears.append(ear)
        for one in ears[:-MOST]:
            one.end()
        if self._closed:
            ear.end(again=True)
        elif self._looking is None:
            self._looking = asyncio.create_task(self._look(), name="zhike sessions of bells")
        return ear

    def close(self, ear: Ear) -> None:
        """Listen no more."""
        ears = self._ears.get(ear.workspace, {})
        if ear in ears.get(ear.user, ()):
            ears[ear.user].remove(ear)
            if not ears[ear.user]:
                del ears[ear.user]
        if not ears:
            self._ears.pop(ear.workspace, None)

    def silence(self) -> None:
        """End every bell: the process stops."""
        self._closed = True
        for task in (self._ringing, self._looking):
            if task is not None:
                task.cancel()
        for ears in self._ears.values():
            for one in [one for some in ears.values() for one in some]:
                one.end(again=True)

    def heard(self, workspace: str, what: str) -> None:
        """
        Take what another process said: whose bells ring, or that people changed.

        Without a workspace: something may have been missed.
        """
        if not workspace:
            for one in tuple(self._ears):
                self.heard(one, f"bell {EVERYBODY}")
                self.heard(one, "people")
            return
        here = self._ears.get(workspace)
        if not here:
            return
        kind, _, whom = what.partition(" ")
        if kind == "people":
            self._doubted.add(workspace)
        elif kind == "bell":
            named = here.keys() if whom == EVERYBODY else map(UUID, whom.split(","))
            self._due.setdefault(workspace, set()).update(named)
        if self._ringing is None or self._ringing.done():
            self._ringing = asyncio.create_task(self._ring(), name="zhike bells")

    async def _ring(self) -> None:
        while self._due or self._doubted:
            await asyncio.sleep(TOGETHER_SECONDS)
            due, self._due = self._due, {}
            doubted, self._doubted = self._doubted, set()
            for workspace in doubted:
                await _unless_lost(self._end_those_over(workspace))
            for workspace, users in due.items():
                await _unless_lost(self._count(workspace, users))

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            for workspace in tuple(self._ears):
                await _unless_lost(self._end_those_over(workspace))

    async def _count(self, workspace: str, users: set[UUID]) -> None:
        here = self._ears.get(workspace, {})
        asked = [one for one in users if one in here]
        if not asked:
            return
        async with self._db.reading(platform(), workspace) as tx:
            rows = await tx.rows(QUERIES["unread_of"](users=asked))
        for user, count in rows:
            for one in here.get(user, ()):
                one.wake(count)

    async def _end_those_over(self, workspace: str) -> None:
        rules = (await self._catalog.snapshot(workspace)).security.sign_in
        here = [one for some in self._ears.get(workspace, {}).values() for one in some]
        ids = list({one.session for one in here})
        idle = rules.idle_minutes * MINUTE + MINUTE if rules.idle_minutes else 0
        async with self._db.reading(platform(), workspace) as tx:
            left = {id_ for (id_,) in await tx.rows(QUERIES["sessions_left"](ids=ids, idle=idle))}
        for one in here:
            if one.session not in left:
                one.end()


async def _unless_lost(work: Awaitable[None]) -> None:
    """What the database cannot say just now is said after the next news, or when one comes back."""
    try:
        await work
    except Fault as fault:
        LOG.warning("bells: %s: %s", fault.code, fault)
