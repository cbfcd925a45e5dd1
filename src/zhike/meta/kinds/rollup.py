"""A value computed from the records that look at this one."""

from typing import Any, ClassVar

from zhike.kernel.words import Words
from zhike.meta.kinds.formula import COLUMNS, Formula, FormulaSettings
from zhike.meta.kinds.kind import Settled


class RollupSettings(FormulaSettings):
    """The expression over a relation: `SUM(orders.amount, status = "已完成")`. Always stored."""


class Rollup(Formula):
    """The sum of a customer's orders: kept with the customer, right after every change."""

    name = "rollup"
    label = Words(zh="汇总", en="roll-up")
    settings: ClassVar[Settled] = RollupSettings
    display = "rollup"

    def column(self, settings: Any) -> str:
        return COLUMNS[settings.result or "text"]
