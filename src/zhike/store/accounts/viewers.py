"""
Who stands behind a session token or an API key, remembered per process.

Whatever is remembered is forgotten when PostgreSQL tells of a change of people in that workspace,
and after a minute in any case. A token of one workspace opens no other.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from time import time
from uuid import UUID

from zhike.db import Database
from zhike.kernel.tx import Row, Tx
from zhike.kernel.viewer import Viewer, platform
from zhike.store.accounts.queries import QUERIES
from zhike.store.accounts.tokens import KEY_MARK, digest

MINUTE = 60.0
MOST = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A person who was recognised, and how."""

    viewer: Viewer
    login: str
    token: bytes
    """The hash of what was shown."""
    key: UUID | None
    """The API key used; None for a session."""
    ends: float
    """When the session or key expires, in seconds of the clock."""
    stale: float
    """When to look again."""


class Viewers:
    """Recognises people by what they show, without asking PostgreSQL twice in a minute."""

    def __init__(self, db: Database, *, zone_of: Callable[[str], str]) -> None:
        self._db = db
        self._zone_of = zone_of
        self._known: dict[str, dict[bytes, Seen]] = {}

    def forget(self, workspace: str) -> None:
        """Drop what is known of a workspace: its people, sessions or keys changed."""
        self._known.pop(workspace, None)

    def forget_all(self) -> None:
        """Drop everything, as after a lost connection: nobody knows what was missed."""
        self._known.clear()

    async def by_token(self, workspace: str, secret: str) -> Seen | None:
        """
        Give who stands behind a session token or API key, None if it is not or no longer good.
        """
        token = digest(secret)
        # What is found is put into the dictionary that was current before asking: if people change
        # meanwhile, that dictionary is no longer the one in use, and the old news is lost with it.
        remembered = self._known.setdefault(workspace, {})
        seen = remembered.get(token)
        now = time()
        if seen is not None and now < seen.ends and now < seen.stale:
            return seen
        seen = await self._asked(workspace, token, is_key=secret.startswith(KEY_MARK))
        if seen is None:
            remembered.pop(token, None)
            return None
        if len(remembered) >= MOST:
            remembered.clear()
        remembered[token] = seen
        return seen

    async def _asked(self, workspace: str, token: bytes, *, is_key: bool) -> Seen | None:
        asked = QUERIES["by_key" if is_key else "by_session"](token=token, workspace=workspace)
        async with self._db.reading(platform(), workspace) as tx:
            row = await tx.row(asked)
            if row is None:
                return None
            if is_key:
                await tx.run(QUERIES["touch_key"](id=row[5]))
            viewer = await _viewer(tx, row, zone=self._zone_of(workspace))
        return Seen(
            viewer=viewer,
            login=row[2],
            token=token,
            key=row[5],
            ends=_seconds(row[4]),
            stale=time() + MINUTE,
        )


async def viewer_of(tx: Tx, login: str, *, zone: str) -> Viewer | None:
    """Give a person by login, for the command line, which trusts whoever sits at the machine."""
    row = await tx.row(QUERIES["by_login"](login=login))
    return await _viewer(tx, row, zone=zone) if row else None


async def viewer_by_id(tx: Tx, id: UUID, *, zone: str) -> Viewer | None:  # noqa: A002 - what it is
    """Give a person by id, for a job that works on their behalf."""
    row = await tx.row(QUERIES["by_id"](id=id))
    return await _viewer(tx, row, zone=zone) if row else None


async def _viewer(tx: Tx, row: Row, *, zone: str) -> Viewer:
    id_, name, _login, language, _ends, key = row
    place = await tx.row(QUERIES["place_of"](id=id_))
    roles, departments, below, above, under, personal = place or ((), (), (), (), (), None)
    return Viewer(
        id=id_,
        name=name,
        roles=frozenset(roles),
        departments=tuple(departments),
        below=frozenset(below),
        above=frozenset(above),
        subordinates=frozenset(under) - {id_},
        personal=personal or "",
        language=language,
        source="api" if key else "ui",
        zone=zone,
    )


def _seconds(moment: datetime | None) -> float:
    return moment.timestamp() if moment else float("inf")
