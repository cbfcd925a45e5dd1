"""
One PostgreSQL for the whole session, one database per worker, and a clean workspace for every test.

The server is the embedded one, shared by all workers in the way in which all processes of a home
share it. It does not wait for the disk: what it holds is thrown away.
"""

import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from tests.served import launched, new_database

from zhike.db import Database, create_workspace, drop_workspace, migrate
from zhike.db.conversation import Conversation
from zhike.db.embedded import Membership, join
from zhike.doors.system import System
from zhike.kernel.settings import Settings
from zhike.kernel.viewer import platform

# How long an example takes says how busy the machine is; what must be quick is measured apart.
settings.register_profile("patient", parent=settings(), deadline=None)
settings.load_profile("patient")
settings.register_profile("thorough", max_examples=2000, deadline=None)

WORKSPACE = "main"
QUICK = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nshared_buffers = 128MB\n"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Membership]:
    """The server of this session; the workers of pytest-xdist share it."""
    shared = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    home = Path(tempfile.gettempdir()) / f"zhike-tests-{shared or os.getpid()}"
    (home / "pg").mkdir(parents=True, exist_ok=True)
    (home / "pg" / "local.conf").write_text(QUICK, encoding="ascii")
    membership = join(home)
    yield membership
    membership.leave()
    if not membership.server_lives():
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def database_url(server: Membership, worker_id: str) -> str:
    """A database of this worker's own."""
    return new_database(server, f"test_{worker_id}_{os.getpid()}")


@pytest.fixture(scope="session")
async def database(database_url: str) -> AsyncIterator[Database]:
    """A migrated database with the workspace `main`; what a test commits in it stays."""
    async with Database(Settings(database_url=database_url)) as opened:
        await migrate(opened)
        await create_workspace(opened, WORKSPACE)
        yield opened


@pytest.fixture(scope="session")
async def system(
    database: Database, database_url: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[System]:
    """
    The application's system on this worker's database. There is one, and one home that goes with
    it: whoever serves the database seals the logs of all workspaces with the key of its home.
    """
    async with launched(database_url, tmp_path_factory.mktemp("home")) as running:
        yield running


@pytest.fixture
async def tx(database: Database) -> AsyncIterator[Conversation]:
    """A transaction of the platform in `main` that is undone afterwards."""
    wanted = RuntimeError("the test is over")
    try:
        async with database.transaction(platform(), WORKSPACE) as opened:
            yield opened
            raise wanted
    except RuntimeError as met:
        if met is not wanted:
            raise


@pytest.fixture
async def workspace(database: Database) -> AsyncIterator[str]:
    """A workspace of this test's own, for what has to be committed."""
    slug = "test_" + os.urandom(6).hex()
    await create_workspace(database, slug)
    yield slug
    await drop_workspace(database, slug)
