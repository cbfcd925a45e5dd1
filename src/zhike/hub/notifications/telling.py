"""
From the logs to notifications: whoever is concerned by what was written is told of it, once.

What is told and how far the log was read are one transaction. It is done in sets: however much was
written, a stretch of a log is one statement.
"""

from collections.abc import Iterable, Sequence
from uuid import UUID

import orjson

from zhike.hub.hands import Hands
from zhike.hub.notifications.place import QUERIES, Followed, Stretch, move, stretch
from zhike.kernel.sql import Sql
from zhike.kernel.tx import Tx
from zhike.kernel.viewer import platform
from zhike.meta import Snapshot

NAMED = 100
"""So many people are named to the processes at once; a message may not be longer."""
EVERYBODY = "*"


async def tell(hands: Hands, workspace: str, log: Followed) -> bool:
    """Tell of what a log has got by now; give whether there is more that cannot be told yet."""
    while True:
        snapshot = await hands.catalog.snapshot(workspace)
        async with hands.db.transaction(platform("notifications"), workspace) as tx:
            found = await stretch(tx, log)
            if found is None:
                return True
            if found.upto > found.after:
                told = await tx.rows(_statement(snapshot, log, found))
                await move(tx, log, found.upto)
                await ring(tx, [user for (user,) in told])
        if found.upto <= found.after or not found.more:
            return found.more


async def ring(tx: Tx, users: Iterable[UUID]) -> None:
    """Let the bells of some people be told, once this transaction is committed."""
    names = [str(one) for one in users]
    if names:
        whom = EVERYBODY if len(names) > NAMED else ",".join(names)
        await tx.run(QUERIES["tell_bell"](payload=f"{tx.workspace} bell {whom}"))


def _statement(snapshot: Snapshot, log: Followed, found: Stretch) -> Sql:
    if log == "changes":
        naming = orjson.dumps(_naming(snapshot)).decode()
        return QUERIES["tell_changes"](after=found.after, upto=found.upto, naming=naming)
    approvers = [key for key, role in snapshot.roles.items() if role.approve_exports]
    return QUERIES["tell_operations"](after=found.after, upto=found.upto, approvers=approvers)


def _naming(snapshot: Snapshot) -> Sequence[dict[str, str]]:
    """Give the fields that name people: who comes into one is mentioned."""
    return [
        {"object": key, "field": field.key}
        for key, obj in snapshot.objects.items()
        if not obj.system
        for field in obj.of_kind("users")
    ]
