"""Which kinds of notifications somebody wants: all, but those they switched off."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from zhike.hub.notifications.kinds import KINDS, Kind
from zhike.hub.notifications.place import QUERIES
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json


async def wanted(tx: Tx, user: UUID, language: Language) -> Sequence[Mapping[str, Json]]:
    """Give every kind with what it is called and whether somebody is told of it."""
    off = {kind for (kind,) in await tx.rows(QUERIES["off"](user=user))}
    return [
        {"key": key, "label": label.said(language), "on": key not in off}
        for key, label in KINDS.items()
    ]


async def want_all_but(tx: Tx, user: UUID, kinds: Collection[Kind]) -> None:
    """Have somebody told of everything but some kinds, from now on."""
    await tx.run(QUERIES["set_off"](user=user, kinds=list(kinds)))
