"""
Retention: what is older than its log is kept for leaves it, whole sealed periods at a time.

Their seals stay, so that the chain still holds; that they were taken out is signed like a seal.
"""

from zhike.kernel.tx import Tx
from zhike.store.trail.key import SealKey
from zhike.store.trail.logs import Log
from zhike.store.trail.notes import note
from zhike.store.trail.queries import QUERIES
from zhike.store.trail.seals import cleared_said


async def clear(tx: Tx, log: Log, key: SealKey, *, months: int) -> int:
    """Take out every sealed period that is older than some months; give the number of rows."""
    if not months:
        return 0
    await tx.run(QUERIES["sealing_turn"](log=log.key))
    period = await tx.row(QUERIES["period"](log=log.key, months=months))
    if period is None:
        return 0
    number, last = period
    rows = int(
        await tx.value(QUERIES["clear_log"](workspace=tx.workspace, table=log.table, upto=last))
    )
    at = await tx.value(QUERIES["moment"]())
    mac = key.sign(cleared_said(tx.workspace, log.key, number=number, rows=rows, at=at))
    await tx.run(
        QUERIES["add_cleared"](log=log.key, number=number, rows=rows, key=key.name, mac=mac, at=at)
    )
    told = {"log": log.key, "seal": number, "rows": rows, "months": months}
    note(tx, "log.cleared", object="log", target=log.key, new=told)
    return rows
