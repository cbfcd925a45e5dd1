"""
The processes of `zhike serve`: Granian with its web processes here, the worker as a child, all
ended together.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import MPServer
from starlette.types import ASGIApp

from zhike.db.embedded import Membership
from zhike.doors.address import answering
from zhike.doors.cli.serving.signals import heeded
from zhike.doors.http import create
from zhike.doors.system import System
from zhike.doors.worker.parent import HUSH, hush, watch_parent
from zhike.kernel.settings import Settings, settings

READY_SECONDS = 60.0
GLANCE_SECONDS = 0.05
ROUND_SECONDS = 1.0
STOP_SECONDS = 15


def command(build: Callable[[Settings], System], *words: str) -> Sequence[str]:
    """Say how to run a command of ours in another process."""
    return [sys.executable, "-c", f"from {build.__module__} import main; main()", *words]


class Web(MPServer):
    """Granian, which waits for what is open when it stops: streams are told to end first."""

    def shutdown(self, exit_code: int = 0) -> None:
        """Stop, as politely as it can be done quickly."""
        for one in self.wrks:
            if one.inner.pid is not None:
                hush(one.inner.pid)
        super().shutdown(exit_code)  # type: ignore[no-untyped-call] # says nothing of types


class Processes:
    """Everything that runs while `zhike serve` does."""

    def __init__(
        self,
        chosen: Settings,
        *,
        build: Callable[[Settings], System],
        membership: Membership | None,
        ready: Callable[[], None],
    ) -> None:
        self.settings = chosen
        self.build = build
        self.membership = membership
        self.ready = ready
        self.stopping = threading.Event()
        self.worker: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then end everything that was started."""
        if HUSH is not None:
            # A child that is not far enough yet to listen to it need not die of it.
            signal.signal(HUSH, signal.SIG_IGN)
        server = Web(
            "zhike",
            address=self.settings.host,
            port=self.settings.port,
            interface=Interfaces.ASGI,
            workers=self.settings.web_workers,
            loop=Loops.uvloop,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            respawn_interval=0.1,
            workers_kill_timeout=STOP_SECONDS,
            websockets=False,
        )
        attendant = threading.Thread(target=self._attend, daemon=True)
        server.on_startup(attendant.start)
        made = partial(application, self.build, os.getpid())
        try:
            with heeded(server.signal_handler_interrupt):
                server.serve(target_loader=made, wrap_loader=False)
        finally:
            self.stopping.set()
            attendant.join(STOP_SECONDS)
            self._stop_worker()

    def _attend(self) -> None:
        """Say when it is ready, then see that the worker and the database stay alive."""
        if self._answers():
            self.ready()
        while not self.stopping.is_set():
            if self.worker is None or self.worker.poll() is not None:
                self.worker = self._start_worker()
            if self.membership:
                self.membership.ensure()
            self.stopping.wait(ROUND_SECONDS)

    def _answers(self) -> bool:
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until and not self.stopping.wait(GLANCE_SECONDS):
            if answering(self.settings):
                return True
        return False

    def _start_worker(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own code, our own interpreter
            command(self.build, "worker", "--parent", str(os.getpid())),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _stop_worker(self) -> None:
        if self.worker is None:
            return
        self.worker.send_signal(signal.SIGTERM)
        try:
            self.worker.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.worker.kill()
            self.worker.wait()


def application(build: Callable[[Settings], System], parent: int) -> ASGIApp:
    """Make the application inside a web process, which must not outlive us."""
    watch_parent(parent, hushed=True)
    return create(build(settings()))
