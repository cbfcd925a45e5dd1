"""
A small HTTP load generator: keep-alive connections that each send the next request when answered.

Written for measuring two servers with the same client in one run, not for finding a server's limit.
"""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Request = Callable[[int], bytes]
"""Gives the bytes of the n-th request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one run of load gave."""

    requests: int
    seconds: float
    p50: float
    p95: float
    refused: int
    """Answers outside 2xx."""

    @property
    def rate(self) -> float:
        """Requests per second."""
        return self.requests / self.seconds


@dataclass(slots=True)
class _Tally:
    until: float
    next: int = 0
    refused: int = 0
    times: list[float] = field(default_factory=list)


class _Connection(asyncio.Protocol):
    """One keep-alive connection; parses just enough of HTTP/1.1 to know when an answer ended."""

    def __init__(self, request: Request, tally: _Tally, done: asyncio.Future[None]) -> None:
        self.request = request
        self.tally = tally
        self.done = done
        self.buffer = bytearray()
        self.sent_at = 0.0
        self.transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._send()

    def _send(self) -> None:
        now = time.perf_counter()
        if now >= self.tally.until:
            self.transport.close()
            return
        number = self.tally.next
        self.tally.next += 1
        self.sent_at = now
        self.transport.write(self.request(number))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head = self.buffer.find(b"\r\n\r\n")
        if head < 0:
            return
        top = bytes(self.buffer[:head]).lower()
        mark = top.find(b"content-length:")
        length = int(top[mark + 15 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
        if len(self.buffer) < head + 4 + length:
            return
        if self.buffer[9:10] != b"2":
            self.tally.refused += 1
        del self.buffer[: head + 4 + length]
        self.tally.times.append(time.perf_counter() - self.sent_at)
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def _run(port: int, request: Request, connections: int, seconds: float) -> Measured:
    loop = asyncio.get_running_loop()
    tally = _Tally(until=time.perf_counter() + seconds)
    started = time.perf_counter()
    ends = [loop.create_future() for _ in range(connections)]
    for end in ends:
        await loop.create_connection(
            lambda end=end: _Connection(request, tally, end), "127.0.0.1", port
        )
    await asyncio.gather(*ends)
    times = sorted(tally.times) or [0.0]
    return Measured(
        requests=len(tally.times),
        seconds=time.perf_counter() - started,
        p50=times[len(times) // 2] * 1000,
        p95=times[int(len(times) * 0.95)] * 1000,
        refused=tally.refused,
    )


def load(port: int, request: Request, *, connections: int, seconds: float) -> Measured:
    """Send requests over some connections for some seconds."""
    return asyncio.run(_run(port, request, connections, seconds))


def get(path: str, key: str) -> bytes:
    """Give the bytes of a GET with an API key."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n\r\n".encode()


def post(path: str, key: str, body: bytes) -> bytes:
    """Give the bytes of a POST of JSON with an API key."""
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body
