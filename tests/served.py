"""
A library that is served: the whole application, with real documents, people and PostgreSQL.

What stands here commits; every test that changes something makes its own records.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from argon2 import PasswordHasher
from psycopg import sql as text
from tests.library import ALL, BOOK, CARD, LOAN, READER

from zhike.bootstrap import build
from zhike.db import create_workspace
from zhike.db.embedded import Membership
from zhike.doors.http import create
from zhike.doors.system import System
from zhike.kernel.settings import Settings
from zhike.kernel.viewer import platform
from zhike.packs import Wish, apply, located
from zhike.store.accounts import Passwords, People, add_department

PASSWORD = "open sesame"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Tests sign in often; what they test is not how slow that is."""

READER_WITH_PHONE = {
    **READER,
    "fields": [
        {**one, "kind": "phone"} if one["key"] == "phone" else one for one in READER["fields"]
    ],
}

LIBRARIAN: Mapping[str, Any] = {
    "kind": "role",
    "key": "librarian",
    "label": {"zh": "馆员", "en": "Librarian"},
    "objects": {
        "book": {**ALL, "delete": "none"},
        "reader": {
            **ALL,
            "export": "none",
            "fields": {"phone": "masked", "balance": "hidden"},
        },
        "card": ALL,
        "loan": ALL,
    },
}
VOLUNTEER: Mapping[str, Any] = {
    "kind": "role",
    "key": "volunteer",
    "label": {"zh": "志愿者", "en": "Volunteer"},
    "objects": {
        "book": {"read": "all", "other_fields": "read"},
        "reader": {"read": "own", "create": True, "update": "own", "import": True},
        "loan": {"read": "own", "create": True},
    },
}
REGISTRAR: Mapping[str, Any] = {
    "kind": "role",
    "key": "registrar",
    "label": {"zh": "人事", "en": "Registrar"},
    "people": True,
}
ADMIN: Mapping[str, Any] = {
    "kind": "role",
    "key": "admin",
    "label": {"zh": "管理员", "en": "Administrator"},
    "configure": True,
    "people": True,
    "other_objects": ALL,
}
SECURITY: Mapping[str, Any] = {"kind": "security", "key": "main", "admins_see_records": True}
SAME_PHONE: Mapping[str, Any] = {
    "kind": "match",
    "key": "reader",
    "object": "reader",
    "keys": [{"fields": ["phone"]}],
}
BOOK_WITH_SCAN = {
    **BOOK,
    "fields": [*BOOK["fields"], {"key": "scan", "kind": "attachment", "label": "扫描件"}],
}
OBJECTS = [{"kind": "object", **one} for one in (BOOK_WITH_SCAN, READER_WITH_PHONE, CARD, LOAN)]
DOCUMENTS = [*OBJECTS, SAME_PHONE, LIBRARIAN, VOLUNTEER, REGISTRAR, ADMIN, SECURITY]

STAFF: Mapping[str, str] = {
    "ada": "admin",
    "lin": "librarian",
    "vic": "volunteer",
    "val": "volunteer",
    "reg": "registrar",
}


def new_database(server: Membership, name: str) -> str:
    """Make an empty database on the server of this run; give its address."""
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(text.SQL("CREATE DATABASE {}").format(text.Identifier(name)))
    return psycopg.conninfo.make_conninfo(server.url, dbname=name)


@asynccontextmanager
async def launched(database_url: str, home: Path) -> AsyncIterator[System]:
    """Open the application's system, which hears what others change and hashes cheaply."""
    built = build(Settings(database_url=database_url, home=home))
    async with replace(built, passwords=Passwords(CHEAP)) as running:
        await running.attend()
        yield running


@dataclass(frozen=True, kw_only=True)
class Served:
    """A running application and the keys of its people."""

    system: System
    workspace: str
    app: Any
    ids: dict[str, str] = field(default_factory=dict)

    def client(self, **headers: str) -> httpx.AsyncClient:
        """Give a client of this workspace that nobody has signed in with."""
        transport = httpx.ASGITransport(self.app, client=("10.1.2.3", 5000))
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return httpx.AsyncClient(
            transport=transport,
            base_url="http://zhike.test",
            headers={"x-workspace": self.workspace, **names},
        )

    async def signed_in(self, login: str, **headers: str) -> httpx.AsyncClient:
        """Give a client that somebody has signed in with."""
        client = self.client(**headers)
        given = {"login": login, "password": PASSWORD}
        answer = await client.post("/api/v1/auth/login", json=given)
        assert answer.status_code == 200, answer.text
        return client


def of_module(workspace: str, request: pytest.FixtureRequest) -> str:
    """Name a workspace that only the tests of one module use."""
    return f"{workspace}_{request.module.__name__.rpartition('.')[2].removeprefix('test_')}"


async def served(system: System, workspace: str) -> Served:
    """Put the library into a workspace and open its doors."""
    await create_workspace(system.db, workspace)
    async with system.db.transaction(platform(), workspace) as tx:
        await apply(tx, Wish(documents=located(DOCUMENTS)))
    roles = (await system.catalog.snapshot(workspace)).roles
    people = People(roles=roles, passwords=Passwords(CHEAP))
    ids = {}
    async with system.db.transaction(platform(), workspace) as tx:
        hall = await add_department(tx, {"name": "大厅"})
        for login, role in STAFF.items():
            given = {
                "login": login,
                "name": login.title(),
                "password": PASSWORD,
                "roles": [role],
                "departments": [{"id": str(hall), "main": True}],
            }
            ids[login] = str(await people.add(tx, given))
    await system.workspaces.load()
    return Served(system=system, workspace=workspace, app=create(system), ids=ids)
