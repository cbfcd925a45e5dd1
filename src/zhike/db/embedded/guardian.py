"""
The process that looks after one embedded server: starts it, restarts it, and stops it when nobody
needs it.

Runs as a file of its own under a bare interpreter and imports nothing of ours. It knows that nobody
needs the server when it gets the users' lock for itself: a lock is released however its holder
ends.
"""

# ruff: noqa: S603, S607 - it starts the programs of the wheel, and `ps`

import contextlib
import ctypes
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_CLEAR_ALL = 4
PATIENCE = 30.0
"""Seconds in which a server must stop, and in which it may not fail too often."""
FAILURES = 5


class Guardian:
    """One server and the lock of those who use it."""

    def __init__(self, spec: dict[str, str], *, users: int) -> None:
        self.binaries = Path(spec["binaries"])
        self.data = Path(spec["data"])
        self.texts = {
            name: spec[name] for name in ("postgresql.conf", "pg_hba.conf", "pg_ident.conf")
        }
        self.superuser = spec["superuser"]
        self.users = users
        self.server: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()

    def run(self) -> None:
        """Keep a server alive until nobody uses it."""
        self.make_cluster()
        threading.Thread(target=self.wait_for_nobody, daemon=True).start()
        signal.signal(signal.SIGTERM, lambda *_: self.stop())
        failures: list[float] = []
        while not self.stopping.is_set() and len(failures) < FAILURES:
            code = self.serve()
            now = time.monotonic()
            failures = [*(then for then in failures if now - then < PATIENCE), now]
            if not self.stopping.is_set():
                say(f"the server ended with {code}; starting it again")
                time.sleep(0.1 * len(failures))
        if not self.stopping.is_set():
            say("the server fails again and again; giving up")

    def make_cluster(self) -> None:
        """Make the data folder, under another name until it is complete."""
        if self.data.exists():
            return
        unfinished = self.data.with_suffix(".new")
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run(
            [
                self.binaries / "initdb",
                f"--pgdata={unfinished}",
                f"--username={self.superuser}",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--locale=C",
                "--auth-local=peer",
                "--auth-host=reject",
                "--data-checksums",
                "--no-instructions",
            ],
            check=True,
            stdin=subprocess.DEVNULL,
        )
        unfinished.rename(self.data)

    def serve(self) -> int:
        """Run the server until it ends."""
        for name, text in self.texts.items():
            (self.data / name).write_text(text, encoding="utf-8")
        self.end_stray()
        self.server = subprocess.Popen(
            [self.binaries / "postgres", "-D", self.data],
            stdin=subprocess.DEVNULL,
            preexec_fn=self.settle,  # noqa: PLW1509 - nothing in it takes a lock
        )
        if self.stopping.is_set():
            self.stop()
        code = self.server.wait()
        self.server = None
        return code

    def settle(self) -> None:
        """
        Set up the server's process, between fork and exec.

        It ends with its guardian (Linux; elsewhere the next start ends it). A right to walk through
        any folder, which the interpreter may have needed, is dropped if the server can do without;
        `access` judges without such rights.
        """
        if sys.platform == "linux":
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
            if all(os.access(path, os.X_OK) for path in (self.binaries / "postgres", self.data)):
                LIBC.prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)

    def end_stray(self) -> None:
        """Get rid of a server that outlived its guardian, and of the mark that one left behind."""
        mark = self.data / "postmaster.pid"
        if not mark.exists():
            return
        stray = int(mark.read_text(encoding="ascii").split("\n", 1)[0] or 0)
        since = time.monotonic()
        while stray and self.is_ours(stray):
            late = time.monotonic() - since > PATIENCE
            with contextlib.suppress(ProcessLookupError):
                os.kill(stray, signal.SIGQUIT if late else signal.SIGINT)
            time.sleep(0.05)
        mark.unlink(missing_ok=True)

    def is_ours(self, pid: int) -> bool:
        """Tell a server on our data from whoever else has got that number meanwhile."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/cwd").readlink() == self.data
        if Path("/proc/self").exists():
            return False
        asked = subprocess.run(
            ["ps", "-o", "command=", "-p", str(pid)], capture_output=True, check=False
        )
        return os.fsencode(self.data) in asked.stdout

    def wait_for_nobody(self) -> None:
        """Stop the server once no process holds the users' lock any more."""
        fcntl.flock(self.users, fcntl.LOCK_EX)
        self.stop()

    def stop(self) -> None:
        """Stop the server politely, and less so after a while."""
        self.stopping.set()
        server = self.server
        if server is None:
            return
        with contextlib.suppress(ProcessLookupError):
            server.send_signal(signal.SIGINT)
        threading.Timer(PATIENCE, server.send_signal, (signal.SIGQUIT,)).start()


def say(text: str) -> None:
    """Tell the log."""
    sys.stderr.write(f"guardian: {text}\n")
    sys.stderr.flush()


def main() -> None:
    """Take the orders from the standard input; the locks were inherited."""
    spec = json.load(sys.stdin)
    if os.fork():
        os._exit(0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    os.umask(0o077)
    os.chdir("/")
    Guardian(spec, users=int(spec["users"])).run()
    os._exit(0)


if __name__ == "__main__":
    main()
