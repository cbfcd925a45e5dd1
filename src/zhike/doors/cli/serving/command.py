"""The command: prepare the home, then run what an installation is made of."""

import asyncio
import os
import subprocess
import sys
from dataclasses import fields, replace
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from zhike.db.embedded import join
from zhike.doors.address import address, free_port
from zhike.doors.cli.serving.processes import Processes, command
from zhike.doors.system import Prepared, Room
from zhike.kernel.settings import Settings, settings

LINUX = sys.platform == "linux"
DEMO_CUSTOMERS = 300
WEB_PROCESSES = 4
"""At most so many by default: each holds connections to the database."""

Home = Annotated[Path | None, typer.Option(help="数据目录 / the folder that holds everything")]
Host = Annotated[str | None, typer.Option(help="监听地址 / address to listen on")]
Port = Annotated[int | None, typer.Option(help="监听端口 / port to listen on; 0: any free one")]
DatabaseUrl = Annotated[
    str | None,
    typer.Option(help="使用外部 PostgreSQL ≥ 18 / a PostgreSQL to use instead of the embedded one"),
]
WebWorkers = Annotated[int | None, typer.Option(help="Web 进程数 / processes that answer HTTP")]
Demo = Annotated[
    int | None, typer.Option(help="首次启动时生成的示例客户数 / demo customers at the first start")
]


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this module."""

    @app.command(help="启动服务 / start the server")
    def serve(
        *,
        home: Home = None,
        host: Host = None,
        port: Port = None,
        database_url: DatabaseUrl = None,
        web_workers: WebWorkers = None,
        demo: Demo = None,
    ) -> None:
        given = {
            "home": home,
            "host": host,
            "port": port,
            "database_url": database_url,
            "web_workers": web_workers,
            "demo": demo,
        }
        _serve(room, settings(given=given))


def _serve(room: Room, asked: Settings) -> None:
    port = free_port(asked.host, asked.port)
    chosen = replace(asked, port=port, web_workers=asked.web_workers or _processors())
    _tell_children(chosen)
    membership = None if chosen.database_url else join(chosen.home)
    try:
        prepared = asyncio.run(_prepared(room, chosen))
        customers = _demo_wanted(chosen, prepared)
        if customers:
            chosen = replace(chosen, demo=customers)
            subprocess.run(command(room.build, "demo", "--customers", str(customers)), check=False)  # noqa: S603 - our own code
        Processes(
            chosen,
            build=room.build,
            membership=membership,
            ready=partial(_welcome, chosen, prepared),
        ).run()
    finally:
        if membership:
            membership.leave()


async def _prepared(room: Room, chosen: Settings) -> Prepared:
    async with room.build(chosen) as system:
        return await room.prepare(system)


def _demo_wanted(chosen: Settings, prepared: Prepared) -> int:
    """Offer the demo company once, to whoever can answer; `--demo` answers beforehand."""
    if not prepared.new or chosen.demo or not sys.stdin.isatty():
        return chosen.demo if prepared.new else 0
    question = "装入一家演示公司以便了解？/ load a demo company to look around in?"
    return DEMO_CUSTOMERS if typer.confirm(question, default=False) else 0


def _processors() -> int:
    return min(WEB_PROCESSES, len(os.sched_getaffinity(0)) if LINUX else os.cpu_count() or 1)


def _tell_children(chosen: Settings) -> None:
    """Our children read their settings from the environment; passwords are not for them."""
    for field in fields(chosen):
        os.environ[f"ZHIKE_{field.name.upper()}"] = str(getattr(chosen, field.name))
    os.environ["ZHIKE_HOME"] = str(chosen.home.resolve())
    del os.environ["ZHIKE_ADMIN_PASSWORD"]


def _welcome(chosen: Settings, prepared: Prepared) -> None:
    lines = [f"ready {address(chosen)}"]
    if prepared.admin_password:
        lines.append(f"  用户名 / login: admin   密码 / password: {prepared.admin_password}")
    if prepared.new and not chosen.demo:
        lines.append("  示例数据 / demo data: zhike demo")
    for app, fault in prepared.held_back.items():
        lines.append(f"  应用 {app} 保持原版本 / the app {app} stays as it was：")
        lines.extend(f"    {one.says('zh')} / {one.says('en')}" for one in fault.problems)
    if prepared.renewing:
        lines.append(
            "  正在后台更新查重、搜索和排序 / recognition, search and order are being renewed"
        )
    typer.echo("\n".join(lines))
