"""
Where things meet: the only file that knows every concrete part.

`build` puts a system together without touching anything, `prepare` makes an installation ready for
its first guest, `main` is what the shell calls. The web application is made where it is served, so
that a small command need not load it.
"""

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from uuid import UUID

from zhike.db import Database, Jobs, create_workspace, migrate, workspaces
from zhike.db.faults import BrokenStatement
from zhike.db.jobs import Args, Stuck
from zhike.doors import cli
from zhike.doors.system import (
    DEMO,
    DRY_RUN,
    EXPORT,
    HANDOVER,
    HANDOVER_UNDO,
    IDENTITY,
    IMPORT,
    IMPORT_UNDO,
    MERGE,
    MERGE_UNDO,
    RENEWAL,
    STANDARDIZE,
    SWEEP,
    SWEEP_UNDO,
    Prepared,
    Room,
    System,
)
from zhike.doors.together import Together
from zhike.hub import export, handover, identity, ingest, notifications, quality, sweep, trail
from zhike.hub.hands import Hands, ViewerOf
from zhike.hub.identity import runs
from zhike.hub.intake import CHECKING, GATHERING, INTAKE, REHEARSAL, take_in
from zhike.hub.merge import many
from zhike.hub.orphans import remove_orphans
from zhike.hub.providers import Providers
from zhike.hub.registry import Registries
from zhike.hub.standardize import again
from zhike.kernel.faults import Fault, Unavailable
from zhike.kernel.settings import Settings
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import ADMIN, Viewer, platform
from zhike.meta import SecuritySpec
from zhike.packs import demo, renewal, shipped
from zhike.store import bulk, shares
from zhike.store.accounts import (
    Passwords,
    People,
    RulesOf,
    Viewers,
    Workspaces,
    has_people,
    lock_people,
    viewer_by_id,
)
from zhike.store.catalog import Catalog, snapshot_of
from zhike.store.files import Files
from zhike.store.regions import load_regions
from zhike.store.vault import Vault

LOG = logging.getLogger("zhike.worker")

Work = Callable[..., Awaitable[object]]
"""What a job does with the hands it is lent, an id and a workspace."""

WORK: Mapping[str, Work] = {
    IMPORT: ingest.run,
    DRY_RUN: ingest.rehearsal.rehearse,
    IMPORT_UNDO: ingest.undo.undo,
    EXPORT: export.run,
    IDENTITY: runs.run,
    HANDOVER: handover.run,
    HANDOVER_UNDO: handover.run_undo,
    MERGE: many.run_many,
    MERGE_UNDO: many.undo_many,
    STANDARDIZE: again.run,
    SWEEP: sweep.run,
    SWEEP_UNDO: sweep.run_undo,
    RENEWAL: renewal.run,
    DEMO: demo.run_asked,
}
"""The jobs that somebody asked for and follows in the books."""


def build(given: Settings) -> System:
    """Put a system together. Nothing is opened yet."""
    db = Database(given)
    workspaces = Workspaces(db, default=given.workspace)
    catalog, files = Catalog(db), Files(given.home)
    hands = Hands(
        db=db,
        catalog=catalog,
        files=files,
        take_in=take_in,
        rehearse=partial(take_in, steps=REHEARSAL),
        keys_of=identity.keys_of,
        viewer_of=_viewer_of(workspaces),
        spark_master=given.spark_master,
    )
    return System(
        settings=given,
        db=db,
        jobs=_jobs(hands),
        catalog=catalog,
        workspaces=workspaces,
        viewers=Viewers(db, zone_of=workspaces.zone_of, rules_of=_rules_of(catalog)),
        passwords=Passwords(),
        files=files,
        vault=Vault(given.home, key=given.secret_key),
        providers=Providers(),
        registries=Registries(),
        intake=INTAKE,
        gathering=GATHERING,
        checking=CHECKING,
        hands=hands,
        bells=notifications.Bells(db, catalog),
        together=Together(),
    )


def _jobs(hands: Hands) -> Jobs:
    """Say what each kind of job does."""
    jobs = Jobs()
    for name, run in WORK.items():
        _add(jobs, name, run, hands)
    _forget_what_is_over(jobs, hands)
    _keep_sweeps(jobs, hands)
    _judge_records(jobs, hands)
    _keep_logs(jobs, hands)
    _keep_notifications(jobs, hands)
    _keep_indexes(jobs, hands)
    _keep_files(jobs, hands)
    return jobs


def _add(jobs: Jobs, name: str, run: Work, hands: Hands) -> None:
    """Have a kind of job do its work on one entry of the books, and whoever asked hear of it."""

    async def stuck(one: Stuck) -> None:
        id_, workspace = UUID(str(one.args["id"])), str(one.args["workspace"])
        if isinstance(one.fault, Unavailable):
            await notifications.held_up(hands, name, id_, workspace=workspace, stuck=one)
        else:
            await notifications.ended(hands, name, id_, workspace=workspace)

    @jobs.task(name, stuck=stuck)
    async def work(args: Args) -> None:
        id_, workspace = UUID(str(args["id"])), str(args["workspace"])
        await _unless_in_vain(run(hands, id_, workspace=workspace))
        await notifications.ended(hands, name, id_, workspace=workspace)


def _forget_what_is_over(jobs: Jobs, hands: Hands) -> None:
    @jobs.task("import.forget", every="23 4 * * *")
    async def forget_dry_runs(_: Args) -> None:
        for workspace in await workspaces(hands.db):
            async with hands.db.transaction(platform(), workspace) as tx:
                await ingest.rehearsal.forget_old(tx)

    @jobs.task("shares.clean", every="41 * * * *")
    async def clean_shares(_: Args) -> None:
        for workspace in await workspaces(hands.db):
            snapshot = await hands.catalog.snapshot(workspace)
            async with hands.db.transaction(platform(), workspace) as tx:
                await shares.clean(tx, snapshot)


def _keep_sweeps(jobs: Jobs, hands: Hands) -> None:
    @jobs.task("sweeps.forget", every="29 4 * * *")
    async def forget_sweeps(_: Args) -> None:
        for workspace in await workspaces(hands.db):
            async with hands.db.transaction(platform(), workspace) as tx:
                await sweep.forget_old(tx)


def _keep_notifications(jobs: Jobs, hands: Hands) -> None:
    @jobs.task("notifications.forget", every="53 3 * * *")
    async def forget_notifications(_: Args) -> None:
        for workspace in await workspaces(hands.db):
            async with hands.db.transaction(platform(), workspace) as tx:
                await notifications.forget_old(tx)

    @jobs.task("notifications.due", every="5 * * * *")
    async def remind_of_what_is_due(_: Args) -> None:
        for workspace in await workspaces(hands.db):
            await notifications.remind_in_the_morning(hands, workspace)


def _judge_records(jobs: Jobs, hands: Hands) -> None:
    @jobs.task("quality.daily", every="7 18 * * *")
    async def judge_records(_: Args) -> None:
        for workspace in await workspaces(hands.db):
            await quality.judge_all(hands, workspace)


def _keep_logs(jobs: Jobs, hands: Hands) -> None:
    @jobs.task("logs.seal", every="* * * * *")
    async def seal_logs(_: Args) -> None:
        await trail.seal_all(hands.db)

    @jobs.task("logs.clear", every="27 3 * * *")
    async def clear_logs(_: Args) -> None:
        await trail.clear_old(hands.db, hands.catalog)


def _keep_indexes(jobs: Jobs, hands: Hands) -> None:
    """Bring back what an import that was killed had put aside."""

    @jobs.task("indexes.restore", every="*/10 * * * *")
    async def restore_indexes(_: Args) -> None:
        for workspace in await workspaces(hands.db):
            await bulk.restored(hands.db, hands.catalog, workspace)


def _keep_files(jobs: Jobs, hands: Hands) -> None:
    """Remove the files that nobody may fetch any more, and those that nobody ever could."""

    @jobs.task("export.expire", every="11 * * * *")
    async def expire_exports(_: Args) -> None:
        for workspace in await workspaces(hands.db):
            await export.expire(hands, workspace)

    @jobs.task("files.orphans", every="37 4 * * *")
    async def clear_disk(_: Args) -> None:
        await remove_orphans(hands)


async def _unless_in_vain(work: Awaitable[object]) -> None:
    """
    Do some work, and have it tried again only if it was the surroundings that failed.

    Any other fault stands in the books of the import or export, for whoever asked for it.
    """
    try:
        await work
    except Unavailable:
        raise
    except BrokenStatement:
        # Nobody's input is to blame for that: it is tried again, and the log says where it was.
        raise
    except Fault as fault:
        LOG.info("%s: %s", fault.code, fault)


def _rules_of(catalog: Catalog) -> RulesOf:
    async def rules_of(workspace: str) -> SecuritySpec:
        return (await catalog.snapshot(workspace)).security

    return rules_of


def _viewer_of(workspaces: Workspaces) -> ViewerOf:
    async def viewer_of(tx: Tx, person: UUID) -> Viewer | None:
        return await viewer_by_id(tx, person, zone=workspaces.zone_of(tx.workspace))

    return viewer_of


async def prepare(system: System) -> Prepared:
    """
    Make an opened system ready to serve: schemas, regions, the shipped apps, an administrator.

    Safe to do at every start and by several processes at once; quick when there is nothing to do.
    """
    workspace = system.settings.workspace
    await migrate(system.db)
    new = await create_workspace(system.db, workspace)
    async with system.db.transaction(platform(), workspace) as tx:
        await load_regions(tx)
        against = {app: await shipped.install(tx, app) for app in shipped.SHIPPED}
    renewing = [one for one in await workspaces(system.db) if await _renewing(system, one)]
    for one in await workspaces(system.db):
        await bulk.restored(system.db, system.catalog, one)
    password = await _first_administrator(system, workspace)
    await system.workspaces.load()
    held_back = {app: fault for app, fault in against.items() if fault}
    for app, fault in held_back.items():
        LOG.warning("the app %s stays as it was installed: %s", app, fault)
    return Prepared(new=new, admin_password=password, held_back=held_back, renewing=renewing)


async def _renewing(system: System, workspace: str) -> bool:
    """Say whether anything of a workspace is still derived by older rules, and have that go on."""
    # Where there are many workspaces, a start has no time for each.
    own = workspace == system.settings.workspace
    async with system.db.transaction(platform(), workspace) as tx:
        left = await renewal.begin(tx, at_start=renewal.AT_START if own else 0)
        if left is None:
            return False
        args = {"workspace": workspace, "id": str(left)}
        if not await system.jobs.known(tx, RENEWAL, args=args):
            await system.queue(tx, RENEWAL, left)
    return True


async def _first_administrator(system: System, workspace: str) -> str | None:
    """Add the administrator of a workspace without people; give the password if it was made up."""
    async with system.db.transaction(platform(), workspace) as tx:
        await lock_people(tx)
        if await has_people(tx):
            return None
        snapshot = await snapshot_of(tx)
        given = system.settings.admin_password
        password = given or secrets.token_urlsafe(9)
        people = People(roles=snapshot.roles, passwords=system.passwords, any_password=True)
        await people.add(
            tx, {"login": ADMIN, "name": "管理员", "password": password, "roles": [ADMIN]}
        )
    return None if given else password


def main() -> None:
    """Run the command line."""
    cli.main(Room(build=build, prepare=prepare))
