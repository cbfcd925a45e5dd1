"""`zhike user break-glass`: a way in when nobody can sign in any more."""

import logging
from typing import Annotated, Literal

import typer

from zhike.doors.cli.people.origin import origin
from zhike.doors.cli.place import DatabaseUrl, Home, Place, Workspace
from zhike.doors.system import Room, System
from zhike.kernel.viewer import platform
from zhike.store.accounts import Emergency, Glass, close_emergency

LOG = logging.getLogger("zhike.people")

MOST = 24 * 60
Power = Literal["people", "configure"]


def add_emergency(group: typer.Typer, room: Room) -> None:
    """Add the command."""

    @group.command("break-glass", help="应急登录 / a way in when nobody can sign in")
    def _break_glass(  # noqa: PLR0913 - one for each option
        *,
        reason: Annotated[str, typer.Option(help="原因，记入日志 / why, for the logs")] = "",
        minutes: Annotated[int, typer.Option(min=1, max=MOST, help="有效分钟 / how long")] = 30,
        power: Annotated[
            Power, typer.Option(help="三员分立时取哪一员 / which power, if they are separated")
        ] = "people",
        close: Annotated[bool, typer.Option("--close", help="立即结束 / end it now")] = False,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        if close:
            closed = place.run(lambda system: _closed(system, reason))
            typer.echo("✓" if closed else "没有应急账号在用 / none is open")
            return
        why = reason or str(typer.prompt("原因 / reason"))
        made = place.run(lambda system: _opened(system, why, minutes=minutes, power=power))
        typer.echo(f"login: {made.login}   password: {made.password}")
        typer.echo(
            f"有效至 / until {made.ends_at:%Y-%m-%d %H:%M}  角色 / roles {' '.join(made.roles)}\n"
            "已记入登录日志和操作日志 / noted in both logs"
        )


async def _opened(system: System, reason: str, *, minutes: int, power: Power) -> Emergency:
    workspace = system.settings.workspace
    snapshot = await system.catalog.snapshot(workspace)
    glass = Glass(
        roles=snapshot.roles, rules=snapshot.security, passwords=system.passwords, power=power
    )
    async with system.db.transaction(platform("cli"), workspace, origin(reason)) as tx:
        made = await glass.broken(tx, minutes=minutes)
    LOG.warning(
        "the glass of workspace %s was broken until %s: %s", workspace, made.ends_at, reason
    )
    return made


async def _closed(system: System, reason: str) -> bool:
    workspace = system.settings.workspace
    async with system.db.transaction(platform("cli"), workspace, origin(reason)) as tx:
        return await close_emergency(tx)
