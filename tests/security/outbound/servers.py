"""Real servers on this machine, each saying whatever a test has it say."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Say = Callable[[asyncio.StreamWriter, bytes], Awaitable[None]]


@dataclass(kw_only=True)
class Heard:
    """A server that runs, and the requests it got."""

    port: int = 0
    requests: list[bytes] = field(default_factory=list)


@asynccontextmanager
async def serving(
    say: Say, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None
) -> AsyncIterator[Heard]:
    """Serve until the block ends."""
    heard = Heard()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await reader.readuntil(b"\r\n\r\n")
            heard.requests.append(request)
            await say(writer, request)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(answer, host, 0, ssl=tls)
    heard.port = server.sockets[0].getsockname()[1]
    try:
        yield heard
    finally:
        server.close()


def saying(body: bytes = b"ok", status: str = "200 OK", **headers: str) -> Say:
    """Answer always the same."""
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status}", f"content-length: {len(body)}", *lines])

    async def say(writer: asyncio.StreamWriter, _: bytes) -> None:
        writer.write(head.encode() + b"\r\n\r\n" + body)
        await writer.drain()

    return say


def dripping(piece: bytes, *, every: float) -> Say:
    """Answer with a body without end, a piece at a time."""

    async def say(writer: asyncio.StreamWriter, _: bytes) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(every)

    return say


class Names:
    """A name server of our own; it counts what it is asked, and may change its mind."""

    def __init__(self, **known: Sequence[Sequence[str]]) -> None:
        self._known = {name: list(answers) for name, answers in known.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self._known[host.partition(".")[0]]
        return answers.pop(0) if len(answers) > 1 else answers[0]
