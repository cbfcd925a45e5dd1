"""What became of a batch, as the caller is told: errors with addresses, and whom it duplicates."""

from collections.abc import Mapping, Sequence
from typing import Any

from zhike.doors.http.faults import Refused
from zhike.doors.http.problems import listed
from zhike.kernel.words import Language
from zhike.store.batch import Entry, Fate, Match

DONE = frozenset({Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED, Fate.DELETED, Fate.RESTORED})


def refused(entry: Entry) -> Refused:
    """Give the fault of a record that was not saved, with whom it duplicates."""
    found = [one.under(entry.at) for one in entry.problems]
    members = {"duplicates": duplicates(entry.matches)} if entry.matches else {}
    return Refused(found, members=members)


def duplicates(matches: Sequence[Match]) -> list[Mapping[str, Any]]:
    """
    Give the records that one seems to be the same as.

    Of a record outside the asker's sight only the owner's name is told, so that they know whom to
    ask.
    """
    return [_duplicate(one) for one in matches]


def _duplicate(one: Match) -> Mapping[str, Any]:
    known: dict[str, Any] = {}
    if one.record is not None and one.seen:
        known = {"id": one.record, "title": one.title}
    if one.entry is not None:
        known["entry"] = one.entry
    return {**known, "owner": one.owner, "score": one.score, "reasons": list(one.reasons)}


def item(entry: Entry, all_: Sequence[Entry], language: Language) -> Mapping[str, Any]:
    """Give what became of one of many records; one that was joined to another has that one's id."""
    if entry.fate is Fate.REFUSED:
        told: dict[str, Any] = {"errors": listed(entry.problems, language)}
        return {**told, "duplicates": duplicates(entry.matches)} if entry.matches else told
    carrier = entry if entry.into is None else all_[entry.into]
    return {"id": carrier.record, "fate": entry.fate.value, "version": carrier.version}


def refusals(entries: Sequence[Entry], language: Language) -> list[Mapping[str, Any]]:
    """Give the entries that were refused, each with its place in what was sent."""
    return [
        {"at": entry.at, **item(entry, entries, language)}
        for entry in entries
        if entry.fate is Fate.REFUSED
    ]


def tally(entries: Sequence[Entry], *fates: Fate) -> Mapping[str, int]:
    """Count the entries by what became of them."""
    return {one.value: sum(entry.fate is one for entry in entries) for one in fates}
