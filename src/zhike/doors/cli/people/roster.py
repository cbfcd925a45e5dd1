"""`zhike user import` and `zhike user template`: people in and out of tables."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from zhike.doors.cli.people.origin import origin
from zhike.doors.cli.people.users import people_of
from zhike.doors.cli.place import DatabaseUrl, Home, Place, Workspace
from zhike.doors.system import Room, System
from zhike.hub.roster import Options, Outcome, run, table, write_template
from zhike.hub.roster.faults import RosterRefused
from zhike.kernel.viewer import platform

COUNTS = (("created", "新增"), ("updated", "更新"), ("unchanged", "无变化"), ("failed", "有误"))
SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What shall be taken in, and how."""

    path: Path
    options: Options
    dry: bool


def add_roster(group: typer.Typer, room: Room) -> None:
    """Add the commands about tables of people."""

    @group.command("import", help="从表格导入人员 / take people in from xlsx, xls or csv")
    def _import(  # noqa: PLR0913 - one for each option
        file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="文件 / file")],
        *,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help="只检查 / only say what it would do")
        ] = False,
        skip: Annotated[
            bool, typer.Option("--skip", help="跳过有误的行 / leave out lines with problems")
        ] = False,
        create_departments: Annotated[
            bool, typer.Option("--create-departments", help="自动建部门 / add missing departments")
        ] = False,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        options = Options(create_departments=create_departments, skip=skip)
        wish = Wish(path=file, options=options, dry=dry_run)
        done = place.run(lambda system: _taken(system, wish))
        _tell(done.described("zh"))
        if done.plan.problems and not (done.written or dry_run):
            raise RosterRefused(count=len(done.plan.problems))

    @group.command("template", help="人员导入模板 / the table to fill in")
    def _template(
        file: Annotated[Path, typer.Argument(dir_okay=False, help="文件 / file")],
        *,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        place.run(lambda system: _written(system, file))
        typer.echo(f"✓ {file}")


async def _taken(system: System, wish: Wish) -> Outcome:
    people = await people_of(system)
    read = await table(wish.path)
    workspace = system.settings.workspace
    async with system.db.transaction(platform("cli"), workspace, origin()) as tx:
        return await run(tx, people, read, wish.options, dry=wish.dry, name=wish.path.name)


async def _written(system: System, path: Path) -> None:
    write_template(path, (await people_of(system)).roles.values())


def _tell(told: Any) -> None:
    typer.echo("  ".join(f"{label} {name} {told[name]:,}" for name, label in COUNTS))
    for path in told["departments"]:
        typer.echo(f"+ {path}")
    if told["ignored"]:
        typer.echo(f"不导入的列 / ignored: {'、'.join(told['ignored'])}")
    for one in told["problems"][:SHOWN]:
        place = f" {one['column']} {one['header']}" if one["column"] else ""
        typer.echo(f"✗ 第 {one['line']} 行{place} {one['value']} {one['message']}")
    if len(told["problems"]) > SHOWN:
        typer.echo(f"… {len(told['problems']) - SHOWN:,}")
