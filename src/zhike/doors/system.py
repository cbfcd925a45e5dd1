"""What a door is lent: everything that `bootstrap` built. Doors take it, they never build it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self
from uuid import UUID

from zhike.db import Database, Jobs, pending
from zhike.doors.together import Together
from zhike.hub.hands import Hands
from zhike.hub.intake import Step
from zhike.hub.notifications import Bells
from zhike.hub.providers import Providers
from zhike.hub.registry import Registries
from zhike.kernel.faults import Fault
from zhike.kernel.settings import Settings
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.packs import renewal
from zhike.store.accounts import Passwords, Viewers, Workspaces
from zhike.store.catalog import CHANNEL, Catalog
from zhike.store.files import Files
from zhike.store.vault import Vault

IMPORT = "import"
DRY_RUN = "import.dry-run"
IMPORT_UNDO = "import.undo"
EXPORT = "export"
IDENTITY = "identity"
HANDOVER = "handover"
HANDOVER_UNDO = "handover.undo"
MERGE = "merge"
MERGE_UNDO = "merge.undo"
STANDARDIZE = "standardize"
SWEEP = "sweep"
SWEEP_UNDO = "sweep.undo"
RENEWAL = "renewal"
DEMO = "demo"
"""The names of the tasks that doors queue jobs for; their args are a workspace and an id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """
    One process's view of an installation.

    Opened and closed once: `async with system:` connects, and begins to hear what other processes
    change.
    """

    settings: Settings
    db: Database
    jobs: Jobs
    catalog: Catalog
    workspaces: Workspaces
    viewers: Viewers
    passwords: Passwords
    files: Files
    vault: Vault
    """Encrypts what has to be said again: secrets of other systems, of code generators."""
    providers: Providers
    """Systems whose word is taken for who somebody is."""
    registries: Registries
    """Systems that are asked what is known of a company."""
    intake: tuple[Step, ...]
    """The way of every record in."""
    gathering: tuple[Step, ...]
    """The way in for what several callers want made at the same moment."""
    checking: tuple[Step, ...]
    """The same way up to where something would be written."""
    hands: Hands
    """What jobs are lent."""
    bells: Bells
    """The windows of this process that hear of notifications."""
    together: Together[Any, Any]
    """Has callers who come at the same moment served at once."""

    async def __aenter__(self) -> Self:
        await self.db.open()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.bells.silence()
        self.passwords.close()
        await self.db.close()

    async def attend(self) -> None:
        """Hear what other processes change; a process that serves many requests wants to know."""
        await self.workspaces.load()
        await self.db.listen(CHANNEL, self.heard)

    async def checks(self) -> Mapping[str, str]:
        """Say whether what it takes to work is there: `ok` or what is wrong, part by part."""
        try:
            missing = await pending(self.db)
            async with self.db.reading(platform(), self.settings.workspace) as tx:
                await self.jobs.counts(tx)
        except Fault as fault:
            return {"database": fault.word()}
        return {
            "database": "ok",
            "queue": "ok",
            "migrations": f"{missing} to be run" if missing else "ok",
        }

    async def stale(self) -> Sequence[str]:
        """Name what a renewal has not brought up to date for all records yet."""
        async with self.db.reading(platform(), self.settings.workspace) as tx:
            known = await renewal.latest(tx)
        return known.stale if known else ()

    async def queue(self, tx: Tx, task: str, id: UUID) -> None:  # noqa: A002 - what it is
        """Have a job done that its books say was asked for; not twice while it waits to begin."""
        args = {"workspace": tx.workspace, "id": str(id)}
        await self.jobs.defer(tx, task, args=args, once=f"{task} {id}")

    def heard(self, payload: str) -> None:
        """Drop what is no longer so. An empty message says that some may have been missed."""
        workspace, _, what = payload.partition(" ")
        self.bells.heard(workspace, what)
        if not payload:
            self.viewers.forget_all()
            for slug in self.workspaces.slugs:
                self.catalog.forget(slug)
        elif what == "people":
            self.viewers.forget(workspace)
        elif what == "config":
            self.catalog.forget(workspace)
            self.viewers.forget(workspace)
            self.db.forget()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What was done to make an installation ready."""

    new: bool
    """Whether this was its first start."""
    admin_password: str | None = None
    """The administrator's password, if it was made up just now: the only time it can be shown."""
    held_back: Mapping[str, Fault] = field(default_factory=dict)
    """The shipped apps that stay in an older version, and what stands against the newer one."""
    renewing: Sequence[str] = ()
    """The workspaces in which a job derives anew what a start had no time for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How the command line comes by a system: `bootstrap` hands it these when it starts it."""

    build: Callable[[Settings], System]
    prepare: Callable[[System], Awaitable[Prepared]]
