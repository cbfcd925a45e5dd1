"""The library in which one thing is done to many records, served once for all tests here."""

import pytest
from tests.integration.handover.leaving import House
from tests.integration.sweep.shelves import Shelves
from tests.served import ALL, served

from zhike.doors.system import System

OWN = {"read": "own", "create": True, "update": "own", "delete": "own"}
ROLES = {
    "author": {"book": OWN, "loan": OWN, "reader": OWN},
    "giver": {"book": {"read": "all", "update": "none", "transfer": "own"}},
    "binner": {"book": {**ALL, "update": "none"}},
    "keeper": {"book": ALL, "reader": {**ALL, "merge": "all"}},
    "onlooker": {"book": {"read": "all"}},
}


@pytest.fixture(scope="session")
async def shelves(system: System) -> Shelves:
    library = await served(system, "sweeping")
    ada = await library.signed_in("ada")
    trusting = {"kind": "security", "key": "main", "admins_see_records": True}
    assert (await ada.put("/api/v1/config/security/main", json=trusting)).is_success
    for key, objects in ROLES.items():
        role = {"kind": "role", "key": key, "label": key, "objects": objects}
        assert (await ada.put(f"/api/v1/config/role/{key}", json=role)).is_success
    return Shelves(served=library, ada=ada)


@pytest.fixture
def house(shelves: Shelves) -> House:
    """Give the same library, to put single books on somebody's shelf."""
    return House(served=shelves.served, ada=shelves.ada)
