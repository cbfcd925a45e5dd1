"""The library in which one thing is done to many records, served once for all tests here."""

import pytest
from tests.integration.sweep.shelves import Shelves
from tests.served import served

from zhike.doors.system import System


@pytest.fixture(scope="session")
async def shelves(system: System) -> Shelves:
    library = await served(system, "sweeping")
    ada = await library.signed_in("ada")
    trusting = {"kind": "security", "key": "main", "admins_see_records": True}
    assert (await ada.put("/api/v1/config/security/main", json=trusting)).is_success
    return Shelves(served=library, ada=ada)
