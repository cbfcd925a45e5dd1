"""Which records something is done to, and what became of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from zhike.access import Policy
from zhike.doors.http.call import Call
from zhike.doors.http.faults import WrongMember, WrongShape
from zhike.doors.http.records.told import refusals
from zhike.hub.sweep import Book, SweepSpec
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Object
from zhike.store import read
from zhike.store.batch import Entry, Fate
from zhike.store.read import Query, read_query

ASKED = ("where", "search", "view")
CHOSEN = frozenset({"ids", "expected", "undo", *ASKED})
AT_ONCE = 1000
"""Records in one batch, and in one request; what is done to more of them is a job."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """The records named, or those that answer a question."""

    named: Sequence[UUID] = ()
    query: Query | None = None
    expected: int | None = None
    """How many somebody confirmed that they are."""
    undo: bool = False
    """Whether the answer shall say how it is taken back."""
    asked: Mapping[str, Any] | None = None
    """The question as it was sent."""

    def outcome(self, call: Call, tx: Tx, obj: Object, spec: SweepSpec) -> "Outcome":
        """Begin to count what becomes of them, where it is done at once."""
        book = Book(tx, object=obj, spec=spec) if self.undo else None
        return Outcome(language=call.language, book=book)

    async def many(self, tx: Tx, rights: Policy, obj: Object) -> bool:
        """Tell whether they are more than one request is for."""
        if self.query is None:
            return len(self.named) > AT_ONCE
        return len(await read.identities(tx, rights, obj.key, self.query, most=AT_ONCE)) > AT_ONCE

    async def ids(self, tx: Tx, rights: Policy, obj: Object) -> Sequence[UUID]:
        """Name them before the first is changed: that may change what they answer."""
        if self.query is not None:
            return await read.identities(tx, rights, obj.key, self.query, expected=self.expected)
        read.confirmed(len(self.named), self.expected)
        return self.named


def read_chosen(body: Mapping[str, Any], *, deleted: bool = False) -> Chosen:
    """Read which records are meant, of those that were thrown away if need be: by id, or asked."""
    asked = {name: body[name] for name in ASKED if name in body}
    if ("ids" in body) == bool(asked):
        raise WrongMember(at="where", reason="where | ids")
    expected, undo = body.get("expected"), body.get("undo", False)
    if expected is not None and (
        isinstance(expected, bool) or not isinstance(expected, int) or expected < 0
    ):
        raise WrongMember(at="expected", reason="0 …")
    if not isinstance(undo, bool):
        raise WrongMember(at="undo", reason="true | false")
    if "ids" in body:
        return Chosen(named=named(body["ids"]), expected=expected, undo=undo)
    asked |= {"deleted": True} if deleted else {}
    return Chosen(query=read_query(asked), asked=asked, expected=expected, undo=undo)


def named(given: Any) -> list[UUID]:
    """Read ids, each once."""
    if not isinstance(given, list):
        raise WrongShape(at="ids", wanted='["…"]')
    found: list[UUID] = []
    for number, one in enumerate(given):
        try:
            found.append(UUID(one if isinstance(one, str) else ""))
        except ValueError as error:
            raise WrongMember(at=f"ids[{number}]", reason="UUID") from error
    return list(dict.fromkeys(found))


def pieces(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Cut many records into batches."""
    for start in range(0, len(ids), AT_ONCE):
        yield ids[start : start + AT_ONCE]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of many records: counted batch by batch, so that no batch is held on to."""

    language: Language
    book: Book | None
    """Where it is written down, if it shall be possible to take it back."""
    fates: dict[Fate, int] = field(default_factory=dict)
    errors: list[Mapping[str, Any]] = field(default_factory=list)

    async def count(self, entries: Sequence[Entry]) -> None:
        """Take in what became of one batch."""
        self.errors.extend(refusals(entries, self.language))
        for one in entries:
            self.fates[one.fate] = self.fates.get(one.fate, 0) + 1
        if self.book:
            await self.book.enter(entries)

    def told(self, word: str, fate: Fate) -> dict[str, Any]:
        """Tell it; `undo` is the sweep by which it is taken back, if anything was changed."""
        return {
            word: self.fates.get(fate, 0),
            "unchanged": self.fates.get(Fate.UNCHANGED, 0),
            "errors": self.errors,
            **undo_of(self.book),
        }


def undo_of(book: Book | None) -> Mapping[str, Any]:
    """Tell by which sweep something is taken back, if that was asked."""
    return {"undo": book.id} if book else {}
