"""`zhike user` and `zhike key`: people and their API keys, for whoever sits at the machine."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from zhike.doors.cli.place import As, DatabaseUrl, Home, NoSuchLogin, Place, Workspace, asker
from zhike.doors.system import Room, System
from zhike.kernel.faults import Invalid
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.store.accounts import (
    KeySpec,
    NewKey,
    People,
    Wanted,
    add_key,
    drop_key,
    keys_of,
    login_id,
    users,
    wrong_scopes,
)

Login = Annotated[str, typer.Argument(help="登录名 / login")]
Password = Annotated[str | None, typer.Option(help="密码,不给则询问 / asked for if not given")]


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this module."""
    _users(app, room)
    _keys(app, room)


def _users(app: typer.Typer, room: Room) -> None:
    group = typer.Typer(help="用户 / users", no_args_is_help=True)
    app.add_typer(group, name="user")
    _writing(group, room)

    @group.command("list", help="列出用户 / list users")
    def _list(
        *, home: Home = None, database_url: DatabaseUrl = None, workspace: Workspace = None
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        _show_people(place.run(_people_of))


def _writing(group: typer.Typer, room: Room) -> None:
    @group.command("add", help="新增用户 / add a user")
    def _add(  # noqa: PLR0913 - one for each option
        login: Login,
        *,
        name: Annotated[str | None, typer.Option(help="姓名 / name")] = None,
        role: Annotated[list[str] | None, typer.Option(help="角色,可重复 / role")] = None,
        number: Annotated[str | None, typer.Option(help="工号 / number")] = None,
        mobile: Annotated[str | None, typer.Option(help="手机 / mobile")] = None,
        email: Annotated[str | None, typer.Option(help="邮箱 / e-mail")] = None,
        password: Password = None,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        given: dict[str, Any] = {
            "login": login,
            "name": name or login,
            "number": number,
            "mobile": mobile,
            "email": email,
            "roles": role or [],
            "password": password or _asked(),
        }
        place.run(lambda system: _added(system, given))
        typer.echo(f"✓ {login}")

    @group.command("passwd", help="设置密码 / set a password")
    def _passwd(
        login: Login,
        *,
        password: Password = None,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        given = {"password": password or _asked()}
        place.run(lambda system: _changed(system, login, given))
        typer.echo(f"✓ {login}")

    @group.command("disable", help="停用用户 / disable a user")
    def _disable(
        login: Login,
        *,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        place.run(lambda system: _changed(system, login, {"active": False}))
        typer.echo(f"✓ {login}")


def _asked() -> str:
    return str(typer.prompt("密码 / password", hide_input=True, confirmation_prompt=True))


async def _people_of(system: System) -> list[dict[str, Any]]:
    async with system.db.reading(platform("cli"), system.settings.workspace) as tx:
        return await users(tx, Wanted(limit=100_000), full=True)


async def _added(system: System, given: dict[str, Any]) -> None:
    async with system.db.transaction(platform("cli"), system.settings.workspace) as tx:
        await (await _people(system)).add(tx, given)


async def _changed(system: System, login: str, given: dict[str, Any]) -> None:
    async with system.db.transaction(platform("cli"), system.settings.workspace) as tx:
        id_ = await _id(tx, login)
        await (await _people(system)).change(tx, id_, given)


async def _id(tx: Tx, login: str) -> Any:
    found = await login_id(tx, login)
    if found is None:
        raise NoSuchLogin(login=login)
    return found


async def _people(system: System) -> People:
    snapshot = await system.catalog.snapshot(system.settings.workspace)
    return People(roles=snapshot.roles, passwords=system.passwords, rules=snapshot.security)


def _show_people(found: list[dict[str, Any]]) -> None:
    table = Table("login", "姓名 / name", "工号 / number", "角色 / roles", "部门 / departments", "")
    for one in found:
        table.add_row(
            one["login"],
            one["name"],
            one["number"] or "",
            " ".join(one["roles"]),
            " ".join(place["name"] for place in one["departments"]),
            "" if one["active"] else "停用 / disabled",
        )
    Console().print(table)


def _keys(app: typer.Typer, room: Room) -> None:
    group = typer.Typer(help="API 密钥 / API keys", no_args_is_help=True)
    app.add_typer(group, name="key")

    @group.command("create", help="生成密钥 / make a key; it is shown once")
    def _create(  # noqa: PLR0913 - one for each option
        name: Annotated[str, typer.Argument(help="名称 / what for")],
        *,
        login: As = "admin",
        days: Annotated[int | None, typer.Option(min=1, help="有效天数 / days it is good")] = None,
        scope: Annotated[
            list[str] | None, typer.Option(help="权限,如 customer:read,可重复 / what it may do")
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
    async with system.db.transaction(platform("cli"), system.settings.workspace) as tx:
        return await add_key(tx, spec, account=viewer.id)


async def _all_keys(system: System) -> list[Mapping[str, Any]]:
    async with system.db.reading(platform("cli"), system.settings.workspace) as tx:
        return await keys_of(tx, None, limit=100_000)


async def _revoked(system: System, key: UUID) -> None:
    async with system.db.transaction(platform("cli"), system.settings.workspace) as tx:
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
