"""
Imports beyond the line of `make bench`, from csv: rows a second, memory, processor time.

`python -m bench.imports 1000000` takes in so many new customers; `… update` takes in 500,000 lines,
a tenth of which say something else of a customer that came 10,000 lines before; `… beside` shows
what a line costs among 100,000 customers and among a million (the homes of `bench.gate`, copied);
`… dry 1000000` is a dry run.
"""

import csv
import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench import gate
from bench.place import BENCH, served, zhike
from bench.sheet import HEAD, line
from bench.watch import watched

UPDATED, REPEATS, BEFORE = 500_000, 10, 10_000
"""Lines, every which of them repeats another one, and how far that one lies back."""
ADDED = 40_000
SIZES = (100_000, 1_000_000)
EMPLOYEES, NOTE = HEAD.index("员工人数"), HEAD.index("备注")
HOME = BENCH / "imports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One import: its lines, seconds on the clock and of processors, and memory in MB."""

    lines: int
    seconds: float
    processors: float
    megabytes: float

    def __str__(self) -> str:
        rate = f"{self.lines / self.seconds:,.0f} rows/s ({self.seconds:.1f} s)"
        cost = f"{self.processors / self.lines * 1e6:,.0f} µs of processors a row"
        return f"{self.lines:,} lines: {rate}, {cost}, {self.megabytes:,.0f} MB"


def fresh(count: int) -> Iterator[tuple[object, ...]]:
    """Give so many customers, none of them twice."""
    random = Random(2026)
    return (line(number, random) for number in range(count))


def repeating(count: int) -> Iterator[tuple[object, ...]]:
    """Give lines some of which are earlier ones with other values in two of their cells."""
    earlier = deque[tuple[object, ...]](maxlen=BEFORE)
    new = fresh(count)
    for number in range(count):
        if number % REPEATS == REPEATS - 1 and len(earlier) == BEFORE:
            one = list(earlier[0])
            one[EMPLOYEES], one[NOTE] = 1000 + number % 77, "又见面了"
            given = tuple(one)
        else:
            given = next(new)
        earlier.append(given)
        yield given


def written(path: Path, lines: Iterator[tuple[object, ...]]) -> Path:
    """Write a csv, unless it is there already."""
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEAD)
            writer.writerows(lines)
    return path


def new(count: int) -> Path:
    """Give a csv of so many customers."""
    return written(BENCH / f"new-{count}.csv", fresh(count))


def taken(path: Path, lines: int, *words: str) -> Taken:
    """Import a file, from the command to its end."""
    started = time.perf_counter()
    with watched(HOME) as peak:
        zhike(HOME, "import", str(path), "--object", "customer", *words)
    return Taken(
        lines=lines,
        seconds=time.perf_counter() - started,
        processors=peak.processors(),
        megabytes=peak.megabytes(),
    )


def emptied() -> None:
    """Begin with a home without customers."""
    shutil.rmtree(HOME, ignore_errors=True)
    with served(HOME):
        pass


def beside(count: int) -> Taken:
    """Import some customers beside those of the gate's bench, which know none of them."""
    gate.prepared(gate.at(count), count)
    shutil.rmtree(HOME, ignore_errors=True)
    subprocess.run(["cp", "-a", f"{gate.at(count)}/.", str(HOME)], check=True)
    with served(HOME):
        pass
    return taken(new(ADDED), ADDED)


def main() -> None:
    """Measure what was asked for, and print it."""
    match sys.argv[1:]:
        case ["beside"]:
            small, large = (beside(count) for count in SIZES)
            for count, one in zip(SIZES, (small, large), strict=True):
                print(f"beside {count:,}: {one}")
            print(f"a row costs {large.processors / small.processors:.2f} times as much")
        case ["update"]:
            emptied()
            path = written(BENCH / f"repeating-{UPDATED}.csv", repeating(UPDATED))
            print(taken(path, UPDATED, "--on-duplicate", "update"))
        case ["dry", count]:
            emptied()
            print(taken(new(int(count)), int(count), "--dry-run"))
        case [count]:
            emptied()
            print(taken(new(int(count)), int(count)))
        case _:
            print(__doc__)
    shutil.rmtree(HOME, ignore_errors=True)


if __name__ == "__main__":
    main()
