"""What nobody foresaw in work that others follow: told as a fault, and kept in the log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from zhike.hub.faults import Unforeseen
from zhike.kernel.faults import Fault

LOG = logging.getLogger("zhike.worker")


@contextmanager
def unforeseen(what: str, *, but: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """
    Make a fault of an error that nobody foresaw, so that the books of a job can say how it ended.

    The traceback goes to the log, under the name that the fault bears. `but` passes as it is.
    """
    try:
        yield
    except Fault:
        raise
    except but:
        raise
    except Exception as error:
        fault = Unforeseen(what=what, error=type(error).__name__)
        LOG.exception("%s", fault.says("en"))
        raise fault from error
