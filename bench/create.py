"""
`python -m bench create`: one record created, the product and its floor in turns, with what a
request costs the processors.

On a home with 20,000 customers that is kept from one run to the next, so that a change is measured
in a minute. On a loaded machine the rates say little, the processor times still something.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

import psutil

from bench.load import Measured, Request, load
from bench.place import BENCH, zhike
from bench.sheet import sheet

LINES = 20_000
ROUNDS = 10
SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one side's requests took: how many a second, and microseconds of processor for each."""

    rate: float
    web: float
    database: float

    def __str__(self) -> str:
        return f"{self.rate:,.0f}/s ({self.web:.0f} + {self.database:.0f} µs)"


def filled() -> Path:
    """Give the home to measure on, with its customers; made the first time."""
    home = BENCH / "create"
    done = home / "filled"
    if not done.exists():
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        path = sheet(BENCH / f"customers-{LINES}.xlsx", LINES)
        zhike(home, "import", str(path), "--object", "customer")
        done.write_text("0")
    return home


@contextmanager
def counted(home: Path) -> Iterator[Iterator[int]]:
    """Give numbers of customers that no run on this home has made."""
    numbers = count(int((home / "filled").read_text() or 0))
    try:
        yield numbers
    finally:
        (home / "filled").write_text(str(next(numbers)))


def compared(home: Path, ours: int, below: int, requests: tuple[Request, Request]) -> Iterator[str]:
    """Measure two servers in turns; give a line for each round, then what tells most of all."""
    sides = {"ours": (ours, requests[0], _serving(0)), "floor": (below, requests[1], _serving(1))}
    found: dict[str, list[Cost]] = {name: [] for name in sides}
    for number in range(ROUNDS + 1):
        for name, (port, request, serving) in sides.items():
            cost = _cost(home, port, request, serving)
            if number:
                found[name].append(cost)
        if number:
            yield _told(found["ours"][-1], found["floor"][-1])
    yield "median rate, least time:  " + _told(_telling(found["ours"]), _telling(found["floor"]))


def _told(ours: Cost, below: Cost) -> str:
    return f"{ours}  │  {below}  │  {ours.rate / below.rate:.2f}"


def _telling(costs: list[Cost]) -> Cost:
    return Cost(
        rate=median(one.rate for one in costs),
        web=min(one.web for one in costs),
        database=min(one.database for one in costs),
    )


def _serving(number: int) -> psutil.Process:
    """Give the n-th server that this process has started."""
    return sorted(psutil.Process().children(), key=lambda one: one.create_time())[number]


def _cost(home: Path, port: int, request: Request, serving: psutil.Process) -> Cost:
    web, database = _web(serving), _database(home)
    done: Measured = load(port, request, connections=16, seconds=SECONDS)
    if done.refused:
        raise RuntimeError(f"{done.refused} requests were refused")
    each = 1e6 / done.requests
    return Cost(
        rate=done.rate,
        web=(_web(serving) - web) * each,
        database=(_database(home) - database) * each,
    )


def _web(serving: psutil.Process) -> float:
    return sum(map(_spent, [serving, *serving.children(recursive=True)]))


def _database(home: Path) -> float:
    total = 0.0
    for one in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if one.name() == "postgres" and Path(one.cwd()).is_relative_to(home):
                total += _spent(one)
    return total


def _spent(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system + times.children_user + times.children_system)
