"""
The guard: the transport under every outgoing request.

It resolves a name once, looks at every address the name has, and dials the very address it looked
at, so that a second answer of the name server changes nothing. Each redirect is a request of
its own and is looked at again.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from ipaddress import ip_address

import httpx

from zhike.kernel.words import Words
from zhike.outbound.faults import ForbiddenAddress, Unreachable
from zhike.outbound.private import PrivateHosts
from zhike.outbound.trip import Limits, Measured, Trip, said

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]

PORTS = {"http": 80, "https": 443}
LAST_PORT = 65535
DEADLINE = "zhike.deadline"
BEGAN_WITH = "zhike.began_with"
"""What a request hands on to the requests that redirects make of it."""

SCHEME = Words(zh="只支持 http 与 https", en="only http and https are spoken")
NO_HOST = Words(zh="没有有效的主机和端口", en="it names no host and port")
USERINFO = Words(zh="网址中不得包含用户名或密码", en="an address must not carry a name or password")
DOWNGRADE = Words(zh="不得从 https 转到 http", en="https must not lead to http")


async def resolved(host: str, port: int) -> Sequence[str]:
    """Ask the name server for all addresses of a name."""
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@cache
def trusted() -> ssl.SSLContext:
    """Give the certificates that come along and those this machine trusts besides."""
    context = httpx.create_ssl_context()
    context.load_default_certs()
    return context


def vet(url: httpx.URL, *, at: str = "") -> None:
    """Refuse what is no plain web address, whoever its host may be."""
    shown = written(url)
    if url.scheme not in PORTS:
        raise ForbiddenAddress(at=at, url=shown, reason=SCHEME)
    if not url.host or not 0 < (url.port or PORTS[url.scheme]) <= LAST_PORT:
        raise ForbiddenAddress(at=at, url=shown, reason=NO_HOST)
    if url.userinfo:
        raise ForbiddenAddress(at=at, url=shown, reason=USERINFO)


def written(url: httpx.URL) -> str:
    """Give a web address as messages and logs may show it: without name, password and query."""
    return str(url.copy_with(userinfo=b"", query=None, fragment=None))[:200]


class Guard(httpx.AsyncBaseTransport):
    """Lets requests out to where `private` allows, within `limits`."""

    def __init__(
        self,
        private: PrivateHosts,
        limits: Limits | None = None,
        *,
        resolve: Resolve = resolved,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._private = private
        self._limits = limits or Limits()
        self._resolve = resolve
        # A connection is never used twice: it was opened for one name, and knows no other.
        self._inner = httpx.AsyncHTTPTransport(
            verify=trust or trusted(),
            trust_env=False,
            limits=httpx.Limits(max_connections=10, max_keepalive_connections=0),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; a redirect comes by here again."""
        vet(request.url)
        began = request.extensions.setdefault(BEGAN_WITH, request.url.scheme)
        if began == "https" and request.url.scheme != "https":
            raise ForbiddenAddress(url=written(request.url), reason=DOWNGRADE)
        end = asyncio.get_running_loop().time() + self._limits.seconds
        trip = Trip(
            url=written(request.url),
            limits=self._limits,
            deadline=request.extensions.setdefault(DEADLINE, end),
        )
        async with trip.in_time():
            response = await self._sent(request, trip)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=Measured(response, trip),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()

    async def _sent(self, request: httpx.Request, trip: Trip) -> httpx.Response:
        request.headers["accept-encoding"] = "identity"
        failed: Exception | None = None
        for address in await self._addresses(request.url, trip):
            try:
                return await self._inner.handle_async_request(_dialling(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failed = error
            except httpx.TransportError as error:
                raise Unreachable(url=trip.url, reason=said(error)) from error
        raise Unreachable(url=trip.url, reason=said(failed)) from failed

    async def _addresses(self, url: httpx.URL, trip: Trip) -> Sequence[str]:
        """Give the addresses of a name. One that may not be dialled spoils them all."""
        host = url.raw_host.decode("ascii").strip("[]")
        try:
            found = await self._resolve(host, url.port or PORTS[url.scheme])
        except (OSError, UnicodeError) as error:
            raise Unreachable(url=trip.url, reason=said(error)) from error
        for address in found:
            if reason := self._private.refused(host, address):
                raise ForbiddenAddress(url=trip.url, reason=reason)
        return found


def literal(host: str) -> str | None:
    """Give an address that is written as one; a name is none."""
    try:
        return str(ip_address(host.strip("[]").partition("%")[0]))
    except ValueError:
        return None


def _dialling(request: httpx.Request, address: str) -> httpx.Request:
    """Give the same request to an address: the host it speaks of and proves stays the name."""
    host = request.url.raw_host.decode("ascii").strip("[]")
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": host},
    )
