"""`zhike import`: a file of this machine into an object, with progress and a plain account."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer
import yaml
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from zhike.access import Policy, policy
from zhike.doors.cli.place import As, DatabaseUrl, Home, Place, Workspace, asker
from zhike.doors.cli.rehearsals import taken_back, tried
from zhike.doors.system import Room, System
from zhike.hub import ingest
from zhike.kernel.faults import Invalid, Malformed
from zhike.kernel.viewer import platform
from zhike.store import files

LARGEST = 1 << 30
SHOWN = 10
HOW = {"label": "", "given": "指定", "near": "近似", "family": "同类", "content": "按内容"}

Source = Annotated[
    Path | None, typer.Argument(exists=True, dir_okay=False, help="表格文件 / the file")
]
Into = Annotated[str | None, typer.Option("--object", help="导入到哪个对象 / the object")]
Mapping_ = Annotated[
    Path | None,
    typer.Option(
        "--mapping", exists=True, help="列对应关系 JSON 或 YAML / which column goes where"
    ),
]
Duplicates = Annotated[
    ingest.OnDuplicate | None,
    typer.Option("--on-duplicate", help="遇到重复：跳过、更新或新建 / what to do with duplicates"),
]
Sheet = Annotated[str | None, typer.Option(help="工作表 / the sheet")]
Errors = Annotated[
    Path | None, typer.Option(help="把未导入的行写到这个文件 / a file for what was not imported")
]


Mode = Annotated[
    ingest.Mode | None, typer.Option(help="新建、更新或两者 / new records, changes, or both")
]
Key = Annotated[
    list[str] | None,
    typer.Option(help="更新时按哪些字段识别记录（默认 id） / the fields that name a record"),
]
Blank = Annotated[
    ingest.Blank | None, typer.Option(help="空单元格：保留或清空 / what a blank cell does")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="只试不写 / say what it would do, write nothing")
]
Undo = Annotated[UUID | None, typer.Option(help="撤销这次导入 / take this import back")]
Force = Annotated[
    bool, typer.Option("--force", help="连同他人后来的修改一起撤销 / overwrite later changes")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is to be imported, and how."""

    path: Path
    object: str
    change: ingest.Change
    login: str
    errors: Path | None
    dry: bool = False


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this module."""

    @app.command("import", help="导入表格 / import a table")
    def _import(  # noqa: PLR0913 - one for each option
        file: Source = None,
        *,
        object: Into = None,  # noqa: A002 - the word of the option
        mapping: Mapping_ = None,
        on_duplicate: Duplicates = None,
        sheet: Sheet = None,
        errors: Errors = None,
        mode: Mode = None,
        key: Key = None,
        blank: Blank = None,
        dry_run: DryRun = False,
        undo: Undo = None,
        force: Force = False,
        login: As = "admin",
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        if undo is not None:
            place.run(lambda system: taken_back(system, login, undo, force=force))
            return
        if file is None or object is None:
            raise Malformed(reason="FILE --object OBJECT | --undo ID")
        change = ingest.Change(
            sheet=sheet, mapping=_mapping(mapping), on_duplicate=on_duplicate, mode=mode,
            key=tuple(key) if key else None, blank=blank,
        )  # fmt: skip
        wish = Wish(
            path=file, object=object, change=change, login=login, errors=errors, dry=dry_run
        )
        place.run(lambda system: _imported(system, wish))


def _mapping(path: Path | None) -> Mapping[str, str | None] | None:
    """Read `{"列名": "field" or null}`; JSON is YAML, too."""
    if path is None:
        return None
    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Malformed(at=str(path), reason=str(error)) from error
    if not isinstance(read, dict) or not all(
        value is None or isinstance(value, str) for value in read.values()
    ):
        raise Malformed(at=str(path), reason='{"列名": "field" | null}')
    return {str(name): value for name, value in read.items()}


async def _imported(system: System, wish: Wish) -> None:
    workspace = system.settings.workspace
    viewer = await asker(system, wish.login)
    held = policy(await system.catalog.snapshot(workspace), viewer)
    id_ = await _agreed(system, held, wish)
    if wish.dry:
        await tried(system, wish.login, id_)
        return
    console = Console(stderr=True)
    with _progress(console) as bar:
        task = bar.add_task("导入 / importing", total=None, rate="")

        def seen(one: ingest.Import) -> None:
            told = one.described()
            rate = f"{told['rate']:,.0f}/s"
            bar.update(task, completed=told["rows"], total=told["total"], rate=rate)

        done = await ingest.run(system.hands, id_, workspace=workspace, on_progress=seen)
        seen(done)
    await _account(system, done, wish)


async def _agreed(system: System, held: Policy, wish: Wish) -> UUID:
    """Say what will go where, and start it; an import that was interrupted goes on."""
    workspace = system.settings.workspace
    stored = await system.files.keep_file(wish.path, limit=LARGEST)
    async with system.db.transaction(held.viewer, workspace) as tx:
        file = await files.add(tx, stored, name=wish.path.name, type="")
    workbook = await ingest.look(system.files, file)
    async with system.db.transaction(held.viewer, workspace) as tx:
        draft = await ingest.draft(tx, held, file=file, workbook=workbook, obj=wish.object)
        draft = await ingest.amend(tx, held, draft.id, wish.change, workbook=workbook)
        _show(draft)
        if draft.problems:
            raise Invalid(draft.problems)
        if wish.dry:
            return draft.id
        begun = await ingest.unfinished(tx, draft, hash=file.hash)
        if begun is not None:
            typer.echo("继续上次中断的导入 / going on where it stopped", err=True)
            await ingest.drop(tx, draft)
            return begun
        await ingest.start(tx, held, draft.id)
    return draft.id


def _show(draft: ingest.Draft) -> None:
    told = draft.described("zh")
    place = f"{draft.name} {draft.spec.sheet}".strip()
    lines = "、".join(map(str, draft.spec.header))
    title = f"{place} → {draft.object.label.zh}（表头第 {lines} 行）"
    table = Table(title=title, title_justify="left")
    for head in ("列", "表头", "字段", "", "示例"):
        table.add_column(head)
    for one in told["columns"]:
        target = f"{one['label']} {one['field']}" if one["field"] else "[dim]不导入[/]"
        times = f" ×{one['times']}" if one["times"] else ""
        sample = str(next(iter(one["sample"]), "") or "")[:24]
        table.add_row(one["letter"], one["header"], target + times, HOW.get(one["how"], ""), sample)
    Console(stderr=True).print(table)


def _progress(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=console,
    )


async def _account(system: System, done: ingest.Import, wish: Wish) -> None:
    told = done.described()
    words = (
        ("created", "新建"), ("updated", "更新"), ("unchanged", "无变化"), ("skipped", "跳过重复"),
        ("failed", "未导入"), ("remarked", "有提示"),
    )  # fmt: skip
    typer.echo("  ".join(f"{label} {name} {told[name]:,}" for name, label in words))
    typer.echo(f"撤销 / to undo: zhike import --undo {done.id}")
    for one in told["ignored"]:
        typer.echo(f"第 {one['line']} 行不是记录 / not a record: {one['why']}")
    for column, names in told["unknown"].items():
        listed = "、".join(f"{name}({count})" for name, count in names.items())
        typer.echo(f"{column}：找不到 / unknown: {listed}")
    async with system.db.reading(platform("cli"), system.settings.workspace) as tx:
        _tell(await ingest.problems(tx, done.id, limit=SHOWN))
        if wish.errors is not None:
            await ingest.write_errors(tx, done, wish.errors, language="zh")
            typer.echo(f"明细 / details: {wish.errors}")
        elif told["failed"] or told["remarked"]:
            typer.echo(
                "加 --errors 文件.xlsx 可得到全部明细 / --errors FILE.xlsx writes all of them"
            )


def _tell(lines: Sequence[Mapping[str, Any]]) -> None:
    for line in lines:
        for one in line["problems"]:
            place = f" {one['column']} {one['header']}" if one["column"] else ""
            value = json.dumps(one["value"], ensure_ascii=False) if one["value"] is not None else ""
            mark = "✗" if line["failed"] else "·"
            typer.echo(f"{mark} 第 {line['line']} 行{place} {value} {one['zh']}")
