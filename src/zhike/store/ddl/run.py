"""Puts a plan's questions to the database, and does its steps."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace

from zhike.kernel.faults import problem
from zhike.kernel.sql import Sql
from zhike.kernel.tx import Tx
from zhike.store.ddl.convert import carry, survey
from zhike.store.ddl.step import Convert, Refresh, Step, WouldClash

Refresher = Callable[[Tx, Refresh], Awaitable[None]]
"""Derives something from all records of an object; given by those who know how."""


async def measured(tx: Tx, steps: Iterable[Step]) -> tuple[Step, ...]:
    """Give the steps with what they would touch and lose, as the database stands now."""
    found = [await _measured(tx, one) for one in steps]
    return tuple(one for one in found if one.deeds or one.rows or one.lost or one.problems)


async def perform(tx: Tx, steps: Sequence[Step], *, refresh: Refresher) -> None:
    """Do the steps, in order, inside the caller's transaction."""
    for step in steps:
        for deed in step.deeds:
            match deed:
                case Sql():
                    await tx.run(deed)
                case Convert():
                    await carry(tx, deed)
                case Refresh():
                    await refresh(tx, deed)


async def _measured(tx: Tx, step: Step) -> Step:
    ask = step.ask
    if ask.rows is not None:
        step = replace(step, rows=int(await tx.value(ask.rows)))
    if ask.lost is not None:
        step = replace(step, lost=int(await tx.value(ask.lost)))
    if ask.converted is not None and step.rows:
        told = await survey(tx, ask.converted)
        step = replace(step, lost=told.lost, examples=told.examples)
    if ask.examples is not None and step.lost:
        rows = await tx.rows(ask.examples)
        step = replace(step, examples=tuple(str(row[0]) for row in rows))
    if ask.clashes is not None:
        values = "、".join(str(row[0]) for row in await tx.rows(ask.clashes))
        if values:
            told_of = problem(WouldClash, at=step.id, values=values, what=step.says)
            step = replace(step, problems=(told_of,))
    return step
