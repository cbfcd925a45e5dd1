"""
A record met unseen: who asked is noted, how often is limited, and a card stands for the record.

The card says little: the name with its middle left out, whose it is, until when.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from uuid import UUID

import orjson

from zhike.hub.identity.faults import TooManyMet
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.meta import Snapshot
from zhike.store.batch import Batch, Match
from zhike.store.trail import note

QUERIES = load(Path(__file__).with_name("queries.sql"))
IDS = 20


async def meet(tx: Tx, batch: Batch, matches: Sequence[Match]) -> Mapping[UUID, UUID]:
    """
    Note that the viewer met records they do not see, and give the card of each.

    Raises TooManyMet if they met too many of them since yesterday.
    """
    met = {
        one.record: one.object or batch.object.key
        for one in matches
        if one.record is not None and not one.seen
    }
    asker = tx.viewer.id
    if not met or asker is None:
        return {}
    most = limit(batch.policy.snapshot)
    _, rows = await tx.several([QUERIES["turn"](asker=str(asker)), QUERIES["spent"](asker=asker)])
    spent, seconds = rows[0]
    if spent >= most:
        raise TooManyMet(most=most, seconds=max(1, seconds or 86_400))
    told = [{"object": key, "record": str(record)} for record, key in met.items()]
    made = await tx.rows(QUERIES["add_cards"](asker=asker, met=orjson.dumps(told).decode()))
    note(
        tx,
        "duplicate.met",
        object=batch.object.key,
        new={"count": len(told), "records": told[:IDS], "source": batch.source},
    )
    return dict(made)


def limit(snapshot: Snapshot) -> int:
    """Give how many records one may meet unseen in 24 hours."""
    return snapshot.security.duplicates_per_day
