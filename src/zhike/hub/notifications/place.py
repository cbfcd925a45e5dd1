"""
How far a log was told of, and how far it may be read by now.

A number of a log is given out before its row can be seen, and rows do not become visible in the
order of their numbers. So a log is read up to the number given out last only once everybody who was
writing at that moment has ended: nothing is passed over, however late it commits. See
`store.trail.sealing`, which seals by the same rule.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zhike.kernel.queries import load
from zhike.kernel.sql import sql
from zhike.kernel.tx import Tx
from zhike.store.trail import LOGS

QUERIES = load(Path(__file__).with_name("queries.sql"))
SLICE = 50_000
"""So many numbers of a log are looked through in one transaction."""

Followed = Literal["changes", "operations"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """What of a log is to be told now: everything after one number, up to another one."""

    after: int
    upto: int
    more: bool
    """Whether there is more behind it, now or soon."""


async def stretch(tx: Tx, log: Followed) -> Stretch | None:
    """
    Give what of a log may be told now, None if somebody else is at it.

    It wants a transaction that has written nothing yet: its own number has to be given after the
    last one of the log was looked at.
    """
    if not await tx.value(QUERIES["turn"](log=log)):
        return None
    row = await tx.row(QUERIES["place"](log=log))
    given = await _given(tx, log)
    if row is None or given <= row[0]:
        upto = row[0] if row else 0
        return Stretch(after=upto, upto=upto, more=False)
    upto, mark, passed, marked_at = row
    barrier = await tx.value(QUERIES["barrier"]())
    final = mark if mark is not None and passed and mark > upto else upto
    if await tx.value(QUERIES["passed"](barrier=barrier)):
        final = given
    elif final > upto or mark is None or mark <= upto or marked_at > int(barrier):
        # One that is yet to come was set in another cluster, before a dump was restored here.
        await tx.run(QUERIES["set_mark"](log=log, mark=given, barrier=barrier))
    until = min(final, upto + SLICE)
    return Stretch(after=upto, upto=until, more=until < given)


async def move(tx: Tx, log: Followed, upto: int) -> None:
    """Everything up to here is told of, in this very transaction."""
    await tx.run(QUERIES["move"](log=log, upto=upto))


async def _given(tx: Tx, log: Followed) -> int:
    """Give the number of a log that was given out last."""
    statement = sql(
        "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {counter}",
        counter=LOGS[log].counter,
    )
    given: int = await tx.value(statement)
    return given
