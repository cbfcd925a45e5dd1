"""How the memory of a run is kept: its records are many, die together and hold no cycles."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

USUAL = gc.get_threshold()
SELDOM = (200_000, 50, 100)


@contextmanager
def seldom_searched() -> Iterator[None]:
    """
    Look for garbage in cycles a hundred times less often than usual.

    Looking for it among the records of a chunk, of which there is none, took a third of the time
    that Python spent on an import.
    """
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)
