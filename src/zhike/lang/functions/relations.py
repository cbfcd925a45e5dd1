"""
Functions over the records that a relation leads to: `NAME(relation[.field][, condition])`.

Field and condition speak of the related record; the asker's permissions decide which ones there
are.
"""

from collections.abc import Callable, Mapping

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.lang.functions.function import (
    TRUTHS,
    Example,
    Function,
    Gives,
    Parameter,
    doc,
    shows,
)
from zhike.lang.types import NUMERIC, ORDERED
from zhike.meta.kinds.kind import Type

RELATION = Parameter(name="relation")
FIELD = Parameter(name="relation.field")
NUMBER_FIELD = Parameter(name="relation.field", accepts=NUMERIC)
ORDERED_FIELD = Parameter(name="relation.field", accepts=ORDERED)
CONDITION = Parameter(name="condition", accepts=TRUTHS, condition=True, optional=True)


def _count(value: Sql | None = None) -> Sql:
    if value is None:
        return sql("count(*)::numeric")
    return sql("count({value})::numeric", value=value)


def _listed(value: Sql) -> Sql:
    return sql("NULLIF(array_remove(array_agg({value}), NULL), '{}')", value=value)


def _over(name: str, words: Words, field: Parameter, gives: Gives, *examples: Example) -> Function:
    made: Mapping[str, Callable[..., Sql]] = {
        "COUNT": _count,
        "SUM": lambda value: sql("coalesce(sum({value}), 0)", value=value),
        "AVG": lambda value: sql("avg({value})", value=value),
        "MIN": lambda value: sql("min({value})", value=value),
        "MAX": lambda value: sql("max({value})", value=value),
        "LATEST": lambda value: value,
        "FIRST": lambda value: value,
        "LIST": _listed,
        "EXISTS": lambda: sql("true"),
    }
    item: Type | None = "text" if name == "LIST" else None
    return Function(
        name=name,
        parameters=(field, CONDITION),
        gives=gives,
        item=item,
        sql=made[name],
        form="relation",
        doc=words,
        examples=examples,
    )


RELATIONS = (
    _over(
        "COUNT",
        doc("关联记录的数量", "How many related records there are"),
        RELATION,
        "number",
        *shows(("COUNT(loans)", "3"), ("COUNT(loans, fee > 2)", "1")),
    ),
    _over(
        "SUM",
        doc("关联记录某字段之和；没有记录时为 0", "The sum over related records; 0 if none"),
        NUMBER_FIELD,
        "first",
        *shows(("SUM(loans.fee)", "6.5"), ('SUM(loans.fee, state = "lost")', "0")),
    ),
    _over(
        "AVG",
        doc("关联记录某字段的平均值", "The average over related records"),
        NUMBER_FIELD,
        "first",
        *shows(
            ("ROUND(AVG(loans.fee), 2)", "3.25"),
        ),
    ),
    _over(
        "MIN",
        doc("关联记录某字段的最小值", "The least value among related records"),
        ORDERED_FIELD,
        "first",
        *shows(
            ("MIN(loans.fee)", "1.5"),
        ),
    ),
    _over(
        "MAX",
        doc("关联记录某字段的最大值", "The greatest value among related records"),
        ORDERED_FIELD,
        "first",
        *shows(
            ("MAX(loans.due)", "2026-03-01"),
        ),
    ),
    _over(
        "LATEST",
        doc(
            "最新一条关联记录的字段值；日期字段取最晚的",
            "The field of the newest related record that has it; of dates the latest",
        ),
        FIELD,
        "first",
        *shows(("LATEST(loans.due)", "2026-03-01"), ("LATEST(loans.state)", "open")),
    ),
    _over(
        "FIRST",
        doc(
            "最早一条关联记录的字段值；日期字段取最早的",
            "The field of the oldest related record that has it; of dates the earliest",
        ),
        FIELD,
        "first",
        *shows(("FIRST(loans.due)", "2026-01-10"), ("FIRST(loans.state)", "returned")),
    ),
    _over(
        "LIST",
        doc("关联记录某字段的所有值", "All values of a field among related records"),
        FIELD,
        "list",
        *shows(
            ('LIST(loans.state) has "open"', "true"),
        ),
    ),
    _over(
        "EXISTS",
        doc("是否有（符合条件的）关联记录", "Whether there is a related record (that …)"),
        RELATION,
        "boolean",
        *shows(("EXISTS(loans)", "true"), ("EXISTS(loans, fee > 100)", "false")),
    ),
)
