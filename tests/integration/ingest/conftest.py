"""A club of this test's own."""

from pathlib import Path

import pytest
from tests.integration.ingest.club import Club, founded

from zhike.db import Database


@pytest.fixture
async def club(database: Database, workspace: str, tmp_path: Path) -> Club:
    return await founded(database, workspace, tmp_path)
