"""
The only way in: every record that is written, from whatever door, walks these steps in this order.

One record is a batch of one. Nothing happens to a batch that is not in the tuple.
"""

from collections.abc import Awaitable, Callable, Sequence

from zhike.hub.authorise import authorise
from zhike.hub.decide import decide
from zhike.hub.identity import identify
from zhike.hub.standardize import standardize
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch
from zhike.store.write import announce, persist

Step = Callable[[Batch, Tx], Awaitable[Batch]]

INTAKE: tuple[Step, ...] = (authorise, standardize, identify, decide, persist, announce)


async def take_in(batch: Batch, tx: Tx, *, steps: Sequence[Step] = INTAKE) -> Batch:
    """
    Walk one batch through every step, in order, inside the door's transaction.

    Entries that are refused stay in the batch with their problems and are passed over by the later
    steps. A fault that is raised concerns the whole batch, and the transaction with it.
    """
    for step in steps:
        batch = await step(batch, tx)
    return batch
