"""Records given to somebody else, with what belongs to them."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http.answers import answer
from zhike.doors.http.records.chosen import AT_ONCE, undo_of
from zhike.doors.http.records.sweeping import begun
from zhike.doors.http.records.told import refusals, tally
from zhike.doors.http.routing import Asked, router
from zhike.doors.http.sharing.words import Chosen, Key, Line
from zhike.hub.sweep import Book, SweepSpec
from zhike.hub.transfer import Transfer, transfer
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.store.batch import Entry, Fate
from zhike.store.read import Query, identities

ROUTES: APIRouter = router("sharing")


class Wanted(Chosen):
    """
    Which records, to whom, and which of their relations go along; `expected` is how many records
    somebody confirmed.
    """

    to: UUID
    along: Annotated[tuple[Key, ...], Field(max_length=50, alias="with")] = ()
    reason: Line = ""
    expected: Annotated[int, Field(ge=0)] | None = None
    undo: bool = False
    """Whether the answer shall say how it is taken back."""


@ROUTES.post("/records/{object}/transfer")
async def give(object: str, given: Wanted, call: Asked) -> Response:  # noqa: A002
    """
    Give records to somebody else, and the records of the relations in `with` that had the same
    owner; more than 1,000 by a job.
    """
    held = await call.policy()
    along = tuple(dict.fromkeys(given.along))
    wanted = Transfer(to=given.to, along=along, reason=given.reason, expected=given.expected)
    spec = SweepSpec(
        act="transfer", query=given.asked(), expected=given.expected, to=given.to,
        along=along, reason=given.reason,
    )  # fmt: skip
    async with call.transaction() as tx:
        if await _many(tx, held, object, given):
            return await begun(call, tx, held, spec, of=object, named=given.ids or ())
        done = await transfer(
            tx, held, object, given.chosen(), wanted=wanted, take_in=call.system.hands.take_in
        )
        obj = held.snapshot.objects[object]
        book = Book(tx, object=obj, spec=spec) if given.undo else None
        if book:
            await book.enter(done.entries, done.along)
    told = {
        **_told(done.entries, call.language),
        "with": {name: _told(some, call.language) for name, some in done.along.items()},
        **undo_of(book),
    }
    return answer(told)


async def _many(tx: Tx, held: Policy, obj: str, given: Wanted) -> bool:
    """Tell whether these are more than one request is for."""
    chosen = given.chosen()
    if isinstance(chosen, Query):
        return len(await identities(tx, held, obj, chosen, most=AT_ONCE)) > AT_ONCE
    return len(chosen) > AT_ONCE


def _told(entries: Sequence[Entry], language: Language) -> Mapping[str, Any]:
    counts = tally(entries, Fate.UPDATED, Fate.UNCHANGED)
    return {
        "changed": counts["updated"],
        "unchanged": counts["unchanged"],
        "errors": refusals(entries, language),
    }
