"""Records written: changed, thrown away, taken back; and looked at before they are saved."""

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from zhike.access import Policy
from zhike.db import Conversation
from zhike.doors.http.answers import answer, nothing
from zhike.doors.http.call import Call
from zhike.doors.http.faults import WrongShape
from zhike.doors.http.problems import listed
from zhike.doors.http.reading import identifier, json_body, parameters
from zhike.doors.http.records.reading import Path, shown
from zhike.doors.http.records.told import Cards, duplicates, refused
from zhike.doors.http.records.unsaved import unsaved
from zhike.hub.identity.cards import meet
from zhike.hub.intake import take_in
from zhike.kernel.faults import Fault, Invalid, NotFound, Stale, TooLarge, problem
from zhike.kernel.tx import Mistaken, Tx
from zhike.meta import Object
from zhike.store import read
from zhike.store.batch import Batch, Entry, Fate
from zhike.store.read import Found

MOST = 10_000
"""How many records may come in one request."""

DIGITS = 18
"""Of a version: what a bigint holds."""


def object_of(rights: Policy, key: str) -> Object:
    """Give the object that a path names."""
    read.readable(rights, key)
    return rights.snapshot.objects[key]


Made = tuple[Entry, Found | None]
"""What became of a record that was written, and the record as far as its writer may see it."""


class TurnedAway(Exception):
    """The only entry of a batch is refused, and its transaction with it."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__()


async def done(call: Call, batch: Batch) -> Made:
    """
    Write one record and give it as it is then.

    Whom a refused one met without seeing them is noted all the same, in a transaction of its own.
    """
    try:
        return await _saved(call, batch)
    except TurnedAway as away:
        entry = away.entry
    cards: Cards = {}
    if any(not one.seen for one in (*entry.matches, *entry.hints)):
        async with call.transaction() as tx:
            cards = await cards_of(tx, batch, [entry])
    raise refused(entry, cards)


async def _saved(call: Call, batch: Batch) -> Made:
    """
    Walk the intake with one record, at first as if nobody had anything in common with it.

    So it nearly always is, and then everything is one round trip. Where it is not, nothing was
    done, and nothing said yet: it is asked who does.
    """
    try:
        async with call.transaction(presuming=True) as tx:
            try:
                return await _walked(call, tx, batch)
            except (Fault, TurnedAway) as told:
                if tx.presumed:
                    raise Mistaken from told
                raise
    except Mistaken:
        async with call.transaction() as tx:
            return await _walked(call, tx, batch)


async def _walked(call: Call, tx: Conversation, batch: Batch) -> Made:
    entry = (await take_in(batch, tx, steps=call.system.intake)).entries[0]
    return entry, await _after(call, tx, batch, entry)


async def _after(call: Call, tx: Conversation, batch: Batch, entry: Entry) -> Found | None:
    """
    Give the record as it is after the deed; one may create what one may not read.

    That is the last question, so the deed is committed with it, unless the look is to be noted.
    """
    if entry.fate is Fate.REFUSED:
        raise TurnedAway(entry)
    if entry.record is None or not batch.policy.may(batch.object.key, "read"):
        return None
    floats = call.numbers == "float"
    if not read.is_noted(batch.policy, batch.object.key):
        tx.ending()
    return await read.one(tx, batch.policy, batch.object.key, entry.record, floats=floats)


async def cards_of(tx: Tx, batch: Batch, entries: Sequence[Entry]) -> Cards:
    """Make out cards for what refused some entries and is not seen."""
    unseen = [
        match
        for one in entries
        if one.fate is Fate.REFUSED
        for match in (*one.matches, *one.hints)
        if not match.seen
    ]
    return await meet(tx, batch, unseen) if unseen else {}


async def change(call: Call, path: Path) -> Response:
    """Change some fields of one record; `If-Match` says which version is meant."""
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    identity = identifier(path["id"])
    parameters(call.scope, frozenset())
    body = values(await json_body(call.scope, call.receive))
    entry = Entry(given=body, record=identity, version=expected(call))
    return await _deed(
        call,
        Batch(
            policy=rights,
            object=obj,
            action="update",
            entries=(entry,),
            source=rights.viewer.source,
        ),
    )


async def delete(call: Call, path: Path) -> Response:
    """Throw one record into the recycle bin."""
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    entry = Entry(record=identifier(path["id"]), version=expected(call))
    parameters(call.scope, frozenset())
    batch = Batch(
        policy=rights, object=obj, action="delete", entries=(entry,), source=rights.viewer.source
    )
    async with call.transaction() as tx:
        done = (await take_in(batch, tx, steps=call.system.intake)).entries[0]
        if done.fate is Fate.REFUSED:
            raise refused(done)
    return nothing()


async def restore(call: Call, path: Path) -> Response:
    """Take one record out of the recycle bin."""
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    entry = Entry(record=identifier(path["id"]))
    parameters(call.scope, frozenset())
    return await _deed(
        call,
        Batch(
            policy=rights,
            object=obj,
            action="restore",
            entries=(entry,),
            source=rights.viewer.source,
        ),
    )


async def _deed(call: Call, batch: Batch) -> Response:
    _, found = await done(call, batch)
    if found is None:
        raise NotFound
    return shown(call, found)


async def check(call: Call, path: Path) -> Response:
    """
    Say what a record would look like, what is wrong with it and whom it duplicates; save
    nothing.
    """
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    parameters(call.scope, frozenset())
    entry = Entry(given=values(await json_body(call.scope, call.receive)))
    batch = Batch(
        policy=rights,
        object=obj,
        action="create",
        entries=(entry,),
        on_duplicate="create",
        source=rights.viewer.source,
    )
    async with call.transaction() as tx:
        found = (await take_in(batch, tx, steps=call.system.checking)).entries[0]
        met = (*found.matches, *found.hints)
        cards = await meet(tx, batch, met)
    told = {
        "record": {**unsaved(obj, found.values), **found.children},
        "errors": listed(found.problems, call.language),
        "remarks": listed(found.remarks, call.language),
        "duplicates": duplicates(met, cards),
    }
    return answer(told)


def values(body: Any, *, at: str = "") -> Mapping[str, Any]:
    """Give the values of one record."""
    if not isinstance(body, dict):
        raise WrongShape(at=at, wanted="{…}")
    return body


def entries(rows: Sequence[Any]) -> list[Entry]:
    """Give many records as entries, each knowing its place."""
    if len(rows) > MOST:
        raise TooLarge(limit=f"{MOST} records")
    if wrong := [number for number, row in enumerate(rows) if not isinstance(row, dict)]:
        raise Invalid(problem(WrongShape, at=f"[{number}]", wanted="{…}") for number in wrong)
    return [Entry(at=f"[{number}]", given=row) for number, row in enumerate(rows)]


def expected(call: Call) -> int | None:
    """Give the version that the caller means to change; None for whichever it is."""
    tag = call.header(b"if-match")
    if tag is None or tag.strip() == "*":
        return None
    plain = tag.strip().removeprefix("W/").strip('"')
    if not (plain.isascii() and plain.isdigit() and len(plain) <= DIGITS):
        raise Stale
    return int(plain)
