"""`zhike key`: API keys, for whoever sits at the machine."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from zhike.doors.cli.place import As, DatabaseUrl, Home, Place, Workspace, asker
from zhike.doors.system import Room, System
from zhike.kernel.viewer import platform
from zhike.store.accounts import NewKey, add_key, drop_key, keys_of


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="API 密钥 / API keys", no_args_is_help=True)
    app.add_typer(group, name="key")

    @group.command("create", help="生成密钥 / make a key; it is shown once")
    def _create(
        name: Annotated[str, typer.Argument(help="名称 / what for")],
        *,
        login: As = "admin",
        days: Annotated[int | None, typer.Option(min=1, help="有效天数 / days it is good")] = None,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        made = place.run(lambda system: _made(system, login=login, name=name, days=days))
        typer.echo(made.token.secret)

    @group.command("list", help="列出密钥 / list keys")
    def _list(
        *, home: Home = None, database_url: DatabaseUrl = None, workspace: Workspace = None
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        _show(place.run(_all))

    @group.command("revoke", help="吊销密钥 / revoke a key")
    def _revoke(
        id: Annotated[UUID, typer.Argument(help="密钥 id / its id, see `zhike key list`")],  # noqa: A002
        *,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        place.run(lambda system: _revoked(system, id))
        typer.echo(f"✓ {id}")


async def _made(system: System, *, login: str, name: str, days: int | None) -> NewKey:
    viewer = await asker(system, login)
    ends = datetime.now(UTC) + timedelta(days=days) if days else None
    if viewer.id is None:
        raise AssertionError("a person has an id")
    async with system.db.transaction(platform("cli"), system.settings.workspace) as tx:
        return await add_key(tx, account=viewer.id, name=name, expires_at=ends)


async def _all(system: System) -> list[Mapping[str, Any]]:
    async with system.db.reading(platform("cli"), system.settings.workspace) as tx:
        return await keys_of(tx, None, limit=100_000)


async def _revoked(system: System, key: UUID) -> None:
    async with system.db.transaction(platform("cli"), system.settings.workspace) as tx:
        await drop_key(tx, key, account=None)


def _show(found: list[Mapping[str, Any]]) -> None:
    table = Table("id", "名称 / name", "", "用户 / user", "到期 / expires", "最近使用 / last used")
    for one in found:
        table.add_row(
            str(one["id"]),
            one["name"],
            f"{one['prefix']}…",
            one["login"],
            f"{one['expires_at']:%Y-%m-%d}" if one["expires_at"] else "",
            f"{one['used_at']:%Y-%m-%d %H:%M}" if one["used_at"] else "",
        )
    Console().print(table)
