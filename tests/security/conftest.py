"""The same library as in tests/integration/http, in a workspace of its own."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from tests.served import CHEAP, Served, served

from zhike.bootstrap import build
from zhike.db import Database
from zhike.doors.system import System
from zhike.kernel.settings import Settings
from zhike.store.accounts import Passwords


@pytest.fixture(scope="session")
async def system(
    database: Database, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[System]:
    home = tmp_path_factory.mktemp("home")
    built = build(Settings(database_url=database_url, home=home))
    async with replace(built, passwords=Passwords(CHEAP)) as opened:
        await opened.attend()
        yield opened


@pytest.fixture(scope="session")
async def library(system: System) -> Served:
    return await served(system, "fortress")


@pytest.fixture(scope="session")
async def annex(system: System, library: Served) -> Served:
    """Another workspace of the same installation, with people of the same names."""
    return await served(system, "annex")


@pytest.fixture(scope="session")
async def ada(library: Served) -> httpx.AsyncClient:
    return await library.signed_in("ada")
