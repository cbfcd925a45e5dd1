"""A library whose people share what they own, served once for all tests of this folder."""

import pytest
from tests.integration.handover.leaving import House
from tests.served import ALL, served

from zhike.doors.system import System

OWN = {"read": "own", "create": True, "update": "own", "delete": "own"}
ROLES = {
    "author": {"book": OWN, "loan": OWN, "reader": OWN},
    "guest": {
        "book": {"read": "own", "fields": {"price": "hidden", "remark": "masked"},
                 "other_fields": "read"},
    },
    "lender": {"book": {"read": "all", "update": "none", "share": "all"}},
    "giver": {"book": {"read": "all", "update": "none", "transfer": "all"}},
    "keeper": {"book": {**OWN, "fields": {"owner": "read"}}, "loan": OWN},
    "clerk": {"book": ALL, "loan": ALL, "reader": ALL},
    "nobody": {"loan": {"read": "own"}},
}  # fmt: skip


@pytest.fixture(scope="session")
async def house(system: System) -> House:
    library = await served(system, "sharing")
    ada = await library.signed_in("ada")
    trusting = {"kind": "security", "key": "main", "admins_see_records": True}
    documents = [("security", "main", trusting)]
    documents += [
        ("role", key, {"kind": "role", "key": key, "label": key, "objects": objects})
        for key, objects in ROLES.items()
    ]
    for kind, key, body in documents:
        answer = await ada.put(f"/api/v1/config/{kind}/{key}", json=body)
        assert answer.is_success, answer.text
    return House(served=library, ada=ada)
