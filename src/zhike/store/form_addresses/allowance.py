"""How often a public form may be sent in a minute, counted in PostgreSQL for all processes."""

from math import ceil
from uuid import UUID

from zhike.kernel.faults import TooMany
from zhike.kernel.tx import Tx
from zhike.store.form_addresses.queries import QUERIES

MINUTE = 60


class SentTooOften(TooMany):
    """This form was sent too often; try again in {seconds} seconds."""

    code = "S951"
    zh = "提交过于频繁，请在 {seconds} 秒后再试"


async def spend(tx: Tx, key: UUID, per_minute: int) -> None:
    """Spend one sending of whatever a key stands for, or refuse it and say when to come again."""
    statement = QUERIES["spend_sending"](key=key, per_minute=per_minute)
    given, free = await tx.row(statement) or (0, 0.0)
    if not given:
        raise SentTooOften(seconds=max(1, ceil((1 - float(free)) * MINUTE / per_minute)))
