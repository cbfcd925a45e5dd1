"""Many records thrown into the recycle bin at once, and taken out of it again."""

from collections.abc import Sequence
from uuid import UUID

from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.reading import json_body, members, parameters
from zhike.doors.http.records.chosen import CHOSEN, UNDONE, Outcome, named, pieces, read_chosen
from zhike.doors.http.records.reading import Path
from zhike.doors.http.records.writing import object_of
from zhike.hub.intake import take_in
from zhike.kernel.tx import Tx
from zhike.meta import Object
from zhike.store.batch import Action, Batch, Entry, Fate


async def delete(call: Call, path: Path) -> Response:
    """Throw away every record that is named, or that answers a condition."""
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    parameters(call.scope, frozenset())
    chosen = read_chosen(members(await json_body(call.scope, call.receive), CHOSEN))
    outcome = Outcome(language=call.language, undo=chosen.undo)
    async with call.transaction() as tx:
        ids = await chosen.ids(tx, rights, obj)
        await _walked(call, tx, rights, obj, "delete", ids, outcome)
    return answer(outcome.told("deleted", Fate.DELETED))


async def restore(call: Call, path: Path) -> Response:
    """Take records out of the recycle bin."""
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    parameters(call.scope, frozenset())
    body = members(await json_body(call.scope, call.receive), frozenset({"ids"}))
    ids = named(body.get("ids"), most=UNDONE)
    outcome = Outcome(language=call.language, undo=False)
    async with call.transaction() as tx:
        await _walked(call, tx, rights, obj, "restore", ids, outcome)
    return answer(outcome.told("restored", Fate.RESTORED))


async def _walked(  # noqa: PLR0913, PLR0917 - what a batch is made of
    call: Call,
    tx: Tx,
    rights: Policy,
    obj: Object,
    action: Action,
    ids: Sequence[UUID],
    outcome: Outcome,
) -> None:
    for some in pieces(ids):
        batch = Batch(
            policy=rights,
            object=obj,
            action=action,
            entries=tuple(Entry(at=str(one), record=one) for one in some),
            source=rights.viewer.source,
        )
        outcome.count((await take_in(batch, tx, steps=call.system.intake)).entries)
