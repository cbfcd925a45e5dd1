"""
The snapshot every request works with: built once per version of the configuration, shared by all.

A notification makes an old one forgotten at once; because notifications can be lost, the version is
also asked for when the last answer is older than a second.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from zhike.db import Database
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import MODELS, Document, Snapshot, build
from zhike.store.catalog.documents import Body, Stored, config_version, stored
from zhike.store.catalog.formulas import Settled, settled

FRESH = 1.0
"""Seconds for which an answer is believed without asking again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A snapshot, and when it was last certain to be the current one."""

    snapshot: Snapshot
    at: float


class Catalog:
    """Gives the current snapshot of each workspace."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[str, Known] = {}
        self._asking: dict[str, asyncio.Lock] = {}
        self._told: Counter[str] = Counter()

    async def snapshot(self, workspace: str) -> Snapshot:
        """Give the snapshot of a workspace, at most a second old."""
        known = self._known.get(workspace)
        if known is not None and time.monotonic() - known.at < FRESH:
            return known.snapshot
        async with self._asking.setdefault(workspace, asyncio.Lock()):
            return await self._current(workspace)

    def forget(self, workspace: str) -> None:
        """Ask PostgreSQL before the next answer."""
        self._told[workspace] += 1
        known = self._known.get(workspace)
        if known is not None:
            self._known[workspace] = Known(snapshot=known.snapshot, at=float("-inf"))

    async def _current(self, workspace: str) -> Snapshot:
        known = self._known.get(workspace)
        at, told = time.monotonic(), self._told[workspace]
        if known is not None and at - known.at < FRESH:
            return known.snapshot
        async with self._db.reading(platform(), workspace) as tx:
            snapshot = await snapshot_of(tx, known=known.snapshot if known else None)
        # News that came while we read may be about what we did not see yet.
        fresh = told == self._told[workspace]
        self._known[workspace] = Known(snapshot=snapshot, at=at if fresh else float("-inf"))
        return snapshot


async def snapshot_of(tx: Tx, *, known: Snapshot | None = None) -> Snapshot:
    """Give the snapshot as this transaction sees it; the known one if it is still right."""
    version, zone = await config_version(tx)
    if known is not None and (known.version, known.zone) == (version, zone):
        return known
    return settled_of(await stored(tx), version=version, zone=zone).snapshot


def settled_of(documents: Iterable[Stored], *, version: int, zone: str) -> Settled:
    """Give what stored documents mean, formulas and roll-ups included."""
    typed = [document(one.body) for one in documents if one.kind in MODELS]
    return settled(build(typed, version=version, zone=zone))


def document(body: Body) -> Document:
    """Give a stored body as the typed document it was checked to be."""
    return MODELS[body["kind"]].model_validate(dict(body))
