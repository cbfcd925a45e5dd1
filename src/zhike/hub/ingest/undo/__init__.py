"""
撤销导入: a run taken back as a whole. What it made is removed, what it changed is restored field by
field; what others did since stands against it, and is listed.
"""

from collections.abc import Mapping
from uuid import UUID

import orjson

from zhike.hub.ingest.undo.conflicts import QUERIES
from zhike.hub.ingest.undo.run import ask, undo
from zhike.kernel.tx import Tx
from zhike.kernel.words import Language
from zhike.meta import Json

__all__ = ["ask", "kept", "progress", "undo"]

WORDS = ("removed", "restored", "kept", "gone", "waiting")


async def progress(tx: Tx, id: UUID, language: Language) -> Mapping[str, Json]:  # noqa: A002
    """Say how far it came."""
    row = await tx.row(QUERIES["undo"](id=id))
    wish = orjson.loads(row[0]) if row and row[0] else {}
    counts: dict[str, int] = dict(await tx.rows(QUERIES["outcomes"](id=id)))
    stopped = wish.get("stopped")
    # What stands against it is told as whoever asked sees it, and to nobody else.
    refused = wish.get("refused", ()) if wish.get("actor") == str(tx.viewer.id or "") else ()
    return {
        "force": wish.get("force", False),
        "total": sum(counts.values()),
        **{word: counts.get(word, 0) for word in WORDS},
        "stopped": stopped[language] if stopped else None,
        "refused": [
            {"path": one["path"], "code": one["code"], "message": one[language]} for one in refused
        ],
    }


async def kept(
    tx: Tx,
    id: UUID,  # noqa: A002 - what it is
    *,
    after: int,
    limit: int,
    language: Language,
) -> list[Mapping[str, Json]]:
    """Give a page of the records that could not be taken back, each with why."""
    rows = await tx.rows(QUERIES["kept"](id=id, after=after, limit=limit))
    return [
        {
            "position": position,
            "object": obj,
            "record": record,
            "code": why["code"] if why else None,
            "message": why[language] if why else None,
        }
        for position, obj, record, raw in rows
        for why in [orjson.loads(raw) if raw else None]
    ]
