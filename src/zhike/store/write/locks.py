"""
Locks on keys, so that of two writers of the same customer one waits and then sees the other's.

They are PostgreSQL's advisory locks and last until the transaction ends.
"""

from collections.abc import Collection
from hashlib import blake2b

from zhike.kernel.sql import Sql, blank, sql
from zhike.kernel.tx import Tx

MANY = 256
"""
From so many keys on the object is locked as a whole: PostgreSQL's table of locks is not made for
thousands.
"""

SETTLED = sql(
    "set_config('plan_cache_mode', 'force_generic_plan', true)"
    " || set_config('enable_seqscan', 'off', true)"
)
"""
How the rest of the transaction is planned: once, and through indexes.

What is asked here always concerns few records by their keys, whatever the values; planning it anew
would take longer than doing it. And a plan that reads the whole table, made while it is small,
would be kept while an import fills it.
"""

SETTLE = sql("SELECT {settled}", settled=SETTLED)

WHOLE = sql(
    "SELECT pg_advisory_xact_lock({whole}), {settled}",
    whole=blank("whole", "bigint"),
    settled=SETTLED,
)
EACH = sql(
    "SELECT pg_advisory_xact_lock_shared({whole}), {settled} UNION ALL"
    " SELECT pg_advisory_xact_lock(k), NULL FROM unnest({numbers}) AS k",
    whole=blank("whole", "bigint"),
    numbers=blank("numbers", "bigint[]"),
    settled=SETTLED,
)


def locked(tx: Tx, object_: str, keys: Collection[str]) -> list[Sql]:
    """
    Give the statement that locks some keys of an object, or none if there is nothing to lock.

    Everybody locks the object first (shared, or alone if there are many keys), then the keys in one
    order.
    """
    if not keys:
        return []
    whole = _number(tx.workspace, object_)
    if len(keys) >= MANY:
        return [WHOLE.filled(whole=whole)]
    numbers = sorted({_number(tx.workspace, object_, key) for key in keys})
    return [EACH.filled(whole=whole, numbers=numbers)]


def _number(*words: str) -> int:
    digest = blake2b("\0".join(words).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
