"""Lines that are no records: heads repeated on every page, totals, notes below the table. Pure."""

import re
from collections.abc import Iterable, Sequence

from zhike.hub.ingest.spec import ImportSpec
from zhike.hub.sheets import Cell, Line

TOTAL = re.compile(
    r"(本页|本月|本年|本季度?|全年|累计|\d+月|.{0,6}部)?"
    r"(合计|总计|小计|共计|总数|累计|汇总|total|subtotal|grandtotal)[::]?[\d.,]*(元|万元|家|条|户)?",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"(注|备注|说明|填表|填报|制表|审核|制单|打印|数据来源|统计|截至|截止)[^::]{0,8}[::].*",
    re.DOTALL,
)


def why_not(line: Line, spec: ImportSpec, *, totals: frozenset[int]) -> str | None:
    """Say why a line below the head is no record; None if it is one."""
    number, cells = line
    texts = [(place, cell) for place, cell in enumerate(cells) if cell is not None]
    if not texts:
        return "blank"
    first = texts[0][1]
    if number in totals or (isinstance(first, str) and TOTAL.fullmatch(_bare(first))):
        return "total"
    if len(texts) == 1 and isinstance(first, str) and NOTE.fullmatch(first.strip()):
        return "note"
    return "head" if _repeats(cells, spec) else None


def _bare(text: str) -> str:
    return "".join(text.split())


def _repeats(cells: Sequence[Cell], spec: ImportSpec) -> bool:
    heads = [(one.at, one.header) for one in spec.mapped() if one.header]
    texts = [(str(cells[at]).strip() if at < len(cells) else "", head) for at, head in heads]
    return len(heads) > 1 and all(
        text and (text == head or head.endswith(f"/{text}")) for text, head in texts
    )


def records(
    lines: Iterable[Line], spec: ImportSpec, *, totals: frozenset[int]
) -> tuple[list[Line], list[tuple[int, str]]]:
    """Part the records below the head from what is none."""
    below = max(spec.header, default=0)
    kept: list[Line] = []
    ignored: list[tuple[int, str]] = []
    for line in lines:
        if line[0] <= below:
            continue
        why = why_not(line, spec, totals=totals)
        if why is None:
            kept.append(line)
        elif why != "blank":
            ignored.append((line[0], why))
    return kept, ignored
