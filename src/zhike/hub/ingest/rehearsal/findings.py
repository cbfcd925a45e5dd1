"""
What a rehearsal finds: for every cell whether it is new, another value, the same, in conflict or
unreadable, and for every line what would become of it. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from zhike.hub.ingest.plan import Shaped
from zhike.hub.ingest.report import Told, written
from zhike.hub.ingest.spec import ColumnSpec
from zhike.hub.ingest.ways import Seen
from zhike.hub.sheets import Cell
from zhike.kernel.words import Language
from zhike.meta import Json, Object
from zhike.store.batch import Fate, Match

Kind = Literal[
    "new", "changed", "same", "conflict", "unreadable", "duplicate_in_file", "duplicate_in_base",
    "failed", "created", "updated", "unchanged", "skipped", "remarked",
]  # fmt: skip
KINDS: tuple[Kind, ...] = Kind.__args__  # type: ignore[attr-defined] # the words of the type
BITS: Mapping[str, int] = {kind: 1 << place for place, kind in enumerate(KINDS)}
"""How the kinds of findings of one line are summed up; `zk_rehearsal_line.kinds`."""
CELLS = KINDS[:5]
"""What may be said of a cell."""
FATES = ("failed", "created", "updated", "unchanged", "skipped")
PLAIN = BITS["new"] | BITS["same"] | BITS["created"]
NOTABLE = sum(BITS.values()) & ~PLAIN
"""The kinds of which there is an index of its own: few lines of many have one."""
TAKEN = frozenset(("taken", "duplicate", "duplicate_inside", "same_as_line", "same_as_hidden",
                   "near_duplicate", "near_duplicate_inside"))  # fmt: skip
"""The words of what stands against a value because of another record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line with everything found out about it."""

    line: int
    kinds: int
    told: Mapping[str, Json]
    cells: Mapping[str, int]
    """How many of its cells are of which kind."""

    @property
    def words(self) -> Sequence[Kind]:
        """The kinds by name."""
        return [kind for kind in KINDS if self.kinds & BITS[kind]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a line is compared with."""

    seen: Mapping[str, Seen] | None = None
    """By field: the record it means; None if there is none, or the importer does not see it."""
    title: str | None = None
    earlier: Mapping[str, Json] | None = None
    """What an earlier line says of the same record."""
    keeps: bool = False
    """Whether what is in the record stays, and only what it lacks is filled in."""


NOWHERE = Standing()


def finding(columns: Sequence[ColumnSpec], one: Told, standing: Standing = NOWHERE) -> Finding:
    """Say everything about one line; `columns` are those that go somewhere."""
    states = [_cell(column, one, standing) for column in columns]
    counts: dict[str, int] = {}
    kinds = 0
    for state, *_ in states:
        if state is not None:
            counts[state] = counts.get(state, 0) + 1
            kinds |= BITS[state]
    fate = _fate(one)
    kinds |= BITS[fate] | _duplicate(one)
    if one.complaints and not one.failed:
        kinds |= BITS["remarked"]
    told: dict[str, Json] = {"cells": [_short(cell) for cell in states]}
    problems: Any = written((one,))
    if problems:
        told["problems"] = problems[0]["problems"]
    if one.entry is not None and standing.seen is not None:
        told["record"] = str(one.entry.record)
        told["title"] = standing.title
    return Finding(line=one.line.line, kinds=kinds, told=told, cells=counts)


def _fate(one: Told) -> str:
    if one.failed or one.entry is None:
        return "failed"
    return one.entry.fate.value


def _duplicate(one: Told) -> int:
    matches: Sequence[Match] = one.entry.matches if one.entry else ()
    bits = 0
    for match in matches:
        inside = match.entry is not None or match.record is None
        bits |= BITS["duplicate_in_file" if inside else "duplicate_in_base"]
    return bits


CellTold = tuple[str | None, Cell, Json, Json]
"""What is said of a cell, the cell as it came, its value in standard form, what is there now."""


def _cell(column: ColumnSpec, one: Told, standing: Standing) -> CellTold:
    raw = one.line.cells[column.at] if column.at < len(one.line.cells) else None
    key = column.field or ""
    value = one.line.given.get(key)
    if raw is None:
        return _cleared(key, one, standing)
    if value is None:
        state = "unreadable" if _unread(column, one.line) else None
        return state, raw, None, None
    against = _against(key, one)
    if against is not None:
        return against, raw, value, None
    if one.failed or one.entry is None:
        return None, raw, value, None
    if one.entry.fate is Fate.CREATED:
        return "new", raw, value, None
    skipped = one.entry.fate is Fate.SKIPPED
    return _compared(key, raw, value, standing, skipped=skipped)


def _cleared(key: str, one: Told, standing: Standing) -> CellTold:
    """Say whether a blank cell takes away what is there."""
    entry = one.entry
    told = standing.seen.get(key) if standing.seen else None
    if one.failed or entry is None or told is None or told.differs is False:
        return None, None, None, None
    if key in one.line.given or entry.given.get(key, key) is not None:
        return None, None, None, None
    return "changed", None, None, told.old


def _compared(key: str, raw: Cell, value: Json, standing: Standing, *, skipped: bool) -> CellTold:
    earlier = (standing.earlier or {}).get(key)
    if earlier is not None and earlier != value:
        return "conflict", raw, value, earlier
    if standing.seen is None:
        return None, raw, value, None
    known = standing.seen.get(key, Seen(differs=None, old=None))
    if known.differs is None:
        return None if skipped else "changed", raw, value, known.old
    if not known.differs:
        return "same", raw, value, known.old
    if known.old is None:
        return "new", raw, value, None
    stays = skipped or standing.keeps
    return "conflict" if stays else "changed", raw, value, known.old


def _unread(column: ColumnSpec, line: Shaped) -> bool:
    return any(one.column is not None and one.column.at == column.at for one in line.complaints)


def _against(key: str, one: Told) -> str | None:
    """Say whether a problem of the whole way in speaks of this cell."""
    for problem in one.entry.problems if one.entry else ():
        if problem.at.split(".")[0].split("[")[0] == key:
            return "conflict" if problem.word in TAKEN else "unreadable"
    return None


def _short(cell: CellTold) -> Json:
    """Leave out what says nothing: a line of fifteen cells is kept a million times."""
    state, raw, value, old = cell
    if raw is None and state is None:
        return 0
    told: list[Json] = [CELLS.index(state) if state else None, raw]
    if value != raw or type(value) is not type(raw) or old is not None:
        told.append(value)
    if old is not None:
        told.append(old)
    return told


def shown(columns: Sequence[ColumnSpec], obj: Object, told: Json, language: Language) -> list[Json]:
    """Give the cells of a line as the API shows them, values as records show them."""
    found: list[Json] = []
    for column, cell in zip(columns, told["cells"], strict=True):
        if not cell:
            continue
        place, raw, *rest = cell
        state = None if place is None else CELLS[place]
        value = rest[0] if rest else None if state == "unreadable" else raw
        old = rest[1] if len(rest) > 1 else None
        field = obj.fields.get(column.field or "")
        if field:
            value, old = (field.kind.told(one, field.settings) for one in (value, old))
        found.append(
            {
                "column": column.letter,
                "header": column.header,
                "field": column.field,
                "label": field.label.said(language) if field else None,
                "state": state,
                "raw": raw,
                "value": value,
                "old": old,
            }
        )
    return found
