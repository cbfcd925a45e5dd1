"""Two workspaces of one installation, full of marked things."""

import pytest
from tests.security.doors.vault import Vault, stocked
from tests.served import served

from zhike.doors.system import System

OTHER = "ZZOTHERZZ"


@pytest.fixture(scope="session")
async def vault(system: System) -> Vault:
    return await stocked(await served(system, "vault"))


@pytest.fixture(scope="session")
async def neighbour(system: System, vault: Vault) -> Vault:
    return await stocked(await served(system, "neighbour"), OTHER)
