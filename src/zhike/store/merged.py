"""
Who answers for records that were merged: an old id leads to the one they became part of.

A merged record lies in the recycle bin as it was. Nothing but undoing the merge takes it out.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from zhike.kernel.faults import Conflict
from zhike.kernel.sql import Sql, param, sql
from zhike.kernel.tx import Tx
from zhike.kernel.words import Words


class MergedAway(Conflict):
    """This record was merged into another one."""

    code = "S941"
    zh = "该记录已合并到另一条记录"
    hint = Words(zh="如需恢复，请撤销合并", en="undo the merge to get it back")


async def survivors(tx: Tx, obj: str, ids: Collection[UUID]) -> Mapping[UUID, UUID]:
    """Say which of some records were merged, and who answers for them now."""
    if not ids:
        return {}
    rows = await tx.rows(
        sql(
            "SELECT m.record, m.survivor FROM ({merged}) AS m WHERE m.record = ANY({ids})",
            merged=merged(obj),
            ids=param(sorted(ids), "uuid[]"),
        )
    )
    return dict(rows)


def merged(obj: str) -> Sql:
    """Give the statement of all records of an object that were merged: `record`, `survivor`."""
    return sql(
        "SELECT record, survivor FROM zk_merge_part WHERE object = {object} AND active",
        object=param(obj, "text"),
    )


def parts(obj: str, record: Sql) -> Sql:
    """Give the statement of the ids for which one record answers: its own, and of its parts."""
    return sql(
        "SELECT {record} AS id UNION ALL SELECT m.record FROM ({merged}) AS m"
        " WHERE m.survivor = {record}",
        record=record,
        merged=merged(obj),
    )
