"""
What has no name in the language: operators and quiet conversions, as entries like every function.

`date` columns and bare dates are compared as days, moments as moments; these entries lead from one
to the other in the session's time zone.
"""

from zhike.kernel.sql import Sql, sql
from zhike.kernel.words import Words
from zhike.lang.functions.function import Function

SILENT = Words(zh="", en="")


def _day(moment: Sql) -> Sql:
    return sql("{moment}::date", moment=moment)


def _midnight(day: Sql) -> Sql:
    return sql("{day}::timestamptz", day=day)


def _next_midnight(day: Sql) -> Sql:
    return sql("({day} + 1)::timestamptz", day=day)


def _joined(left: Sql, right: Sql) -> Sql:
    return sql("NULLIF(coalesce({left}, '') || coalesce({right}, ''), '')", left=left, right=right)


DAY_OF = Function(name="day of", gives="date", sql=_day, immutable=False, doc=SILENT)
MIDNIGHT = Function(name="midnight", gives="datetime", sql=_midnight, immutable=False, doc=SILENT)
NEXT_MIDNIGHT = Function(
    name="next midnight", gives="datetime", sql=_next_midnight, immutable=False, doc=SILENT
)

NUMBER_TEXT = Function(
    name="text of a number",
    sql=lambda one: sql("trim_scale({one})::text", one=one),
    doc=SILENT,
)
DATE_TEXT = Function(
    name="text of a date",
    sql=lambda one: sql("to_char({one}, 'YYYY-MM-DD')", one=one),
    immutable=False,
    doc=SILENT,
)
DATETIME_TEXT = Function(
    name="text of a moment",
    sql=lambda one: sql("to_char({one}, 'YYYY-MM-DD HH24:MI')", one=one),
    immutable=False,
    doc=SILENT,
)
BOOLEAN_TEXT = Function(
    name="text of a truth",
    sql=lambda one: sql("CASE {one} WHEN true THEN '是' WHEN false THEN '否' END", one=one),
    doc=SILENT,
)
REGION_TEXT = Function(
    name="text of a region",
    sql=lambda one: sql("(SELECT path FROM zhike.region WHERE code = {one})", one=one),
    immutable=False,
    doc=SILENT,
)
LIST_TEXT = Function(
    name="text of a list",
    sql=lambda one: sql("array_to_string({one}, '、')", one=one),
    immutable=False,
    doc=SILENT,
)

NEGATIVE = Function(
    name="negative", gives="number", sql=lambda one: sql("(- {one})", one=one), doc=SILENT
)
JOIN = Function(name="&", sql=_joined, doc=SILENT)
PLUS = Function(
    name="+",
    gives="number",
    sql=lambda left, right: sql("({left} + {right})", left=left, right=right),
    doc=SILENT,
)
MINUS = Function(
    name="-",
    gives="number",
    sql=lambda left, right: sql("({left} - {right})", left=left, right=right),
    doc=SILENT,
)
TIMES = Function(
    name="*",
    gives="number",
    sql=lambda left, right: sql("({left} * {right})", left=left, right=right),
    doc=SILENT,
)
DIVIDE = Function(
    name="/",
    gives="number",
    sql=lambda left, right: sql("({left} / NULLIF({right}, 0))", left=left, right=right),
    doc=SILENT,
)
MODULO = Function(
    name="%",
    gives="number",
    sql=lambda left, right: sql("mod({left}, NULLIF({right}, 0))", left=left, right=right),
    doc=SILENT,
)

LATER = Function(
    name="later",
    gives="date",
    sql=lambda day, span: sql("zhike.moved({day}, {span})", day=day, span=span),
    doc=SILENT,
)
EARLIER = Function(
    name="earlier",
    gives="date",
    sql=lambda day, span: sql("zhike.moved({day}, - {span})", day=day, span=span),
    doc=SILENT,
)
LATER_MOMENT = Function(
    name="later moment",
    gives="datetime",
    sql=lambda moment, span: sql("zhike.moved({moment}, {span})", moment=moment, span=span),
    immutable=False,
    doc=SILENT,
)
EARLIER_MOMENT = Function(
    name="earlier moment",
    gives="datetime",
    sql=lambda moment, span: sql("zhike.moved({moment}, - {span})", moment=moment, span=span),
    immutable=False,
    doc=SILENT,
)
DAYS_AS_SPAN = Function(
    name="days",
    gives="duration",
    sql=lambda days: sql("zhike.days({days})", days=days),
    doc=SILENT,
)
DAYS_BETWEEN = Function(
    name="days between",
    gives="duration",
    sql=lambda left, right: sql("make_interval(days => {left} - {right})", left=left, right=right),
    doc=SILENT,
)
SPAN_TIMES = Function(
    name="span times",
    gives="duration",
    sql=lambda span, number: sql("zhike.times({span}, {number})", span=span, number=number),
    doc=SILENT,
)
SPAN_DIVIDED = Function(
    name="span divided",
    gives="duration",
    sql=lambda span, number: sql(
        "zhike.times({span}, 1 / NULLIF({number}, 0))", span=span, number=number
    ),
    doc=SILENT,
)
