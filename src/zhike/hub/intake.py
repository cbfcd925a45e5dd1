"""
The only way in: every record that is written, from whatever door, walks these steps in this order.

One record is a batch of one. Nothing happens to a batch that is not in the tuple.
"""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from zhike.hub.authorise import authorise
from zhike.hub.children import persist_all
from zhike.hub.confirm import confirmed
from zhike.hub.decide import decide, filled, parted, reconsidered
from zhike.hub.identity import identify, recognise
from zhike.hub.standardize import standardize
from zhike.kernel.tx import Tx
from zhike.store.batch import Batch
from zhike.store.write import announce

Step = Callable[[Batch, Tx], Awaitable[Batch]]


async def persist(batch: Batch, tx: Tx) -> Batch:
    """
    Write the records, and look back at them where the viewer's roles ask for it; the rows of their
    sub-tables walk the same steps from the beginning.
    """
    return await confirmed(batch, tx, write=partial(persist_all, walk=take_in))


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


GATHERING: tuple[Step, ...] = tuple(
    one for step in INTAKE for one in ((parted, step) if step is decide else (step,))
)
"""
The same way for records that several callers want made at the same moment, as far as they are new.
"""

REHEARSAL: tuple[Step, ...] = (authorise, standardize, identify, decide)
"""What would become of a batch: every step that judges, none that writes."""

CHECKING: tuple[Step, ...] = (authorise, standardize, reconsidered, recognise, filled)
"""What is said of a record that is not to be saved yet; it needs no transaction."""

ALONE: tuple[Step, ...] = (authorise, standardize, decide)
"""What is wrong with records by themselves, whoever they may turn out to be the same as."""
