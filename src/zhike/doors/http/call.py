"""One call of the API: of which workspace, by whom, in what language. Made once, at the gate."""

import re
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote

from starlette.types import Receive, Scope

from zhike.access import Policy, policy
from zhike.db import Conversation
from zhike.doors.system import System
from zhike.kernel.faults import Fault, NotAllowed, Unauthenticated
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Origin, Viewer, platform
from zhike.kernel.words import Language, Words
from zhike.meta import Snapshot
from zhike.store.accounts import Seen, SignedOut
from zhike.store.accounts.factors import SecondFactorMissing

KEY = "zhike.call"
CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")


class PasswordTooOld(NotAllowed):
    """The password has to be changed before anything else."""

    code = "W140"
    zh = "请先修改密码"
    hint = Words(zh="POST /api/v1/me/password", en="POST /api/v1/me/password")


FIRST: Mapping[str, type[Fault]] = {
    "password": PasswordTooOld,
    "second_factor": SecondFactorMissing,
}
"""What is told to those who have to do something else first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """Everything about a request that its endpoint may want to know beyond path and body."""

    id: str
    system: System
    scope: Scope
    head: Mapping[bytes, bytes]
    """The request's headers, the last of each name."""
    receive: Receive
    workspace: str
    seen: Seen | None
    """Who was recognised by cookie or key; None for a stranger."""
    shown: bool
    """Whether a cookie or key was shown at all."""
    language: Language
    numbers: Literal["exact", "float"]
    ip: str
    secure: bool

    @property
    def viewer(self) -> Viewer:
        """Who asks; a stranger is refused, and who has to do something else first."""
        seen = self.guest
        if seen.first:
            raise FIRST.get(seen.first, NotAllowed)
        return seen.viewer

    @property
    def guest(self) -> Seen:
        """Who has signed in, whatever has to be done first; a stranger is refused."""
        if self.seen is None:
            raise SignedOut if self.shown else Unauthenticated
        return self.seen

    @property
    def origin(self) -> Origin:
        """From where the call comes and why, as the logs keep it; `X-Reason` is percent-encoded."""
        return Origin(
            ip=self.ip,
            agent=_plain(self.header(b"user-agent") or ""),
            request=self.id,
            reason=_plain(unquote(self.header(b"x-reason") or "")),
        )

    async def snapshot(self) -> Snapshot:
        """Give the configuration of the workspace."""
        return await self.system.catalog.snapshot(self.workspace)

    async def policy(self) -> Policy:
        """Give what whoever calls may see and do; a stranger is refused."""
        viewer = self.viewer
        return policy(await self.snapshot(), viewer)

    def transaction(self, *, presuming: bool = False) -> AbstractAsyncContextManager[Conversation]:
        """Open a transaction in which whoever calls acts, and the logs know from where."""
        return self.system.db.transaction(
            self.viewer, self.workspace, self.origin, presuming=presuming
        )

    def for_guest(self) -> AbstractAsyncContextManager[Tx]:
        """
        Open a transaction of the platform on behalf of whoever calls, a stranger or somebody who is
        about to sign in; the logs know from where.
        """
        return self.transaction_as(platform("ui"))

    def transaction_as(
        self, viewer: Viewer, origin: Origin | None = None
    ) -> AbstractAsyncContextManager[Conversation]:
        """Open a transaction in which somebody acts who is not, or not yet, whoever calls."""
        return self.system.db.transaction(viewer, self.workspace, origin or self.origin)

    def reading(self) -> AbstractAsyncContextManager[Tx]:
        """Open a conversation in which whoever calls reads, and the logs know from where."""
        return self.reading_as(self.viewer)

    def reading_as(self, viewer: Viewer) -> AbstractAsyncContextManager[Tx]:
        """Open a conversation in which somebody reads who is not, or not yet, whoever calls."""
        return self.system.db.reading(viewer, self.workspace, self.origin)

    def header(self, name: bytes) -> str | None:
        """Give a request header, named in small letters."""
        value = self.head.get(name)
        return None if value is None else value.decode("latin-1")


def _plain(text: str) -> str:
    """Give a text without what moves the cursor of whoever reads a log."""
    return CONTROLS.sub(" ", text).strip()


@lru_cache(maxsize=256)
def language_of(accepted: bytes) -> Language | None:
    """Give the better liked of the two languages we speak, None if neither is named."""
    best: tuple[float, Language | None] = (0.0, None)
    for part in accepted[:200].decode("latin-1").lower().split(","):
        tag, _, rest = part.strip().partition(";")
        weight = _weight(rest)
        if tag[:2] in {"zh", "en"} and weight > best[0]:
            best = (weight, "zh" if tag[:2] == "zh" else "en")
    return best[1]


def _weight(text: str) -> float:
    name, _, number = text.strip().partition("=")
    try:
        return float(number) if name == "q" else 1.0
    except ValueError:
        return 0.0


@lru_cache(maxsize=256)
def numbers_of(accept: bytes) -> Literal["exact", "float"]:
    """Tell whether the caller wants decimals as floats: `application/json; numbers=float`."""
    words = accept[:400].decode("latin-1").replace(" ", "").lower()
    return "float" if ";numbers=float" in words else "exact"
