"""Ends a child process whose parent was killed: nobody would ever tell it to stop."""

import contextlib
import os
import signal
import threading
import time

GLANCE_SECONDS = 0.5


HUSH: signal.Signals | None = getattr(signal, "SIGUSR1", None)
"""Tells a web process to end what would stay open for long, before it is told to stop."""


def hush(process: int) -> None:
    """Tell a web process so; one that is gone need not be told."""
    if HUSH is not None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, HUSH)


def watch_parent(parent: int, *, hushed: bool = False) -> None:
    """
    Tell this process to stop once its parent is gone, which it may be already.

    A thread looks, instead of the system telling, because that works on every system.
    """
    threading.Thread(target=_watch, args=(parent, hushed), daemon=True, name="watch parent").start()


def _watch(parent: int, hushed: bool) -> None:  # noqa: FBT001 - a thread takes no names
    while os.getppid() == parent:
        time.sleep(GLANCE_SECONDS)
    if hushed:
        hush(os.getpid())
    os.kill(os.getpid(), signal.SIGTERM)
