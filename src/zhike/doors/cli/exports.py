"""`zhike export`: who took the file in which a trace id stands."""

from typing import Annotated

import orjson
import typer

from zhike.access import policy
from zhike.doors.cli.place import As, DatabaseUrl, Home, Place, Workspace, asker
from zhike.doors.system import Room, System
from zhike.hub import export


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this module."""
    exports = typer.Typer(help="导出文件 / exported files", no_args_is_help=True)
    app.add_typer(exports, name="export")

    @exports.command("trace", help="凭追踪号查导出人 / who took the file with this trace id")
    def _trace(
        trace: Annotated[str, typer.Argument(help="文件中的追踪号 / as it stands in the file")],
        *,
        login: As = "admin",
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        typer.echo(place.run(lambda system: _traced(system, trace, login)))

    exports.callback()(_nothing)


def _nothing() -> None:
    """With a callback, a single command keeps its name."""


async def _traced(system: System, trace: str, login: str) -> str:
    viewer = await asker(system, login)
    workspace = system.settings.workspace
    held = policy(await system.catalog.snapshot(workspace), viewer)
    async with system.db.transaction(viewer, workspace) as tx:
        found, downloads = await export.traced(tx, held, trace)
    told = export.evidence(found, downloads, viewer.language)
    return orjson.dumps(told, option=orjson.OPT_INDENT_2).decode()
