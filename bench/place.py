"""Where the measurements happen: a home of their own, a server on it, and what the product asks."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from zhike.access import policy
from zhike.bootstrap import build
from zhike.kernel.settings import Settings
from zhike.kernel.sql import Sql
from zhike.kernel.tx import Row, Tx
from zhike.kernel.viewer import platform
from zhike.store.accounts import viewer_of
from zhike.store.read import one, page, read_query

BENCH = Path(__file__).parents[1] / ".bench"
RENEWING = "SELECT FROM ws_main.zk_renewal WHERE state IN ('waiting', 'running')"
ZHIKE = Path(sys.executable).with_name("zhike")


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What the product asks PostgreSQL for a record by id and for a page, as the admin."""

    url: str
    one: str
    page: str
    page_values: tuple[object, ...]


class Overheard:
    """A conversation that remembers the last statement it was asked to run."""

    def __init__(self, tx: Tx) -> None:
        self.tx = tx
        self.statement = Sql()

    async def row(self, statement: Sql) -> Row | None:
        """Run a statement and remember it."""
        self.statement = statement
        return await self.tx.row(statement)


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def zhike(home: Path, *words: str) -> str:
    """Run a command of the product and give what it printed."""
    done = subprocess.run(
        [ZHIKE, *words, "--home", str(home)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"zhike {' '.join(words)}: {done.stderr[-2000:]}")
    return done.stdout.strip()


@contextmanager
def served(home: Path, *, workers: int = 1) -> Iterator[tuple[int, float]]:
    """Run the product's server; give its port and how long it took to be ready."""
    port = free_port()
    words = ["serve", "--home", str(home), "--port", str(port), "--web-workers", str(workers)]
    started = time.perf_counter()
    server = subprocess.Popen([ZHIKE, *words], stdout=subprocess.PIPE, text=True)
    try:
        for line in server.stdout or ():
            if line.startswith("ready"):
                break
        yield port, time.perf_counter() - started
    finally:
        server.terminate()
        server.wait(30)


@contextmanager
def floor(asked: Statements, insert: str) -> Iterator[int]:
    """Run the floor's server with the product's own statements; give its port."""
    port = free_port()
    told = {
        "search_path": "SET search_path = ws_main, zhike",
        "one": asked.one,
        "page": asked.page,
        "page_values": asked.page_values,
        "insert": insert,
    }
    words = ["--interface", "asgi", "--workers", "1", "--port", str(port), "--log-level", "error"]
    server = subprocess.Popen(
        [Path(sys.executable).with_name("granian"), *words, "bench.floor:app"],
        env={**os.environ, "FLOOR_DSN": asked.url, "FLOOR_SQL": json.dumps(told, default=str)},
    )
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("the floor does not answer")


def renewed(home: Path) -> None:
    """Wait until nothing is left to derive anew, if an older version of the product made a home."""
    with served(home), psycopg.connect(address(home), autocommit=True) as db:
        while db.execute(RENEWING).fetchone():
            time.sleep(1)


def address(home: Path) -> str:
    """Give the address of a home's database, for what the product has no door for."""
    return asyncio.run(_address(home))


async def _address(home: Path) -> str:
    async with build(Settings(home=home)) as system:
        return system.db.url


def overheard(home: Path, params: Mapping[str, str]) -> Statements:
    """Ask the product for a record and a page, and give the statements it ran."""
    return asyncio.run(_overheard(home, params))


async def _overheard(home: Path, params: Mapping[str, str]) -> Statements:
    async with build(Settings(home=home)) as system:
        snapshot = await system.catalog.snapshot("main")
        async with system.db.reading(await _admin(system), "main") as tx:
            held = policy(snapshot, tx.viewer)
            listening: Any = Overheard(tx)
            await page(listening, held, "customer", read_query(params))
            listed: Sql = listening.statement
            first = json.loads(await page(listening, held, "customer", read_query({"limit": "1"})))
            await one(listening, held, "customer", first["items"][0]["id"])
            return Statements(
                url=system.db.url,
                one=listening.statement.text,
                page=listed.text,
                page_values=listed.bound(tx.viewer.facts),
            )


async def _admin(system: Any) -> Any:
    async with system.db.reading(platform("bench"), "main") as tx:
        return await viewer_of(tx, "admin", zone="Asia/Shanghai")
