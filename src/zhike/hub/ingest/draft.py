"""
An import before it runs: what the file seems to mean, what somebody says it means, and the start.

A draft reads nothing into the base; `amend` proposes anew when another sheet or head is named.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from zhike.access import Policy
from zhike.hub.ingest import guess, ledger
from zhike.hub.ingest.check import ID, check, fillable, plain
from zhike.hub.ingest.faults import NotADraft, NothingToImport, UnknownColumn
from zhike.hub.ingest.ledger import Import
from zhike.hub.ingest.recall import recalled, remember
from zhike.hub.ingest.spec import Blank, ColumnSpec, ImportSpec, Mode, OnDuplicate
from zhike.hub.ingest.splitting import Split, split_of
from zhike.hub.ingest.ways import kin, part_problems
from zhike.hub.sheets import Cell, Line, Sheet, Workbook, peek
from zhike.hub.sheets.faults import UnknownSheet
from zhike.kernel.faults import Invalid, Problem, problem
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json, Object
from zhike.store.files import File, Files
from zhike.store.trail import note

PREVIEW = 10
WHOLE = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What somebody says about a draft; None leaves a thing as it is."""

    sheet: str | None = None
    header: tuple[int, ...] | None = None
    """The lines of the head, counted from 1; an empty tuple for a sheet without one."""
    mapping: Mapping[str, str | None] | None = None
    """The field, or nothing, by the head or the letter of a column."""
    on_duplicate: OnDuplicate | None = None
    mode: Mode | None = None
    key: tuple[str, ...] | None = None
    """The fields by which lines name records; `id` for the record's own."""
    blank: Blank | None = None
    triggers: bool | None = None
    create_missing: tuple[str, ...] | None = None

    @property
    def words(self) -> Mapping[str, object]:
        """What is said of the import as a whole."""
        said = {
            "on_duplicate": self.on_duplicate, "mode": self.mode, "key": self.key,
            "blank": self.blank, "triggers": self.triggers,
            "create_missing": self.create_missing,
        }  # fmt: skip
        return {name: one for name, one in said.items() if one is not None}


WORDS = ("on_duplicate", "mode", "key", "blank", "triggers", "create_missing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What an import would do, and what keeps it from being started."""

    id: UUID
    object: Object
    name: str
    workbook: Workbook
    sheet: Sheet
    spec: ImportSpec
    problems: Sequence[Problem]
    split: Split | None = None
    """The address that is taken apart, and the field that takes its region."""

    def described(self, language: Language) -> Mapping[str, Json]:
        """Give the draft as the API shows it."""
        return {
            "id": str(self.id),
            "object": self.object.key,
            "name": self.name,
            "state": "draft",
            "format": self.workbook.format,
            "encoding": self.workbook.encoding,
            "sheets": [
                {
                    "name": one.name,
                    "hidden": one.hidden,
                    "lines": one.last,
                    "hidden_lines": one.hides,
                }
                for one in self.workbook.sheets
            ],
            "sheet": self.spec.sheet,
            "header": list(self.spec.header),
            "columns": [self._column(one, language) for one in self.spec.columns],
            "unmapped": [one.header or one.letter for one in self.spec.columns if not one.field],
            **{name: getattr(self.spec, name) for name in WORDS},
            "preview": [self._preview(cells) for _, cells in self._body()],
            "problems": [
                {"path": one.at, "code": one.word, "message": one.says(language)}
                for one in self.problems
            ],
        }

    def _column(self, column: ColumnSpec, language: Language) -> Mapping[str, Json]:
        field = self.object.fields.get(column.field or "")
        return {
            **column.model_dump(),
            "label": field.label.said(language) if field else None,
            "also": self._also(column, language),
            "sample": [one[column.at] for _, one in self._body() if column.at < len(one)][:5],
        }

    def _also(self, column: ColumnSpec, language: Language) -> Mapping[str, Json] | None:
        """Say which other field takes a part of the column's cells."""
        if self.split is None or column.field != self.split.address:
            return None
        label = self.object.fields[self.split.region].label
        return {"field": self.split.region, "label": label.said(language)}

    def _body(self) -> list[Line]:
        below = max(self.spec.header, default=0)
        return [one for one in self.sheet.head if one[0] > below][:PREVIEW]

    def _preview(self, cells: Sequence[Cell]) -> Mapping[str, Json]:
        return {
            one.header or one.letter: cells[one.at] if one.at < len(cells) else None
            for one in self.spec.columns
        }


async def look(files: Files, file: File) -> Workbook:
    """Look into a file; takes a moment, so no transaction should wait for it."""
    return await peek(files.path(file.hash))


async def draft(tx: Tx, policy: Policy, *, file: File, workbook: Workbook, obj: str) -> Draft:
    """Propose how a file would be imported, and keep the proposal."""
    target = _target(policy, obj)
    proposal = guess.proposal(workbook.sheets, _names(policy, target), target)
    if proposal is None:
        raise NothingToImport
    spec = _with_width(_with_kin(policy, target, proposal.spec), workbook)
    spec = _by_id(policy, target, spec, proposal.sheet)
    spec = await recalled(tx, obj, spec, fields=_known(policy, target))
    spec = _permitted(policy, target, spec)
    id_ = await ledger.add(tx, obj=obj, file=file.id, name=file.name, spec=spec)
    return Draft(
        id=id_, object=target, name=file.name, workbook=workbook, sheet=proposal.sheet, spec=spec,
        problems=_problems(policy, target, spec), split=_split(policy, target, spec),
    )  # fmt: skip


async def amend(
    tx: Tx,
    policy: Policy,
    id: UUID,  # noqa: A002 - what it is
    change: Change,
    *,
    workbook: Workbook,
) -> Draft:
    """Take in what somebody says about a draft."""
    task = await ledger.found(tx, id, policy=policy)
    if task.state != "draft":
        raise NotADraft(state=task.state)
    target = _target(policy, task.object)
    sheet = _sheet(workbook, task.spec.sheet if change.sheet is None else change.sheet)
    spec = task.spec
    if change.sheet not in {None, spec.sheet} or change.header is not None:
        anew = _with_kin(policy, target, _anew(policy, target, sheet, change.header))
        anew = _with_width(anew, workbook)
        spec = anew.model_copy(update={name: getattr(spec, name) for name in WORDS})
    if change.mapping is not None:
        spec = remapped(spec, change.mapping, target)
    spec = spec.model_copy(update=change.words)
    if spec.mode != "create" and not spec.key:
        spec = spec.model_copy(update={"key": (ID,)})
    await ledger.amend(tx, task, spec)
    return Draft(
        id=id, object=target, name=task.name, workbook=workbook, sheet=sheet, spec=spec,
        problems=_problems(policy, target, spec), split=_split(policy, target, spec),
    )  # fmt: skip


async def start(tx: Tx, policy: Policy, id: UUID) -> Import:  # noqa: A002 - what it is
    """Finish a draft: from now on it waits to be run. What failed may be started again."""
    task = await ledger.found(tx, id, policy=policy)
    target = _target(policy, task.object)
    problems = _problems(policy, target, task.spec)
    if problems:
        raise Invalid(problems)
    for right in task.spec.rights:
        policy.demand(task.object, right)
    await ledger.await_turn(tx, task)
    await remember(tx, task.object, task.spec)
    told = {"object": task.object, "on_duplicate": task.spec.on_duplicate}
    note(tx, "import.started", object="import", target=id, label=task.name, new=told)
    return await ledger.found(tx, id)


async def cancel(tx: Tx, policy: Policy, id: UUID) -> Import:  # noqa: A002 - what it is
    """Give up an import that waits or runs; what it did so far stays, and can be taken back."""
    task = await ledger.found(tx, id, policy=policy)
    await ledger.cancel(tx, task)
    note(tx, "import.cancelled", object="import", target=id, label=task.name)
    return await ledger.found(tx, id)


async def unfinished(tx: Tx, draft: Draft, *, hash: str) -> UUID | None:  # noqa: A002 - what it is
    """Find an import of the same content in the same way that never came to its end."""
    return await ledger.unfinished(tx, obj=draft.object.key, hash=hash, spec=draft.spec)


async def drop(tx: Tx, draft: Draft) -> None:
    """Forget a draft."""
    await forget(tx, draft.id)


async def forget(tx: Tx, id: UUID) -> None:  # noqa: A002 - what it is
    """Forget a draft by its id; what was begun is kept for the record."""
    await ledger.drop(tx, id)


def remapped(spec: ImportSpec, mapping: Mapping[str, str | None], target: Object) -> ImportSpec:
    """Put columns where somebody says they go; a field said twice leaves the guessed column."""
    by_name: dict[str, ColumnSpec] = {}
    for column in reversed(spec.columns):
        by_name |= {column.letter.casefold(): column, guess.fold(column.header): column}
    for column in spec.columns:
        by_name[column.header] = column
    said: dict[int, str | None] = {}
    wrong: list[Problem] = []
    known = ", ".join(one.header or one.letter for one in spec.columns)
    for name, field in mapping.items():
        found = by_name.get(name) or by_name.get(guess.fold(name)) or by_name.get(name.casefold())
        if found is None:
            wrong.append(problem(UnknownColumn, at=f"mapping.{name}", name=name, known=known))
        else:
            said[found.at] = field or None
    if wrong:
        raise Invalid(wrong)
    return spec.model_copy(
        update={"columns": tuple(_said(column, said, target) for column in spec.columns)}
    )


def _said(column: ColumnSpec, said: Mapping[int, str | None], target: Object) -> ColumnSpec:
    if column.at in said:
        key = said[column.at]
        field = target.fields.get(key or "")
        return column.model_copy(
            update={
                "field": key, "how": "given", "confidence": WHOLE if key else 0.0,
                "times": guess.times(column.header, field) if field else "",
            }
        )  # fmt: skip
    if column.field is not None and column.field in said.values():
        return column.model_copy(update={"field": None, "how": "none", "confidence": 0.0})
    return column


def _target(policy: Policy, obj: str) -> Object:
    policy.demand(obj, "import")
    if not policy.may(obj, "update"):
        policy.demand(obj, "create")
    return policy.snapshot.objects[obj]


def _names(policy: Policy, target: Object) -> guess.Names:
    return guess.names(fillable(target, policy.writable(target.key, "create")).values())


def _with_kin(policy: Policy, target: Object, spec: ImportSpec) -> ImportSpec:
    columns = guess.with_kin(spec.columns, kin(policy, target), _names(policy, target))
    return spec.model_copy(update={"columns": columns})


def _known(policy: Policy, target: Object) -> frozenset[str]:
    """Name what a column may go into, here and in what comes along."""
    own = fillable(target, policy.writable(target.key, "create"), key=(ID,))
    along = (f"{each.relation}.{key}" for each in kin(policy, target) for key in each.names.fields)
    return frozenset((*own, *along))


def _split(policy: Policy, target: Object, spec: ImportSpec) -> Split | None:
    return split_of(spec, fillable(target, policy.writable(target.key, spec.rights[0])))


def _by_id(policy: Policy, target: Object, spec: ImportSpec, sheet: Sheet) -> ImportSpec:
    """What was exported with the ids of its records, and comes back, is a change of those."""
    label = target.fields[ID].label
    names = {guess.fold(one) for one in (ID, label.zh, label.en) if one}
    below = max(spec.header, default=0)
    body = [cells for number, cells in sheet.head if number > below]
    for one in spec.columns:
        cells = [cells[one.at] for cells in body if one.at < len(cells)]
        ids = [cell for cell in cells if cell is not None]
        if one.field is None and guess.fold(one.header) in names and ids and all(map(_is_id, ids)):
            column = one.model_copy(update={"field": ID, "how": "label", "confidence": WHOLE})
            columns = tuple(column if each is one else each for each in spec.columns)
            said = {"columns": columns, "mode": "update", "key": (ID,)}
            return spec.model_copy(update=said) if policy.may(target.key, "update") else spec
    return spec


def _permitted(policy: Policy, target: Object, spec: ImportSpec) -> ImportSpec:
    """Propose nothing that whoever asks may not do, whatever the last such file did."""
    if all(policy.may(target.key, right) for right in spec.rights):
        return spec
    if policy.may(target.key, "create"):
        return spec.model_copy(update={"mode": "create"})
    return spec.model_copy(update={"mode": "update", "key": spec.key or (ID,)})


def _is_id(cell: Cell) -> bool:
    try:
        UUID(str(cell))
    except ValueError:
        return False
    return True


def _sheet(workbook: Workbook, name: str) -> Sheet:
    for one in workbook.sheets:
        if one.name == name:
            return one
    raise UnknownSheet(name=name, known=", ".join(one.name for one in workbook.sheets))


def _anew(
    policy: Policy, target: Object, sheet: Sheet, header: tuple[int, ...] | None
) -> ImportSpec:
    names = _names(policy, target)
    if header is None:
        head = guess.found(sheet.head, names)
        if head is None:
            raise NothingToImport
    else:
        head = guess.at(sheet.head, header)
    return ImportSpec(
        sheet=sheet.name, header=head.lines, last=sheet.last,
        columns=guess.mapped(head.columns, names),
    )  # fmt: skip


def _with_width(spec: ImportSpec, workbook: Workbook) -> ImportSpec:
    """Lines of a csv are all as long as its head; what is longer has slipped."""
    if workbook.format != "csv" or not spec.header:
        return spec
    width = max((one.at + 1 for one in spec.columns if one.header), default=0)
    columns = tuple(one for one in spec.columns if one.at < width)
    return spec.model_copy(update={"width": width, "columns": columns})


def _problems(policy: Policy, target: Object, spec: ImportSpec) -> list[Problem]:
    writable = policy.writable(target.key, spec.rights[0])
    found = check(spec, target, writable=writable, plain=plain(policy, target))
    return [*found, *part_problems(policy, target, spec)]
