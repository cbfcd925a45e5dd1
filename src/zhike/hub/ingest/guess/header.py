"""Where the head of a sheet is: below titles and notes, on one line or two."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from zhike.hub.ingest.guess.mapping import Column, Names, scores
from zhike.hub.sheets import Cell, Line

DEEP = 50
SAMPLE = 40
LONG = 30
NUMERIC = re.compile(r"[\d\s.,:/%¥$+-]+(年|月|日|万|亿|元)?[\d\s.,:/年月日]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A head: its lines, its columns, and how much of it fits the object."""

    lines: tuple[int, ...]
    columns: tuple[Column, ...]
    score: float
    """The number of fields it names, more or less; 0 if it was told by its shape alone."""


def found(lines: Sequence[Line], names: Names) -> Found | None:
    """Find the line (or two) that names the most fields; failing that, the most head-like one."""
    early = lines[:DEEP]
    best: tuple[float, int, list[tuple[str, ...]], tuple[int, ...]] | None = None
    for place, (number, cells) in enumerate(early):
        levels = [_levels(one) for one in cells]
        score = _score(levels, names)
        if score > (best[0] if best else 0.0):
            best = (score, place, levels, (number,))
    for place, (upper, lower) in enumerate(pairwise(early), 1):
        if lower[0] == upper[0] + 1:
            levels = _joined(upper[1], lower[1])
            score = _score(levels, names)
            # Two lines are a head only if together they name a field more than one alone.
            if score > (best[0] if best else 0.0) + 0.5:
                best = (score, place, levels, (upper[0], lower[0]))
    if best is None:
        return _by_shape(early)
    score, place, levels, numbers = best
    return Found(lines=numbers, columns=_columns(early[place + 1 :], levels), score=score)


def at(lines: Sequence[Line], asked: tuple[int, ...]) -> Found:
    """Take the head from where somebody says it is; no lines for a sheet without one."""
    known = dict(lines)
    rows = [known.get(number, []) for number in asked]
    if not rows:
        width = max((len(cells) for _, cells in lines), default=0)
        levels: list[tuple[str, ...]] = [()] * width
    else:
        levels = (
            [_levels(one) for one in rows[0]] if len(rows) == 1 else _joined(rows[-2], rows[-1])
        )
    start = next((n for n, (number, _) in enumerate(lines) if number > max(asked, default=0)), 0)
    return Found(lines=asked, columns=_columns(lines[start:], levels), score=0.0)


def _score(levels: list[tuple[str, ...]], names: Names) -> float:
    """Count the fields named; what looks like data speaks against a line."""
    named: dict[str, float] = {}
    against = 0.0
    for one in levels:
        if not one:
            continue
        fits = scores(one, names)
        if fits:
            key = max(fits, key=lambda field: fits[field])
            against += 0.3 if key in named else 0.0
            named[key] = max(named.get(key, 0.0), fits[key])
        elif len(one[-1]) > LONG or NUMERIC.fullmatch(one[-1]):
            against += 0.6
    return sum(named.values()) - against


def _by_shape(lines: Sequence[Line]) -> Found | None:
    """A head has different short texts in every column; titles and notes have one or two cells."""
    width = max((len(cells) for _, cells in lines), default=0)
    for place, (number, cells) in enumerate(lines):
        texts = [one for one in cells if isinstance(one, str) and len(one) <= LONG]
        words = [one for one in texts if not NUMERIC.fullmatch(one.strip())]
        if len(words) == len(set(words)) and len(words) >= max(1, 0.7 * width):
            levels = [_levels(one) for one in cells]
            return Found(lines=(number,), columns=_columns(lines[place + 1 :], levels), score=0.0)
    return None


def _levels(value: Cell) -> tuple[str, ...]:
    return () if value is None else (str(value).strip(),)


def _joined(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[tuple[str, ...]]:
    """Join two lines of a head: a group stands above its columns, a merged cell in both lines."""
    joined: list[tuple[str, ...]] = []
    group: str | None = None
    for place in range(max(len(upper), len(lower))):
        above = _levels(upper[place]) if place < len(upper) else ()
        below = _levels(lower[place]) if place < len(lower) else ()
        group = above[0] if above else group if below else None
        if above and not below:
            joined.append(above)
            group = None
        elif below and group is not None and group != below[0]:
            joined.append((group, below[0]))
        else:
            joined.append(below)
    return joined


def _columns(lines: Sequence[Line], levels: list[tuple[str, ...]]) -> tuple[Column, ...]:
    """Give every column that has a head or cells."""
    body = [cells for _, cells in lines[:SAMPLE]]
    width = max([len(levels), *(len(cells) for cells in body)])
    columns = []
    for place in range(width):
        sample = tuple(
            cells[place] for cells in body if place < len(cells) and cells[place] is not None
        )
        own = levels[place] if place < len(levels) else ()
        if own or sample:
            columns.append(Column(at=place, levels=own, sample=sample))
    return tuple(columns)
