"""What a sheet seems to mean: golden pairs of heads and of whole sheets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.ingest.toys import member

from zhike.hub.ingest import guess
from zhike.hub.ingest.check import check, fillable
from zhike.hub.ingest.spec import ColumnSpec
from zhike.hub.sheets import Sheet
from zhike.hub.sheets.cells import trimmed

GOLDEN = Path(__file__).parents[2] / "golden" / "ingest"
MEMBER = member()
FIELDS = fillable(MEMBER, {*MEMBER.fields})
NAMES = guess.names(FIELDS.values())


def pairs(name: str) -> Iterator[tuple[str, str]]:
    given: list[str] = []
    for line in (GOLDEN / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("=> "):
            yield "\n".join(given).strip("\n"), line[3:]
            given = []
        elif not line.startswith("#"):
            given.append(line)


def written(column: ColumnSpec) -> str:
    if column.field is None:
        return "nothing"
    times = f" x{column.times}" if column.times else ""
    return f"{column.field}{times} {'=' if column.how == 'label' else '~'}"


@pytest.mark.parametrize(("head", "wanted"), [*pairs("heads.txt")])
def test_a_head_goes_where_it_says(head: str, wanted: str) -> None:
    (column,) = guess.mapped([guess.Column(at=0, levels=(head,))], NAMES)

    assert written(column) == wanted


@pytest.mark.parametrize(("text", "wanted"), [*pairs("sheets.txt")])
def test_a_sheet_is_understood(text: str, wanted: str) -> None:
    lines = [
        (number, cells)
        for number, line in enumerate(text.split("\n"), 1)
        if (cells := trimmed([one.strip() or None for one in line.split("|")]))
    ]

    found = guess.found(lines, NAMES)

    assert found is not None
    columns = guess.mapped(found.columns, NAMES)
    head = "+".join(str(one) for one in found.lines)
    assert f"{head}: " + ", ".join(f"{one.letter} {one.field or '-'}" for one in columns) == wanted


def sheet(name: str, *lines: list[str], hidden: bool = False) -> Sheet:
    head = tuple(enumerate((list(line) for line in lines), 1))
    return Sheet(name=name, hidden=hidden, last=len(lines), width=9, head=head)  # type: ignore[arg-type] # texts are cells


def test_the_sheet_that_fits_best_is_proposed_and_hidden_ones_last() -> None:
    books = sheet("图书", ["书名", "数量"], ["红楼梦", "1"])
    members = sheet("名单", ["姓名", "手机", "等级"], ["林徽因", "13812345678", "金卡"])
    old = sheet("会员", ["姓名", "手机", "等级", "邮箱"], ["x", "1", "金卡", "a@b.cn"], hidden=True)

    proposal = guess.proposal([books, old, members], NAMES, MEMBER)

    assert proposal is not None
    assert proposal.sheet.name == "名单"


def test_an_empty_workbook_means_nothing() -> None:
    assert guess.proposal([sheet("x")], NAMES, MEMBER) is None


def test_everything_wrong_with_a_spec_is_said_at_once() -> None:
    columns = (
        ColumnSpec(at=0, letter="A", header="甲", field="phone"),
        ColumnSpec(at=1, letter="B", header="乙", field="phone"),
        ColumnSpec(at=2, letter="C", header="丙", field="emial"),
        ColumnSpec(at=3, letter="D", header="丁", field="id"),
    )
    proposal = guess.proposal([sheet("x", ["姓名"], ["y"])], NAMES, MEMBER)
    assert proposal is not None
    spec = proposal.spec.model_copy(update={"columns": columns})

    problems = check(spec, MEMBER, writable={*MEMBER.fields} - {"id"}, plain=frozenset())

    assert [(one.word, one.at) for one in problems] == [
        ("not_importable", "columns.C"),
        ("not_importable", "columns.D"),
        ("mapped_twice", "columns.B"),
        ("required_unmapped", "name"),
    ]
