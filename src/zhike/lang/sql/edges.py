"""
The edges of periods, reckoned by PostgreSQL in the session's time zone whenever the query runs.
"""

from zhike.kernel.sql import Sql, param, sql
from zhike.lang.sql.writer import Pen
from zhike.lang.tree import Period
from zhike.lang.typed import Edge

CLOCK = frozenset({"minute", "hour"})


def edge(node: Edge, _pen: Pen) -> Sql:
    """Write where a period begins, ends (the first day after it), or its last day."""
    if node.side == "last":
        return sql("({end} - 1)", end=_end(node.period))
    if node.period.unit in CLOCK:
        return _moment(node)
    return _start(node.period) if node.side == "start" else _end(node.period)


def _span(period: Period) -> Sql:
    amount = 1 if period.amount is None else period.amount
    if period.unit == "quarter":
        return param(f"{amount * 3} months", "interval")
    return param(f"{amount} {period.unit}s", "interval")


def _start(period: Period) -> Sql:
    match period.word, period.amount:
        case "last", int():
            return sql("(CURRENT_DATE + 1 - {span})::date", span=_span(period))
        case "next", int():
            return sql("CURRENT_DATE")
        case "last", _:
            return sql("({unit} - {span})::date", unit=_unit(period), span=_span(period))
        case "next", _:
            return sql("({unit} + {span})::date", unit=_unit(period), span=_span(period))
        case _:
            return sql("{unit}::date", unit=_unit(period))


def _end(period: Period) -> Sql:
    match period.word, period.amount:
        case "last", int():
            return sql("(CURRENT_DATE + 1)")
        case "next", int():
            return sql("(CURRENT_DATE + {span})::date", span=_span(period))
        case "last", _:
            return sql("{unit}::date", unit=_unit(period))
        case "next", _:
            span = _span(period)
            return sql("({unit} + {span} + {span})::date", unit=_unit(period), span=span)
        case _:
            return sql("({unit} + {span})::date", unit=_unit(period), span=_span(period))


def _unit(period: Period) -> Sql:
    return sql("date_trunc({unit}, LOCALTIMESTAMP)", unit=param(period.unit, "text"))


def _moment(node: Edge) -> Sql:
    period = node.period
    turn = sql("date_trunc({unit}, now())", unit=param(period.unit, "text"))
    first = node.side == "start"
    match period.word, period.amount:
        case "last", int():
            return sql("(now() - {span})", span=_span(period)) if first else sql("now()")
        case "next", int():
            return sql("now()") if first else sql("(now() + {span})", span=_span(period))
        case "last", _:
            return sql("({turn} - {span})", turn=turn, span=_span(period)) if first else turn
        case "next", _:
            span = _span(period)
            once = sql("({turn} + {span})", turn=turn, span=span)
            return once if first else sql("({once} + {span})", once=once, span=span)
        case _:
            return turn if first else sql("({turn} + {span})", turn=turn, span=_span(period))
