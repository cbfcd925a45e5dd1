"""A workspace whose logs are written, sealed, tampered with and verified."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import orjson
import psycopg
import pytest
from tests.integration.trail.club import opened
from tests.served import Served

from zhike.db import Database
from zhike.doors.system import System
from zhike.kernel.sql import sql, vetted
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import Viewer, platform
from zhike.store import trail
from zhike.store.trail import LOGS, SealKey, Verdict, seal_key

ANNA = Viewer(id=UUID(int=0xA), name="安娜", source="api")


class Undone(Exception):
    """What ends a transaction that shall come to nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Books:
    """The logs of one workspace, and the key they are sealed with."""

    db: Database
    workspace: str
    home: Path
    url: str

    @property
    def key(self) -> SealKey:
        """The key of this installation."""
        return seal_key(self.home)

    async def write(self, count: int = 1, *, act: str = "user.changed") -> None:
        """Write operations, each in a transaction of its own."""
        for number in range(count):
            async with self.db.transaction(ANNA, self.workspace) as tx:
                trail.note(tx, act, object="user", target=str(number), new={"n": number})

    async def events(self, count: int, *, record: int = 1) -> None:
        """Write events of records, all in one transaction."""
        async with self.db.transaction(platform(), self.workspace) as tx:
            await tx.run(
                sql(
                    "INSERT INTO zk_event (source, object, record, kind, new)"
                    " SELECT 'api', 'book', lpad({record}, 32, '0')::uuid, 'updated',"
                    " jsonb_build_object('title', '书' || n) FROM generate_series(1, {count}) AS n",
                    record=vetted(f"'{record}'"),
                    count=vetted(str(count)),
                )
            )

    async def seal_at_once(
        self, log: str = "operations", *, key: SealKey | None = None, **more: bool
    ) -> int:
        """Seal what is final at this moment; give the number of new seals."""
        async with self.db.transaction(platform(), self.workspace) as tx:
            return len(await trail.seal(tx, LOGS[log], key or self.key, **more))

    async def seal(self, log: str = "operations", **more: Any) -> int:
        """Seal everything, waiting for whatever else is under way on the server."""
        count = 0
        for _ in range(1500):
            count += await self.seal_at_once(log, **more)
            async with self.db.reading(platform(), self.workspace) as tx:
                if not await trail.waiting(tx, LOGS[log]):
                    return count
            await asyncio.sleep(0.02)
        raise AssertionError("somebody on the server never ends")

    async def until_sealed(self, count: int, log: str = "operations") -> None:
        """Seal until there are so many new seals, and no more."""
        for _ in range(1500):
            count -= await self.seal_at_once(log)
            if count <= 0:
                return
            await asyncio.sleep(0.02)
        raise AssertionError("somebody on the server never ends")

    async def undone(self, deed: Callable[[Tx], Awaitable[object]]) -> None:
        """Do something in a transaction that comes to nothing."""
        with contextlib.suppress(Undone):
            async with self.db.transaction(ANNA, self.workspace) as tx:
                await deed(tx)
                raise Undone

    async def verdict(self, log: str = "operations", **more: object) -> Verdict:
        """Verify a log."""
        keys = more.pop("keys", None) or {self.key.name: self.key}
        async with self.db.reading(platform(), self.workspace) as tx:
            return await trail.verify(tx, LOGS[log], keys, **more)

    async def found(self, log: str = "operations") -> list[str]:
        """Verify a log; give the kinds of what was found, with their seals."""
        return [f"{one.kind} {one.seal}" for one in (await self.verdict(log)).findings]

    def tamper(self, *statements: str) -> None:
        """Do what somebody does who owns the database but not the key: triggers are off."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'SET search_path = "ws_{self.workspace}", zhike'.encode())
            connection.execute("SET session_replication_role = replica")
            for one in statements:
                connection.execute(one.encode())

    def refused(self, statement: str) -> str:
        """Do what somebody does in a hurry, as the owner of the tables; give what is said."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'SET search_path = "ws_{self.workspace}", zhike'.encode())
            with pytest.raises(psycopg.Error) as met:
                connection.execute(statement.encode())
        return str(met.value)

    def asked(self, question: str) -> Sequence[tuple[object, ...]]:
        """Ask the database something plainly."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'SET search_path = "ws_{self.workspace}", zhike'.encode())
            return connection.execute(question.encode()).fetchall()


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    """Looks into the operation log of a workspace."""

    system: System
    workspace: str

    async def of(self, act: str, **facts: str) -> list[Mapping[str, Any]]:
        """Give the entries of an act (`user.` for all that begin so), the oldest first."""
        wanted = trail.Wanted(act=act, limit=1000, **facts)
        async with self.system.db.reading(platform(), self.workspace) as tx:
            found = await trail.entries(tx, "operations", wanted)
        return [orjson.loads(orjson.dumps(one)) for one in reversed(found)]


@pytest.fixture
async def books(database: Database, database_url: str, workspace: str, tmp_path: Path) -> Books:
    """The logs of a workspace of this test's own."""
    return Books(db=database, workspace=workspace, home=tmp_path, url=database_url)


@pytest.fixture(scope="session")
async def club(system: System) -> Served:
    """The library with its members."""
    return await opened(system, "club")


@pytest.fixture(scope="session")
async def tess(club: Served) -> httpx.AsyncClient:
    """Sees everything plainly."""
    return await club.signed_in("tess")


@pytest.fixture(scope="session")
async def cleo(club: Served) -> httpx.AsyncClient:
    """Sees phones and identities masked, may reveal phones."""
    return await club.signed_in("cleo")


@pytest.fixture(scope="session")
async def aud(club: Served) -> httpx.AsyncClient:
    """Reads the logs."""
    return await club.signed_in("aud")


@pytest.fixture
def notes(system: System, club: Served) -> Notes:
    """What is noted in the operation log from now on."""
    return Notes(system=system, workspace=club.workspace)
