"""What goes wrong in work that others follow, told as faults that its books can keep."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from zhike.hub.faults import Unforeseen
from zhike.kernel.faults import Fault, Unavailable

LOG = logging.getLogger("zhike.worker")


@contextmanager
def unforeseen(what: str) -> Iterator[None]:
    """
    Make a fault of an error that nobody foresaw, so that the books of a job can say how it ended.

    The traceback goes to the log, under the name that the fault bears.
    """
    try:
        yield
    except Fault:
        raise
    except Exception as error:
        fault = Unforeseen(what=what, error=type(error).__name__)
        LOG.exception("%s", fault.says("en"))
        raise fault from error


@contextmanager
def refused_by_disk() -> Iterator[None]:
    """Make a fault of what the disk refuses to work that reads or writes a file."""
    try:
        yield
    except OSError as error:
        raise Unavailable(reason=error.strerror or type(error).__name__) from error
