"""
AC-67: an installation calls nobody. Every connection that the product opens while it starts, takes
in a file, exports and answers is caught; those to its own database are all there are.
"""

import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.served import PASSWORD

GUARD = """
import os, socket, sys
TOLD = os.environ["ZHIKE_TEST_CALLS"]
def hook(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        where = args[1] if event in ("socket.connect", "socket.sendto") else args[0]
        with open(TOLD, "a") as file:
            file.write(f"{event} {where!r}\\n")
sys.addaudithook(hook)
"""
LOCAL = re.compile(
    r"socket\.connect '/|socket\.connect b'|socket\.\w+ \('(127\.|::1|localhost)|"
    r"socket\.\w+ '(localhost|127\.[0-9.]+|::1)'|socket\.\w+ (None|'')$"
)


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Every process of Python that is started with this on its path says whom it calls."""
    (tmp_path / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return tmp_path / "calls.txt"


def test_an_installation_calls_nobody(calls: Path, tmp_path: Path) -> None:
    """A new home with the embedded database, from the first start to the last answer."""
    environment = {
        **os.environ,
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}",
        "ZHIKE_TEST_CALLS": str(calls),
        "ZHIKE_HOME": str(tmp_path / "home"),
        "ZHIKE_WEB_WORKERS": "1",
        "ZHIKE_ADMIN_PASSWORD": PASSWORD,
    }
    command = "from zhike.bootstrap import main; main()"
    serve = [sys.executable, "-c", command, "serve", "--port", "0"]
    log = tmp_path / "log"
    with log.open("w") as errors, subprocess.Popen(
        serve, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
    ) as server:  # fmt: skip
        try:
            said = server.stdout.readline() if server.stdout else ""
            found = re.search(r"ready (http://\S+)", said)
            assert found, f"{said}\n{log.read_text()}"
            _used(found[1])
        except AssertionError as error:
            error.add_note(log.read_text())
            raise
        finally:
            server.terminate()
            server.wait(60)

    told = calls.read_text(encoding="utf-8").splitlines()
    outside = [one for one in told if not LOCAL.search(one)]
    assert told
    assert outside == []


def _used(address: str) -> None:
    """Do a day's work: sign in, read, take in a file, export, look at the pages."""
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        given = {"login": "admin", "password": PASSWORD}
        assert client.post("/api/v1/auth/login", json=given).status_code == 200
        for path in ("/", "/api/docs", "/api/v1/openapi.json", "/api/v1/me", "/readyz"):
            assert client.get(path).status_code == 200
        sheet = "客户名称,手机\n杭州青松读书有限公司,13812345678\n".encode()
        drafted = client.post(
            "/api/v1/imports", files={"file": ("a.csv", sheet)}, data={"object": "customer"}
        )
        assert drafted.status_code == 201, drafted.text
        assert client.post(f"{drafted.headers['location']}/start").status_code == 202
        asked = client.post("/api/v1/exports", json={"object": "customer", "format": "xlsx"})
        assert asked.status_code == 202, asked.text
        for at in (drafted.headers["location"], asked.headers["location"]):
            ended = _over(client, at)
            assert ended["state"] == "done", ended


def _over(client: httpx.Client, at: str) -> dict[str, Any]:
    for _ in range(240):
        found: dict[str, Any] = client.get(at).json()
        if found["state"] in {"done", "failed", "refused"}:
            break
        time.sleep(0.25)
    return found
