"""`zhike worker`: the part of `zhike serve` that runs jobs; alone, for several machines."""

import asyncio
import logging
from pathlib import Path
from typing import Annotated

import typer

from zhike.doors.system import Room
from zhike.doors.worker.parent import watch_parent
from zhike.doors.worker.run import work
from zhike.kernel.settings import settings

Home = Annotated[Path | None, typer.Option(help="数据目录 / the folder that holds everything")]
DatabaseUrl = Annotated[str | None, typer.Option(help="外部 PostgreSQL / a PostgreSQL elsewhere")]


def add(app: typer.Typer, room: Room) -> None:
    """Add the command of this module."""

    @app.command(help="只运行后台任务 / run jobs only")
    def worker(
        *,
        home: Home = None,
        database_url: DatabaseUrl = None,
        parent: Annotated[int, typer.Option(hidden=True)] = 0,
    ) -> None:
        logging.basicConfig(level=logging.WARNING, format="worker: %(message)s")
        if parent:
            watch_parent(parent)
        chosen = settings(given={"home": home, "database_url": database_url})
        asyncio.run(work(room.build(chosen)))
