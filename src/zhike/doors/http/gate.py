"""
The gate every request passes: which workspace, who asks, from which page; and the headers of every
answer.

Plain ASGI, because it is on every hot path. Refuses unknown workspaces and writes that come with
our cookie from somebody else's page; whatever is raised inside becomes a problem document here.
"""

import logging
import re
import secrets
from collections.abc import Iterator, Mapping
from time import perf_counter

from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from zhike.access import policy
from zhike.db.faults import BrokenStatement
from zhike.doors.http.access.looking import SAFE, only_looking
from zhike.doors.http.call import KEY, Call, language_of, numbers_of
from zhike.doors.http.faults import Broken, ForeignOrigin, UnknownWorkspace
from zhike.doors.http.metrics import Meter
from zhike.doors.http.problems import refusal
from zhike.doors.system import System
from zhike.kernel.faults import Fault
from zhike.store.accounts import Allowances, Seen

LOG = logging.getLogger("zhike.http")

COOKIE = "zhike_session"
SECURE_COOKIE = f"__Host-{COOKIE}"
"""Over https: a cookie of this name can be set by this very host only, not by a neighbour of it."""
REQUEST_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
LOOPBACK = frozenset({"127.0.0.1", "::1"})
ADDRESS = re.compile(r"[0-9A-Fa-f:.]{2,45}")
SLUG = re.compile(r"[a-z][a-z0-9_]{0,39}")

Head = Mapping[bytes, bytes]
Headers = tuple[tuple[bytes, bytes], ...]

EVERYWHERE: Headers = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cache-control", b"no-store"),
)
DATA: Headers = (
    *EVERYWHERE,
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox"),
)
PAGE_POLICY = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    b"connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    b"frame-ancestors 'none'"
)
PAGE: Headers = (*EVERYWHERE, (b"content-security-policy", PAGE_POLICY))
DESK_PAGES = frozenset({"/", "/sign-in", "/desk", "/workshop", "/me"})
DESK_FOLDERS = ("/desk/", "/workshop/", "/me/", "/f/", "/assets/", "/loose/")
DESK: Headers = tuple(one for one in PAGE if one[0] != b"cache-control")
"""Of the desk's pages and files, which hold nothing of anybody and say themselves how long they
are good for."""
LIVE = "/api/v1/notifications/live"
"""What an open page asks for by itself: it keeps no session alive that nobody uses."""
STREAM = (b"content-type", b"text/event-stream; charset=utf-8")
HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")


class Gate:
    """Lets requests in, one `Call` each, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, *, system: System, meter: Meter) -> None:
        self._app = app
        self._system = system
        self._meter = meter
        self._allowances = Allowances(system.db)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head: Head = dict(scope["headers"])
        answering = _Answering(
            send, id=_request_id(head), secure=_secure(scope, head), path=scope["path"]
        )
        began = perf_counter()
        self._meter.enter()
        try:
            await self._let_in(scope, receive, head=head, answering=answering)
        finally:
            # A stream took as long as it took to begin; after that it is open, not slow.
            ended = answering.streams_since or perf_counter()
            self._meter.leave(scope["method"], answering.status, ended - began)

    async def _let_in(
        self, scope: Scope, receive: Receive, *, head: Head, answering: "_Answering"
    ) -> None:
        try:
            scope[KEY] = await self._call(scope, receive, head=head, answering=answering)
            await self._app(scope, receive, answering)
        except Exception as error:
            if answering.status:
                raise
            fault = told(error, id=answering.id)
            language = language_of(head.get(b"accept-language", b"")) or "zh"
            await refusal(fault, language)(scope, receive, answering)

    async def _call(
        self, scope: Scope, receive: Receive, *, head: Head, answering: "_Answering"
    ) -> Call:
        workspace = await self._workspace(head)
        secret, by_cookie = _secret(scope, head, secure=answering.secure)
        if (by_cookie or not secret) and scope["method"] not in SAFE:
            _refuse_foreign(head)
        seen: Seen | None = None
        ip = _address(scope, head)
        if secret:
            idly = scope["path"] == LIVE
            seen = await self._system.viewers.by_token(workspace, secret, ip=ip, idly=idly)
            if seen is not None and seen.per_minute is not None:
                await self._allowances.spend(workspace, seen.allowance, seen.per_minute)
            if seen is not None and seen.behind is not None:
                snapshot = await self._system.catalog.snapshot(workspace)
                only_looking(policy(snapshot, seen.behind), scope["method"], scope["path"])
        return Call(
            id=answering.id.decode(),
            system=self._system,
            scope=scope,
            head=head,
            receive=receive,
            workspace=workspace,
            seen=seen,
            shown=bool(secret),
            language=language_of(head.get(b"accept-language", b""))
            or (seen.viewer.language if seen else "zh"),
            numbers=numbers_of(head.get(b"accept", b"")),
            ip=ip,
            secure=answering.secure,
        )

    async def _workspace(self, head: Head) -> str:
        known = self._system.workspaces
        named = next(filter(None, map(known.named_by_host, _hosts(head))), None)
        if named:
            return named
        asked = head.get(b"x-workspace")
        slug = asked.decode("latin-1") if asked else known.default
        if not SLUG.fullmatch(slug) or not await known.exists(slug):
            raise UnknownWorkspace(name=slug[:40])
        return slug


class _Answering:
    """Sends an answer with the headers that every answer has, and remembers its status."""

    __slots__ = ("_headers", "_send", "id", "secure", "status", "streams_since")

    def __init__(self, send: Send, *, id: bytes, secure: bool, path: str) -> None:  # noqa: A002
        self._send = send
        self._headers = _headers_of(path)
        self.id = id
        self.secure = secure
        self.status = 0
        self.streams_since = 0.0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if STREAM in message["headers"]:
                self.streams_since = perf_counter()
            more = (
                ((b"x-request-id", self.id), HTTPS_ONLY)
                if self.secure
                else ((b"x-request-id", self.id),)
            )
            message["headers"] = [*message["headers"], *self._headers, *more]
        await self._send(message)


def _headers_of(path: str) -> Headers:
    if path.startswith("/api/"):
        return PAGE if path.startswith("/api/docs") else DATA
    return DESK if path in DESK_PAGES or path.startswith(DESK_FOLDERS) else DATA


def told(error: Exception, *, id: bytes) -> Fault:  # noqa: A002
    """Give what the caller is told of an exception; what is our own mistake goes to the log."""
    if isinstance(error, Fault) and not isinstance(error, BrokenStatement):
        return error
    LOG.error("request %s failed", id.decode(), exc_info=error)
    return Broken(id=id.decode())


def _request_id(head: Head) -> bytes:
    given = head.get(b"x-request-id")
    if given and REQUEST_ID.fullmatch(given):
        return given
    return secrets.token_hex(8).encode()


def _hosts(head: Head) -> Iterator[str]:
    """
    Give the names we were called by. A page cannot forge the second one: that takes a
    preflight.
    """
    for name in (b"host", b"x-forwarded-host"):
        if name in head:
            host, colon, port = head[name].decode("latin-1").lower().rpartition(":")
            yield host if colon and port.isdigit() else host + colon + port


def _address(scope: Scope, head: Head) -> str:
    """
    Give the caller's address. Who comes from this very machine may be a proxy, and says for
    whom.
    """
    peer: str = (scope.get("client") or ("",))[0]
    told = head.get(b"x-forwarded-for", b"").decode("latin-1").rpartition(",")[2].strip()
    return told if told and peer in LOOPBACK and ADDRESS.fullmatch(told) else peer


def _secure(scope: Scope, head: Head) -> bool:
    return scope.get("scheme") == "https" or head.get(b"x-forwarded-proto") == b"https"


def cookie_name(*, secure: bool) -> str:
    """Say what the cookie of a session is called."""
    return SECURE_COOKIE if secure else COOKIE


def _secret(scope: Scope, head: Head, *, secure: bool) -> tuple[str, bool]:
    """Give the token shown, and whether it came in a cookie, which browsers send unasked."""
    scheme, _, token = head.get(b"authorization", b"").partition(b" ")
    if scheme.lower() == b"bearer" and token:
        return token.strip().decode("latin-1"), False
    if b"cookie" not in head:
        return "", False
    crumbs = b";".join(value for name, value in scope["headers"] if name == b"cookie")
    return cookie_parser(crumbs.decode("latin-1")).get(cookie_name(secure=secure), ""), True


def _refuse_foreign(head: Head) -> None:
    """A browser always says from where a write comes; what says nothing is no browser."""
    origin = head.get(b"origin")
    if origin is None:
        if head.get(b"sec-fetch-site") in {b"cross-site", b"same-site"}:
            raise ForeignOrigin(origin="?")
        return
    _, _, host = origin.lower().partition(b"://")
    ours = {head.get(b"host", b"").lower(), head.get(b"x-forwarded-host", b"").lower()}
    if not host or host not in ours:
        raise ForeignOrigin(origin=origin[:100].decode("latin-1"))
