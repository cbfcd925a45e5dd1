"""
The same library as in tests/integration/http, in workspaces of its own.

Each module has its own two: what its tests do to people and sessions is nothing to the others.
"""

import httpx
import pytest
from tests.served import Served, of_module, served

from zhike.doors.system import System


@pytest.fixture(scope="module")
async def library(system: System, request: pytest.FixtureRequest) -> Served:
    return await served(system, of_module("fortress", request))


@pytest.fixture(scope="module")
async def annex(system: System, library: Served, request: pytest.FixtureRequest) -> Served:
    """Another workspace of the same installation, with people of the same names."""
    return await served(system, of_module("annex", request))


@pytest.fixture(scope="module")
async def ada(library: Served) -> httpx.AsyncClient:
    return await library.signed_in("ada")
