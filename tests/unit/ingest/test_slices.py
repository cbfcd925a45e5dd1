"""Large sheets in slices: the same lines as of the whole, wherever they are cut."""

from pathlib import Path

import pytest
import xlsxwriter

from zhike.hub.sheets import workbook
from zhike.hub.sheets.cells import Line
from zhike.hub.sheets.glance import totals
from zhike.hub.sheets.slices import Slicing, slicing


def _sheet(path: Path, *, constant: bool, merged: str = "") -> Path:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": constant})
    book.add_worksheet("另一页").write_row(0, 0, ["不是这一页"])
    page = book.add_worksheet("客户")
    if merged:
        page.merge_range(merged, "台账")
    for number in range(3, 900):
        if number % 50:
            page.write_row(
                number, 2, [f"客户{number}", number, None, "二\n行" if number % 7 else ""]
            )
        else:
            page.write_formula(number, 3, f"=SUM(D{number - 20}:D{number})", None, number)
    book.close()
    return path


def _in_slices(sliced: Slicing) -> tuple[list[Line], set[int], int]:
    found: list[Line] = []
    summed: set[int] = set()
    count = 0
    for short, some in sliced.slices():
        book = workbook.opened(sliced.path, instead=short)
        found += workbook.lines_of_slice(workbook.sheet(book, "客户"))
        summed |= some
        count += 1
    return found, summed, count


@pytest.mark.parametrize("constant", [True, False])
@pytest.mark.parametrize("size", [700, 5_000, 1 << 20])
def test_slices_hold_the_lines_of_the_whole(tmp_path: Path, *, constant: bool, size: int) -> None:
    path = _sheet(tmp_path / "x.xlsx", constant=constant)
    whole = list(workbook.lines(workbook.sheet(workbook.opened(path), "客户")))

    sliced = slicing(path, position=1, large=0, size=size)

    assert sliced is not None
    lines, summed, count = _in_slices(sliced)
    assert lines == whole
    assert summed == totals(path, position=1)
    assert summed
    assert (count > 1) == (size < 1 << 20)


def test_what_hangs_together_is_read_whole(tmp_path: Path) -> None:
    across = _sheet(tmp_path / "across.xlsx", constant=False, merged="A1:F1")
    downwards = _sheet(tmp_path / "downwards.xlsx", constant=False, merged="A1:A3")

    assert slicing(across, position=1, large=0) is not None
    assert slicing(downwards, position=1, large=0) is None
    assert slicing(across, position=1) is None
    assert slicing(across, position=7, large=0) is None
