"""
What a line brings along besides its own record: records of other objects that point at it, and
those its lookups name that nobody goes by yet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from zhike.access import Policy
from zhike.hub.hands import TakeIn
from zhike.hub.ingest.faults import MadeToo, UnknownLink
from zhike.hub.ingest.links import Links
from zhike.hub.ingest.plan import Column, Complaint, ImportPlan, Shaped, shaped
from zhike.hub.ingest.ways.parts import Part
from zhike.kernel.faults import Problem, problem
from zhike.kernel.tx import Tx
from zhike.meta import Json, Object
from zhike.store.batch import Batch, Entry, Fate, OnDuplicate

Counted = Mapping[str, Mapping[str, int]]
"""By object: what became of the records that came along."""


class Brought(NamedTuple):
    """The lines with what is to be told of what they brought along, and how much that was."""

    lines: Sequence[Shaped]
    counts: Counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Along:
    """Takes in what comes along with the lines of one import."""

    policy: Policy
    links: Links
    cause: str
    take: TakeIn
    rule: OnDuplicate
    rehearsed: bool

    async def brought(
        self,
        tx: Tx,
        parts: Sequence[Part],
        lines: Sequence[Shaped],
        entries: Mapping[int, Entry],
    ) -> Brought:
        """Take in the parts of lines whose own record is there; what is wrong is told there."""
        records = _records(entries)
        told: dict[int, list[Complaint]] = {}
        counts: dict[str, dict[str, int]] = {}
        for part in parts:
            some = [(one.line, list(one.cells)) for one in lines if one.line in records]
            filled = [
                one for one in shaped(part.plan, some) if one.given or one.asks or one.complaints
            ]
            if part.plan.links:
                child = part.plan.object.key
                filled = await self.links.filled(tx, part.plan.links, filled, within=child)
            counted = counts.setdefault(part.plan.object.key, {})
            for line, found, fate in await self._one(tx, part, filled, records):
                told.setdefault(line, []).extend(found)
                counted[fate] = counted.get(fate, 0) + 1
        after = [one.having({}, told[one.line]) if told.get(one.line) else one for one in lines]
        return Brought(after, counts)

    async def _one(
        self,
        tx: Tx,
        part: Part,
        lines: Sequence[Shaped],
        records: Mapping[int, UUID | None],
    ) -> Sequence[tuple[int, list[Complaint], str]]:
        going = [one for one in lines if not one.failed]
        found = [(one.line, list(one.complaints), "failed") for one in lines if one.failed]
        if not going:
            return found
        given = [
            {**one.given, **({part.back: str(record)} if (record := records[one.line]) else {})}
            for one in going
        ]
        done = await self._through(tx, part.plan.object, given, filled=frozenset({part.back}))
        for line, entry in zip(going, done, strict=True):
            wrong = [_placed(part.plan, line, one) for one in entry.problems]
            fate = "failed" if entry.fate is Fate.REFUSED else entry.fate.value
            if entry.fate is Fate.WAITING:
                fate = "created" if entry.before is None else "updated"
            found.append((line.line, [*line.complaints, *wrong], fate))
        return found

    async def _through(
        self,
        tx: Tx,
        obj: Object,
        given: Sequence[Mapping[str, Json]],
        *,
        filled: frozenset[str],
    ) -> Sequence[Entry]:
        batch = Batch(
            policy=self.policy, object=obj, action="create",
            entries=tuple(Entry(given=one) for one in given), on_duplicate=self.rule,
            source="import", cause=self.cause, blank_clears=False, trusted=True,
            given=filled, rehearsed=self.rehearsed,
        )  # fmt: skip
        return (await self.take(batch, tx)).entries

    async def made(
        self, tx: Tx, columns: Sequence[Column], lines: Sequence[Shaped]
    ) -> Sequence[Shaped]:
        """Make the records that lookups name and that are not there; one for each name."""
        for column in columns:
            names = dict.fromkeys(
                str(found.problem.facts["value"])
                for one in lines
                for found in one.complaints
                if _unknown(found, column)
            )
            target = self.policy.snapshot.objects[column.field.target or ""]
            if not names or not self.policy.may(target.key, "create"):
                continue
            given = [{target.title: name} for name in names]
            done = await self._through(tx, target, given, filled=frozenset())
            ids = _ids(names, done)
            self.links.learn(target.key, ids)
            lines = [self._given(one, column, ids, dict(zip(names, done, strict=True)))
                     for one in lines]  # fmt: skip
        return lines

    def _given(
        self, line: Shaped, column: Column, ids: Mapping[str, str], done: Mapping[str, Entry]
    ) -> Shaped:
        kept: list[Complaint] = []
        given = dict(line.given)
        for one in line.complaints:
            name = str(one.problem.facts.get("value"))
            refused = not _unknown(one, column) or done[name].fate is Fate.REFUSED
            if refused:
                kept.append(one)
                continue
            label = self.policy.snapshot.objects[column.field.target or ""].label
            told = problem(MadeToo, object=label, value=name)
            kept.append(Complaint(problem=told, column=column, value=one.value))
            if name in ids:
                given[column.field.key] = ids[name]
        return line._replace(given=given, complaints=kept, ready=None)


def _unknown(one: Complaint, column: Column) -> bool:
    return one.column is column and one.problem.fault is UnknownLink


def _ids(names: Mapping[str, None], done: Sequence[Entry]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, entry in zip(names, done, strict=True):
        record = entry.record
        if record is None and entry.matches and entry.matches[0].entry is not None:
            record = done[entry.matches[0].entry].record
        if record is not None and entry.fate is not Fate.REFUSED:
            found[name] = str(record)
    return found


def _records(entries: Mapping[int, Entry]) -> Mapping[int, UUID | None]:
    """Give by line the record it made or meant; None for one that a rehearsal would make."""
    order = list(entries.values())
    found: dict[int, UUID | None] = {}
    for line, entry in entries.items():
        if entry.fate is Fate.REFUSED:
            continue
        match = entry.matches[0] if entry.matches else None
        if entry.fate is Fate.SKIPPED and match is not None and not match.seen:
            continue
        record = entry.record
        if record is None and entry.into is not None:
            record = order[entry.into].record
        elif record is None and match is not None and match.entry is not None:
            record = order[match.entry].record
        found[line] = record
    return found


def _placed(plan: ImportPlan, line: Shaped, found: Problem) -> Complaint:
    """Find the cell that a problem of a part speaks of; the line is told as not wholly in."""
    key = found.at.split(".")[0]
    for column in (*plan.columns, *plan.links):
        if column.field.key == key:
            value = line.cells[column.at] if column.at < len(line.cells) else None
            return Complaint(problem=found, column=column, value=value, failed=True)
    return Complaint(problem=found, failed=True)
