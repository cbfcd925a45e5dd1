"""
Records made: many out of an array, or one out of an object.

Single ones that come while others of the same viewer are under way walk the intake together, in one
transaction; each caller is told only of their own.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from starlette.responses import Response

from zhike.db import Conversation
from zhike.db.faults import ConnectionLost
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.reading import json_body, one_of, parameters, truth
from zhike.doors.http.records.reading import Path, shown
from zhike.doors.http.records.told import item
from zhike.doors.http.records.writing import Made, cards_of, done, entries, object_of, values
from zhike.doors.together import Doing, Unsure
from zhike.hub.intake import take_in
from zhike.kernel.faults import Invalid
from zhike.kernel.sql import sql
from zhike.kernel.viewer import NOWHERE
from zhike.store import read
from zhike.store.batch import Batch, Entry, Fate, OnDuplicate
from zhike.store.read import Found

CHOICES: Mapping[str, OnDuplicate] = {
    "error": "error",
    "skip": "skip",
    "update": "update",
    "create": "create",
}
CREATING = frozenset({"on_duplicate", "atomic"})
IMPATIENT = sql("SELECT set_config('lock_timeout', '300ms', true)")
"""Who would have to wait for somebody else's lock does so alone, and holds up nobody."""


async def create(call: Call, path: Path) -> Response:
    """Make one record out of an object, or many out of an array."""
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    given = parameters(call.scope, CREATING)
    chosen = given.get("on_duplicate")
    batch = Batch(
        policy=rights,
        object=obj,
        action="create",
        entries=(),
        on_duplicate=CHOICES[one_of(chosen, name="on_duplicate", words=CHOICES)]
        if chosen
        else None,
        atomic=truth(given.get("atomic", "false"), name="atomic"),
        source=rights.viewer.source,
    )
    body = await json_body(call.scope, call.receive)
    if isinstance(body, list):
        return await _create_many(call, batch.having(entries(body)))
    return await _create_one(call, batch.having([Entry(given=values(body))]))


async def _create_many(call: Call, batch: Batch) -> Response:
    async with call.transaction() as tx:
        done = await take_in(batch, tx, steps=call.system.intake)
        if done.atomic and done.problems:
            raise Invalid(done.problems)
        cards = await cards_of(tx, batch, done.entries)
    told = [item(one, done.entries, call.language, cards) for one in done.entries]
    return answer({"items": told}, 201)


async def _create_one(call: Call, batch: Batch) -> Response:
    wanted = Wanted(call=call, batch=batch)
    if wanted.sociable:
        entry, found = await call.system.together.done(wanted.kind, wanted, DOING)
    else:
        entry, found = await done(call, batch)
    status = 201 if entry.fate is Fate.CREATED else 200
    at = f"/api/v1/records/{batch.object.key}/{entry.record}" if found else None
    if found is None:
        return answer({"id": entry.record}, status)
    return shown(call, found, status=status, location=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One record that somebody wants to be made."""

    call: Call
    batch: Batch

    @property
    def sociable(self) -> bool:
        """Whether others may go along: nothing of it is noted of the call, or all or nothing."""
        policy, key = self.batch.policy, self.batch.object.key
        noted = policy.may(key, "read") and read.is_noted(policy, key)
        return not (noted or self.batch.atomic)

    @property
    def kind(self) -> Hashable:
        """With whom it may go: the same viewer, with the same rights, wants the same."""
        batch, call = self.batch, self.call
        return (
            call.workspace,
            batch.object.key,
            batch.on_duplicate,
            call.numbers,
            # Of one version of the configuration; whoever is under way keeps it alive.
            id(batch.policy.rights),
            batch.policy.viewer,
        )


async def _alone(wanted: Wanted) -> Made:
    return await done(wanted.call, wanted.batch)


async def _several(wanted: Sequence[Wanted]) -> Sequence[Made | None]:
    """
    Make several records in one transaction, as far as they are simply new; the others are not
    touched.
    """
    call = wanted[0].call
    entries = tuple(one for each in wanted for one in each.batch.entries)
    batch = replace(wanted[0].batch, entries=entries, together=True)
    tx: Conversation | None = None
    try:
        async with call.transaction_as(batch.policy.viewer, NOWHERE) as tx:
            tx.soon(IMPATIENT)
            made = await take_in(batch, tx, steps=call.system.gathering)
            found = await _found(call, tx, made)
    except ConnectionLost as fault:
        if tx is not None and tx.over:
            raise Unsure from fault
        raise
    return [
        (one, found.get(one.record)) if one.fate is Fate.CREATED and one.record else None
        for one in made.entries
    ]


async def _found(call: Call, tx: Conversation, made: Batch) -> Mapping[UUID, Found]:
    """Give the new records as they are; that is the last question, and the commit goes with it."""
    key = made.object.key
    ids = [one.record for one in made.entries if one.fate is Fate.CREATED and one.record]
    if not (ids and made.policy.may(key, "read")):
        return {}
    tx.ending()
    return await read.some(tx, made.policy, key, ids, floats=call.numbers == "float")


DOING = Doing(alone=_alone, several=_several)
