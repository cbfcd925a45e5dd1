"""What became of the lines of a chunk, told line by line: the counts and what is wrong. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from zhike.hub.ingest.faults import (
    DepartedLink,
    SameAsHidden,
    SameAsLine,
    SameAsRecord,
    UnknownLink,
)
from zhike.hub.ingest.ledger import Counts
from zhike.hub.ingest.plan import Complaint, ImportPlan, Shaped
from zhike.kernel.faults import Problem, problem
from zhike.kernel.words import Words
from zhike.meta import Json, Object
from zhike.store.batch import Entry, Fate, Match

LONG = 500
UNKNOWN = (UnknownLink, DepartedLink)
NAMES = 200
"""How many unknown names are listed per column."""

Made = Mapping[UUID, int]
"""The line that made each record."""


class Told(NamedTuple):
    """One line with what became of it; a tuple as its line is."""

    line: Shaped
    entry: Entry | None
    """None if it never went in."""
    complaints: Sequence[Complaint] = ()

    @property
    def failed(self) -> bool:
        """Whether the line was left out because something is wrong with it."""
        return self.entry is None or self.entry.fate is Fate.REFUSED

    @property
    def partly(self) -> bool:
        """Whether its record came in, and something that it brought along did not."""
        return not self.failed and any(one.failed for one in self.complaints)


def told(
    plan: ImportPlan,
    lines: Sequence[Shaped],
    entries: Mapping[int, Entry],
    made: Mapping[UUID, int],
) -> list[Told]:
    """
    Say what became of each line.

    `entries` is by line number and in the order they went in, `made` says which line made a record.
    """
    around = (list(entries), made)
    return [
        Told(line, entry)
        if entry is not None and entry.fate is Fate.CREATED and _quiet(line, entry)
        else _told(plan, line, entry, around)
        for line in lines
        for entry in [entries.get(line.line)]
    ]


def _quiet(line: Shaped, entry: Entry) -> bool:
    """Say whether there is nothing to tell of a line that became a record, as of nearly all."""
    return not (line.complaints or entry.problems or entry.remarks)


def _told(
    plan: ImportPlan, line: Shaped, entry: Entry | None, around: tuple[Sequence[int], Made]
) -> Told:
    if entry is None:
        return Told(line=line, entry=None, complaints=line.complaints)
    skipped = entry.fate is Fate.SKIPPED
    # What could not be read of a line that was left out as a duplicate is no loss.
    complaints = [one for one in line.complaints if not skipped or one.failed]
    refused = entry.fate is Fate.REFUSED
    complaints += [_placed(plan, line, one, failed=refused) for one in entry.problems]
    complaints += [_placed(plan, line, one, failed=False) for one in entry.remarks if not skipped]
    if entry.matches and entry.fate in {Fate.SKIPPED, Fate.UPDATED, Fate.UNCHANGED}:
        same = _same(plan.object, entry, *around)
        if same is not None:
            complaints.append(Complaint(problem=same))
    return Told(line=line, entry=entry, complaints=complaints)


def _placed(plan: ImportPlan, line: Shaped, found: Problem, *, failed: bool) -> Complaint:
    """Find the cell that a problem of the intake speaks of."""
    key = found.at.split(".")[0].split("[")[0]
    for column in (*plan.columns, *plan.links):
        if column.field.key == key:
            value = line.cells[column.at] if column.at < len(line.cells) else None
            return Complaint(problem=found, column=column, value=value, failed=failed)
    return Complaint(problem=found, failed=failed)


def _same(obj: Object, entry: Entry, order: Sequence[int], made: Made) -> Problem | None:
    match = entry.matches[0]
    reasons = _reasons(obj, match)
    line = _line(match, order, made)
    if line is not None:
        return problem(SameAsLine, line=line, reasons=reasons)
    if entry.fate is not Fate.SKIPPED:
        return None
    if match.seen and match.title:
        return problem(SameAsRecord, title=f"“{match.title}”", reasons=reasons)
    return problem(SameAsHidden, owner=match.owner or "—", reasons=reasons)


def _line(match: Match, order: Sequence[int], made: Made) -> int | None:
    if match.entry is not None and match.entry < len(order):
        return order[match.entry]
    return made.get(match.record) if match.record else None


def _reasons(obj: Object, match: Match) -> Words:
    labels = [obj.fields[key].label for key in match.reasons if key in obj.fields]
    if not labels:
        return Words(zh="、".join(match.reasons), en=", ".join(match.reasons))
    return Words(
        zh="、".join(one.zh for one in labels), en=", ".join(one.en or one.zh for one in labels)
    )


def counted(counts: Counts, lines: Iterable[Told], *, line: int) -> Counts:
    """Add a chunk to the counts; `line` is the last one it came to."""
    by_fate: dict[str, int] = {}
    unknown = {name: dict(values) for name, values in counts.unknown.items()}
    rows = remarked = 0
    for one in lines:
        rows += 1
        fate = "failed" if one.failed or one.entry is None else one.entry.fate.value
        by_fate[fate] = by_fate.get(fate, 0) + 1
        remarked += bool(one.complaints) and not one.failed
        for complaint in one.complaints:
            _count_unknown(unknown, complaint)
    return replace(
        counts, line=line, rows=counts.rows + rows, remarked=counts.remarked + remarked,
        created=counts.created + by_fate.get("created", 0),
        updated=counts.updated + by_fate.get("updated", 0),
        unchanged=counts.unchanged + by_fate.get("unchanged", 0),
        skipped=counts.skipped + by_fate.get("skipped", 0),
        failed=counts.failed + by_fate.get("failed", 0),
        unknown=unknown,
    )  # fmt: skip


def _count_unknown(unknown: dict[str, dict[str, int]], complaint: Complaint) -> None:
    if complaint.problem.fault not in UNKNOWN or complaint.column is None:
        return
    names = unknown.setdefault(complaint.column.header or complaint.column.letter, {})
    name = str(complaint.problem.facts["value"])[:LONG]
    if name in names or len(names) < NAMES:
        names[name] = names.get(name, 0) + 1


def written(lines: Iterable[Told]) -> list[Json]:
    """
    Give what is to be kept about the lines that something is wrong with.

    A line whose record came in but not all that it brought along is given back like a failed one.
    """
    return [
        {
            "line": one.line.line,
            "failed": one.failed or one.partly,
            "cells": list(one.line.cells) if one.failed or one.partly else None,
            "problems": [_written(complaint) for complaint in one.complaints],
        }
        for one in lines
        if one.complaints or one.failed
    ]


def _written(complaint: Complaint) -> Json:
    column, value = complaint.column, complaint.value
    return {
        "column": column.letter if column else None,
        "header": column.header if column else None,
        "field": column.field.key if column else complaint.problem.at or None,
        "value": value[:LONG] if isinstance(value, str) else value,
        "code": complaint.problem.word,
        "zh": complaint.problem.says("zh"),
        "en": complaint.problem.says("en"),
    }
