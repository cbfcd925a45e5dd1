"""Records are taken apart the same, whether one process does it or several."""

from pathlib import Path

from zhike.hub.identity.runs import apart, paper
from zhike.hub.identity.runs.aspects import Aspect, Table
from zhike.hub.identity.scales import BY_NAME

KNOWN = (
    Aspect(field="name", scale=BY_NAME["company"]),
    Aspect(field="phone", scale=BY_NAME["telephone"]),
    Aspect(field="email", scale=BY_NAME["mail"]),
)


def told(table: Table) -> tuple[list[str], dict[str, list[object]]]:
    return table.ids, {field: list(rows) for field, rows in table.parts.items()}


def test_helping_processes_give_what_one_gives(tmp_path: Path) -> None:
    lines = [
        [f"{n:032}", f"杭州{chr(0x4E00 + n)}科技有限公司", f"+86-138{n:08}", f"i{n}@x.cn"]
        for n in range(2 * apart.SLICE + 7)
    ]
    lines[3][1:] = [None, "", None]
    paper.add_records(tmp_path, lines)

    alone = apart.taken_apart(tmp_path, KNOWN)
    helped = apart.taken_apart(tmp_path, KNOWN, large=0)

    assert len(alone) == len(lines)
    assert told(helped) == told(alone)


def test_no_records_make_an_empty_table(tmp_path: Path) -> None:
    assert len(apart.taken_apart(tmp_path, KNOWN)) == 0
