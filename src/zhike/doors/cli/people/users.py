"""`zhike user`: people, for whoever sits at the machine."""

from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from zhike.doors.cli.people.origin import origin
from zhike.doors.cli.place import DatabaseUrl, Home, NoSuchLogin, Place, Workspace
from zhike.doors.system import Room, System
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.store.accounts import People, Wanted, login_id, users

Login = Annotated[str, typer.Argument(help="登录名 / login")]
Password = Annotated[str | None, typer.Option(help="密码，不给则询问 / asked for if not given")]
MustChange = Annotated[
    bool, typer.Option("--must-change", help="首次登录须修改 / good for one sign-in, to change it")
]


def add_users(group: typer.Typer, room: Room) -> None:
    """Add the commands that look at users and change them."""
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
        role: Annotated[list[str] | None, typer.Option(help="角色，可重复 / role")] = None,
        number: Annotated[str | None, typer.Option(help="工号 / number")] = None,
        mobile: Annotated[str | None, typer.Option(help="手机 / mobile")] = None,
        email: Annotated[str | None, typer.Option(help="邮箱 / e-mail")] = None,
        password: Password = None,
        must_change: MustChange = False,
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
            "must_change": must_change,
        }
        place.run(lambda system: _added(system, given))
        typer.echo(f"✓ {login}")

    @group.command("passwd", help="设置密码 / set a password")
    def _passwd(
        login: Login,
        *,
        password: Password = None,
        must_change: MustChange = False,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        given = {"password": password or _asked(), "must_change": must_change}
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
    workspace = system.settings.workspace
    async with system.db.transaction(platform("cli"), workspace, origin()) as tx:
        await (await people_of(system)).add(tx, given)


async def _changed(system: System, login: str, given: dict[str, Any]) -> None:
    workspace = system.settings.workspace
    async with system.db.transaction(platform("cli"), workspace, origin()) as tx:
        id_ = await _id(tx, login)
        await (await people_of(system)).change(tx, id_, given)


async def _id(tx: Tx, login: str) -> Any:
    found = await login_id(tx, login)
    if found is None:
        raise NoSuchLogin(login=login)
    return found


async def people_of(system: System) -> People:
    """Give what changes of people need to know here."""
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
