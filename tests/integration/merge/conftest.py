"""A desk in a library whose tables are there, inside a transaction that is undone."""

import pytest
from tests.lending import Desk, furnish, lending

from zhike.db.conversation import Conversation


@pytest.fixture
async def desk(tx: Conversation) -> Desk:
    """Anna at the desk."""
    snapshot = lending()
    await furnish(tx, snapshot)
    return Desk(tx=tx, snapshot=snapshot)
