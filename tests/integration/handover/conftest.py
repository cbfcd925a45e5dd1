"""The library whose people come and go, served once for all tests of this folder."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.integration.handover.leaving import House
from tests.served import CHEAP, served

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
    built = build(Settings(database_url=database_url, home=Path(home)))
    async with replace(built, passwords=Passwords(CHEAP)) as opened:
        await opened.attend()
        yield opened


@pytest.fixture(scope="session")
async def house(system: System) -> House:
    library = await served(system, "leaving")
    ada = await library.signed_in("ada")
    trusting = {"kind": "security", "key": "main", "admins_see_records": True}
    assert (await ada.put("/api/v1/config/security/main", json=trusting)).is_success
    return House(served=library, ada=ada)
