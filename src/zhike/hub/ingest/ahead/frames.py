"""
A chunk as bytes, for the way from the preparing process to the one that writes.

The two know the same plan, so that a column is named by its place in it, and what a line asks for
is read from its cells again. Values travel field by field. The cells as they came are only looked
at where something is wrong with them, and stay bytes until then.
"""

import marshal
import pickle
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import starmap
from typing import Any, overload

from zhike.hub.ingest.ahead.chunks import Chunk
from zhike.hub.ingest.plan import Asks, Complaint, ImportPlan, Shaped, asked
from zhike.hub.sheets import Cell
from zhike.meta import Json
from zhike.store.batch import Ready

Told = tuple[Any, int | None, Any, bool]
"""A complaint with the place of its column."""
PLAIN = 2
"""The version of `marshal` that looks for nothing that comes again."""


class Cells:
    """The cells of a chunk, read when somebody first asks."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    @cached_property
    def lines(self) -> Sequence[Sequence[Cell]]:
        """Every line of the chunk."""
        lines: Sequence[Sequence[Cell]] = marshal.loads(self._body)  # noqa: S302 - our own child's
        return lines


class CellsOfLine(Sequence[Cell]):
    """The cells of one line."""

    __slots__ = ("_all", "_number")

    def __init__(self, every: Cells, number: int) -> None:
        self._all = every
        self._number = number

    @overload
    def __getitem__(self, at: int) -> Cell: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Cell]: ...
    def __getitem__(self, at: int | slice) -> Cell | Sequence[Cell]:
        return self._all.lines[self._number][at]

    def __len__(self) -> int:
        return len(self._all.lines[self._number])

    def __eq__(self, other: object) -> bool:
        return list(self) == other

    __hash__ = None  # type: ignore[assignment] # as lists have none


def packed(chunk: Chunk, plan: ImportPlan) -> bytes:
    """Give a chunk as bytes."""
    places = {id(column): place for place, column in enumerate(plan.columns)}
    lines = chunk.lines
    fields = list(dict.fromkeys(key for one in lines for key in one.given))
    told = {
        number: [_told(complaint, places) for complaint in one.complaints]
        for number, one in enumerate(lines)
        if one.complaints
    }
    plain = (
        [one.line for one in lines],
        marshal.dumps([one.cells for one in lines], PLAIN),
        fields,
        [[one.given.get(key) for one in lines] for key in fields],
        [one.keys for one in lines],
        [one.tokens for one in lines],
        [one.typed for one in lines],
    )
    body = (
        plain,
        next((one.ready.columns for one in lines if one.ready), ()),
        [one.ready and (one.ready.text, one.ready.said) for one in lines],
        pickle.dumps(told) if told else b"",
        [*chunk.ignored],
        chunk.last,
    )
    return marshal.dumps(body, PLAIN)


def unpacked(frame: bytes, plan: ImportPlan) -> Chunk:
    """Give the chunk again."""
    (numbers, body, fields, values, *known), columns, written, said, ignored, last = marshal.loads(  # noqa: S302 - our own child's
        frame
    )
    ready = [None if one is None else Ready(columns, *one) for one in written]
    told = pickle.loads(said) if said else {}  # noqa: S301 - likewise
    kept, every = Cells(body), range(len(numbers))
    cells: Sequence[Sequence[Cell]] = [CellsOfLine(kept, number) for number in every]
    asks: Sequence[Asks] = [()] * len(numbers)
    if plan.links:
        cells, asks = kept.lines, [asked(plan, one) for one in kept.lines]
    complaints = [_complaints(told, number, plan) if number in told else () for number in every]
    rows = _rows(fields, values, len(numbers))
    parts = zip(numbers, cells, rows, asks, complaints, *known, ready, strict=True)
    return Chunk(lines=list(starmap(Shaped, parts)), ignored=ignored, last=last)


def _rows(
    fields: Sequence[str], values: Sequence[Sequence[Json]], count: int
) -> Iterable[Mapping[str, Json]]:
    if not fields:
        return [{} for _ in range(count)]
    return [
        {key: one for key, one in zip(fields, row, strict=True) if one is not None}
        for row in zip(*values, strict=True)
    ]


def _told(one: Complaint, places: Mapping[int, int]) -> Told:
    return one.problem, places.get(id(one.column)), one.value, one.failed


def _complaints(
    told: Mapping[int, Sequence[Told]], number: int, plan: ImportPlan
) -> Sequence[Complaint]:
    return [
        Complaint(
            problem=problem,
            column=None if place is None else plan.columns[place],
            value=value,
            failed=failed,
        )
        for problem, place, value, failed in told[number]
    ]
