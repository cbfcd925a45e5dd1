"""
Being told to stop, whichever thread the system tells.

Python runs a signal's handler when the main thread next looks, and a main thread asleep on a lock
looks only if the signal itself wakes it. The one that another thread of the process takes does not:
about one end in twenty on a busy machine waited for a second signal. The byte that Python sends at
every signal, in whatever thread, is waited for here.
"""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

ENDS = frozenset({signal.SIGTERM, signal.SIGINT})


@contextmanager
def heeded(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop`, in a thread of its own, at SIGTERM and SIGINT. For the main thread."""
    told, bell = socket.socketpair()
    with told, bell:
        bell.setblocking(False)
        signal.set_wakeup_fd(bell.fileno(), warn_on_full_buffer=False)
        os.register_at_fork(after_in_child=_unheeded)
        threading.Thread(
            target=_listen, args=(told, stop), name="heed signals", daemon=True
        ).start()
        try:
            yield
        finally:
            _unheeded()
            bell.shutdown(socket.SHUT_RDWR)


def _listen(told: socket.socket, stop: Callable[[], None]) -> None:
    while numbers := told.recv(64):
        if ENDS.intersection(numbers):
            stop()


def _unheeded() -> None:
    """A child is told by itself, and does not tell us."""
    signal.set_wakeup_fd(-1)
