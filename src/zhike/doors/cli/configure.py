"""`zhike plan` and `zhike apply`: what a folder of documents would do, and the doing of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from zhike.doors.cli.place import As, DatabaseUrl, Home, Place, Workspace, asker
from zhike.doors.system import Room, System
from zhike.kernel.faults import Problem
from zhike.packs import Applied, Folder, Plan, Problems, Wish, apply, plan, read_folder

Documents = Annotated[Path, typer.Argument(exists=True, help="YAML 文件夹 / a folder of YAML")]
Confirm = Annotated[
    list[str] | None,
    typer.Option(help="确认有损步骤，可重复 / steps that may lose something; `all` for every one"),
]


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this module."""

    @app.command("plan", help="查看配置变更的后果 / what applying documents would do")
    def _plan(
        path: Documents,
        *,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        folder = _read(path)
        made = place.run(lambda system: _planned(system, folder))
        _show(made)
        _refuse(made.problems)

    @app.command("apply", help="应用配置 / apply documents")
    def _apply(
        path: Documents,
        *,
        confirm: Confirm = None,
        login: As = "admin",
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        folder = _read(path)
        done = place.run(
            lambda system: _applied(system, folder, login=login, confirm=confirm or [])
        )
        _show(done.plan)
        typer.echo(f"✓ 配置版本 / configuration version {done.version}")


def _read(path: Path) -> Folder:
    folder = read_folder(path)
    _refuse(folder.problems)
    return folder


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise Problems(problems)


async def _planned(system: System, folder: Folder) -> Plan:
    viewer = await asker(system, "admin")
    async with system.db.transaction(viewer, system.settings.workspace) as tx:
        return await plan(tx, Wish(documents=folder.documents, app=folder.app))


async def _applied(
    system: System, folder: Folder, *, login: str, confirm: Sequence[str]
) -> Applied:
    viewer = await asker(system, login)
    wish = Wish(documents=folder.documents, app=folder.app)
    async with system.db.transaction(viewer, system.settings.workspace) as tx:
        if "all" in confirm:
            confirm = [step.id for step in (await plan(tx, wish)).lossy]
        return await apply(tx, wish, confirm=confirm)


def _show(made: Plan) -> None:
    console = Console(highlight=False)
    signs = {"added": "[green]+[/]", "changed": "[yellow]~[/]", "removed": "[red]-[/]"}
    for change in made.changes:
        console.print(f"{signs[change.how]} {change.kind} {change.key}")
        for clash in change.clashes:
            console.print(f"    保留了人工修改 / a person's word stands: {clash}", style="dim")
    for step in made.steps:
        risk = "[red]有损 / loses data[/] " if step.lossy else ""
        console.print(f"  {step.id}  {risk}{step.says.said('zh')}")
        console.print(f"      lock {step.lock.value} · rows {step.rows}", style="dim")
        for example in step.examples:
            console.print(f"      {example}", style="dim")
    if made.empty and not made.problems:
        console.print("没有变化 / nothing would change")
