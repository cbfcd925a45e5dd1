"""Functions of numbers. What mathematics does not define is empty, never an error."""

from zhike.kernel.sql import Sql, joined, sql
from zhike.lang.functions.function import NUMBERS, Function, Parameter, doc, shows

NUMBER = Parameter(name="number", accepts=NUMBERS)


def _rounded(number: Sql, digits: Sql | None = None) -> Sql:
    if digits is None:
        return sql("round({number})", number=number)
    return sql("round({number}, {digits})", number=number, digits=digits)


NUMBERS_OF = (
    Function(
        name="ABS",
        parameters=(NUMBER,),
        gives="first",
        sql=lambda number: sql("abs({number})", number=number),
        doc=doc("绝对值", "The number without its sign"),
        examples=shows(("ABS(-3.5)", "3.5"), ("ABS(empty)", None)),
    ),
    Function(
        name="ROUND",
        parameters=(
            NUMBER,
            Parameter(name="digits", accepts=NUMBERS, optional=True, whole=range(-20, 21)),
        ),
        gives="first",
        sql=_rounded,
        doc=doc(
            "四舍五入到若干位小数（默认 0 位，负数表示小数点前）",
            "The number rounded to some decimals (0 if not said, negative before the point)",
        ),
        examples=shows(
            ("ROUND(2.345, 2)", "2.35"), ("ROUND(2.5)", "3"), ("ROUND(1250, -2)", "1300")
        ),
    ),
    Function(
        name="FLOOR",
        parameters=(NUMBER,),
        gives="first",
        sql=lambda number: sql("floor({number})", number=number),
        doc=doc("向下取整", "The next whole number below"),
        examples=shows(("FLOOR(2.7)", "2"), ("FLOOR(-2.1)", "-3")),
    ),
    Function(
        name="CEIL",
        parameters=(NUMBER,),
        gives="first",
        sql=lambda number: sql("ceil({number})", number=number),
        doc=doc("向上取整", "The next whole number above"),
        examples=shows(("CEIL(2.1)", "3"), ("CEIL(-2.7)", "-2")),
    ),
    Function(
        name="POWER",
        parameters=(NUMBER, Parameter(name="exponent", accepts=NUMBERS)),
        gives="number",
        sql=lambda number, exponent: sql(
            "zhike.power({number}, {exponent})", number=number, exponent=exponent
        ),
        doc=doc("乘方；无意义或过大时为空", "A power; empty if undefined or too large"),
        examples=shows(("POWER(2, 10)", "1024"), ("POWER(0, -1)", None), ("POWER(9, 9999)", None)),
    ),
    Function(
        name="SQRT",
        parameters=(NUMBER,),
        gives="number",
        sql=lambda number: sql("zhike.root({number})", number=number),
        doc=doc("平方根；负数时为空", "The square root; empty for a negative number"),
        examples=shows(("SQRT(9)", "3"), ("SQRT(-1)", None)),
    ),
    Function(
        name="MOD",
        parameters=(NUMBER, Parameter(name="divisor", accepts=NUMBERS)),
        gives="first",
        sql=lambda number, divisor: sql(
            "mod({number}, NULLIF({divisor}, 0))", number=number, divisor=divisor
        ),
        doc=doc("余数；除数为零时为空", "The remainder; empty if the divisor is zero"),
        examples=shows(("MOD(7, 3)", "1"), ("MOD(7, 0)", None)),
    ),
    Function(
        name="MIN2",
        parameters=(Parameter(name="value", result=True), Parameter(name="other", result=True)),
        repeats=1,
        gives="common",
        sql=lambda *args: sql("least({args})", args=joined(args)),
        doc=doc("几个值中最小的一个，空值不计", "The least of some values, empty ones aside"),
        examples=shows(("MIN2(3, 5)", "3"), ("MIN2(empty, 5)", "5")),
    ),
    Function(
        name="MAX2",
        parameters=(Parameter(name="value", result=True), Parameter(name="other", result=True)),
        repeats=1,
        gives="common",
        sql=lambda *args: sql("greatest({args})", args=joined(args)),
        doc=doc("几个值中最大的一个，空值不计", "The greatest of some values, empty ones aside"),
        examples=shows(("MAX2(3, 5, 4)", "5"), ("MAX2(empty, empty)", None)),
    ),
)
