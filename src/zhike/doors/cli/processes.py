"""
The processes of `zhike serve`: Granian with its web processes here, the worker as a child, all
ended together.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import Any

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from zhike.db.embedded import Membership
from zhike.doors.worker import watch_parent
from zhike.kernel.faults import Unavailable
from zhike.kernel.settings import Settings
from zhike.kernel.words import Words

READY_SECONDS = 60.0
GLANCE_SECONDS = 0.05
ROUND_SECONDS = 1.0
STOP_SECONDS = 15
READY = "/readyz"


class PortTaken(Unavailable):
    """Nothing can be served on {host}:{port}: {reason}."""

    code = "W901"
    zh = "无法在 {host}:{port} 上提供服务:{reason}"
    hint = Words(
        zh="可能已有知客在运行;用 --port 换一个端口,或用 --port 0 任选",
        en="perhaps Zhike runs already; choose another with --port, or any with --port 0",
    )


def free_port(host: str, port: int) -> int:
    """Make sure that we can listen there, and give the port; 0 chooses one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            raise PortTaken(host=host, port=port, reason=error.strerror or str(error)) from error
        return int(probe.getsockname()[1])


def address(settings: Settings) -> str:
    """Give the address for a browser on this machine."""
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(settings.host, settings.host)  # noqa: S104
    return f"http://{f'[{host}]' if ':' in host and '[' not in host else host}:{settings.port}"


def answering(settings: Settings) -> bool:
    """Tell whether Zhike answers there, and is ready."""
    host = address(settings).removeprefix("http://").rpartition(":")[0].strip("[]")
    connection = http.client.HTTPConnection(host, settings.port, timeout=5)
    try:
        connection.request("GET", READY)
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Processes:
    """Everything that runs while `zhike serve` does."""

    def __init__(
        self,
        settings: Settings,
        *,
        web: str,
        membership: Membership | None,
        ready: Callable[[], None],
    ) -> None:
        self.settings = settings
        self.web = web
        self.membership = membership
        self.ready = ready
        self.stopping = threading.Event()
        self.worker: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        """Serve until SIGTERM or SIGINT, then end everything that was started."""
        server = Server(
            self.web,
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
        try:
            server.serve(target_loader=partial(application, self.web, os.getpid()), wrap_loader=False)
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
        start = f"from {self.web.partition(':')[0]} import main; main()"
        return subprocess.Popen(  # noqa: S603 - our own code, our own interpreter
            [sys.executable, "-c", start, "worker", "--parent", str(os.getpid())],
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


def application(web: str, parent: int) -> Any:
    """Make the application inside a web process, which must not outlive us."""
    watch_parent(parent)
    module, _, factory = web.partition(":")
    return getattr(import_module(module), factory)()
