"""With whom records are shared, taken apart by grantee, so that merges can give it and take it."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

import orjson

from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.shares.grantees import QUERIES

Held = Mapping[str, Json]
"""What is shared of one record: by `grantee` or `grantee team`, how far and until when."""
TEAM = " team"


async def held(tx: Tx, obj: str, records: Collection[UUID]) -> Mapping[UUID, Held]:
    """Give what is shared of some records."""
    found: dict[UUID, dict[str, Json]] = {one: {} for one in records}
    for record, grantee, team, told in await tx.rows(
        QUERIES["held"](object=obj, records=sorted(records))
    ):
        found[record][grantee + TEAM if team else grantee] = orjson.loads(told)
    return found


async def put(tx: Tx, obj: str, wanted: Mapping[UUID, Held]) -> None:
    """Have records be shared as is said for each grantee; None: not at all."""
    rows = [
        _row(record, key, told) for record, held in wanted.items() for key, told in held.items()
    ]
    gone = [one for one in rows if one["level"] is None]
    kept = [one for one in rows if one["level"] is not None]
    if gone:
        await tx.run(QUERIES["cut"](object=obj, shares=orjson.dumps(gone).decode()))
    if kept:
        await tx.run(QUERIES["put"](object=obj, shares=orjson.dumps(kept).decode()))


def member(user: UUID, *, by: UUID | None) -> tuple[str, Json]:
    """Give the share of somebody in a record's team who may read it."""
    told = {"level": "read", "until": None, "reason": "", "by": str(by) if by else None, "at": None}
    return f"user:{user}{TEAM}", told


def _row(record: UUID, key: str, told: Json) -> dict[str, Any]:
    grantee = key.removesuffix(TEAM)
    row = {"record": str(record), "grantee": grantee, "team": grantee != key}
    return {**row, **(told or {"level": None})}
