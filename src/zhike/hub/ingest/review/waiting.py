"""The lines that wait for a person, with the records they seem to be."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

import orjson

from zhike.hub.ingest.faults import SameAsHidden, SameAsRecord
from zhike.hub.ingest.ledger import Import
from zhike.hub.ingest.report import Told
from zhike.kernel.queries import load
from zhike.kernel.tx import Tx
from zhike.meta import Json
from zhike.store.batch import Fate, Match

QUERIES = load(Path(__file__).with_name("queries.sql"))
BASE = (SameAsRecord, SameAsHidden)


async def keep(tx: Tx, task: Import, lines: Sequence[Told]) -> None:
    """Keep the lines of a chunk that were left out because they seem to be there already."""
    if task.spec.on_duplicate != "review":
        return
    rows: list[Mapping[str, Any]] = [
        {
            "line": one.line.line,
            "given": one.line.given,
            "cells": list(one.line.cells),
            "matches": [_match(match) for match in one.entry.matches],
        }
        for one in lines
        if one.entry is not None
        and one.entry.fate is Fate.SKIPPED
        and any(said.problem.fault in BASE for said in one.complaints)
    ]
    if rows:
        await tx.run(QUERIES["keep"](id=task.id, lines=orjson.dumps(rows).decode()))


def _match(match: Match) -> Mapping[str, Json]:
    """Give what may be told of a record: to those who do not see it, whose it is."""
    told = {"owner": match.owner, "reasons": list(match.reasons), "score": match.score}
    if match.seen:
        told |= {"record": str(match.record), "title": match.title}
    return told


async def waiting(
    tx: Tx,
    id: UUID,  # noqa: A002 - what it is
    *,
    after: int,
    limit: int,
) -> list[Mapping[str, Json]]:
    """Give a page of lines that nobody decided about."""
    rows = await tx.rows(QUERIES["waiting"](id=id, after=after, limit=limit))
    return [
        {
            "line": line,
            "values": orjson.loads(given),
            "cells": orjson.loads(cells),
            "matches": orjson.loads(matches),
        }
        for line, given, cells, matches in rows
    ]
