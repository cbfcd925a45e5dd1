"""What callers are lent: a client that can only go where it may, and a look at an address."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from zhike.kernel.words import Words
from zhike.outbound.faults import ForbiddenAddress, Unreachable
from zhike.outbound.guard import Guard, Resolve, literal, resolved, vet, written
from zhike.outbound.private import PrivateHosts
from zhike.outbound.trip import Limits

Http = httpx.AsyncClient
HttpAnswer = httpx.Response
"""What is lent here and what comes back, by names that the floors above may use."""

AGENT = "Zhike"
UNREADABLE = Words(zh="网址无法读取", en="it cannot be read")


@asynccontextmanager
async def client(
    private: PrivateHosts,
    limits: Limits | None = None,
    *,
    resolve: Resolve = resolved,
    trust: ssl.SSLContext | None = None,
) -> AsyncIterator[httpx.AsyncClient]:
    """
    Give a client for calls to other machines; what goes wrong with a call is raised as a fault.

    A library that wants to make its own `httpx` client is given a `Guard` as its transport.
    """
    limits = limits or Limits()
    guarded = httpx.AsyncClient(
        transport=Guard(private, limits, resolve=resolve, trust=trust),
        timeout=limits.seconds,
        follow_redirects=True,
        max_redirects=limits.redirects,
        trust_env=False,
        headers={"user-agent": AGENT},
    )
    try:
        async with guarded as ready:
            yield ready
    except httpx.InvalidURL as error:
        raise ForbiddenAddress(url="…", reason=UNREADABLE) from error
    except httpx.RequestError as error:
        raise Unreachable(url=written(error.request.url), reason=str(error)[:200]) from error


def demand(url: str, private: PrivateHosts, *, at: str = "") -> None:
    """
    Refuse a web address that could never be called, when somebody writes it into a setting.

    Names are looked at when they are dialled, since what they mean changes.
    """
    try:
        read = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise ForbiddenAddress(at=at, url=url[:200], reason=UNREADABLE) from error
    vet(read, at=at)
    address = literal(read.host)
    if address and (reason := private.refused(read.host, address)):
        raise ForbiddenAddress(at=at, url=written(read), reason=reason)
