"""
`zhike doctor`: looks for what keeps an installation from working, and says what to do. Changes
nothing.
"""

import asyncio
import os
import shutil
import stat
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from zhike.db import Database, Jobs, pending, workspaces
from zhike.doors.address import PortTaken, address, answering, free_port
from zhike.doors.system import Room
from zhike.kernel.faults import Fault
from zhike.kernel.settings import Settings, settings
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform
from zhike.packs import renewal, shipped

GIGABYTE = 1024**3
LITTLE = 2 * GIGABYTE
TOO_LITTLE = GIGABYTE // 4
LONG_QUEUE = 1000


class State(Enum):
    """How a thing is."""

    GOOD = "[green]✓[/]"
    DOUBTFUL = "[yellow]![/]"
    BAD = "[red]✗[/]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    of: str
    state: State
    says: str
    hint: str = ""


def add(app: typer.Typer, _: Room) -> None:
    """Add the command of this module."""

    @app.command(help="检查安装是否健康 / look for what is wrong with this installation")
    def doctor(
        *,
        home: Annotated[Path | None, typer.Option(help="数据目录 / the home")] = None,
        database_url: Annotated[str | None, typer.Option(help="外部数据库 / its database")] = None,
        port: Annotated[int | None, typer.Option(help="端口 / its port")] = None,
    ) -> None:
        given = {"home": home, "database_url": database_url, "port": port}
        found = asyncio.run(examine(settings(given=given)))
        _show(found)
        raise typer.Exit(any(one.state is State.BAD for one in found))


async def examine(chosen: Settings) -> Sequence[Finding]:
    """Look at everything."""
    found = [_python(), _home(chosen), _disk(chosen), _port(chosen)]
    if chosen.database_url or chosen.home.exists():
        found.extend(await _database(chosen))
    return found


def _python() -> Finding:
    return Finding(of="Python", state=State.GOOD, says=sys.version.split()[0])


def _home(chosen: Settings) -> Finding:
    of, home = "数据目录 / home", chosen.home.resolve()
    if not home.exists():
        hint = "zhike serve 会创建它 / zhike serve makes it"
        return Finding(of=of, state=State.DOUBTFUL, says=f"{home}：不存在 / not there", hint=hint)
    if not os.access(home, os.R_OK | os.W_OK | os.X_OK):
        hint = "用创建它的用户运行 / run as the user who made it"
        return Finding(of=of, state=State.BAD, says=f"{home}：无权访问 / no access", hint=hint)
    if home.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Finding(
            of=of,
            state=State.DOUBTFUL,
            says=f"{home}：其他用户可写 / others may write there",
            hint=f"chmod go-w {home}",
        )
    return Finding(of=of, state=State.GOOD, says=str(home))


def _disk(chosen: Settings) -> Finding:
    of, place = "磁盘 / disk", chosen.home.resolve()
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    state = State.GOOD if free > LITTLE else State.DOUBTFUL if free > TOO_LITTLE else State.BAD
    hint = "" if state is State.GOOD else "请清理磁盘 / make room"
    return Finding(of=of, state=state, says=f"{free / GIGABYTE:.1f} GB 可用 / free", hint=hint)


def _port(chosen: Settings) -> Finding:
    of = f"端口 / port {chosen.port}"
    try:
        free_port(chosen.host, chosen.port)
    except PortTaken as fault:
        if answering(chosen):
            says = f"知客正在运行 / Zhike answers on {address(chosen)}"
            return Finding(of=of, state=State.GOOD, says=says)
        return _bad(of, fault)
    return Finding(of=of, state=State.GOOD, says="空闲 / free")


async def _database(chosen: Settings) -> Sequence[Finding]:
    of = "数据库 / database"
    try:
        async with Database(chosen) as database:
            server = Finding(of=of, state=State.GOOD, says=await _version(database))
            return [server, *await _migrations(database)]
    except Fault as fault:
        return [_bad(of, fault)]


async def _version(database: Database) -> str:
    async with database.reading(platform(), "") as tx:
        row = await tx.row(
            sql(
                "SELECT current_setting('server_version'), current_setting('shared_buffers'), "
                "current_setting('data_checksums'), "
                "pg_size_pretty(pg_database_size(current_database()))"
            )
        )
    version, buffers, checksums, size = row or ("?", "?", "?", "?")
    where = "外部 / external" if database.settings.database_url else "内置 / embedded"
    return f"PostgreSQL {version}, {where}, {size}, buffers {buffers}, checksums {checksums}"


async def _migrations(database: Database) -> Sequence[Finding]:
    of, left = "迁移 / migrations", await pending(database)
    if left:
        hint = "zhike serve 会执行 / zhike serve runs them"
        says = f"{left} 个未执行 / to be run"
        return [Finding(of=of, state=State.DOUBTFUL, says=says, hint=hint)]
    standing = await workspaces(database)
    known = ", ".join(standing) or "-"
    good = Finding(of=of, state=State.GOOD, says=f"工作区 / workspaces: {known}")
    apps = [await _apps(database, one) for one in standing]
    renewals = [await _renewal(database, one) for one in standing]
    return [good, await _queue(database), *apps, *renewals]


async def _queue(database: Database) -> Finding:
    async with database.reading(platform(), "") as tx:
        counts = await Jobs().counts(tx)
    waiting, failed = counts.get("todo", 0), counts.get("failed", 0)
    says = (
        f"等待 / waiting {waiting}，失败 / failed {failed}，运行 / running {counts.get('doing', 0)}"
    )
    state = State.DOUBTFUL if failed or waiting > LONG_QUEUE else State.GOOD
    return Finding(of="任务队列 / queue", state=state, says=says)


async def _apps(database: Database, workspace: str) -> Finding:
    of = f"应用 / apps: {workspace}"
    async with database.reading(platform(), workspace) as tx:
        older = [app for app in shipped.SHIPPED if await shipped.waiting(tx, app)]
    if not older:
        return Finding(of=of, state=State.GOOD, says=", ".join(shipped.SHIPPED))
    says = f"保持原版本 / still in an older version: {', '.join(older)}"
    hint = "启动时会说明原因 / the start says what stands against the newer one"
    return Finding(of=of, state=State.DOUBTFUL, says=says, hint=hint)


async def _renewal(database: Database, workspace: str) -> Finding:
    of = f"查重与搜索 / recognition: {workspace}"
    async with database.reading(platform(), workspace) as tx:
        known = await renewal.latest(tx)
    if known is None or (known.state == "done" and not known.met):
        return Finding(of=of, state=State.GOOD, says="最新 / up to date")
    if known.state == "done":
        says = f"更新期间写入、可能已有的记录 / written meanwhile, may be there twice: {known.met}"
        return Finding(
            of=of, state=State.DOUBTFUL, says=says, hint="查找重复 / look for duplicates"
        )
    left = ", ".join(known.stale)
    if known.state == "failed":
        why = known.stopped or {}
        says = f"更新中断 / renewal stopped ({left})：{why.get('zh')} / {why.get('en')}"
        hint = "zhike serve 会继续 / zhike serve goes on with it"
        return Finding(of=of, state=State.BAD, says=says, hint=hint)
    says = f"正在更新 / being renewed ({left})：{known.done} / {known.total or '…'}"
    hint = (
        "完成之前可能漏认旧记录，之后会告知数量"
        " / older records may be missed until then; afterwards you are told how many"
    )
    return Finding(of=of, state=State.DOUBTFUL, says=says, hint=hint)


def _bad(of: str, fault: Fault) -> Finding:
    (problem, *_) = fault.problems
    hint = " / ".join(part for part in (problem.hint("zh"), problem.hint("en")) if part)
    return Finding(
        of=of, state=State.BAD, says=f"{fault.says('zh')} / {fault.says('en')}", hint=hint
    )


def _show(found: Sequence[Finding]) -> None:
    table = Table(show_header=False, box=None, pad_edge=False)
    for one in found:
        says = escape(one.says)
        if one.hint:
            says += f"\n[dim]→ {escape(one.hint)}[/]"
        table.add_row(one.state.value, one.of, says)
    Console(highlight=False).print(table)
