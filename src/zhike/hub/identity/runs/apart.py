"""
The records of a run taken apart: those of a large base by all processors at once.

Each helping process takes slices of the paper; what comes back is put together in its order.
"""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import orjson

from zhike.hub.identity.runs import paper
from zhike.hub.identity.runs.aspects import Aspect, Piece, Table

LARGE = 30_000_000
"""Bytes of paper from which on help is worth the start of other processes."""
SLICE = 10_000
MOST = 4
"""Helping processes that the one which puts together can keep up with."""
AHEAD = 2
"""Slices for each of them that are under way or wait to be put together."""

_KNOWN: list[Aspect] = []
"""By what a helping process takes apart: scales cannot be sent, it has them from its parent."""


def taken_apart(folder: Path, known: Sequence[Aspect], *, large: int = LARGE) -> Table:
    """Give the records of a run's paper, taken apart."""
    table = Table(known)
    helping = min(MOST, len(os.sched_getaffinity(0)))
    if helping == 1 or paper.weight(folder) < large:
        for record, *values in paper.read_records(folder):
            table.add(str(record), values)
        return table
    with ProcessPoolExecutor(helping, get_context("fork"), _KNOWN.extend, (known,)) as pool:
        for piece in _pieces(pool, folder, most=helping * AHEAD):
            table.extend(piece)
    return table


def _pieces(pool: ProcessPoolExecutor, folder: Path, *, most: int) -> Iterator[Piece]:
    waiting: deque[Future[Piece]] = deque()
    lines = paper.record_lines(folder)
    while slice_ := list(islice(lines, SLICE)):
        if len(waiting) == most:
            yield waiting.popleft().result()
        waiting.append(pool.submit(_piece, slice_))
    while waiting:
        yield waiting.popleft().result()


def _piece(lines: Sequence[bytes]) -> Piece:
    table = Table(_KNOWN)
    for record, *values in map(orjson.loads, lines):
        table.add(str(record), values)
    return table.ids, table.parts
