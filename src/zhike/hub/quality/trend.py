"""
How the scores went, day by day, out of the book of days.

The book knows of past records only whom they belonged to. So a viewer is told of those that they
see by that alone: everything, or what belongs to certain people and departments. What they see for
another reason (a share, a condition on other fields) is left out: who knows what it was then.
"""

from collections.abc import Sequence

from zhike.access import Policy
from zhike.kernel.sql import Sql, ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.meta.quality import PARTS, SCORE

DAYS = 90
COLUMNS = {key: key.removeprefix("quality_") for key in (SCORE, *PARTS)}


async def trend(tx: Tx, held: Policy, obj: str, told: Sequence[str]) -> list[dict[str, Json]]:
    """Give the days lately, the latest last, with the averages of the scores that are told."""
    seen = _seen(held, obj, told)
    if seen is None:
        return []
    rows = await tx.rows(
        sql(
            "SELECT t.day, sum(t.records)::bigint, {averages} FROM zk_quality_day AS t"
            " WHERE t.object = {object} AND t.day > current_date - {days}"
            " AND {seen} GROUP BY t.day ORDER BY t.day",
            averages=joined(
                sql("round(sum({one}) / sum(t.records))::integer", one=ident("t", COLUMNS[key]))
                for key in told
            ),
            object=param(obj, "text"),
            days=param(DAYS, "integer"),
            seen=seen,
        )
    )
    return [
        {"day": row[0], "records": row[1], **dict(zip(told, row[2:], strict=True))} for row in rows
    ]


def _seen(held: Policy, obj: str, told: Sequence[str]) -> Sql | None:
    """Give the condition on a line of the book; None if there can be none."""
    if any(held.plain(obj, key, "t") for key in told):
        return None
    return held.belonging(obj, "t")
