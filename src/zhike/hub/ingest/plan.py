"""
From the lines of a sheet to values for entries: what each column's cells become. Pure.

The hot path of an import. Each column remembers what it has read: options, regions and dates repeat
themselves thousands of times.
"""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from zhike.hub.ingest.check import fillable
from zhike.hub.ingest.faults import (
    Garbled,
    LeftOver,
    PutElsewhere,
    TooFewCells,
    TooManyCells,
)
from zhike.hub.ingest.spec import ImportSpec
from zhike.hub.ingest.splitting import Split, parted, split_of
from zhike.hub.sheets import Cell, Line, letter
from zhike.kernel.faults import Fault, Problem, problem
from zhike.meta import Field, FieldKind, Json, Object, Reading, differs
from zhike.store.batch import Ready

LINKS = frozenset(("user", "users", "department", "lookup", "lookups"))
"""The kinds whose cells name a record that only the database knows."""
REMEMBERED = 10_000
"""How many texts of one column are remembered: more than there are days to write, or options."""
TYPED = frozenset({str, int, float})
"""What a cell may be that somebody typed."""
LONGEST_TYPED = 500
GAP = "\ufffd"
"""What stands where a byte could not be decoded."""
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
    read: "Memory"
    """How its cells are read."""
    says_more: dict[Cell, bool] = dataclasses.field(default_factory=dict)
    """Of cells that were met: whether they say more than the value that was made of them."""
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


Asks = Sequence[tuple[Column, Cell]]
"""The cells of a line that name records."""


class Shaped(NamedTuple):
    """
    One line of the sheet as values for an entry.

    A tuple, because every line of an import is one: made and carried from process to process at
    a fraction of what an object costs.
    """

    line: int
    cells: Sequence[Cell]
    given: Mapping[str, Json]
    asks: Asks = ()
    """Still to be looked up."""
    complaints: Sequence[Complaint] = ()
    keys: tuple[str, ...] = ()
    """Its identity keys, if they depend on nothing that is still to be looked up."""
    tokens: str | None = None
    """The words it will be found by, likewise."""
    typed: Mapping[str, Json] | None = None
    """What its cells say besides, by field: see `typed_in`."""
    ready: Ready | None = None
    """How its record is written, if that depends on nothing that is still to come."""

    @property
    def failed(self) -> bool:
        """Whether the line cannot be imported."""
        return bool(self.complaints) and any(one.failed for one in self.complaints)

    def having(self, given: Mapping[str, Json], complaints: Sequence[Complaint]) -> "Shaped":
        """Give the line with what was looked up."""
        return self._replace(given={**self.given, **given}, asks=(), ready=None,
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
    split: Split | None = None
    """The address that is taken apart."""


def plan(spec: ImportSpec, obj: Object, *, writable: frozenset[str]) -> ImportPlan:
    """Compile a checked spec."""
    fields = fillable(obj, writable, key=spec.key)
    taken = {one.field for one in spec.columns}
    columns = []
    for one in spec.mapped():
        if one.apart:
            continue
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
        split=split_of(spec, fields),
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


class Memory(dict[Cell, Any]):
    """
    How the cells of one column are read: a text or a whole number that comes again, only once.

    Looking one up gives the value in standard form, or `Said`. It starts afresh when it is full,
    so that names and phones, which hardly ever come again, take no more room than options.
    """

    def __init__(self, read: Callable[[Cell], Any]) -> None:
        super().__init__()
        self.read = read

    def __missing__(self, raw: Cell) -> Any:
        if len(self) >= REMEMBERED:
            self.clear()
        value = self[raw] = self.read(raw)
        return value


def _reader(target: Field, times: Decimal | None) -> Memory:
    kind, settings = target.kind, target.settings
    validate = None if type(kind).validate is FieldKind.validate else kind.validate

    def read(raw: Cell) -> Any:
        try:
            value = kind.read(raw if times is None else _scaled(raw, times), settings)
        except Fault as fault:
            return Said(problem=_garbled(raw) or fault.problems[0])
        plain = value.value if value.__class__ is Reading else value
        wrong = None if plain is None or validate is None else validate(plain, settings)
        if wrong is not None:
            return Said(problem=wrong)
        if value.__class__ is not Reading and not (raw.__class__ is str and GAP in str(raw)):
            return plain
        return _said(value, raw)

    return Memory(read)


def _said(value: Any, raw: Cell) -> Said:
    if isinstance(value, Reading):
        return Said(value=value.value, rest=value.rest, remark=value.remark or _garbled(raw))
    return Said(value=value, remark=_garbled(raw))


def _garbled(raw: Cell) -> Problem | None:
    return problem(Garbled, value=raw) if isinstance(raw, str) and GAP in raw else None


def _scaled(raw: Cell, times: Decimal) -> Cell:
    """Multiply a bare number by the unit of its head; 9077万 in a column of 万元 says it itself."""
    if raw is None or isinstance(raw, bool):
        return raw
    try:
        number = Decimal(str(raw).replace(",", "").strip())
    except InvalidOperation:
        return raw
    return format((number * times).normalize(), "f") if number.is_finite() else raw


def typed_in(plan: ImportPlan, line: Shaped) -> Mapping[str, Json] | None:
    """Give the cells of a line that say more than the values that were made of them, by field."""
    found: dict[str, Json] = {}
    for column in plan.columns:
        raw = line.cells[column.at] if column.at < len(line.cells) else None
        for _, more in _more(column, [raw], [line.given.get(column.field.key)]):
            found[column.field.key] = more
    return found or None


def _more(
    column: Column, cells: Sequence[Cell], values: Sequence[Json]
) -> Iterator[tuple[int, Cell]]:
    """Give the cells of a column that say more than their values, by their place."""
    known = column.says_more
    for place, (raw, value) in enumerate(zip(cells, values, strict=True)):
        if value is None or raw == value or raw.__class__ not in TYPED or value.__class__ is Said:
            continue
        more = known.get(raw)
        if more is None:
            if len(known) >= REMEMBERED:
                known.clear()
            more = known[raw] = differs(column.field, raw, value)
        if more:
            yield place, raw[:LONGEST_TYPED] if isinstance(raw, str) else raw


def shaped(plan: ImportPlan, lines: Sequence[Line]) -> list[Shaped]:
    """
    Read every cell of some lines, column by column.

    What is the same for a whole column is then looked up once, not once per cell.
    """
    keys = tuple(column.field.key for column in plan.columns)
    cells = [_cells(column.at, lines) for column in plan.columns]
    columns = [_column(*one) for one in zip(plan.columns, cells, strict=True)]
    rows = zip(*columns, strict=True) if columns else (() for _ in lines)
    doubtful = any(Said in set(map(type, values)) for values in columns)
    typed: dict[int, dict[str, Json]] = {}
    for column, raw, values in zip(plan.columns, cells, columns, strict=True):
        for place, more in _more(column, raw, values) if column.field.kind.keeps_raw else ():
            typed.setdefault(place, {})[column.field.key] = more
    made = (
        {key: value for key, value in zip(keys, row, strict=True) if value is not None}
        for row in rows
    )
    some = [
        Shaped(*line, given, asked(plan, line[1]), typed=typed.get(n))
        for n, (line, given) in enumerate(zip(lines, made, strict=True))
    ]
    told = [_doubted(plan, one) for one in some] if doubtful or plan.width else some
    return told if plan.split is None else [_split(plan.split, one) for one in told]


def _split(by: Split, line: Shaped) -> Shaped:
    """Give a line with its address in two; what it was stays beside it."""
    said = line.given.get(by.address)
    parts = None if by.region in line.given else parted(said) if isinstance(said, str) else None
    if parts is None:
        return line
    given = {**line.given, by.region: parts.region, by.address: parts.rest}
    if not parts.rest:
        del given[by.address]
    raw = line.cells[by.at] if parts.rest else None
    typed = {**(line.typed or {}), by.address: raw} if isinstance(raw, str) else line.typed
    return line._replace(given=given, typed=typed)


def _cells(at: int, lines: Sequence[Line]) -> list[Cell]:
    return [cells[at] if len(cells) > at else None for _, cells in lines]


def _column(column: Column, cells: Sequence[Cell]) -> list[Any]:
    known = column.read
    read = known.read
    return [
        known[raw]
        if (kind := raw.__class__) is str or kind is int
        # A truth value or a float would be taken for the integer that it equals.
        else None
        if raw is None
        else read(raw)
        for raw in cells
    ]


def asked(plan: ImportPlan, cells: Sequence[Cell]) -> Asks:
    """Give the cells of a line that name records."""
    if not plan.links:
        return ()
    return [
        (column, cells[column.at])
        for column in plan.links
        if column.at < len(cells) and cells[column.at] is not None
    ]


def _doubted(plan: ImportPlan, line: Shaped) -> Shaped:
    """Give a line with what is to be told about it, if something is."""
    said = [
        (column, line.cells[column.at], one)
        for column in plan.columns
        if (one := line.given.get(column.field.key)).__class__ is Said
    ]
    given = {key: one for key, one in line.given.items() if one.__class__ is not Said}
    complaints = _told(said, given) if said else []
    if plan.width and len(line.cells) != plan.width:
        complaints.extend(_ragged(plan, line.cells))
    if not complaints:
        return line
    told = line._replace(given=given, complaints=complaints)
    return told._replace(typed=typed_in(plan, told))


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
