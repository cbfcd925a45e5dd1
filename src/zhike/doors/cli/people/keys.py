"""`zhike key`: API keys, for whoever sits at the machine."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from zhike.doors.cli.people.origin import origin
from zhike.doors.cli.place import As, DatabaseUrl, Home, Place, Workspace, asker
from zhike.doors.system import Room, System
from zhike.kernel.faults import Invalid
from zhike.kernel.viewer import platform
from zhike.store.accounts import KeySpec, NewKey, add_key, drop_key, keys_of, wrong_scopes


def add_keys(group: typer.Typer, room: Room) -> None:
    """Add the commands about keys."""

    @group.command("create", help="生成密钥 / make a key; it is shown once")
    def _create(  # noqa: PLR0913 - one for each option
        name: Annotated[str, typer.Argument(help="名称 / what for")],
        *,
        login: As = "admin",
        days: Annotated[int | None, typer.Option(min=1, help="有效天数 / days it is good")] = None,
        scope: Annotated[
            list[str] | None, typer.Option(help="权限，如 customer:read，可重复 / what it may do")
        ] = None,
        per_minute: Annotated[
            int | None, typer.Option(min=1, help="每分钟请求数 / requests per minute")
        ] = None,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        ends = datetime.now(UTC) + timedelta(days=days) if days else None
        spec = KeySpec(name=name, expires_at=ends, scopes=scope or None, per_minute=per_minute)
        made = place.run(lambda system: _made(system, login=login, spec=spec))
        typer.echo(made.token.secret)

    @group.command("list", help="列出密钥 / list keys")
    def _list(
        *, home: Home = None, database_url: DatabaseUrl = None, workspace: Workspace = None
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        _show_keys(place.run(_all_keys))

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


async def _made(system: System, *, login: str, spec: KeySpec) -> NewKey:
    viewer = await asker(system, login)
    if viewer.id is None:
        raise AssertionError("a person has an id")
    snapshot = await system.catalog.snapshot(system.settings.workspace)
    if found := wrong_scopes(spec.scopes or (), snapshot):
        raise Invalid(found)
    async with system.db.transaction(platform("cli"), system.settings.workspace, origin()) as tx:
        return await add_key(tx, spec, account=viewer.id)


async def _all_keys(system: System) -> list[Mapping[str, Any]]:
    async with system.db.reading(platform("cli"), system.settings.workspace) as tx:
        return await keys_of(tx, None, limit=100_000)


async def _revoked(system: System, key: UUID) -> None:
    async with system.db.transaction(platform("cli"), system.settings.workspace, origin()) as tx:
        await drop_key(tx, key, account=None)


def _show_keys(found: list[Mapping[str, Any]]) -> None:
    table = Table(
        "id",
        "名称 / name",
        "",
        "用户 / user",
        "权限 / scopes",
        "每分钟 / per minute",
        "到期 / expires",
        "最近使用 / last used",
    )
    for one in found:
        table.add_row(
            str(one["id"]),
            one["name"],
            f"{one['prefix']}…",
            one["login"],
            " ".join(one["scopes"]) if one["scopes"] is not None else "",
            str(one["per_minute"] or ""),
            f"{one['expires_at']:%Y-%m-%d}" if one["expires_at"] else "",
            f"{one['used_at']:%Y-%m-%d %H:%M} {one['used_ip']}" if one["used_at"] else "",
        )
    Console().print(table)
