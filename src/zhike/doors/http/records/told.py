"""What became of a batch, as the caller is told: errors with addresses, and whom it duplicates."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from zhike.doors.http.faults import Refused
from zhike.doors.http.problems import listed
from zhike.kernel.words import Language
from zhike.store.batch import Compared, Entry, Fate, Match

Cards = Mapping[UUID, UUID]
"""By record that somebody does not see: the card that stands for it."""
NONE: Cards = {}
DONE = frozenset({Fate.CREATED, Fate.UPDATED, Fate.UNCHANGED, Fate.DELETED, Fate.RESTORED})


def refused(entry: Entry, cards: Cards = NONE) -> Refused:
    """Give the fault of a record that was not saved, with whom it duplicates."""
    found = [one.under(entry.at) for one in entry.problems]
    told = (*entry.matches, *entry.hints)
    members = {"duplicates": duplicates(told, cards)} if told else {}
    return Refused(found, members=members)


def duplicates(matches: Sequence[Match], cards: Cards = NONE) -> list[Mapping[str, Any]]:
    """
    Give the records that one seems to be the same as.

    Of a record outside the asker's sight the owner's name is told, so that they know whom to ask;
    and where a card was made out for it, what of its name may be told.
    """
    return [_duplicate(one, cards) for one in matches]


def _duplicate(one: Match, cards: Cards) -> Mapping[str, Any]:
    known: dict[str, Any] = {}
    if one.record is not None and one.seen:
        known = {"id": one.record, "title": one.title}
    elif one.record is not None and one.record in cards:
        known = {"card": cards[one.record]} | ({"title": one.card} if one.card else {})
    if one.entry is not None:
        known["entry"] = one.entry
    if one.object:
        known["object"] = one.object
    if one.until is not None:
        known["protected_until"] = one.until
    return {
        **known,
        "owner": one.owner,
        "score": one.score,
        "verdict": one.verdict,
        "reasons": list(one.reasons),
        "compared": [_compared(field) for field in one.compared],
    }


def _compared(one: Compared) -> Mapping[str, Any]:
    told = {"field": one.field, "agreement": one.agreement, "weight": one.weight}
    values = {"given": one.given, "held": one.held}
    return {**told, **{name: value for name, value in values.items() if value is not None}}


def item(
    entry: Entry, all_: Sequence[Entry], language: Language, cards: Cards = NONE
) -> Mapping[str, Any]:
    """Give what became of one of many records; one that was joined to another has that one's id."""
    if entry.fate is Fate.REFUSED:
        told: dict[str, Any] = {"errors": listed(entry.problems, language)}
        if entry.matches:
            told["duplicates"] = duplicates((*entry.matches, *entry.hints), cards)
        return told
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
