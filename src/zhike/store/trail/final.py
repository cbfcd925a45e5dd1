"""
What of a log is final: up to where no row can turn up any more, however late somebody commits.

Sequence numbers are given out before a row is there, and transactions end in any order. So
everything up to the number given out last is final once every transaction that was under way at
that moment has ended. Until then that number is remembered as a mark, with the transaction number
(the barrier) that all of them are older than.
"""

from dataclasses import dataclass

from zhike.kernel.sql import sql
from zhike.kernel.tx import Tx
from zhike.store.trail.logs import Log
from zhike.store.trail.queries import QUERIES


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is going to be final."""

    upto: int
    passed: bool
    """Whether everybody has ended who was under way when it was set."""
    barrier: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Final:
    """How much of a log is final, and what to remember."""

    upto: int
    given: int
    """The number given out last: that of the new mark, if there is to be one."""
    barrier: str | None = None
    """The barrier of a new mark; None to leave the old one, if any."""


async def final(tx: Tx, log: Log, *, after: int, mark: Mark | None) -> Final:
    """
    Give how much of a log is final by now, `after` if no more than that was before.

    It wants a transaction that has written nothing yet: its own number, which is the barrier, has
    to be given after the last one of the log was looked at.
    """
    given: int = await tx.value(
        sql(
            "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {counter}",
            counter=log.counter,
        )
    )
    if given <= after:
        return Final(upto=after, given=given)
    barrier: str = await tx.value(QUERIES["barrier"]())
    if await tx.value(QUERIES["passed"](barrier=barrier)):
        return Final(upto=given, given=given)
    if mark is None or mark.upto <= after:
        return Final(upto=after, given=given, barrier=barrier)
    # A barrier that is yet to come was set in another cluster, before a dump was restored here.
    stale = mark.barrier > int(barrier)
    return Final(
        upto=mark.upto if mark.passed else after,
        given=given,
        barrier=barrier if mark.passed or stale else None,
    )
