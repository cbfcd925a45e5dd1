"""
Who stands behind a session token or an API key, remembered per process.

Whatever is remembered is forgotten when PostgreSQL tells of a change of people in that workspace,
and after a minute in any case. A token of one workspace opens no other.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from time import time
from uuid import UUID

from zhike.db import Database
from zhike.kernel.tx import Row, Tx
from zhike.kernel.viewer import Sharing, Viewer, platform
from zhike.meta import SecuritySpec
from zhike.store.accounts.queries import QUERIES
from zhike.store.accounts.tokens import KEY_MARK, digest

MINUTE = 60
MOST = 20_000
MANY_SHARES = 200
NOWHERE: Row = ((), (), (), (), (), None, 0)
"""The place of somebody who sits nowhere."""
LOOKING = frozenset({"*:read"})
"""What is left of the rights of whoever is looked through."""
LOOKS = 4
"""How often a session is looked at, at least, in the time after which it ends for want of use."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A person who was recognised, and how."""

    viewer: Viewer
    login: str
    token: bytes
    """The hash of what was shown."""
    key: UUID | None
    """The API key used; None for a session."""
    session: UUID | None
    """The session used; None for a key."""
    first: str
    """What has to be done before anything else; empty if nothing has."""
    per_minute: int | None
    """How many requests the key may make in a minute; None: as many as come."""
    allowance: UUID | None
    """The key whose requests these are: its own, or that of the key which made it."""
    behind: Viewer | None
    """Who really looks, if this is through somebody else's eyes."""
    ends: float
    """When the session or key expires, in seconds of the clock."""
    stale: float
    """When to look again."""


RulesOf = Callable[[str], Awaitable[SecuritySpec]]
"""Gives the security settings of a workspace."""


class Viewers:
    """Recognises people by what they show, without asking PostgreSQL twice in a minute."""

    def __init__(self, db: Database, *, zone_of: Callable[[str], str], rules_of: RulesOf) -> None:
        self._db = db
        self._zone_of = zone_of
        self._rules_of = rules_of
        self._known: dict[str, dict[bytes, Seen]] = {}

    def forget(self, workspace: str) -> None:
        """Drop what is known of a workspace: its people, sessions or keys changed."""
        self._known.pop(workspace, None)

    def forget_all(self) -> None:
        """Drop everything, as after a lost connection: nobody knows what was missed."""
        self._known.clear()

    async def by_token(
        self, workspace: str, secret: str, *, ip: str = "", idly: bool = False
    ) -> Seen | None:
        """
        Give who stands behind a session token or API key, None if it is not or no longer good.

        `idly`: it is a page that asks by itself; that a session is open does not mean it is used.
        """
        token = digest(secret)
        # What is found is put into the dictionary that was current before asking: if people change
        # meanwhile, that dictionary is no longer the one in use, and the old news is lost with it.
        remembered = self._known.setdefault(workspace, {})
        seen = remembered.get(token)
        now = time()
        if seen is not None and now < seen.ends and now < seen.stale:
            return seen
        if secret.startswith(KEY_MARK):
            seen = await self._by_key(workspace, token, ip=ip)
        else:
            seen = await self._by_session(workspace, token, ip=None if idly else ip)
        if seen is None:
            remembered.pop(token, None)
            return None
        if idly:
            return seen
        if len(remembered) >= MOST:
            remembered.clear()
        remembered[token] = seen
        return seen

    async def _by_session(self, workspace: str, token: bytes, *, ip: str | None) -> Seen | None:
        rules = (await self._rules_of(workspace)).sign_in
        idle = rules.idle_minutes * MINUTE
        # A session in use is written down less often than it is used: that much longer it lives.
        pause = min(MINUTE, idle // LOOKS) if idle else MINUTE
        wanted = QUERIES["by_session"](
            token=token,
            workspace=workspace,
            idle=idle + pause if idle else 0,
            everybody=rules.second_factor == "everybody",
            demanding=list(rules.second_factor_roles if rules.second_factor == "roles" else ()),
        )
        async with self._db.reading(platform(), workspace) as tx:
            row = await tx.row(wanted)
            if row is None:
                return None
            if ip is not None:
                await tx.run(QUERIES["touch_session"](id=row[7], ip=ip[:64], pause=pause // 2))
            return await self._seen(tx, row, token=token, pause=pause)

    async def _by_key(self, workspace: str, token: bytes, *, ip: str) -> Seen | None:
        async with self._db.reading(platform(), workspace) as tx:
            row = await tx.row(QUERIES["by_key"](token=token, workspace=workspace))
            if row is None:
                return None
            await tx.run(QUERIES["touch_key"](id=row[6], ip=ip[:64]))
            return await self._seen(tx, row, token=token, pause=MINUTE)

    async def _seen(self, tx: Tx, row: Row, *, token: bytes, pause: int) -> Seen:
        ends, key, session, first, scopes, per_minute, allowance, view_as = row[5:]
        viewer = await _viewer(
            tx,
            row,
            zone=self._zone_of(tx.workspace),
            source="api" if key else "ui",
            narrowed=None if scopes is None else frozenset(scopes),
        )
        if key:
            viewer = replace(viewer, cause=f"key:{key}")
        eyes = await self._eyes(tx, viewer, view_as) if view_as else None
        return Seen(
            viewer=eyes or viewer,
            behind=viewer if eyes else None,
            login=row[2],
            token=token,
            key=key,
            session=session,
            first=first,
            per_minute=per_minute,
            allowance=allowance,
            ends=_seconds(ends),
            stale=time() + pause,
        )

    async def _eyes(self, tx: Tx, viewer: Viewer, user: UUID) -> Viewer:
        """Give the person somebody looks through; there is only looking, whoever it is."""
        target = await viewer_by_id(tx, user, zone=self._zone_of(tx.workspace))
        return replace(
            target or viewer,
            narrowed=LOOKING,
            seen_by=viewer.id,
            language=viewer.language,
            source=viewer.source,
        )


async def viewer_of(tx: Tx, login: str, *, zone: str) -> Viewer | None:
    """Give a person by login, for the command line, which trusts whoever sits at the machine."""
    row = await tx.row(QUERIES["by_login"](login=login))
    return await _viewer(tx, row, zone=zone) if row else None


async def viewer_by_id(tx: Tx, id: UUID, *, zone: str) -> Viewer | None:  # noqa: A002 - what it is
    """Give a person by id, for a job that works on their behalf."""
    row = await tx.row(QUERIES["by_id"](id=id))
    return await _viewer(tx, row, zone=zone) if row else None


async def _viewer(
    tx: Tx,
    row: Row,
    *,
    zone: str,
    source: str = "ui",
    narrowed: frozenset[str] | None = None,
) -> Viewer:
    id_, name, _login, language, own_zone = row[:5]
    place = await tx.row(QUERIES["place_of"](id=id_, many=MANY_SHARES))
    roles, departments, below, above, under, personal, shares = place or NOWHERE
    return Viewer(
        id=id_,
        name=name,
        roles=frozenset(roles),
        departments=tuple(departments),
        below=frozenset(below),
        above=frozenset(above),
        subordinates=frozenset(under) - {id_},
        personal=personal or "",
        sharing=_sharing(shares),
        narrowed=narrowed,
        language=language,
        source=source,
        zone=own_zone or zone,
    )


def _sharing(shares: int) -> Sharing:
    if not shares:
        return "none"
    return "many" if shares > MANY_SHARES else "few"


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else float("inf")
