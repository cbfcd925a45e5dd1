"""
The first step: what the viewer may do at all, and with which of the records that are to change.

Names of fields are judged where their values are read. Conditions on records are judged by PostgreSQL,
in the statement that locks the records.
"""

from zhike.kernel.tx import Tx
from zhike.store.batch import Batch
from zhike.store.write import look


async def authorise(batch: Batch, tx: Tx) -> Batch:
    """
    Refuse what the viewer may not do, and look at the records to change.

    The batch as a whole is refused if no record of the object could be treated so; an entry, if its
    record cannot.
    """
    key, policy = batch.object.key, batch.policy
    policy.demand(key, "delete" if batch.action == "restore" else batch.action)
    if batch.source == "import":
        policy.demand(key, "import")
    return await look(batch, tx, action=batch.action)
