"""The reading club with a base to export, in a workspace of each test's own."""

from pathlib import Path

import pytest
from tests.integration.export.desk import Desk, opened

from zhike.db import Database


@pytest.fixture
async def desk(database: Database, workspace: str, tmp_path: Path) -> Desk:
    return await opened(database, workspace, tmp_path)
