"""A library whose people are kept by a directory."""

import httpx
import pytest
from scim2_client.engines.asgi import ASGISCIMClient
from tests.served import Served, served

from zhike.doors.http.scim.models import PROVIDER
from zhike.doors.system import System


@pytest.fixture(scope="session")
async def library(system: System) -> Served:
    return await served(system, "directory")


@pytest.fixture(scope="session")
async def ada(library: Served) -> httpx.AsyncClient:
    return await library.signed_in("ada")


async def key_of(library: Served, login: str, *scopes: str) -> str:
    """Make an API key of somebody's."""
    client = await library.signed_in(login)
    given = {"name": "directory", **({"scopes": list(scopes)} if scopes else {})}
    made = await client.post("/api/v1/api-keys", json=given)
    assert made.status_code == 201, made.text
    return str(made.json()["key"])


@pytest.fixture(scope="session")
async def key(library: Served) -> str:
    """The key of the registrar, good for people and nothing else."""
    return await key_of(library, "reg", "*:people")


@pytest.fixture(scope="session")
async def raw(library: Served, key: str) -> httpx.AsyncClient:
    """A plain HTTP client of the directory."""
    client = library.client(authorization=f"Bearer {key}")
    client.base_url = httpx.URL("http://zhike.test/scim/v2")
    return client


@pytest.fixture
def scim(library: Served, key: str) -> ASGISCIMClient:
    """A real SCIM client against the running application."""
    return ASGISCIMClient(
        library.app,
        base_url="http://zhike.test/scim/v2",
        headers={"authorization": f"Bearer {key}", "x-workspace": library.workspace},
        provider=PROVIDER,
    )
