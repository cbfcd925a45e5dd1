"""What was typed for the values that records have now, where the log keeps it."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

import orjson

from zhike.hub.standardize.again.ledger import QUERIES
from zhike.kernel.tx import Tx
from zhike.meta import Field, Json


async def typed(
    tx: Tx, obj: str, fields: Sequence[Field], records: Collection[Mapping[str, Json]]
) -> Mapping[str, Mapping[str, Json]]:
    """
    Give by record (as JSON shows them) and field what was typed.

    A value that was changed since, by whatever way, has nothing that was typed for it.
    """
    known = {one.key: one for one in fields if one.kind.keeps_raw}
    if not known or not records:
        return {}
    now = {str(one["id"]): one for one in records}
    rows = await tx.rows(
        QUERIES["typed"](object=obj, keys=list(known), records=[UUID(one) for one in now])
    )
    found: dict[str, dict[str, Json]] = {}
    for record, key, raw, value in rows:
        field = known[key]
        kept = orjson.loads(value)
        if raw is not None and field.kind.told(kept, field.settings) == now[str(record)].get(key):
            found.setdefault(str(record), {})[key] = orjson.loads(raw)
    return found
