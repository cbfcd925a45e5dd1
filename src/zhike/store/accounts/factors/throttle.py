"""
How often codes may go wrong, counted per person and for all addresses together: who comes this far
knows the password already, and may have many addresses.
"""

from uuid import UUID

from zhike.kernel.tx import Tx
from zhike.store.accounts.sessions.queries import QUERIES

FREE, FIRST_LOCK, LONGEST_LOCK = 10, 60, 900


async def lock_of_codes(tx: Tx, account: UUID) -> int:
    """Give the seconds for which no code of this person is looked at."""
    return int(await tx.value(QUERIES["lock_left"](keys=[_key(account)])))


async def count_code(tx: Tx, account: UUID) -> None:
    """Count a wrong code."""
    await tx.run(
        QUERIES["count_failure"](
            keys=[_key(account)], free=[FREE], shortest=[FIRST_LOCK], longest=[LONGEST_LOCK]
        )
    )


async def forget_codes(tx: Tx, account: UUID) -> None:
    """Forget what went wrong before a right code."""
    await tx.run(QUERIES["forget_failures"](keys=[_key(account)]))


def _key(account: UUID) -> str:
    return f"code {account}"
