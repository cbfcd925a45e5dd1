"""Pages that are open: the stream of the bell as a browser gets it, out of the application."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import orjson
from tests.served import Served

from zhike.doors.http.gate import LIVE

PATIENCE_SECONDS = 60.0


class Window:
    """One page; what it does not hear in time it will never hear."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[str] = asyncio.Queue()
        self.left = asyncio.Event()
        self.asked = False
        self.body = b""

    async def receive(self) -> dict[str, Any]:
        if not self.asked:
            self.asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.heard.put_nowait(f"status {message['status']}")
            return
        self.body += message.get("body", b"")
        for line in message.get("body", b"").decode().splitlines():
            if line.startswith(("data:", "event:")):
                self.heard.put_nowait(line)
        if not message.get("more_body"):
            self.heard.put_nowait("closed")

    async def next(self) -> str:
        """Give the next thing that is said."""
        return await asyncio.wait_for(self.heard.get(), PATIENCE_SECONDS)

    async def closes(self) -> None:
        """Wait for the end."""
        while await self.next() != "closed":
            pass

    async def unread(self) -> int:
        """Give the next number that is said."""
        said = await self.next()
        assert said.startswith("data:"), said
        return int(orjson.loads(said.removeprefix("data:"))["unread"])

    async def hears(self, unread: int) -> None:
        """Wait for a number; one that is said twice is no news."""
        while await self.unread() != unread:
            pass


@asynccontextmanager
async def window(library: Served, client: httpx.AsyncClient) -> AsyncIterator[Window]:
    """Open a page with somebody's session, and leave it at the end."""
    page = Window()
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    head = {
        "host": "zhike.test",
        "cookie": cookie,
        "accept": "text/event-stream",
        "x-workspace": library.workspace,
    }
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": LIVE,
        "raw_path": LIVE.encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.encode(), text.encode()) for name, text in head.items()],
        "client": ("10.1.2.3", 5000),
        "server": ("zhike.test", 80),
    }
    open_ = asyncio.create_task(library.app(scope, page.receive, page.send))
    try:
        said = await page.next()
        if said != "status 200":
            await page.closes()
        assert said == "status 200", (said, page.body.decode())
        yield page
    finally:
        page.left.set()
        await asyncio.wait_for(open_, PATIENCE_SECONDS)
