"""Many records thrown into the recycle bin at once, and taken out of it again."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from starlette.responses import Response

from zhike.access import Policy
from zhike.doors.http.answers import answer
from zhike.doors.http.call import Call
from zhike.doors.http.reading import json_body, members, parameters
from zhike.doors.http.records.chosen import CHOSEN, Outcome, pieces, read_chosen
from zhike.doors.http.records.reading import Path
from zhike.doors.http.records.sweeping import sweeping
from zhike.doors.http.records.writing import object_of
from zhike.hub.intake import take_in
from zhike.hub.sweep import SweepSpec
from zhike.kernel.tx import Tx
from zhike.meta import Object
from zhike.store.batch import Action, Batch, Entry, Fate


async def delete(call: Call, path: Path) -> Response:
    """Throw away every record that is named, or that answers a condition; many by a job."""
    return await _binned(call, path, "delete")


async def restore(call: Call, path: Path) -> Response:
    """Take records out of the recycle bin: named, or those in it that answer; many by a job."""
    return await _binned(call, path, "restore")


async def _binned(call: Call, path: Path, act: Literal["delete", "restore"]) -> Response:
    rights = await call.policy()
    obj = object_of(rights, path["object"])
    parameters(call.scope, frozenset())
    body = members(await json_body(call.scope, call.receive), CHOSEN)
    chosen, spec = read_chosen(body, deleted=act == "restore"), SweepSpec(act=act)
    async with call.transaction() as tx:
        if await chosen.many(tx, rights, obj):
            return await sweeping(call, tx, rights, spec, of=obj.key, chosen=chosen)
        outcome = chosen.outcome(call, tx, obj, spec)
        ids = await chosen.ids(tx, rights, obj)
        await _walked(call, tx, rights, obj, act, ids, outcome)
    word, fate = ("deleted", Fate.DELETED) if act == "delete" else ("restored", Fate.RESTORED)
    return answer(outcome.told(word, fate))


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
        await outcome.count((await take_in(batch, tx, steps=call.system.intake)).entries)
