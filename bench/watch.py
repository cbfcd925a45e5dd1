"""Watches how much memory and processor time the product takes while something runs."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

PAUSE = 0.5
"""Looking takes 15 ms of a processor, which the product would have to do without."""


class Peak:
    """The most memory that was seen, and the processor time of each process when last seen."""

    def __init__(self, home: Path | None = None) -> None:
        self.home = home
        self.bytes = 0
        self.spent: dict[int, float] = {}
        self.going = True

    def megabytes(self) -> float:
        """Give it in MB."""
        return self.bytes / 1e6

    def processors(self) -> float:
        """Give the seconds of processors that were spent, PostgreSQL's too if its home is known."""
        return sum(self.spent.values())

    def look(self) -> None:
        """Add up what this process's children hold of their own, PostgreSQL left out."""
        total = 0
        for one in [*psutil.Process().children(recursive=True), *self._database()]:
            with suppress(psutil.Error):
                times = one.cpu_times()
                self.spent[one.pid] = times.user + times.system
                if "postgres" not in one.name():
                    total += one.memory_full_info().uss
        self.bytes = max(self.bytes, total)

    def _database(self) -> list[psutil.Process]:
        """Find PostgreSQL's processes; its guardian starts it, so that it is no child of ours."""
        for file in self.home.glob("pg/*/postmaster.pid") if self.home else ():
            with suppress(psutil.Error, OSError, ValueError):
                server = psutil.Process(int(file.read_text().split("\n", 1)[0]))
                return [server, *server.children()]
        return []


@contextmanager
def watched(home: Path | None = None) -> Iterator[Peak]:
    """Look twice a second until the end; at the database of a home as well, if one is given."""
    peak = Peak(home)

    def watch() -> None:
        while peak.going:
            peak.look()
            time.sleep(PAUSE)

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield peak
    finally:
        peak.going = False
        thread.join()
