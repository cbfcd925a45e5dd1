"""The library whose people come and go, served once for all tests of this folder."""

import pytest
from tests.integration.handover.leaving import House
from tests.served import served

from zhike.doors.system import System


@pytest.fixture(scope="session")
async def house(system: System) -> House:
    library = await served(system, "leaving")
    ada = await library.signed_in("ada")
    trusting = {"kind": "security", "key": "main", "admins_see_records": True}
    assert (await ada.put("/api/v1/config/security/main", json=trusting)).is_success
    return House(served=library, ada=ada)
