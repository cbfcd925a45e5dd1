"""The end of a job is told to whoever asked for it, once, whatever happens to the process."""

from collections.abc import Mapping
from uuid import UUID

import orjson

from zhike.hub.hands import Hands
from zhike.hub.notifications.kinds import Kind
from zhike.hub.notifications.place import QUERIES
from zhike.hub.notifications.telling import ring
from zhike.kernel.viewer import platform

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


async def ended(hands: Hands, task: str, id: UUID, *, workspace: str) -> None:  # noqa: A002
    """
    Tell whoever asked for a job how it ended, if it did.

    A job that dies with its worker is begun again, and comes by here again: what tells it apart is
    the end that stands in the books, so that it is told once.
    """
    books = BOOKS.get(task)
    if books is None:
        return
    async with hands.db.transaction(platform("notifications"), workspace) as tx:
        row = await tx.row(QUERIES[f"end_of_{books}"](id=id))
        if row is None or row[0] is None:
            return
        actor, obj, state, at, facts = row
        kind: Kind = "export" if books == "export" else "job"
        told = await tx.rows(
            QUERIES["tell_end"](
                user=actor, kind=kind, knot=f"{task} {id} {state} {at.isoformat()}", at=at,
                object=obj, id=id, facts=orjson.dumps(
                    {"job": task, "state": state, **orjson.loads(facts)}
                ).decode(),
            )
        )  # fmt: skip
        await ring(tx, [user for (user,) in told])
