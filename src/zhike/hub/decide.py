"""
What becomes of each entry: a new record, a change of one that is there, or nothing.

The rule for duplicates is the caller's, else that of the object's match document.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from zhike.hub import identity, standardize
from zhike.hub.fitting import fitting
from zhike.kernel.faults import Invalid, Problem, problem
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.batch import Batch, Entry, Fate, Match, OnDuplicate, Ready
from zhike.store.write import Taken, current, look


async def decide(batch: Batch, tx: Tx) -> Batch:
    """
    Settle every waiting entry, so that what still waits afterwards is written as it is.

    An entry that turns out to be a change of a known record is looked at and judged like any
    change. A batch that is all or nothing is refused here, before anything is written.
    """
    if batch.action == "create":
        batch = await _created(batch, tx)
    elif batch.action != "delete":
        batch = batch.having([_changed(one, batch) for one in batch.entries])
    batch = fitting(batch)
    if batch.atomic and batch.problems:
        raise Invalid(batch.problems)
    return _remarked(batch)


def _remarked(batch: Batch) -> Batch:
    """Say of every entry that is saved whom it may be the same as."""
    if not any(one.hints for one in batch.entries):
        return batch
    return batch.having(
        [
            one.having(remarks=(*one.remarks, *_hinted(one)))
            if one.hints and one.fate is Fate.WAITING
            else one
            for one in batch.entries
        ]
    )


def _hinted(entry: Entry) -> list[Problem]:
    return [
        problem(
            identity.MayBeKnown,
            at=one.reasons[0] if one.reasons else "",
            title=one.title or one.owner,
            percent=percent(one),
            owner=one.owner,
        )
        for one in entry.hints
        if one.verdict == "warn" and one.record is not None
    ]


def percent(match: Match) -> int:
    """Give how sure a match is, in whole per cent."""
    return int(match.score * 100)


async def _created(batch: Batch, tx: Tx) -> Batch:
    sorting = Sorting(batch=batch, rule=batch.rule, entries=list(batch.entries))
    for number, entry in enumerate(batch.entries):
        if entry.fate is Fate.WAITING and (entry.matches or batch.key):
            sorting.settle(number, entry)
    looked = await look(batch.having(sorting.entries), tx, action="update")
    given = Given.to(looked)
    return _joined(looked.having([_complete(one, looked, given) for one in looked.entries]))


async def parted(batch: Batch, tx: Tx) -> Batch:  # noqa: ARG001 - the shape of every step
    """
    Leave out whatever is not simply new, for entries that only happen to walk together.

    What is wrong with one, or whom it is the same as, is told when it walks alone.
    """
    return batch.having(
        [
            one.having(fate=Fate.SKIPPED, problems=())
            if one.fate is not Fate.WAITING or one.matches
            else one
            for one in batch.entries
        ]
    )


async def reconsidered(batch: Batch, tx: Tx) -> Batch:  # noqa: ARG001 - the shape of every step
    """Let refused entries go on with their problems: who only asks wants to hear everything."""
    return batch.having([one.having(fate=Fate.WAITING) for one in batch.entries])


async def filled(batch: Batch, tx: Tx) -> Batch:  # noqa: ARG001 - the shape of every step
    """Fill in what new records would get, without judging them."""
    given = Given.to(batch)
    return fitting(
        batch.having(
            [
                one.having(values=given.whole(one)) if one.before is None else one
                for one in batch.entries
            ]
        )
    )


def _joined(batch: Batch) -> Batch:
    """Refuse the entries that became part of one that is refused: they are saved nowhere."""
    if all(one.into is None for one in batch.entries):
        return batch
    return batch.having(
        [
            one.refused(*batch.entries[one.into].problems)
            if one.into is not None and batch.entries[one.into].fate is Fate.REFUSED
            else one
            for one in batch.entries
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorting:
    """One pass over the entries of a batch that create, each judged knowing those before it."""

    batch: Batch
    rule: OnDuplicate
    entries: list[Entry]
    carriers: dict[UUID, int] = field(default_factory=dict)
    """The entry that changes a known record, if several mean the same one."""

    def settle(self, number: int, entry: Entry) -> None:
        """Decide about one entry."""
        matches = [one for one in entry.matches if self._stands(one)]
        if self.batch.key:
            self._upsert(number, entry, matches)
        elif not matches:
            return
        elif self.rule == "skip":
            self.entries[number] = entry.having(fate=Fate.SKIPPED, record=self._record(matches[0]))
        elif self.rule == "update":
            self._join(number, entry, matches)
        else:
            self._refuse(number, entry, matches)

    def _stands(self, match: Match) -> bool:
        """Say whether what was matched is there, or will be."""
        return match.entry is None or self.entries[match.entry].fate is not Fate.REFUSED

    def _record(self, match: Match) -> UUID | None:
        if match.entry is None:
            return match.record
        return self.entries[match.entry].record

    def _upsert(self, number: int, entry: Entry, matches: Sequence[Match]) -> None:
        meant = [one for one in matches if one.binding and set(one.reasons) >= set(self.batch.key)]
        if meant:
            self._join(number, entry, meant)
            return
        others = [one for one in matches if one.binding or self.rule == "error"]
        if others:
            self.entries[number] = entry.refused(*self._problems(entry, others))

    def _join(self, number: int, entry: Entry, matches: Sequence[Match]) -> None:
        """Make the entry a change of what it matches, or part of the entry that is one already."""
        match = matches[0]
        if not match.seen:
            self.entries[number] = entry.refused(*self._problems(entry, matches[:1]))
            return
        carrier = match.entry
        if carrier is None and match.record is not None:
            carrier = self.carriers.setdefault(match.record, number)
        if carrier is None or carrier == number:
            self.entries[number] = entry.having(record=match.record)
            return
        first = self.entries[carrier]
        while first.into is not None:
            carrier = first.into
            first = self.entries[carrier]
        self.entries[carrier] = first.having(
            given={**first.given, **entry.given}, values={**first.values, **entry.values}
        )
        self.entries[number] = entry.having(fate=Fate.SKIPPED, into=carrier)

    def _refuse(self, number: int, entry: Entry, matches: Sequence[Match]) -> None:
        against = matches if self.rule == "error" else [one for one in matches if one.binding]
        if against:
            self.entries[number] = entry.refused(*self._problems(entry, against))

    def _problems(self, entry: Entry, matches: Sequence[Match]) -> list[Problem]:
        return [against(self.batch, one) for one in matches[:5]]


def against(batch: Batch, match: Match) -> Problem:
    """
    Say what an entry duplicates: the record with its id to those who may see it, to others its
    owner.
    """
    fields = [batch.object.fields[name] for name in match.reasons if name in batch.object.fields]
    labels = "、".join(one.label.said(batch.policy.viewer.language) for one in fields)
    at = match.reasons[0] if match.reasons else ""
    if match.entry is not None:
        place: dict[str, object] = {
            "entry": match.entry + 1,
            "where": batch.entries[match.entry].at,
        }
        if match.score < 1:
            return problem(identity.NearDuplicateInside, at=at, percent=percent(match), **place)
        return problem(identity.DuplicateInside, at=at, reasons=labels, **place)
    facts: dict[str, object] = {"owner": match.owner}
    if match.seen:
        facts |= {"record": match.record, "title": match.title}
    if match.binding:
        return problem(Taken, at=at, label=labels, **facts)
    if match.score < 1:
        facts.setdefault("title", "")
        return problem(identity.NearDuplicate, at=at, percent=percent(match), **facts)
    return problem(identity.Duplicate, at=at, reasons=labels, **facts)


def _changed(entry: Entry, batch: Batch) -> Entry:
    """Judge a change that would make a record the same as another one."""
    if entry.fate is not Fate.WAITING or not entry.matches:
        return entry
    rule = batch.rule
    binding = [against(batch, one) for one in entry.matches if one.binding]
    others = [against(batch, one) for one in entry.matches if not one.binding]
    if binding or (others and rule == "error"):
        return entry.refused(*binding, *(others if rule == "error" else ()))
    return entry.having(remarks=(*entry.remarks, *others))


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What the new records of a batch get without being told, found out once for all of them."""

    known: standardize.ObjectPlan
    by: str | None
    """Whoever makes them, and so owns them."""
    department: str | None
    usual: Mapping[str, Json]
    """What a record gets that brings none of it: the same mapping for all of them."""

    @classmethod
    def to(cls, batch: Batch) -> Self:
        """Say what a batch gives to its new records."""
        viewer = batch.policy.viewer
        known = standardize.plan(
            batch.policy, batch.object.key, action=batch.action, trusted=batch.trusted
        )
        by = None if viewer.id is None else str(viewer.id)
        department = str(viewer.departments[0]) if viewer.departments else None
        usual = _owned(dict(known.defaults), by, department)
        return cls(known=known, by=by, department=department, usual=usual)

    def whole(self, entry: Entry) -> Mapping[str, Json]:
        """Give the values of a new record with what it gets."""
        if self._usually(entry):
            return {**self.usual, **entry.values}
        values = {**self.known.defaults, **entry.drawn, **entry.values}
        return _owned(values, self.by, self.department)

    def _usually(self, entry: Entry) -> bool:
        return not entry.drawn and self.usual.keys().isdisjoint(entry.values)

    def ready(self, entry: Entry, values: Mapping[str, Json]) -> Ready | None:
        """Give how it is written with what it gets, unless that is in what was ready already."""
        if entry.ready is None:
            return None
        more = self.usual
        if not self._usually(entry):
            names = (*self.known.defaults, *entry.drawn, "owner", "department")
            more = {
                name: value
                for name in names
                if name not in entry.values and (value := values.get(name)) is not None
            }
        columns, text, said, _ = entry.ready
        return Ready(columns, text, said, more) if more.keys().isdisjoint(columns) else None


def _owned(values: dict[str, Json], by: str | None, department: str | None) -> dict[str, Json]:
    """Give values their owner, and the department of whoever owns what they made."""
    if by is not None and values.setdefault("owner", by) == by and department is not None:
        values.setdefault("department", department)
    return values


def _complete(entry: Entry, batch: Batch, given: Given) -> Entry:
    """Fill in what a new record gets without being told; a changed one gets nothing."""
    if entry.fate is not Fate.WAITING:
        return entry
    if entry.before is not None:
        return _recalled(entry, batch)
    values = given.whole(entry)
    ready = given.ready(entry, values)
    wrong = given.known.missing(values, given=batch.given, new=True)
    whole = entry.having(values=values, ready=ready)
    return whole.refused(*wrong) if wrong else whole


def _recalled(entry: Entry, batch: Batch) -> Entry:
    """Give the entry that turned out to be a change the keys its record will have."""
    ways = identity.plan(batch.policy.snapshot, batch.object.key)
    values: dict[str, Json] = {name: current(entry, name) for name in ways.fields}
    return entry.having(keys=ways.keys(values))
