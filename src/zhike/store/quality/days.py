"""A book of days: how good the records of an object were, summed by whom they belong to."""

from zhike.kernel.sql import ident, joined, param, sql
from zhike.kernel.tx import Tx
from zhike.meta import Object
from zhike.meta.quality import PARTS, SCORE

KEPT_DAYS = 400


async def keep_day(tx: Tx, obj: Object) -> None:
    """Note how good the records are today; said again, the later word counts."""
    today = sql("current_date")
    whose = param(obj.key, "text")
    await tx.several(
        [
            sql(
                "DELETE FROM zk_quality_day WHERE object = {object} AND day = {today}",
                object=whose,
                today=today,
            ),
            sql(
                "INSERT INTO zk_quality_day SELECT {object}, {today}, owner, department, count(*),"
                " {sums} FROM {table} WHERE deleted_at IS NULL GROUP BY owner, department",
                object=whose,
                today=today,
                table=ident(obj.table),
                sums=joined(sql("sum({one})", one=ident(key)) for key in (SCORE, *PARTS)),
            ),
        ]
    )


async def forget_days(tx: Tx) -> None:
    """Let go of what is older than anybody looks back."""
    await tx.run(
        sql(
            "DELETE FROM zk_quality_day WHERE day < current_date - {days}",
            days=param(KEPT_DAYS, "integer"),
        )
    )
