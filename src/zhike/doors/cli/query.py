"""`zhike query`: the records of an object on the terminal, as somebody in particular sees them."""

import csv
import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

import orjson
import typer
from rich.console import Console
from rich.table import Table

from zhike.access import Policy, policy
from zhike.doors.cli.place import As, DatabaseUrl, Home, Place, Workspace, asker
from zhike.doors.system import Room, System
from zhike.store import read
from zhike.store.read import MOST, Item, read_query

WIDE = 200
"""Characters of a table that goes into a file or another program."""


class Format(StrEnum):
    """How the answer is written."""

    table = "table"
    json = "json"
    csv = "csv"


Answer = tuple[Sequence[Item], list[Mapping[str, Any]]]


def add(app: typer.Typer, room: Room) -> None:
    """Add the commands of this module."""

    @app.command("query", help="查询记录 / ask for records")
    def _query(  # noqa: PLR0913 - one for each option
        object: Annotated[str, typer.Argument(help="对象 / object, e.g. customer")],  # noqa: A002
        *,
        where: Annotated[str, typer.Option(help='条件 / e.g. region = "华东"')] = "",
        select: Annotated[str, typer.Option(help="列，逗号分隔 / columns")] = "",
        order: Annotated[str, typer.Option(help="排序 / e.g. -created_at,name")] = "",
        search: Annotated[str, typer.Option(help="搜索 / words to find")] = "",
        limit: Annotated[int, typer.Option(min=1, help="最多条数 / at most")] = 50,
        format: Annotated[Format, typer.Option(help="输出格式 / how to write it")] = Format.table,  # noqa: A002
        login: As = "admin",
        home: Home = None,
        database_url: DatabaseUrl = None,
        workspace: Workspace = None,
    ) -> None:
        place = Place(room=room, home=home, database_url=database_url, workspace=workspace)
        asked = {"select": select, "where": where, "order": order, "search": search}

        async def work(system: System) -> Answer:
            return await _asked(system, object, asked, login=login, limit=limit)

        items, found = place.run(work)
        _written(items, found, format)


async def _asked(
    system: System, obj: str, asked: Mapping[str, str], *, login: str, limit: int
) -> Answer:
    viewer = await asker(system, login)
    workspace = system.settings.workspace
    held = policy(await system.catalog.snapshot(workspace), viewer)
    found: list[Mapping[str, Any]] = []
    cursor: str | None = None
    async with system.db.reading(viewer, workspace) as tx:
        while True:
            size = min(MOST, limit - len(found))
            query = read_query({**asked, "limit": size, "cursor": cursor})
            page = orjson.loads(await read.page(tx, held, obj, query))
            found.extend(page["items"])
            cursor = page["next"]
            if cursor is None or len(found) >= limit:
                return _shown(held, obj, asked), found


def _shown(held: Policy, obj: str, asked: Mapping[str, str]) -> Sequence[Item]:
    """Whoever selects nothing gets a table that fits a screen."""
    items = read.columns(held, obj, read_query({"select": asked["select"]}))
    if asked["select"]:
        return items
    return [one for one in items if one.field is not None and not one.field.system][:8]


def _written(items: Sequence[Item], found: list[Mapping[str, Any]], format_: Format) -> None:
    match format_:
        case Format.json:
            sys.stdout.buffer.write(orjson.dumps(found, option=orjson.OPT_INDENT_2) + b"\n")
        case Format.csv:
            writer = csv.writer(sys.stdout)
            writer.writerow(one.key for one in items)
            writer.writerows([_plain(one.get(item.key)) for item in items] for one in found)
        case Format.table:
            table = Table(*(_head(item) for item in items))
            for one in found:
                table.add_row(*(_plain(one.get(item.key)) for item in items))
            Console(width=None if sys.stdout.isatty() else WIDE).print(table)


def _head(item: Item) -> str:
    return item.field.label.said("zh") if item.field and item.catalogued else item.key


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "✓" if value else "✗"
    if isinstance(value, str | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "、".join(value)
    return orjson.dumps(value).decode()
