"""
A chunk as bytes, for the way from the preparing process to the one that writes.

The two know the same plan, so that a column is named by its place in it, and what a line asks for
is read from its cells again.
"""

import pickle
from collections.abc import Mapping, Sequence
from typing import Any

from zhike.hub.ingest.ahead.chunks import Chunk
from zhike.hub.ingest.plan import Complaint, ImportPlan, Shaped, asked

Told = tuple[Any, int | None, Any, bool]
"""A complaint with the place of its column."""


def packed(chunk: Chunk, plan: ImportPlan) -> bytes:
    """Give a chunk as bytes."""
    places = {id(column): place for place, column in enumerate(plan.columns)}
    rows = [(one.line, one.cells, one.given, one.keys, one.tokens) for one in chunk.lines]
    told = {
        number: [_told(complaint, places) for complaint in one.complaints]
        for number, one in enumerate(chunk.lines)
        if one.complaints
    }
    return pickle.dumps((rows, told, chunk.ignored, chunk.last), pickle.HIGHEST_PROTOCOL)


def unpacked(frame: bytes, plan: ImportPlan) -> Chunk:
    """Give the chunk again."""
    rows, told, ignored, last = pickle.loads(frame)  # noqa: S301 - our own child's words
    lines = [
        Shaped(line, cells, given, asked(plan, cells), _complaints(told, number, plan), keys, words)
        for number, (line, cells, given, keys, words) in enumerate(rows)
    ]
    return Chunk(lines=lines, ignored=ignored, last=last)


def _told(one: Complaint, places: Mapping[int, int]) -> Told:
    return one.problem, places.get(id(one.column)), one.value, one.failed


def _complaints(
    told: Mapping[int, Sequence[Told]], number: int, plan: ImportPlan
) -> Sequence[Complaint]:
    if number not in told:
        return ()
    return [
        Complaint(
            problem=problem,
            column=None if place is None else plan.columns[place],
            value=value,
            failed=failed,
        )
        for problem, place, value, failed in told[number]
    ]
