"""Functions of dates and times, in the time zone of the workspace. Weeks begin on Monday."""

from collections.abc import Mapping

from zhike.kernel.sql import Sql, sql
from zhike.lang.functions.function import (
    DATES,
    MOMENTS,
    NUMBERS,
    Function,
    Parameter,
    doc,
    shows,
)

DATE = Parameter(name="date", accepts=DATES)
MOMENT = Parameter(name="date", accepts=MOMENTS)

UNITS: Mapping[str, str] = {
    **{
        written: unit
        for unit in ("minute", "hour", "day", "week", "month", "quarter", "year")
        for written in (unit, f"{unit}s")
    },
    "分钟": "minute", "小时": "hour", "天": "day", "日": "day", "周": "week", "月": "month",
    "季度": "quarter", "年": "year",
}  # fmt: skip

CALENDAR: Mapping[str, str] = {
    word: unit for word, unit in UNITS.items() if unit not in {"minute", "hour"}
}


def _date(*args: Sql) -> Sql:
    match args:
        case (year, month, day):
            return sql("zhike.day({year}, {month}, {day})", year=year, month=month, day=day)
        case _:
            return sql("zhike.day({text})", text=args[0])


def _difference(start: Sql, end: Sql, unit: Sql | None = None) -> Sql:
    if unit is None:
        return sql("({end} - {start})::numeric", start=start, end=end)
    return sql("zhike.difference({start}, {end}, {unit})", start=start, end=end, unit=unit)


def _part(name: str, *, zh: str, en: str, gives: str) -> Function:
    parts = {
        "YEAR": lambda date: sql("extract(year FROM {date})", date=date),
        "MONTH": lambda date: sql("extract(month FROM {date})", date=date),
        "QUARTER": lambda date: sql("extract(quarter FROM {date})", date=date),
        "WEEK": lambda date: sql("extract(week FROM {date})", date=date),
        "WEEKDAY": lambda date: sql("extract(isodow FROM {date})", date=date),
    }
    return Function(
        name=name,
        parameters=(DATE,),
        gives="number",
        sql=parts[name],
        doc=doc(zh, en),
        examples=shows((f'{name}("2026-11-22")', gives)),
    )


DATES_OF = (
    Function(
        name="TODAY",
        gives="date",
        sql=lambda: sql("CURRENT_DATE"),
        immutable=False,
        doc=doc("今天的日期", "The date of today"),
        examples=shows(
            ("TODAY() - TODAY() = 0 days", "true"),
        ),
    ),
    Function(
        name="NOW",
        gives="datetime",
        sql=lambda: sql("now()"),
        immutable=False,
        doc=doc("现在的日期和时间", "The present moment"),
        examples=shows(
            ("NOW() >= TODAY()", "true"),
        ),
    ),
    Function(
        name="DATE",
        parameters=(
            Parameter(name="text or year"),
            Parameter(name="month", accepts=NUMBERS, optional=True),
            Parameter(name="day", accepts=NUMBERS, optional=True),
        ),
        gives="date",
        sql=_date,
        form="date",
        doc=doc(
            "由文本、日期时间或年、月、日得到日期；不成日期时为空",
            "A date from a text, a moment, or year, month and day; empty if that is none",
        ),
        examples=shows(
            ('DATE("2026-01-31")', "2026-01-31"),
            ("DATE(2026, 14, 1)", "2027-02-01"),
            ('DATE("2026-" & "02-30")', None),
        ),
    ),
    Function(
        name="DATEADD",
        parameters=(
            MOMENT,
            Parameter(name="number", accepts=NUMBERS),
            Parameter(name="unit", words=UNITS),
        ),
        gives="first",
        sql=lambda date, number, unit: sql(
            "zhike.moved({date}, zhike.span({number}, {unit}))",
            date=date,
            number=number,
            unit=unit,
        ),
        form="shift",
        doc=doc(
            "若干天、周、月……之后（负数为之前）",
            "The date some days, weeks, months … later (earlier if negative)",
        ),
        examples=shows(
            ('DATEADD("2026-01-31", 1, "month")', "2026-02-28"),
            ('DATEADD("2026-01-31", -1, "week")', "2026-01-24"),
            ('DATEADD("2026-01-31", 99999999999, "day")', None),
        ),
    ),
    Function(
        name="DATEDIFF",
        parameters=(
            Parameter(name="start", accepts=MOMENTS),
            Parameter(name="end", accepts=MOMENTS),
            Parameter(name="unit", words=UNITS, optional=True),
        ),
        gives="number",
        sql=_difference,
        form="difference",
        doc=doc(
            "从开始到结束的完整天数（或周、月、年……）",
            "How many whole days (or weeks, months, years …) from start to end",
        ),
        examples=shows(
            ('DATEDIFF("2026-01-01", "2026-03-01")', "59"),
            ('DATEDIFF("2026-01-31", "2026-03-01", "month")', "1"),
            ('DATEDIFF("2026-03-01", "2026-01-01", "week")', "-8"),
            ('DATEDIFF("2026-01-01 08:00", "2026-01-01 10:30", "hour")', "2"),
        ),
    ),
    Function(
        name="DAYS_SINCE",
        parameters=(DATE,),
        gives="number",
        sql=lambda date: sql("(CURRENT_DATE - {date})::numeric", date=date),
        immutable=False,
        doc=doc("至今的天数", "How many days ago a date was"),
        examples=shows(
            ("DAYS_SINCE(TODAY() - 3 days)", "3"),
        ),
    ),
    Function(
        name="DAYS_UNTIL",
        parameters=(DATE,),
        gives="number",
        sql=lambda date: sql("({date} - CURRENT_DATE)::numeric", date=date),
        immutable=False,
        doc=doc("距某日还有几天", "In how many days a date will be"),
        examples=shows(
            ("DAYS_UNTIL(TODAY() + 2 weeks)", "14"),
        ),
    ),
    _part("YEAR", zh="年份", en="The year of a date", gives="2026"),
    _part("MONTH", zh="月份，1 到 12", en="The month of a date, 1 to 12", gives="11"),
    _part("QUARTER", zh="季度，1 到 4", en="The quarter of a date, 1 to 4", gives="4"),
    _part("WEEK", zh="一年中的第几周（ISO）", en="The ISO week of a date", gives="47"),
    _part("WEEKDAY", zh="星期几，周一为 1", en="The day of the week, Monday is 1", gives="7"),
    Function(
        name="DATE_TRUNC",
        parameters=(MOMENT, Parameter(name="unit", words=CALENDAR)),
        gives="first",
        sql=lambda date, unit: sql("zhike.start_of({date}, {unit})", date=date, unit=unit),
        doc=doc(
            "所在周、月、季度、年的第一天",
            "The first day of the week, month, quarter or year of a date",
        ),
        examples=shows(
            ('DATE_TRUNC("2026-11-22", "quarter")', "2026-10-01"),
            ('DATE_TRUNC("2026-11-22", "周")', "2026-11-16"),
        ),
    ),
    Function(
        name="WORKDAYS",
        parameters=(Parameter(name="start", accepts=DATES), Parameter(name="end", accepts=DATES)),
        gives="number",
        sql=lambda start, end: sql("zhike.workdays({start}, {end})", start=start, end=end),
        doc=doc(
            "两天之间（含两端）的周一至周五的天数",
            "How many days from Monday to Friday lie between two dates, both included",
        ),
        examples=shows(
            ('WORKDAYS("2026-11-20", "2026-11-23")', "2"),
            ('WORKDAYS("2026-11-23", "2026-11-20")', "-2"),
            ('WORKDAYS("2026-11-21", "2026-11-22")', "0"),
        ),
    ),
)
