"""
Sweeps (批量操作): one thing done to more records than a request should wait for, as a job that
tells how far it is, can be broken off and can be taken back.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import orjson

from zhike.access import Policy
from zhike.hub.sweep.adding import held_by, joined
from zhike.hub.sweep.book import Book
from zhike.hub.sweep.ledger import QUERIES, Sweep, some
from zhike.hub.sweep.run import forget_old, run, run_undo, undo_at_once
from zhike.hub.sweep.spec import SweepSpec
from zhike.hub.sweep.start import cancel, own, start, undo
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.store import read

__all__ = [
    "Book",
    "Sweep",
    "SweepSpec",
    "cancel",
    "forget_old",
    "held_by",
    "joined",
    "own",
    "refusals",
    "run",
    "run_undo",
    "some",
    "start",
    "undo",
    "undo_at_once",
]


async def refusals(
    tx: Tx, held: Policy, sweep: Sweep, language: Language, *, after: int, limit: int
) -> Sequence[dict[str, Any]]:
    """
    Give a page of the records that were left as they are, each with why: of those that could not be
    taken back once that was begun.

    A record is called by its title if the viewer may see it now.
    """
    outcomes = ["kept"] if sweep.going_back else ["refused", "stayed"]
    asked = QUERIES["refusals"](id=sweep.id, outcomes=outcomes, after=after, limit=limit)
    rows = await tx.rows(asked)
    seen: dict[UUID, str | None] = {}
    for name in {of for _, _, of, _, _ in rows}:
        if held.may(name, "read"):
            seen |= await read.titles(
                tx, held, name, [id_ for _, id_, of, *_ in rows if of == name]
            )
    return [
        {
            "position": position,
            "object": of,
            "record": {"id": str(record), "title": seen[record]} if record in seen else None,
            "outcome": outcome,
            "errors": [
                {"code": one["code"], "message": one[language]} for one in orjson.loads(why or "[]")
            ],
        }
        for position, record, of, outcome, why in rows
    ]
