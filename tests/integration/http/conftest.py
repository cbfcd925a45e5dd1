"""The library, served once for all tests of this folder."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from tests.served import Served, of_module, served

from zhike.bootstrap import build
from zhike.doors.system import System
from zhike.kernel.settings import Settings


@pytest.fixture(scope="session")
async def second(
    system: System, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[System]:
    """Another process of the same installation, as far as PostgreSQL can tell."""
    home = tmp_path_factory.mktemp("second")
    async with build(Settings(database_url=database_url, home=Path(home))) as opened:
        await opened.attend()
        yield opened


@pytest.fixture(scope="module")
async def library(system: System, request: pytest.FixtureRequest) -> Served:
    """A library of the module's own: what its tests do to people is nothing to the others."""
    return await served(system, of_module("library", request))


@pytest.fixture(scope="module")
async def ada(library: Served) -> httpx.AsyncClient:
    """The administrator."""
    return await library.signed_in("ada")


@pytest.fixture(scope="module")
async def lin(library: Served) -> httpx.AsyncClient:
    """A librarian: sees every reader, phones masked, no balances."""
    return await library.signed_in("lin")


@pytest.fixture(scope="module")
async def vic(library: Served) -> httpx.AsyncClient:
    """A volunteer: sees only the readers he owns."""
    return await library.signed_in("vic")
