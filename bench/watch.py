"""Watches how much memory the processes of the product take while something runs."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psutil

PAUSE = 0.5
"""Looking takes 15 ms of a processor, which the product would have to do without."""


class Peak:
    """The most memory that was seen."""

    def __init__(self) -> None:
        self.bytes = 0
        self.going = True

    def megabytes(self) -> float:
        """Give it in MB."""
        return self.bytes / 1e6

    def look(self) -> None:
        """Add up what this process's children hold of their own, PostgreSQL left out."""
        total = 0
        for one in psutil.Process().children(recursive=True):
            with suppress(psutil.Error):
                if "postgres" not in one.name():
                    total += one.memory_full_info().uss
        self.bytes = max(self.bytes, total)


@contextmanager
def watched() -> Iterator[Peak]:
    """Look twice a second until the end."""
    peak = Peak()

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
