"""Long shelves of books, and what is done to all of them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from tests.served import PASSWORD, Served

from zhike.hub import sweep
from zhike.hub.hands import Hands
from zhike.hub.sweep import Sweep
from zhike.kernel.sql import param, sql
from zhike.kernel.viewer import platform

API = "/api/v1"
BOOKS = f"{API}/records/book"
MANY = 1_205
"""More than one request is for."""


@dataclass(frozen=True, kw_only=True)
class Shelves:
    """A library with room for any number of books."""

    served: Served
    ada: httpx.AsyncClient
    """The administrator, who sees everything."""

    @property
    def hands(self) -> Hands:
        """What a job is lent."""
        return self.served.system.hands

    async def hire(self, role: str) -> tuple[str, httpx.AsyncClient]:
        """Hire somebody new; give their id, and a client."""
        login = f"s{os.urandom(5).hex()}"
        given = {"login": login, "name": login, "password": PASSWORD, "roles": [role]}
        made = await self.ada.post(f"{API}/users", json=given)
        assert made.status_code == 201, made.text
        return made.json()["id"], await self.served.signed_in(login)

    async def fill(self, count: int = MANY, *, owner: str | None = None) -> str:
        """Put books on a shelf of their own; give the condition that finds them."""
        shelf = os.urandom(5).hex()
        statement = sql(
            "INSERT INTO book (title, genre, pages, owner) SELECT {shelf} || ' ' || n,"
            " (ARRAY['小说', '历史', '科学'])[1 + n % 3], n % 3, {owner}"
            " FROM generate_series(1, {many}) AS n",
            shelf=param(shelf, "text"),
            owner=param(UUID(owner) if owner else None, "uuid"),
            many=param(count, "integer"),
        )
        async with self.served.system.db.transaction(platform(), self.served.workspace) as tx:
            await tx.run(statement)
        return f'title starts with "{shelf} "'

    async def count(self, where: str, *, deleted: bool = False) -> int:
        """Count books."""
        body = {"where": where, "count": "exact", "limit": 1, "deleted": deleted}
        counted: int = (await self.ada.post(f"{BOOKS}/query", json=body)).json()["count"]["value"]
        return counted

    async def run(self, id: str, *, chunk: int = 1_000, hands: Hands | None = None) -> Sweep:  # noqa: A002
        """Do what the worker does."""
        given = {"workspace": self.served.workspace, "chunk": chunk}
        return await sweep.run(hands or self.hands, UUID(id), **given)

    async def run_undo(
        self,
        id: str,  # noqa: A002
        *,
        chunk: int = 1_000,
        hands: Hands | None = None,
    ) -> Sweep:
        """Do what the worker does to take a sweep back."""
        given = {"workspace": self.served.workspace, "chunk": chunk}
        return await sweep.run_undo(hands or self.hands, UUID(id), **given)

    async def undo(self, id: str, *, client: httpx.AsyncClient | None = None) -> Mapping[str, Any]:  # noqa: A002
        """Take a sweep back, to its end: at once or by the job."""
        begun = await (client or self.ada).post(f"{API}/sweeps/{id}/undo")
        assert begun.is_success, begun.text
        if begun.status_code == 202:
            await self.run_undo(id)
        return await self.state(id, client=client)

    async def left(
        self,
        id: str,  # noqa: A002
        *,
        client: httpx.AsyncClient | None = None,
    ) -> Mapping[str | None, str]:
        """Give why records were left as they are, by record."""
        answer = await (client or self.ada).get(f"{API}/sweeps/{id}/refusals")
        return {
            one["record"] and one["record"]["id"]: one["errors"][0]["code"]
            for one in answer.json()["items"]
        }

    async def state(self, id: str, *, client: httpx.AsyncClient | None = None) -> Mapping[str, Any]:  # noqa: A002
        """Ask how far a sweep is."""
        answer = await (client or self.ada).get(f"{API}/sweeps/{id}")
        assert answer.status_code == 200, answer.text
        told: Mapping[str, Any] = answer.json()
        return told


def begun(answer: httpx.Response) -> str:
    """Give the id of the job that a request began."""
    assert answer.status_code == 202, answer.text
    told = answer.json()
    assert answer.headers["location"] == f"{API}/sweeps/{told['id']}"
    return str(told["id"])
