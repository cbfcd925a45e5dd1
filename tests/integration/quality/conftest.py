"""A desk where readers are judged, inside a transaction that is undone."""

import pytest
from tests.integration.quality.judging import judging
from tests.lending import Desk, furnish

from zhike.db.conversation import Conversation


@pytest.fixture
async def desk(tx: Conversation) -> Desk:
    """A desk where readers are judged."""
    snapshot = judging()
    await furnish(tx, snapshot)
    return Desk(tx=tx, snapshot=snapshot)
