"""
The floor: what the same SQL costs through a driver, PostgreSQL's JSON and Granian, with no product
around.

Three routes, each one fixed statement: a record by id, a filtered page with its count, a bare
insert. The statements come from the environment (`FLOOR_SQL`), compiled by the product itself, so
that both sides ask PostgreSQL the same question; of a page, both have it planned for its values.
"""

import json
import os
from collections.abc import Awaitable, Callable
from typing import Any

from psycopg import AsyncConnection
from psycopg.raw_cursor import AsyncRawCursor
from psycopg_pool import AsyncConnectionPool

Send = Callable[[dict[str, Any]], Awaitable[None]]
Receive = Callable[[], Awaitable[dict[str, Any]]]

SQL = json.loads(os.environ.get("FLOOR_SQL", "{}"))
POOL: list[AsyncConnectionPool[AsyncConnection[Any]]] = []


async def _ready(connection: AsyncConnection[Any]) -> None:
    connection.prepare_threshold = 1
    connection.cursor_factory = AsyncRawCursor
    await connection.set_autocommit(True)
    await connection.execute(SQL["search_path"])


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            pool = AsyncConnectionPool(
                os.environ["FLOOR_DSN"], min_size=4, max_size=16, configure=_ready, open=False
            )
            await pool.open()
            POOL.append(pool)
            await send({"type": "lifespan.startup.complete"})
        else:
            await POOL[0].close()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _asked(scope: dict[str, Any], receive: Receive) -> tuple[str, list[Any], bool]:
    """Give the statement, its values, and whether one plan of it does for all values."""
    path = scope["path"]
    if scope["method"] == "POST":
        message = await receive()
        return SQL["insert"], [message["body"].decode()], True
    if path == "/page":
        return SQL["page"], SQL["page_values"], False
    return SQL["one"], [path.rsplit("/", 1)[1]], True


async def app(scope: dict[str, Any], receive: Receive, send: Send) -> None:
    """Answer the three routes."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
        return
    statement, values, prepared = await _asked(scope, receive)
    async with POOL[0].connection() as connection:
        cursor = await connection.execute(statement, values, prepare=prepared)
        row = await cursor.fetchone()
    body = row[0] if isinstance(row[0], bytes) else str(row[0]).encode()
    head = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})
