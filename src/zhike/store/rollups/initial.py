"""
What the roll-ups of a new record are before anything hangs on it: mostly empty, a count is zero.
"""

from collections.abc import Mapping

from zhike.kernel.sql import ident, joined, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object, Snapshot
from zhike.store.rollups.follow import value
from zhike.store.rollups.web import web


async def initial(snapshot: Snapshot, object_: Object, tx: Tx) -> Mapping[str, Json]:
    """
    Give the values that are not empty, asked for once per snapshot.

    Roll-ups that read fields of their own record are left to be computed once it is written.
    """
    key = ("initial", object_.key)
    known: Mapping[str, Json] | None = snapshot.memo.get(key)
    if known is None:
        known = snapshot.memo[key] = await _asked(snapshot, object_, tx)
    return known


async def _asked(snapshot: Snapshot, object_: Object, tx: Tx) -> Mapping[str, Json]:
    own = web(snapshot).of(object_.key)
    keys = [
        one.key
        for one in object_.fields.values()
        if one.kind.name == "rollup" and one.key not in own
    ]
    if not keys:
        return {}
    row = await tx.row(
        sql(
            "SELECT {values} FROM (SELECT NULL::uuid AS id) AS p",
            values=joined(
                sql("({one})::text AS {key}", one=value(snapshot, object_.key, key), key=ident(key))
                for key in keys
            ),
        )
    )
    return {key: one for key, one in zip(keys, row or (), strict=False) if one is not None}
