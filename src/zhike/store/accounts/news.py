"""Changes of people wait for each other, and every process hears of them."""

from zhike.kernel.tx import Tx
from zhike.store.accounts.queries import QUERIES


async def lock_people(tx: Tx) -> None:
    """Have other changes of people wait until this transaction ends."""
    await tx.run(QUERIES["lock_people"](workspace=tx.workspace))


async def tell(tx: Tx) -> None:
    """Let every process forget whom it knows here, once this transaction is committed."""
    await tx.run(QUERIES["tell_people"](payload=f"{tx.workspace} people"))
