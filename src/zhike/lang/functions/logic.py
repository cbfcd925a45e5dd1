"""Functions that choose: IF, IFS, SWITCH, COALESCE."""

from zhike.kernel.sql import Sql, joined, sql
from zhike.lang.functions.function import TRUTHS, Function, Parameter, doc, shows

CONDITION = Parameter(name="condition", accepts=TRUTHS, condition=True)
RESULT = Parameter(name="result", result=True)


def _if(condition: Sql, then: Sql, other: Sql | None = None) -> Sql:
    if other is None:
        return sql("CASE WHEN {condition} THEN {then} END", condition=condition, then=then)
    return sql(
        "CASE WHEN {condition} THEN {then} ELSE {other} END",
        condition=condition, then=then, other=other,
    )  # fmt: skip


def _ifs(*args: Sql) -> Sql:
    pairs = zip(args[::2], args[1::2], strict=True)
    cases = [
        sql("WHEN {condition} THEN {result}", condition=condition, result=result)
        for condition, result in pairs
    ]
    return sql("CASE {cases} END", cases=joined(cases, by=" "))


def _switch(value: Sql, *args: Sql) -> Sql:
    pairs = list(zip(args[::2], args[1::2], strict=False))
    cases = joined(
        [sql("WHEN {one} THEN {result}", one=one, result=result) for one, result in pairs], by=" "
    )
    if len(args) % 2 == 0:
        return sql("CASE {value} {cases} END", value=value, cases=cases)
    return sql("CASE {value} {cases} ELSE {other} END", value=value, cases=cases, other=args[-1])


LOGIC = (
    Function(
        name="IF",
        parameters=(CONDITION, RESULT, Parameter(name="otherwise", result=True, optional=True)),
        gives="common",
        sql=_if,
        doc=doc(
            "条件成立时取第一个结果，否则取第二个",
            "The first result if the condition holds, else the second",
        ),
        examples=shows(('IF(1 < 2, "a", "b")', "a"), ("IF(empty > 2, 1)", None)),
    ),
    Function(
        name="IFS",
        parameters=(CONDITION, RESULT),
        repeats=2,
        gives="common",
        sql=_ifs,
        doc=doc(
            "取第一个成立的条件所对应的结果",
            "The result beside the first condition that holds",
        ),
        examples=shows(('IFS(1 > 2, "a", 2 > 1, "b")', "b"), ('IFS(false, "a", true, "b")', "b")),
    ),
    Function(
        name="SWITCH",
        parameters=(
            Parameter(name="value"),
            Parameter(name="case"),
            RESULT,
            Parameter(name="otherwise", result=True, optional=True),
        ),
        repeats=2,
        gives="common",
        sql=_switch,
        doc=doc(
            "取与值相等的那一项所对应的结果，都不相等时取最后单独的一个",
            "The result beside the case that equals the value, else the lone last one",
        ),
        examples=shows(
            ('SWITCH(2, 1, "one", 2, "two")', "two"),
            ('SWITCH(3, 1, "one", 2, "two", "many")', "many"),
        ),
    ),
    Function(
        name="COALESCE",
        parameters=(RESULT,),
        repeats=1,
        gives="common",
        sql=lambda *args: sql("coalesce({args})", args=joined(args)),
        doc=doc("取第一个不为空的值", "The first value that is not empty"),
        examples=shows(("COALESCE(empty, 3, 4)", "3"), ("COALESCE(empty, empty)", None)),
    ),
)
