"""A library of this folder's own, in which people sign in by more than a password."""

from collections.abc import Awaitable, Callable, Iterator

import httpx
import pytest
from tests.integration.sign_in.crooked import Crooked, crooked_provider
from tests.integration.sign_in.guests import allowed, entered, told
from tests.served import PASSWORD, Served, served

from zhike.doors.system import System
from zhike.kernel.sql import sql
from zhike.kernel.viewer import platform

Person = tuple[httpx.AsyncClient, str, str]
"""A signed-in client, its login and its id."""


@pytest.fixture(scope="session")
async def library(system: System) -> Served:
    return await served(system, "turnstile")


@pytest.fixture(scope="session")
async def ada(library: Served) -> httpx.AsyncClient:
    """The administrator."""
    return await entered(library, "ada")


@pytest.fixture(autouse=True)
async def forgiven(library: Served) -> None:
    """What went wrong in another test is not counted in this one."""
    async with library.system.db.transaction(platform(), library.workspace) as tx:
        await tx.run(sql("DELETE FROM zhike.attempt"))


@pytest.fixture
async def hired(library: Served, ada: httpx.AsyncClient) -> Callable[..., Awaitable[Person]]:
    """Hire somebody new, who signs in by https at once."""

    async def hire(login: str, *roles: str) -> Person:
        given = {
            "login": login,
            "name": login.title(),
            "password": PASSWORD,
            "roles": list(roles or ["volunteer"]),
        }
        made = await ada.post("/api/v1/users", json=given)
        assert made.status_code == 201, made.text
        return await entered(library, login), login, made.json()["id"]

    return hire


@pytest.fixture(scope="session")
def running() -> Iterator[Crooked]:
    """An identity provider that can be told to lie."""
    with crooked_provider() as crooked:
        yield crooked


@pytest.fixture
async def liar(library: Served, ada: httpx.AsyncClient, running: Crooked) -> Crooked:
    """The provider that lies, honest so far, and known to the library as `liar`."""
    running.honest()
    running.asked.clear()
    library.system.providers._metadata.clear()
    library.system.providers._keys.clear()
    await allowed(ada)
    await told(ada, key="liar", issuer=running.issuer)
    return running
