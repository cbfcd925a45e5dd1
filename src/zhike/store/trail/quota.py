"""How often somebody may look behind a mask, and for what."""

from collections.abc import Sequence
from uuid import UUID

from zhike.kernel.tx import Tx
from zhike.meta import SecuritySpec
from zhike.store.trail.faults import NoReason, TooManyReveals
from zhike.store.trail.notes import note
from zhike.store.trail.queries import QUERIES

SHORTEST = 2
"""Characters of a reason."""


async def spend_reveals(
    tx: Tx,
    rules: SecuritySpec,
    record: tuple[str, UUID],
    *,
    fields: Sequence[str],
    label: str,
) -> None:
    """
    Note that masked values of one record are looked at in full, unless somebody did so too often.

    The reason is that of `tx.origin`. One person is counted in one place at a time, whatever they
    ask at once.
    """
    if rules.reveals.reason and len(tx.origin.reason.strip()) < SHORTEST:
        raise NoReason(at="reason", least=SHORTEST)
    actor = str(tx.viewer.id)
    _, rows = await tx.several(
        [QUERIES["reveal_turn"](actor=actor), QUERIES["reveals"](actor=actor)]
    )
    spent, seconds = rows[0]
    most = rules.reveals.per_day
    if spent + len(fields) > most:
        raise TooManyReveals(most=most, left=max(0, most - spent), seconds=max(1, seconds or 86400))
    told = {"fields": list(fields), "count": len(fields)}
    note(tx, "field.revealed", object=record[0], target=record[1], label=label, new=told)
