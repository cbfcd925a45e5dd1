"""Which workspaces this installation has, by name and by host, remembered per process."""

from dataclasses import dataclass
from time import monotonic

from zhike.db import Database
from zhike.kernel.viewer import platform
from zhike.store.accounts.queries import QUERIES

PATIENCE = 1.0
"""Seconds between two looks for a workspace nobody knows: names can be guessed faster than made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """One workspace."""

    slug: str
    zone: str
    host: str | None


class Workspaces:
    """Finds workspaces without asking PostgreSQL for those it knows."""

    def __init__(self, db: Database, *, default: str) -> None:
        self._db = db
        self.default = default
        self._by_slug: dict[str, Workspace] = {}
        self._by_host: dict[str, str] = {}
        self._looked = float("-inf")

    async def load(self) -> None:
        """Read them all."""
        async with self._db.reading(platform(), self.default) as tx:
            found = await tx.rows(QUERIES["workspaces"]())
        known = [Workspace(slug=slug, zone=zone, host=host) for slug, zone, host in found]
        self._by_slug = {one.slug: one for one in known}
        self._by_host = {one.host.lower(): one.slug for one in known if one.host}
        self._looked = monotonic()

    @property
    def slugs(self) -> frozenset[str]:
        """The names of all workspaces known."""
        return frozenset(self._by_slug)

    def named_by_host(self, host: str) -> str | None:
        """Give the workspace that a host name stands for, if it stands for one."""
        return self._by_host.get(host)

    def zone_of(self, slug: str) -> str:
        """Give the time zone of a workspace."""
        known = self._by_slug.get(slug)
        return known.zone if known else "Asia/Shanghai"

    async def exists(self, slug: str) -> bool:
        """Tell whether there is such a workspace."""
        if slug in self._by_slug:
            return True
        if monotonic() - self._looked > PATIENCE:
            await self.load()
        return slug in self._by_slug
