"""What fields hold now, so that more can be put into those that hold lists."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.kernel.tx import Tx
from zhike.meta import Object
from zhike.store import read
from zhike.store.read import read_query


async def held_by(
    tx: Tx, rights: Policy, obj: Object, *, ids: Sequence[UUID], keys: Sequence[str]
) -> Mapping[UUID, Mapping[str, Any]]:
    """Give what some fields of records (1,000 at most) hold now, as the viewer sees them."""
    among = {"op": "in", "args": [{"field": "id"}, [str(one) for one in ids]]}
    asked = {"where": among, "select": ["id", *keys], "limit": len(ids), "order": "id"}
    page = orjson.loads(await read.page(tx, rights, obj.key, read_query(asked)))
    return {UUID(one["id"]): {key: one[key] for key in keys} for one in page["items"]}


def joined(
    more: Mapping[str, Sequence[Any]], held: Mapping[str, Any] | None
) -> Mapping[str, Sequence[Any]]:
    """Give what a record holds then: what it had, and what is new."""
    return {
        name: [*(old := (held or {}).get(name) or ()), *(one for one in some if one not in old)]
        for name, some in more.items()
    }
