"""What is made ready ahead: the same here and in a process of its own, the same cell by cell."""

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.ingest.toys import member

from zhike.hub import identity
from zhike.hub.ingest.ahead import Chunk, Order, chunks
from zhike.hub.ingest.plan import ImportPlan, Shaped, plan, shaped
from zhike.hub.ingest.spec import ColumnSpec, ImportSpec
from zhike.hub.sheets.cells import cell, line, trimmed
from zhike.hub.sheets.faults import NotATable
from zhike.meta import Snapshot

MEMBER = member()
HEAD = ("name", "phone", "joined", "fee", "owner")
SPEC = ImportSpec(
    header=(1,),
    columns=tuple(
        ColumnSpec(at=at, letter="ABCDE"[at], header=key, field=key) for at, key in enumerate(HEAD)
    ),
    width=5,
    last=7,
)
LINES = (
    HEAD,
    ("陈芳", "13812345678 / 010-62345678", "2026年3月1日", "1.2万", "王经理"),
    ("李磊", "一三八", "昨天", "12元", ""),
    ("", "13812345679", "2026-03-01", "", "", "多了"),
    ("合计", "", "", "12012", ""),
    ("王小明", "+86 139-1234-5678", "20260301", "800", "赵经理"),
    ("陈芳", "13812345678", "2026/3/1", "1,000", "王经理"),
)
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from((0.0, 1.0, -1.0, 1.5, "1", "0", "TRUE", "陈芳", "13812345678", "2026-03-01")),
    st.text(max_size=6),
)


def order(path: Path, **changes: object) -> Order:
    told = {
        "path": path,
        "spec": SPEC,
        "snapshot": Snapshot(objects={"member": MEMBER}),
        "object": "member",
        "writable": frozenset(MEMBER.fields),
        "keys_of": identity.keys_of,
        "after": 0,
        "size": 2,
    }
    return Order(**{**told, **changes})  # type: ignore[arg-type] # whatever is told last


def written(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(LINES)
    return path


async def made(order: Order, doing: ImportPlan, *, few: int) -> list[Chunk]:
    return [
        replace(chunk, lines=[_told(one) for one in chunk.lines])
        async for chunk in chunks(order, doing, few=few)
    ]


def _told(line: Shaped) -> Shaped:
    return line._replace(complaints=[*line.complaints])


@pytest.mark.parametrize("after", [0, 3])
async def test_lines_made_ready_elsewhere_are_those_made_ready_here(
    tmp_path: Path, after: int
) -> None:
    asked = order(written(tmp_path / "members.csv"), after=after)
    doing = asked.plan()

    here = await made(asked, doing, few=100)
    there = await made(asked, doing, few=0)

    assert [one.last for one in here] == ([2, 4, 6, 7] if after == 0 else [4, 6, 7])
    assert any(one.complaints for chunk in here for one in chunk.lines)
    assert any(one.asks for chunk in here for one in chunk.lines)
    assert there == here


async def test_what_is_wrong_with_the_file_is_told_from_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "picture.xlsx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))

    with pytest.raises(NotATable):
        await made(order(path), order(path).plan(), few=0)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS, st.none()), max_size=8))
def test_a_column_remembers_nothing_wrong(lines: list[tuple[object, ...]]) -> None:
    numbered = [(number, list(cells)) for number, cells in enumerate(lines, 2)]
    fields = frozenset(MEMBER.fields)

    together = shaped(plan(SPEC, MEMBER, writable=fields), numbered)  # type: ignore[arg-type]
    alone = [
        one
        for cells in numbered
        for one in shaped(plan(SPEC, MEMBER, writable=fields), [cells])  # type: ignore[list-item]
    ]

    assert [one.given for one in together] == [one.given for one in alone]
    assert [[str(wrong.problem) for wrong in one.complaints] for one in together] == [
        [str(wrong.problem) for wrong in one.complaints] for one in alone
    ]


@given(st.lists(st.one_of(CELLS, st.text("\x00 #N/A\n\u3000", max_size=5))))
def test_the_short_way_through_a_line_is_the_long_one(values: list[object]) -> None:
    assert line(values) == trimmed([cell(one) for one in values])
