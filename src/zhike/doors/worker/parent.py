"""Ends a child process whose parent was killed: nobody would ever tell it to stop."""

import os
import signal
import threading
import time

GLANCE_SECONDS = 0.5


def watch_parent(parent: int) -> None:
    """
    Tell this process to stop once its parent is gone, which it may be already.

    A thread looks, instead of the system telling, because that works on every system.
    """
    threading.Thread(target=_watch, args=(parent,), daemon=True, name="watch parent").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(GLANCE_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
