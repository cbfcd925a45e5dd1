"""A company with the shipped CRM: installed, staffed and served, with real PostgreSQL."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.served import CHEAP, PASSWORD, Served, launched

from zhike.db import create_workspace
from zhike.doors.http import create
from zhike.kernel.viewer import platform
from zhike.packs import shipped
from zhike.store.accounts import Passwords, People, add_department
from zhike.store.regions import load_regions

Staff = Mapping[str, tuple[str, str]]
"""By login: the role and the department."""


@asynccontextmanager
async def company(
    database_url: str, home: Path, *, workspace: str, staff: Staff
) -> AsyncIterator[Served]:
    """Open a workspace of its own with the CRM and some people in it."""
    async with launched(database_url, home) as system:
        await create_workspace(system.db, workspace)
        async with system.db.transaction(platform(), workspace) as tx:
            await load_regions(tx)
            await shipped.install(tx, "crm")
        snapshot = await system.catalog.snapshot(workspace)
        people = People(roles=snapshot.roles, passwords=Passwords(CHEAP))
        ids = {}
        async with system.db.transaction(platform(), workspace) as tx:
            places = {
                name: str(await add_department(tx, {"name": name}))
                for name in sorted({place for _, place in staff.values()})
            }
            for login, (role, place) in staff.items():
                given = {
                    "login": login,
                    "name": login,
                    "password": PASSWORD,
                    "roles": [role],
                    "departments": [{"id": places[place], "main": True}],
                }
                ids[login] = str(await people.add(tx, given))
        await system.workspaces.load()
        yield Served(system=system, workspace=workspace, app=create(system), ids=ids)
