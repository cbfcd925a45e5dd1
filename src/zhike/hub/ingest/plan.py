"""
From the lines of a sheet to values for entries: what each column's cells become. Pure.

The hot path of an import. Each column remembers what it has read: options, regions and dates repeat
themselves thousands of times.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from zhike.hub.ingest.check import fillable
from zhike.hub.ingest.faults import (
    Garbled,
    LeftOver,
    PutElsewhere,
    TooFewCells,
    TooManyCells,
)
from zhike.hub.ingest.spec import ImportSpec
from zhike.hub.sheets import Cell, Line, letter
from zhike.kernel.faults import Fault, Problem, problem
from zhike.meta import Field, Json, Object, Reading

LINKS = frozenset(("user", "users", "department", "lookup", "lookups"))
"""The kinds whose cells name a record that only the database knows."""
REMEMBERED = 8192
FOLLOWERS: Mapping[str, tuple[str, ...]] = {"person_name": ("title", "job_title")}
"""Which text fields take what is left over of a kind: 王娜静(采购) is a name and a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A cell that was not simply read."""

    value: Json = None
    rest: tuple[str, ...] = ()
    remark: Problem | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column on its way into one field."""

    at: int
    letter: str
    header: str
    field: Field
    read: Callable[[Cell], Any]
    """Give the value in standard form, or `Said`."""
    spill: tuple[Field, ...] = ()
    """The fields that take what is left over of a cell, if they are empty."""

    @property
    def links(self) -> bool:
        """Whether its cells name records."""
        return self.field.kind.name in LINKS


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Something to tell about one cell, or about a whole line if there is no column."""

    problem: Problem
    column: Column | None = None
    value: Cell = None
    failed: bool = False
    """Whether the line is left out because of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaped:
    """One line of the sheet as values for an entry."""

    line: int
    cells: Sequence[Cell]
    given: Mapping[str, Json]
    asks: Sequence[tuple[Column, Cell]] = ()
    """The cells that name records, still to be looked up."""
    complaints: Sequence[Complaint] = ()

    @property
    def failed(self) -> bool:
        """Whether the line cannot be imported."""
        return any(one.failed for one in self.complaints)

    def having(self, given: Mapping[str, Json], complaints: Sequence[Complaint]) -> "Shaped":
        """Give the line with what was looked up."""
        return replace(self, given={**self.given, **given}, asks=(),
                       complaints=[*self.complaints, *complaints])  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """What one import does with a line."""

    object: Object
    spec: ImportSpec
    columns: tuple[Column, ...]
    links: tuple[Column, ...] = field(default=())
    width: int = 0
    """How many cells a line must have (csv); 0 if that says nothing (spreadsheets)."""


def plan(spec: ImportSpec, obj: Object, *, writable: frozenset[str]) -> ImportPlan:
    """Compile a checked spec."""
    fields = fillable(obj, writable)
    taken = {one.field for one in spec.columns}
    columns = []
    for one in spec.mapped():
        target = fields[one.field or ""]
        times = Decimal(one.times) if one.times else None
        columns.append(
            Column(
                at=one.at, letter=one.letter, header=one.header, field=target,
                read=_reader(target, times), spill=_spill(target, fields, taken),
            )
        )  # fmt: skip
    return ImportPlan(
        object=obj, spec=spec, width=spec.width,
        columns=tuple(one for one in columns if not one.links),
        links=tuple(one for one in columns if one.links),
    )  # fmt: skip


def _spill(target: Field, fields: Mapping[str, Field], taken: set[str | None]) -> tuple[Field, ...]:
    """A second phone goes into another phone field, the title of a contact into its title."""
    if target.kind.name not in SPILLING:
        return ()
    alike = [
        one for one in fields.values()
        if one.kind.name == target.kind.name and one.key != target.key
        and target.kind.name not in FOLLOWERS
    ]  # fmt: skip
    stem = target.key.removesuffix("name")
    followers = {f"{stem}{one}" for one in FOLLOWERS.get(target.kind.name, ())}
    titles = [one for key, one in fields.items() if key in followers and key not in taken]
    return (*alike, *titles)


SPILLING = frozenset(("phone", "email", "person_name", "url", "bank_account"))
"""The kinds of which people put several into one cell."""


def _reader(target: Field, times: Decimal | None) -> Callable[[Cell], Any]:
    kind, settings = target.kind, target.settings

    def read(raw: Cell) -> Any:
        asked = raw if times is None else _scaled(raw, times)
        try:
            value = kind.read(asked, settings)
        except Fault as fault:
            return Said(problem=_garbled(raw) or fault.problems[0])
        said = value if isinstance(value, Reading) else None
        plain = said.value if said else value
        wrong = None if plain is None else kind.validate(plain, settings)
        if wrong is not None:
            return Said(problem=wrong)
        if said is None and not (raw.__class__ is str and "\ufffd" in str(raw)):
            return plain
        return Said(
            value=plain,
            rest=said.rest if said else (),
            remark=(said.remark if said else None) or _garbled(raw),
        )

    return lru_cache(maxsize=REMEMBERED, typed=True)(read)


def _garbled(raw: Cell) -> Problem | None:
    return problem(Garbled, value=raw) if isinstance(raw, str) and "\ufffd" in raw else None


def _scaled(raw: Cell, times: Decimal) -> Cell:
    """Multiply a bare number by the unit of its head; 9077万 in a column of 万元 says it itself."""
    if raw is None or isinstance(raw, bool):
        return raw
    try:
        number = Decimal(str(raw).replace(",", "").strip())
    except InvalidOperation:
        return raw
    return format((number * times).normalize(), "f") if number.is_finite() else raw


def shaped(plan: ImportPlan, lines: Sequence[Line]) -> list[Shaped]:
    """Read every cell of some lines."""
    return [_shaped(plan, number, cells) for number, cells in lines]


def _shaped(plan: ImportPlan, number: int, cells: list[Cell]) -> Shaped:
    given: dict[str, Json] = {}
    said: list[tuple[Column, Cell, Said]] = []
    count = len(cells)
    for column in plan.columns:
        at = column.at
        raw = cells[at] if at < count else None
        if raw is None:
            continue
        value = column.read(raw)
        if value.__class__ is Said:
            said.append((column, raw, value))
        elif value is not None:
            given[column.field.key] = value
    asks = [
        (column, cells[column.at])
        for column in plan.links
        if column.at < count and cells[column.at] is not None
    ]
    complaints: list[Complaint] = []
    if said:
        complaints = _told(said, given)
    if plan.width and count != plan.width:
        complaints.extend(_ragged(plan, cells))
    return Shaped(line=number, cells=cells, given=given, asks=asks, complaints=complaints)


def _told(said: Sequence[tuple[Column, Cell, Said]], given: dict[str, Json]) -> list[Complaint]:
    """Take what was read with a remark, and say what could not be read or kept."""
    complaints: list[Complaint] = []
    for column, raw, one in said:
        if one.problem is not None:
            failed = column.field.required
            complaints.append(
                Complaint(problem=one.problem, column=column, value=raw, failed=failed)
            )
        if one.value is not None:
            given[column.field.key] = one.value
        if one.remark is not None:
            complaints.append(Complaint(problem=one.remark, column=column, value=raw))
    for column, raw, one in said:
        for rest in one.rest:
            found = _placed(rest, column, given)
            complaints.append(Complaint(problem=found, column=column, value=raw))
    return complaints


def _placed(rest: str, column: Column, given: dict[str, Json]) -> Problem:
    for other in column.spill:
        if given.get(other.key) is not None:
            continue
        try:
            value = other.kind.read(rest, other.settings)
        except Fault:
            continue
        plain = value.value if isinstance(value, Reading) else value
        if plain is not None and other.kind.validate(plain, other.settings) is None:
            given[other.key] = plain
            return problem(PutElsewhere, rest=rest, label=other.label)
    return problem(LeftOver, rest=rest)


def _ragged(plan: ImportPlan, cells: Sequence[Cell]) -> list[Complaint]:
    """Cells beyond the head mean that the others may stand in the wrong columns."""
    beyond = any(one is not None for one in cells[plan.width :])
    fault = TooManyCells if beyond else TooFewCells if len(cells) < plan.width else None
    if fault is None:
        return []
    value = ", ".join(str(one) for one in cells[plan.width :] if one is not None) or None
    wrong = problem(fault, at=letter(plan.width), count=len(cells), columns=plan.width)
    return [Complaint(problem=wrong, value=value, failed=beyond)]
