"""`zhike serve` as its users meet it: it starts, says so, and leaves nothing behind."""

import ctypes
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Self

import httpx
import psutil
import pytest
from tests.integration.db.homes import eventually, postmaster

ZHIKE = [sys.executable, "-c", "from zhike.bootstrap import main; main()"]
QUICK = "fsync = off\nshared_buffers = 16MB\n"
TGKILL = {"x86_64": 234, "aarch64": 131}
PASSWORD = {"ZHIKE_ADMIN_PASSWORD": "correct horse battery"}

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A home that several starts share, as in life."""
    folder = Path(tempfile.mkdtemp(prefix="zhike-home-"))
    (folder / "pg").mkdir()
    (folder / "pg" / "local.conf").write_text(QUICK, encoding="ascii")
    yield folder
    eventually(lambda: postmaster(folder) is None, seconds=30)
    shutil.rmtree(folder)


class Serving:
    """A running `zhike serve`."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            [*ZHIKE, "serve", "--home", str(home), "--port", "0", "--web-workers", "2"],
            stdout=subprocess.PIPE,
            text=True,
            env=_environment(),
        )
        assert self.process.stdout
        ready = self.process.stdout.readline()
        assert ready.startswith("ready http://127.0.0.1:")
        self.address = ready.split()[1]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGTERM)

    def children(self) -> list[psutil.Process]:
        """Everything it started, but for the database."""
        return psutil.Process(self.process.pid).children()

    def end(self, how: signal.Signals) -> int:
        """End it, and give its answer."""
        self.process.send_signal(how)
        self.process.communicate(timeout=60)
        return self.process.returncode


def _environment() -> Mapping[str, str]:
    plain = {name: text for name, text in os.environ.items() if not name.startswith("ZHIKE_")}
    return {**plain, **PASSWORD}


def _status(address: str) -> int:
    with urllib.request.urlopen(address + "/readyz", timeout=10) as answer:  # noqa: S310 - our own
        return int(answer.status)


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_it_serves_and_ends_with_everything_it_started(home: Path, how: signal.Signals) -> None:
    with Serving(home) as serving:
        assert _status(serving.address) == 200
        eventually(lambda: len(serving.children()) == 3)
        started = serving.children()

        assert serving.end(how) == 0

        assert not [child for child in started if child.is_running()]
        assert postmaster(home) is None


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lets us say which thread is told")
def test_it_ends_whichever_of_its_threads_is_told(home: Path) -> None:
    with Serving(home) as serving:
        threads = [one.id for one in psutil.Process(serving.process.pid).threads()]
        other = max(one for one in threads if one != serving.process.pid)

        _tell(serving.process.pid, other, signal.SIGTERM)

        serving.process.communicate(timeout=60)
        assert serving.process.returncode == 0


def _tell(process: int, thread: int, how: signal.Signals) -> None:
    """Send a signal to one thread of another process (tgkill), as the system may choose to."""
    assert ctypes.CDLL(None).syscall(TGKILL[platform.machine()], process, thread, int(how)) == 0


def test_an_open_bell_keeps_nobody_from_stopping(home: Path) -> None:
    with Serving(home) as serving, httpx.Client(base_url=serving.address, timeout=60) as client:
        given = {"login": "admin", "password": PASSWORD["ZHIKE_ADMIN_PASSWORD"]}
        assert client.post("/api/v1/auth/login", json=given).status_code == 200
        stream = {"accept": "text/event-stream"}
        with client.stream("GET", "/api/v1/notifications/live", headers=stream) as answer:
            lines = answer.iter_lines()
            assert next(one for one in lines if one.startswith("data:")) == 'data: {"unread":0}'

            serving.process.send_signal(signal.SIGTERM)

            # It ends by itself, well before whoever waits for it would kill it.
            assert not [one for one in lines if one.startswith("event: over")]
        serving.process.communicate(timeout=60)
        assert serving.process.returncode == 0


def test_when_it_is_killed_everything_ends_and_the_next_start_just_works(home: Path) -> None:
    with Serving(home) as serving:
        eventually(lambda: len(serving.children()) == 3)
        started = serving.children()

        serving.end(signal.SIGKILL)

        eventually(lambda: not [child for child in started if child.is_running()], seconds=30)
        eventually(lambda: postmaster(home) is None)
    with Serving(home) as again:
        assert _status(again.address) == 200
        assert again.end(signal.SIGTERM) == 0


def test_killed_children_are_started_again(home: Path) -> None:
    with Serving(home) as serving:
        eventually(lambda: len(serving.children()) == 3)

        killed = serving.children()
        for child in killed:
            child.kill()

        eventually(
            lambda: len([child for child in serving.children() if child not in killed]) == 3,
            seconds=30,
        )
        eventually(lambda: _answers(serving.address), seconds=30)
        assert serving.end(signal.SIGTERM) == 0


def test_a_port_in_use_is_said_plainly_and_the_doctor_sees_who_it_is(home: Path) -> None:
    with Serving(home) as serving:
        port = serving.address.rpartition(":")[2]

        second = _run("serve", "--home", str(home), "--port", port)
        doctor = _run("doctor", "--home", str(home), "--port", port)

        assert second.returncode == 1
        assert f"Nothing can be served on 127.0.0.1:{port}" in second.stderr
        assert doctor.returncode == 0
        assert "PostgreSQL 18" in doctor.stdout
        assert serving.end(signal.SIGTERM) == 0


def test_the_doctor_finds_a_database_that_is_not_there(tmp_path: Path) -> None:
    found = _run("doctor", "--home", str(tmp_path), "--database-url", f"host={tmp_path}")

    assert found.returncode == 1
    assert "无法连接数据库" in found.stdout


def test_a_setting_that_makes_no_sense_is_said_plainly(tmp_path: Path) -> None:
    refused = _run("serve", "--home", str(tmp_path), "--port", "99999")

    assert refused.returncode == 1
    assert "The setting port cannot be 99999" in refused.stderr


def _run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ZHIKE, *words],
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
        timeout=60,
    )


def _answers(address: str) -> bool:
    try:
        return _status(address) == 200
    except OSError:
        return False
