"""One call on its way: until when it may take, and how much may come back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx

from zhike.kernel.words import Words
from zhike.outbound.faults import AnswerTooLarge, Unreachable

TIME = Words(zh="超过 {seconds} 秒", en="it took more than {seconds} seconds")
PACKED = Words(zh="返回了未请求的压缩内容", en="the answer is packed, which was not asked for")
NO_ADDRESS = Words(zh="没有可用的地址", en="it has no address")


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one call may cost, its redirects included."""

    seconds: float = 15.0
    size: int = 2 << 20
    redirects: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """Where a call goes, and when it has to be over."""

    url: str
    limits: Limits
    deadline: float

    @asynccontextmanager
    async def in_time(self) -> AsyncIterator[None]:
        """End what is done inside when the time of the whole call is up."""
        try:
            async with asyncio.timeout_at(self.deadline):
                yield
        except TimeoutError as error:
            facts = {"seconds": f"{self.limits.seconds:g}"}
            reason = Words(zh=TIME.said("zh", facts), en=TIME.said("en", facts))
            raise Unreachable(url=self.url, reason=reason) from error


class Measured(httpx.AsyncByteStream):
    """The body of an answer, which ends when it grows too large or comes too late."""

    def __init__(self, response: httpx.Response, trip: Trip) -> None:
        self._response = response
        self._trip = trip

    async def __aiter__(self) -> AsyncIterator[bytes]:
        trip = self._trip
        if self._response.headers.get("content-encoding", "identity") != "identity":
            # A small body that unpacks to a large one would pass every count made here.
            raise Unreachable(url=trip.url, reason=PACKED)
        size = 0
        pieces = self._response.aiter_raw()
        while True:
            try:
                async with trip.in_time():
                    piece = await anext(pieces)
            except StopAsyncIteration:
                return
            except httpx.TransportError as error:
                raise Unreachable(url=trip.url, reason=said(error)) from error
            size += len(piece)
            if size > trip.limits.size:
                raise AnswerTooLarge(url=trip.url, limit=trip.limits.size)
            yield piece

    async def aclose(self) -> None:
        """Hang up."""
        await self._response.aclose()


def said(error: BaseException | None) -> str | Words:
    """Give what went wrong underneath in a few words."""
    return NO_ADDRESS if error is None else (str(error) or type(error).__name__)[:200]
