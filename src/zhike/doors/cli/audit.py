"""`zhike audit`: the logs sealed, verified and taken away by whoever sits at the machine."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer
from rich.console import Console

from zhike.access import policy
from zhike.doors.cli.place import As, DatabaseUrl, Home, Place, Workspace, asker
from zhike.doors.system import Room, System
from zhike.hub import trail
from zhike.kernel.viewer import Origin, platform
from zhike.store.trail import LOGS, Head, LogKey, Verdict, Wanted, note
from zhike.store.trail.faults import UnknownLog

Name = Annotated[
    str | None, typer.Option("--log", help="哪个日志 / operations, sign-ins or changes")
]


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this module."""
    group = typer.Typer(help="日志的封存与核对 / seal and verify the logs", no_args_is_help=True)
    app.add_typer(group, name="audit")
    _verifying(group, room)
    _taking(group, room)

    @group.command("seal", help="立即封存 / seal what there is")
    def _seal(
        *,
        new_key: Annotated[
            bool, typer.Option("--new-key", help="改用新密钥 / go on with another key")
        ] = False,
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        done = place.run(lambda system: _sealed(system, another_key=new_key))
        for log, count in done.items():
            typer.echo(f"✓ {_word(log)}: +{count}")


def _verifying(group: typer.Typer, room: Room) -> None:
    @group.command("verify", help="核对日志是否被改动 / recompute everything and compare")
    def _verify(
        *,
        log: Name = None,
        head: Annotated[
            str, typer.Option(help="另存的末端标识 / heads kept elsewhere: log:number:digest,…")
        ] = "",
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        logs = (_log(log),) if log else ()
        heads = trail.heads_of(head)
        found = place.run(
            lambda system: trail.verify(
                system.db, system.settings.workspace, logs=logs, heads=heads
            )
        )
        _show(found)
        raise typer.Exit(not all(one.sound for one in found))


def _taking(group: typer.Typer, room: Room) -> None:
    @group.command("export", help="导出日志 / a log as a file (csv or xlsx)")
    def _export(  # noqa: PLR0913 - one for each option
        log: Annotated[str, typer.Argument(help="operations, sign-ins, changes")],
        file: Annotated[Path, typer.Argument(help="写到哪里 / where to: .csv or .xlsx")],
        *,
        actor: Annotated[UUID | None, typer.Option(help="操作人 / who did it")] = None,
        act: Annotated[str, typer.Option(help="动作 / what was done, e.g. user.")] = "",
        search: Annotated[str, typer.Option(help="搜索 / words to find")] = "",
        login: As = "admin",
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        if file.suffix.removeprefix(".") not in trail.FORMATS:
            raise typer.BadParameter(" | ".join(f".{one}" for one in trail.FORMATS))
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        wanted = Wanted(actor=actor, act=act, search=search)
        count = place.run(
            lambda system: _written(system, _log(log), wanted, file=file, login=login)
        )
        typer.echo(f"✓ {file}: {count}")


async def _sealed(system: System, *, another_key: bool) -> Mapping[LogKey, int]:
    workspace = system.settings.workspace
    done = await trail.seal_now(system.db, workspace, another_key=another_key)
    if another_key:
        async with system.db.transaction(platform("cli"), workspace) as tx:
            note(tx, "log.key_changed", object="log", new={"seals": dict(done)})
    return done


async def _written(system: System, log: LogKey, wanted: Wanted, *, file: Path, login: str) -> int:
    workspace = system.settings.workspace
    viewer = await asker(system, login)
    held = policy(await system.catalog.snapshot(workspace), viewer)
    async with system.db.reading(viewer, workspace) as tx:
        count = await trail.written(tx, held, log, wanted, path=file, trace="cli", language="zh")
    origin = Origin(agent="zhike audit export")
    async with system.db.transaction(viewer, workspace, origin) as tx:
        note(tx, "log.exported", object="log", target=_word(log), new={"count": count})
    return count


def _log(name: str) -> LogKey:
    for key in LOGS:
        if key == name.replace("-", "_"):
            return key
    raise UnknownLog(name=name, known=", ".join(map(_word, LOGS)))


def _word(log: LogKey) -> str:
    return log.replace("_", "-")


def _show(found: Sequence[Verdict]) -> None:
    console = Console(highlight=False)
    for one in found:
        mark = "[green]✓[/]" if one.sound else "[red]✗[/]"
        console.print(
            f"{mark} {_word(one.log.key)}：封存 / seals {one.seals}，相符 / rows {one.rows}, "
            f"到期清除 / cleared {one.cleared}，尚未封存 / not sealed yet {one.unsealed}",
            soft_wrap=True,
        )
        for finding in one.findings:
            says = finding.says
            console.print(f"    {says.said('zh')} / {says.said('en')}", soft_wrap=True)
    heads = [(one.log.key, one.head) for one in found if one.head]
    if heads:
        console.print("请另存末端标识 / keep elsewhere: --head " + _heads(heads), soft_wrap=True)


def _heads(heads: Sequence[tuple[LogKey, Head]]) -> str:
    return ",".join(f"{_word(log)}:{number}:{digest}" for log, (number, digest) in heads)
