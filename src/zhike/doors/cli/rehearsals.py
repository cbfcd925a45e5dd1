"""`zhike import --dry-run` and `--undo`: what an import would do, and what it did taken back."""

from uuid import UUID

import typer
from rich.console import Console
from rich.table import Table

from zhike.access import policy
from zhike.doors.cli.place import asker
from zhike.doors.system import System
from zhike.hub import ingest
from zhike.hub.ingest import rehearsal

SHOWN = 20
NOTABLE: tuple[rehearsal.Kind, ...] = (
    "failed", "conflict", "unreadable", "changed", "duplicate_in_file", "duplicate_in_base",
)  # fmt: skip
LINES = (
    ("created", "新建"), ("updated", "更新"), ("unchanged", "无变化"), ("skipped", "跳过"),
    ("failed", "未导入"),
)  # fmt: skip
CELLS = (
    ("new", "新值"), ("changed", "改动"), ("same", "相同"), ("conflict", "冲突"),
    ("unreadable", "无法识别"),
)  # fmt: skip


async def tried(system: System, login: str, draft: UUID) -> None:
    """Try a draft and tell what it would do; the draft is forgotten afterwards."""
    workspace = system.settings.workspace
    viewer = await asker(system, login)
    held = policy(await system.catalog.snapshot(workspace), viewer)
    async with system.db.transaction(viewer, workspace) as tx:
        task = await ingest.found(tx, draft, policy=held)
        asked = await rehearsal.ask(tx, task)
    done = await rehearsal.rehearse(system.hands, asked.id, workspace=workspace)
    told = done.described("zh")
    typer.echo("试导入，未写入任何数据 / dry run, nothing was written")
    typer.echo("  ".join(f"{label} {name} {told[name]:,}" for name, label in LINES))
    typer.echo("  ".join(f"{label} {name} {told['cells'][name]:,}" for name, label in CELLS))
    inside, base = told["duplicates"]["in_file"], told["duplicates"]["in_base"]
    typer.echo(f"重复 / duplicates: 文件内 in the file {inside:,}，库中 in the base {base:,}")
    async with system.db.reading(viewer, workspace) as tx:
        lines = await rehearsal.lines(
            tx, held, done, kinds=NOTABLE, after=0, limit=SHOWN, language="zh"
        )
    _show(lines)
    async with system.db.transaction(viewer, workspace) as tx:
        await ingest.forget(tx, draft)


def _show(lines: list[rehearsal.Line]) -> None:
    if not lines:
        return
    table = Table(title=f"前 {len(lines)} 处 / the first {len(lines)}", title_justify="left")
    for head in ("行", "字段", "", "原值", "标准值", "现值"):
        table.add_column(head)
    for line in lines:
        for cell in line["cells"]:
            if cell["state"] in {"changed", "conflict", "unreadable"}:
                values = (str(cell[one] if cell[one] is not None else "")[:30]
                          for one in ("raw", "value", "old"))  # fmt: skip
                label = dict(CELLS)[cell["state"]]
                table.add_row(str(line["line"]), cell["label"] or "", label, *values)
        for one in line["problems"]:
            table.add_row(str(line["line"]), one["header"] or "", "!", one["message"][:60], "", "")
    Console(stderr=True).print(table)


async def taken_back(system: System, login: str, run: UUID, *, force: bool) -> None:
    """Take a run back and tell what became of it."""
    workspace = system.settings.workspace
    viewer = await asker(system, login)
    held = policy(await system.catalog.snapshot(workspace), viewer)
    async with system.db.transaction(viewer, workspace) as tx:
        await ingest.undo.ask(tx, held, run, force=force)
    await ingest.undo.undo(system.hands, run, workspace=workspace)
    async with system.db.reading(viewer, workspace) as tx:
        told = await ingest.undo.progress(tx, run, "zh")
        kept = await ingest.undo.kept(tx, run, after=0, limit=SHOWN, language="zh")
    typer.echo(
        f"已删除 removed {told['removed']:,}  已恢复 restored {told['restored']:,}"
        f"  未变 kept {told['kept']:,}  已不在 gone {told['gone']:,}"
    )
    for one in kept:
        typer.echo(f"· {one['object']} {one['record']} {one['message'] or ''}")
