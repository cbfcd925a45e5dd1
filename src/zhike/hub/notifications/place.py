"""
How far a log was told of, and how far it may be read by now.

A log is read up to where it is final (`store.trail.final`): nothing is passed over, however late it
commits.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.store.trail import LOGS, Mark, final

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
    if row is None:
        return None
    upto, mark, passed, barrier = row
    known = Mark(upto=mark, passed=passed, barrier=barrier) if mark is not None else None
    found = await final(tx, LOGS[log], after=upto, mark=known)
    if found.barrier:
        await tx.run(QUERIES["set_mark"](log=log, mark=found.given, barrier=found.barrier))
    until = min(found.upto, upto + SLICE)
    return Stretch(after=upto, upto=until, more=until < found.given)


async def move(tx: Tx, log: Followed, upto: int) -> None:
    """Everything up to here is told of, in this very transaction."""
    await tx.run(QUERIES["move"](log=log, upto=upto))
