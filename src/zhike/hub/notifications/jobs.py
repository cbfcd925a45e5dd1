"""
The end of a job is told to whoever asked for it, and that it gets nowhere: once, whatever happens
to the process.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

import orjson

from zhike.db.jobs import Stuck
from zhike.hub.hands import Hands
from zhike.hub.jobs import reasons
from zhike.hub.notifications.kinds import Kind
from zhike.hub.notifications.place import QUERIES
from zhike.hub.notifications.telling import ring
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Json

BOOKS: Mapping[str, str] = {
    "import": "import",
    "import.undo": "import",
    "export": "export",
    "identity": "identity",
    "handover": "handover",
    "handover.undo": "handover",
    "merge": "merge",
    "merge.undo": "merge",
    "standardize": "standardize",
    "sweep": "sweep",
    "sweep.undo": "sweep",
}
"""In which books the end of a job stands, by its task. Whoever only tries something looks on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Who asked for a job, and how it stands."""

    actor: UUID | None
    object: str
    state: str
    ended_at: datetime | None
    facts: Mapping[str, Json]
    over: bool


async def ended(hands: Hands, task: str, id: UUID, *, workspace: str) -> None:  # noqa: A002
    """
    Tell whoever asked for a job how it ended, if it did.

    A job that dies with its worker is begun again, and comes by here again: what tells it apart is
    the end that stands in the books, so that it is told once.
    """
    if task not in BOOKS:
        return
    async with hands.db.transaction(platform("notifications"), workspace) as tx:
        one = await _stand(tx, task, id)
        if one is not None and one.over:
            knot = f"{task} {id} {one.state} {one.ended_at.isoformat() if one.ended_at else ''}"
            await _tell(tx, task, id, knot=knot, one=one)


async def held_up(hands: Hands, task: str, id: UUID, *, workspace: str, stuck: Stuck) -> None:  # noqa: A002
    """
    Tell whoever asked for a job why it gets nowhere, though it is tried on.

    What tells it apart is its place in the queue: it is told once until somebody asks for it again.
    """
    if task not in BOOKS:
        return
    async with hands.db.transaction(platform("notifications"), workspace) as tx:
        one = await _stand(tx, task, id)
        if one is not None:
            facts = {**one.facts, "why": reasons(stuck.fault)}
            held = replace(one, state="held", ended_at=None, facts=facts)
            await _tell(tx, task, id, knot=f"{task} {id} held {stuck.number}", one=held)


async def _stand(tx: Tx, task: str, id_: UUID) -> Stand | None:
    row = await tx.row(QUERIES[f"stand_of_{BOOKS[task]}"](id=id_))
    if row is None:
        return None
    known = dict(zip(Stand.__slots__, row, strict=True))
    return Stand(**{**known, "facts": orjson.loads(known["facts"])})


async def _tell(tx: Tx, task: str, id_: UUID, *, knot: str, one: Stand) -> None:
    kind: Kind = "export" if BOOKS[task] == "export" else "job"
    facts = {"job": task, "state": one.state, **one.facts}
    told = await tx.rows(
        QUERIES["tell_job"](
            user=one.actor, kind=kind, knot=knot, at=one.ended_at, object=one.object, id=id_,
            facts=orjson.dumps(facts).decode(),
        )
    )  # fmt: skip
    await ring(tx, [user for (user,) in told])
