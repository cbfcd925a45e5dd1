"""
A desk in a library whose tables are there, inside a transaction that is undone; and a library that
is served, once for all tests of this folder.
"""

import httpx
import pytest
from tests.integration.handover.leaving import House
from tests.lending import Desk, furnish, lending
from tests.served import ALL, served

from zhike.db.conversation import Conversation
from zhike.doors.system import System

ROLES = {
    "keeper": {"reader": {**ALL, "merge": "all"}, "loan": ALL, "book": ALL, "card": ALL},
    "own": {"reader": {"read": "own", "update": "own", "merge": "own", "create": True}},
    "seeing": {"reader": {"read": "all", "update": "own", "merge": "own"}},
    "masked": {
        "reader": {
            "read": "all", "update": "all", "merge": "all",
            "fields": {"phone": "masked", "balance": "hidden"},
        },
    },
}  # fmt: skip


@pytest.fixture
async def desk(tx: Conversation) -> Desk:
    """Anna at the desk."""
    snapshot = lending()
    await furnish(tx, snapshot)
    return Desk(tx=tx, snapshot=snapshot)


@pytest.fixture(scope="session")
async def house(system: System) -> House:
    library = await served(system, "merging")
    ada = await library.signed_in("ada")
    documents = [
        {"kind": "role", "key": key, "label": key, "objects": objects}
        for key, objects in ROLES.items()
    ]
    for body in documents:
        answer = await ada.put(f"/api/v1/config/role/{body['key']}", json=body)
        assert answer.is_success, answer.text
    return House(served=library, ada=ada)


@pytest.fixture(scope="session")
async def ada(house: House) -> httpx.AsyncClient:
    """The administrator."""
    return house.ada
