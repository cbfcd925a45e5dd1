"""The papers between a run and its process, as JSON lines: task, records, what was found."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from zhike.hub.identity.runs.aspects import Aspect, Rules
from zhike.hub.identity.scales import BY_NAME
from zhike.meta import Json

TASK, RECORDS, PAIRS, CLUSTERS, MODEL = "task", "records", "pairs", "clusters", "model"
KNOWN, SUMS = "known", "sums"
UNREACHABLE = 69
"""What the process of a run ends with if its machine cannot be had."""


class Pair(NamedTuple):
    """Two records that may be one, the smaller id first."""

    a: str
    b: str
    score: float
    levels: Sequence[int | None]
    joined: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a run is asked."""

    aspects: tuple[Aspect, ...]
    threshold: float
    decisions: Mapping[Any, Sequence[tuple[str, str]]]
    model: Mapping[str, Any] | None = None
    """What the run before learnt, if this one is to look at what has changed since only."""
    touched: Sequence[str] = ()
    """The records that have changed since."""
    rules: Rules | None = None
    """What is followed if only a part of the records is read; else it is found out."""
    summed: str = ""
    """The object whose records are told with their sums, for the run after this one."""


def write_task(folder: Path, task: Task) -> None:
    """Write what is asked."""
    said = {
        "aspects": [[one.field, one.scale.name, one.beside] for one in task.aspects],
        "threshold": task.threshold,
        "decisions": task.decisions,
        "model": task.model,
        "touched": task.touched,
        "rules": task.rules,
        "summed": task.summed,
    }
    (folder / TASK).write_bytes(orjson.dumps(said))


def read_task(folder: Path) -> Task:
    """Read what is asked."""
    said = orjson.loads((folder / TASK).read_bytes())
    return Task(
        aspects=tuple(
            Aspect(field=field, scale=BY_NAME[name], beside=beside)
            for field, name, beside in said["aspects"]
        ),
        threshold=said["threshold"],
        decisions={word: [(a, b) for a, b in pairs] for word, pairs in said["decisions"].items()},
        model=said["model"],
        touched=said["touched"],
        rules=said["rules"],
        summed=said["summed"],
    )


def add_records(folder: Path, lines: Iterable[Sequence[Json]]) -> None:
    """Add records: each the id, then the values in the order of the aspects."""
    with (folder / RECORDS).open("ab") as out:
        out.writelines(orjson.dumps(line) + b"\n" for line in lines)


def read_records(folder: Path) -> Iterator[Sequence[Any]]:
    """Read the records."""
    return _lines(folder / RECORDS)


def record_lines(folder: Path) -> Iterator[bytes]:
    """Give the records as they are written, for others to read."""
    return _raw(folder / RECORDS)


def weight(folder: Path) -> int:
    """Give the bytes of the records."""
    return (folder / RECORDS).stat().st_size if (folder / RECORDS).exists() else 0


def write_known(folder: Path, pairs: Iterable[Sequence[Any]]) -> None:
    """Write what the run before found: two records, and their levels."""
    _write(folder / KNOWN, pairs)


def read_known(folder: Path) -> Iterator[Sequence[Any]]:
    """Read what the run before found."""
    return _lines(folder / KNOWN)


def write_pairs(folder: Path, pairs: Iterable[Pair]) -> None:
    """Write what may be one."""
    _write(folder / PAIRS, map(tuple, pairs))


def read_pairs(folder: Path) -> Iterator[Pair]:
    """Read what may be one."""
    return (Pair(*line) for line in _lines(folder / PAIRS))


def write_clusters(folder: Path, clusters: Iterable[Sequence[str]]) -> None:
    """Write who is taken for one."""
    _write(folder / CLUSTERS, clusters)


def read_clusters(folder: Path) -> Iterator[Sequence[str]]:
    """Read who is taken for one."""
    return _lines(folder / CLUSTERS)


def write_sums(folder: Path, rules: Rules, found: Iterable[tuple[str, Sequence[int]]]) -> None:
    """Write the rules, then the sums of each record."""
    _write(folder / SUMS, chain([rules], found))


def read_sums(folder: Path) -> tuple[Rules, Iterator[tuple[str, Sequence[int]]]] | None:
    """Read the rules and the sums; None if there are none."""
    lines = _lines(folder / SUMS)
    rules = next(lines, None)
    return None if rules is None else (rules, ((one, found) for one, found in lines))


def write_model(folder: Path, model: Mapping[str, Json]) -> None:
    """Write what was learnt; it is the last paper."""
    (folder / MODEL).write_bytes(orjson.dumps(model))


def read_model(folder: Path) -> Mapping[str, Json]:
    """Read what was learnt."""
    model: Mapping[str, Json] = orjson.loads((folder / MODEL).read_bytes())
    return model


def _write(path: Path, lines: Iterable[Any]) -> None:
    with path.open("wb") as out:
        out.writelines(orjson.dumps(line) + b"\n" for line in lines)


def _lines(path: Path) -> Iterator[Any]:
    return map(orjson.loads, _raw(path))


def _raw(path: Path) -> Iterator[bytes]:
    if path.exists():
        with path.open("rb") as lines:
            yield from lines
