"""Lines that are no records: heads repeated on every page, totals, notes below the table. Pure."""

import re
from collections.abc import Iterable, Sequence

from zhike.hub.ingest.spec import ImportSpec
from zhike.hub.sheets import Cell, Line

TOTAL = re.compile(
    r"(本页|本月|本年|本季度?|全年|累计|\d+月|.{0,6}部)?"
    r"(合计|总计|小计|共计|总数|累计|汇总|total|subtotal|grandtotal)[:：]?[\d.,]*(元|万元|家|条|户)?",
    re.IGNORECASE,
)
Heads = Sequence[tuple[int, str]]
LONG = 40
NAMES = frozenset("司厂店院所社")
"""How names of companies end, and totals never do."""
NOTE = re.compile(
    r"(注|备注|说明|填表|填报|制表|审核|制单|打印|数据来源|统计|截至|截止)[^:：]{0,8}[:：].*",
    re.DOTALL,
)
ODD = re.compile(r"[计数汇l:]", re.IGNORECASE)
"""What every total and every note has in it, and the beginnings of most records have not."""


def why_not(line: Line, heads: Heads, *, totals: frozenset[int]) -> str | None:
    """Say why a line below the head is no record; None if it is one."""
    number, cells = line
    first = next((cell for cell in cells if cell is not None), None)
    if first is None:
        return "blank"
    if number in totals:
        return "total"
    if isinstance(first, str) and ODD.search(first):
        if _is_total(first):
            return "total"
        if NOTE.fullmatch(first.strip()) and _alone(cells):
            return "note"
    return "head" if _repeats(cells, heads) else None


def _is_total(first: str) -> bool:
    return (
        len(first) < LONG and first[-1] not in NAMES and TOTAL.fullmatch(_bare(first)) is not None
    )


def _alone(cells: Sequence[Cell]) -> bool:
    return sum(1 for cell in cells if cell is not None) == 1


def _bare(text: str) -> str:
    return "".join(text.split())


def _repeats(cells: Sequence[Cell], heads: Heads) -> bool:
    """Say whether a line is the head once more, as on every page of a printed table."""
    return len(heads) > 1 and all(at < len(cells) and _is(cells[at], head) for at, head in heads)


def _is(cell: Cell, head: str) -> bool:
    text = cell.strip() if isinstance(cell, str) else ""
    return bool(text) and (text == head or head.endswith(f"/{text}"))


def records(
    lines: Iterable[Line], spec: ImportSpec, *, totals: frozenset[int]
) -> tuple[list[Line], list[tuple[int, str]]]:
    """Part the records below the head from what is none."""
    below = max(spec.header, default=0)
    heads = [(one.at, one.header) for one in spec.mapped() if one.header]
    kept: list[Line] = []
    ignored: list[tuple[int, str]] = []
    for line in lines:
        if line[0] <= below:
            continue
        why = why_not(line, heads, totals=totals)
        if why is None:
            kept.append(line)
        elif why != "blank":
            ignored.append((line[0], why))
    return kept, ignored
