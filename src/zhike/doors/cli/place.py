"""
Which installation a command is about, and how it gets at it: opened, made ready, closed again.

Whoever can read the home may do anything in it; commands therefore ask for no password.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from zhike.doors.system import Room, System
from zhike.kernel.faults import NotFound
from zhike.kernel.settings import settings
from zhike.kernel.viewer import Viewer, platform
from zhike.store.accounts import viewer_of

T = TypeVar("T")

Home = Annotated[Path | None, typer.Option(help="数据目录 / the folder that holds everything")]
DatabaseUrl = Annotated[
    str | None, typer.Option(help="外部 PostgreSQL 的地址 / a PostgreSQL used instead")
]
Workspace = Annotated[str | None, typer.Option(help="工作区 / the workspace")]
As = Annotated[str, typer.Option("--as", help="以谁的身份 / on whose behalf (a login)")]


class NoSuchLogin(NotFound):
    """Nobody active has the login '{login}'."""

    code = "W121"
    zh = "没有登录名为“{login}”的在用用户"


RENEWING = (
    "查重、搜索和排序正在按新规则更新，完成之前可能漏认（zhike serve）\n"
    "recognition, search and order are being renewed; until then some may be missed (zhike serve)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a command works, and how a system is built there."""

    room: Room
    home: Path | None = None
    database_url: str | None = None
    workspace: str | None = None

    def run(self, work: Callable[[System], Awaitable[T]]) -> T:
        """Open the installation, do the work, close it."""
        return asyncio.run(self._run(work))

    async def _run(self, work: Callable[[System], Awaitable[T]]) -> T:
        given = {
            "home": self.home,
            "database_url": self.database_url,
            "workspace": self.workspace,
        }
        async with self.room.build(settings(given=given)) as system:
            prepared = await self.room.prepare(system)
            if prepared.admin_password:
                typer.echo(f"login: admin   password: {prepared.admin_password}", err=True)
            if prepared.renewing:
                typer.echo(RENEWING, err=True)
            return await work(system)


async def asker(system: System, login: str) -> Viewer:
    """Give the viewer on whose behalf a command works."""
    workspace = system.settings.workspace
    async with system.db.reading(platform(), workspace) as tx:
        viewer = await viewer_of(tx, login, zone=system.workspaces.zone_of(workspace))
    if viewer is None:
        raise NoSuchLogin(login=login)
    return replace(viewer, source="cli")
