"""`zhike demo`: a believable company to look around in."""

from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from zhike.access import policy
from zhike.doors.cli.place import DatabaseUrl, Home, Place, Workspace
from zhike.doors.system import Room, System
from zhike.hub.intake import take_in
from zhike.kernel.viewer import platform
from zhike.packs.demo import Ids, Story, employ, write
from zhike.store.accounts import People


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this module."""

    @app.command("demo", help="装入演示公司 / load a demo company")
    def _demo(
        *,
        customers: Annotated[int, typer.Option(min=0, help="客户数 / customers")] = 300,
        password: Annotated[
            str | None, typer.Option(help="演示用户的密码 / password of the demo users")
        ] = None,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        written = place.run(lambda system: _played(system, customers, password))
        typer.echo(f"✓ 40 位用户、{customers} 个客户，共 {written} 条记录 / {written} records")


async def _played(system: System, customers: int, password: str | None) -> int:
    """The people are one transaction, each chapter of customers another."""
    workspace = system.settings.workspace
    snapshot = await system.catalog.snapshot(workspace)
    held = policy(snapshot, platform("demo"))
    accounts = People(roles=snapshot.roles, passwords=system.passwords)
    async with system.db.transaction(held.viewer, workspace) as tx:
        staff = await employ(tx, accounts, password=password)
    story = Story(staff.people, today=date.today())  # noqa: DTZ011 - the company's day
    known: Ids = {}
    written = 0
    with _progress() as bar:
        task = bar.add_task("客户 / customers", total=customers)
        for ledger in story.told(customers):
            async with system.db.transaction(held.viewer, workspace) as tx:
                written += await write(
                    ledger, tx, policy=held, take_in=take_in, staff=staff, known=known
                )
            bar.advance(task, len(ledger.drafts.get("customer", ())))
    return written


def _progress() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.completed}/{task.total}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
    )
