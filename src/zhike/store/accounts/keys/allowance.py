"""
How many requests a key may make in a minute, over all processes together.

The requests left are counted in PostgreSQL, so that it does not matter which process a program is
connected to; each process takes some of them at once, so that most requests ask nobody. A key
without a limit costs nothing.
"""

from math import ceil
from time import monotonic

from zhike.db import Database
from zhike.kernel.viewer import platform
from zhike.store.accounts.faults import TooManyRequests
from zhike.store.accounts.keys.queries import QUERIES

PIECES, MOST = 12, 100
"""A process takes what fills up in five seconds, but never more than so many requests at once."""
KNOWN = 10_000
MINUTE = 60.0


class Allowances:
    """What this process has taken of the requests of each key, and which keys have to wait."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._taken: dict[object, int] = {}
        self._closed: dict[object, float] = {}

    async def spend(self, workspace: str, key: object, per_minute: int) -> None:
        """Spend one request of a key, or refuse it and say when to come again."""
        left = self._taken.get(key, 0)
        if left > 0:
            self._taken[key] = left - 1
            return
        wait = self._closed.get(key, 0.0) - monotonic()
        if wait <= 0:
            wait = await self._take(workspace, key, per_minute)
        if wait > 0:
            raise TooManyRequests(seconds=ceil(wait))

    async def _take(self, workspace: str, key: object, per_minute: int) -> float:
        """Take some requests and spend one of them; give the seconds to wait if there are none."""
        wanted = max(1, min(per_minute // PIECES, MOST))
        statement = QUERIES["take_requests"](key=key, per_minute=per_minute, wanted=wanted)
        async with self._db.reading(platform(), workspace) as tx:
            given, free = await tx.row(statement) or (0, 0.0)
        if len(self._taken) + len(self._closed) > KNOWN:
            self._taken.clear()
            self._closed.clear()
        if given:
            self._taken[key] = self._taken.get(key, 0) + given - 1
            return 0.0
        wait = float(1 - free) * MINUTE / per_minute
        self._closed[key] = monotonic() + wait
        return wait
