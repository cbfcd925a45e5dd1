"""What each line of a table says of a person, cell by cell. Pure; a blank cell says nothing."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from zhike.hub.roster.columns import Column
from zhike.hub.roster.faults import CellTooLong, NoDay, NoLanguage, NoState
from zhike.hub.roster.table import Table
from zhike.hub.sheets import Cell, Line
from zhike.kernel.faults import Fault, Problem, problem
from zhike.meta import KINDS, Reading
from zhike.store.accounts import standard_contact

Said = dict[str, Any]

SEVERAL = re.compile(r"[;；、,，|\n]+")
LONGEST: Mapping[str, int] = {"departments": 2000, "roles": 1000}
LONG = 100
HERE = frozenset({"在职", "在岗", "启用", "正式", "试用", "active", "here"})
GONE = frozenset({"离职", "已离职", "停用", "禁用", "inactive", "left", "disabled"})
LEFT: Mapping[str, bool] = {
    **dict.fromkeys((*GONE, "是", "yes", "true", "1"), True),
    **dict.fromkeys((*HERE, "否", "no", "false", "0"), False),
}
"""What a column 离职 may say instead of a day."""
LANGUAGES: Mapping[str, str] = {
    "中文": "zh", "zh": "zh", "zh-cn": "zh", "chinese": "zh", "汉语": "zh",
    "英文": "en", "en": "en", "en-us": "en", "english": "en", "英语": "en",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A problem at a line and a column, with what stood there."""

    line: int
    column: Column | None
    value: str
    problem: Problem

    def addressed(self) -> Problem:
        """Give the problem with its place in the table: `[12].D`, or `[12]` for the line."""
        column = f".{self.column.letter}" if self.column else ""
        return replace(self.problem, at=f"[{self.line}]{column}")


@dataclass(slots=True, kw_only=True, frozen=True)
class Wish:
    """What one line says: values by member, and what is wrong with them."""

    line: int
    said: Mapping[str, Any]
    cells: Mapping[str, tuple[Column, str]]
    problems: list[Told] = field(default_factory=list)

    def wrong(self, fault: type[Fault], member: str, **facts: object) -> None:
        """Note what is wrong with a cell of this line."""
        self.tell(problem(fault, at=member, **facts))

    def tell(self, found: Problem) -> None:
        """Note a problem whose address begins with a member of a person."""
        member = re.split(r"[.\[]", found.at)[0]
        column, value = self.cells.get(member, (None, ""))
        self.problems.append(Told(line=self.line, column=column, value=value[:LONG], problem=found))


def wishes(table: Table) -> Iterator[Wish]:
    """Give what each line says."""
    for line in table.lines:
        yield _wish(table, line)


def _wish(table: Table, line: Line) -> Wish:
    number, cells = line
    texts = {
        column.member: (column, _text(cells[column.at]))
        for column in table.columns
        if column.member is not None and column.at < len(cells) and cells[column.at] is not None
    }
    texts = {member: one for member, one in texts.items() if one[1]}
    said: dict[str, Any] = {}
    wish = Wish(line=number, said=said, cells=texts)
    for member, (_, text) in texts.items():
        limit = LONGEST.get(member, LONG)
        if len(text) > limit:
            wish.wrong(CellTooLong, member, limit=limit)
        else:
            SAYING.get(member, _say_text)(wish, said, member, text)
    return wish


def _text(cell: Cell) -> str:
    return str(cell).strip().strip("\u3000\u00a0\u200b'")


def _say_contact(wish: Wish, said: Said, member: str, text: str) -> None:
    value = standard_contact(member, text)
    if isinstance(value, Problem):
        wish.tell(value)
    else:
        said[member] = value


def _say_several(_: Wish, said: Said, member: str, text: str) -> None:
    said[member] = [one.strip() for one in SEVERAL.split(text) if one.strip()]


def _say_state(wish: Wish, said: Said, member: str, text: str) -> None:
    if text.casefold() in HERE | GONE:
        said["active"] = text.casefold() in HERE
    else:
        wish.wrong(NoState, member, value=text)


def _say_language(wish: Wish, said: Said, member: str, text: str) -> None:
    if text.casefold() in LANGUAGES:
        said[member] = LANGUAGES[text.casefold()]
    else:
        wish.wrong(NoLanguage, member, value=text)


def _say_text(_: Wish, said: Said, member: str, text: str) -> None:
    said[member] = text


def _say_day(wish: Wish, said: Said, member: str, text: str) -> None:
    left = LEFT.get(text.casefold()) if member == "left_on" else None
    if left is not None:
        said.setdefault("active", not left)
        return
    kind = KINDS["date"]
    try:
        read = kind.read(text, kind.settings())
    except Fault:
        wish.wrong(NoDay, member, value=text)
        return
    day = read.value if isinstance(read, Reading) else read
    if day is None:
        wish.wrong(NoDay, member, value=text)
    else:
        said[member] = str(day)


SAYING: Mapping[str, Callable[[Wish, Said, str, str], None]] = {
    "mobile": _say_contact,
    "email": _say_contact,
    "departments": _say_several,
    "roles": _say_several,
    "joined_on": _say_day,
    "left_on": _say_day,
    "state": _say_state,
    "language": _say_language,
}
"""How a cell is read that is not taken as it stands."""
