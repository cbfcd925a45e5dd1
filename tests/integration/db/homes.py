"""Homes with an embedded server of their own, and processes that use it and can be killed."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg

MEMBER = """
import sys
from pathlib import Path
from zhike.db.embedded import join

membership = join(Path(sys.argv[1]))
print(membership.url, flush=True)
sys.stdin.read()
membership.leave()
"""


class Member:
    """A process that uses the server of a home until it is told to leave."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", MEMBER, str(home)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def joined(self) -> str:
        """Wait until it uses the server; give the way to connect."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def leave(self) -> None:
        """Have it leave politely."""
        self.process.communicate()
        assert self.process.returncode == 0

    def kill(self) -> None:
        """Have it end without another word."""
        self.process.kill()
        self.process.communicate()


def postmaster(home: Path) -> psutil.Process | None:
    """Find the running server of a home."""
    data = str(home / "pg" / "18")
    for process in psutil.process_iter():
        try:
            if process.name() == "postgres" and process.cmdline()[1:] == ["-D", data]:
                return process
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
    return None


def guardian(home: Path) -> psutil.Process:
    """Find who looks after the server of a home."""
    server = postmaster(home)
    assert server
    found = server.parent()
    assert found
    return found


def killed(*processes: psutil.Process | None) -> None:
    """Kill at once and without mercy."""
    for process in processes:
        assert process
        os.kill(process.pid, signal.SIGKILL)


def eventually(met: Callable[[], object], *, seconds: float = 60.0) -> None:
    """Wait for something to become true."""
    until = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.02)


async def soon(met: Callable[[], object], *, seconds: float = 60.0) -> None:
    """Wait for something to become true, letting others work meanwhile."""
    until = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < until, "it never came true"
        await asyncio.sleep(0.02)


def answers(url: str) -> bool:
    """Tell whether the server answers."""
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            return bool(connection.execute("SELECT true").fetchone())
    except psycopg.OperationalError:
        return False
