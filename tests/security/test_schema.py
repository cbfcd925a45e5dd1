"""
The OpenAPI document, thrown back at the server that wrote it: whatever it allows, and what it does
not, the answer is never a server error. Through a real Granian.
"""

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from tests.served import PASSWORD, Served, launched, new_database

from zhike.db import Database, migrate
from zhike.db.embedded import Membership
from zhike.doors.system import System
from zhike.kernel.settings import Settings

EXAMPLES = 3
"""For each operation, of what its schema allows and of what it does not."""
PEOPLE = ("ada", "lin", "vic", "reg")
"""One of each role: administrator, librarian, volunteer, registrar."""
ALL = list(HealthCheck)
NEVER_ASKED = {400, 414, 431}
"""What the HTTP server says, without a word and without asking us, to what is not HTTP."""
START = [sys.executable, "-c", "from zhike.bootstrap import main; main()", "serve", "--port", "0"]


@pytest.fixture(scope="module")
async def system(
    server: Membership, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[System]:
    """A system with a database of its own: what serves it does all that is queued there."""
    url = new_database(server, f"served_{worker_id}_{os.getpid()}")
    async with Database(Settings(database_url=url)) as opened:
        await migrate(opened)
    async with launched(url, tmp_path_factory.mktemp("served")) as running:
        yield running


@pytest.fixture(scope="module")
def address(library: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the database as an installation does."""
    settings = library.system.settings
    log = Path(tmp_path_factory.mktemp("serve")) / "log"
    environment = {
        **os.environ,
        "ZHIKE_HOME": str(settings.home),
        "ZHIKE_DATABASE_URL": settings.database_url,
        "ZHIKE_WORKSPACE": "shipped",
        "ZHIKE_WEB_WORKERS": "1",
        "ZHIKE_ADMIN_PASSWORD": PASSWORD,
    }
    with (
        log.open("w") as errors,
        subprocess.Popen(
            START, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as server,
    ):
        try:
            said = server.stdout.readline() if server.stdout else ""
            found = re.search(r"ready (http://\S+)", said)
            assert found, f"{said}\n{log.read_text()}"
            yield found[1]
        finally:
            server.terminate()
            server.wait(90)
    assert "Traceback" not in log.read_text(), log.read_text()[-5000:]


@pytest.fixture
def client(address: str, library: Served) -> Iterator[httpx.Client]:
    """Ada, signed in anew: among what the document speaks of is to end all her sessions."""
    headers = {"x-workspace": library.workspace}
    with httpx.Client(base_url=address, headers=headers, timeout=60) as client:
        given = {"login": "ada", "password": PASSWORD}
        assert client.post("/api/v1/auth/login", json=given).status_code == 200
        yield client


@pytest.fixture(scope="module", params=PEOPLE)
def login(request: pytest.FixtureRequest) -> str:
    """Somebody of each role in turn."""
    return str(request.param)


@pytest.fixture(scope="module")
def caller(login: str, address: str, library: Served) -> Iterator[httpx.Client]:
    headers = {"x-workspace": library.workspace}
    with httpx.Client(base_url=address, headers=headers, timeout=60) as client:
        given = {"login": login, "password": PASSWORD}
        assert client.post("/api/v1/auth/login", json=given).status_code == 200
        yield client


@pytest.fixture(scope="module")
def api(caller: httpx.Client, address: str) -> schemathesis.BaseSchema:
    document = caller.get("/api/v1/openapi.json").json()
    # Its own sign-in and its own person are needed to go on.
    for path in ("/api/v1/auth/logout", "/api/v1/auth/login"):
        document["paths"].pop(path)
    document["paths"]["/api/v1/users/{id}"].pop("patch", None)
    schema = schemathesis.openapi.from_dict(document)
    schema.config.update(base_url=address)
    return schema


def test_nothing_the_document_speaks_of_breaks_the_server(
    api: schemathesis.BaseSchema, caller: httpx.Client, library: Served, login: str
) -> None:
    headers = {"x-workspace": library.workspace}
    cookies = {"zhike_session": caller.cookies["zhike_session"]}
    broken: list[str] = []
    asked = 0
    # Who administers is asked most; of the others it is the documents that differ.
    examples = EXAMPLES if login == "ada" else 1

    def probe(operation: schemathesis.APIOperation, mode: GenerationMode) -> None:
        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=ALL)
        def ask(case: schemathesis.Case) -> None:
            nonlocal asked
            asked += 1
            answer = case.call(headers=headers, cookies=cookies, allow_redirects=False)
            if not _promised(operation, answer):
                broken.append(f"{case.as_curl_command()}\n{answer.status_code} {answer.text[:500]}")

        with contextlib.suppress(Unsatisfiable):
            ask()

    for found in api.get_all_operations():
        for mode in GenerationMode:
            probe(found.ok(), mode)

    assert broken == []
    assert asked > 100


def _promised(operation: schemathesis.APIOperation, answer: Any) -> bool:
    """Tell whether an answer is one that the document speaks of: its errors are problems."""
    status = answer.status_code
    if status in NEVER_ASKED and not answer.content:
        return True
    if status >= 400:
        kind = answer.headers["content-type"][0].partition(";")[0]
        return status < 500 and kind == "application/problem+json"
    return str(status) in operation.definition.raw["responses"]


def test_a_real_server_serves(client: httpx.Client) -> None:
    """The same promises through Granian: bytes, headers, ends of connections."""
    made = client.post("/api/v1/records/book", json={"title": "围城"})
    read = client.get(made.headers["location"])

    assert read.json()["title"] == "围城"
    assert read.headers["etag"] == '"1"'
    assert client.get("/readyz").json()["checks"] == {
        "database": "ok", "queue": "ok", "migrations": "ok",
    }  # fmt: skip
    assert "zhike_requests_total" in client.get("/metrics").text
    assert client.get("/%00").status_code in {400, 404}
    assert client.get("/%ff").status_code in {400, 404}
    assert client.get("/api/v1/records/book/%2e%2e%2f").status_code in {400, 404}


def test_files_leave_a_real_server_whole_and_guarded(client: httpx.Client) -> None:
    """A server may send a file after we have answered; it must still be there, with our headers."""
    content = "书名\n围城\n".encode() * 50_000
    made = client.post("/api/v1/files", files={"file": ("清单.csv", content)})
    at = made.headers["location"]
    draft = client.post(
        "/api/v1/imports", files={"file": ("清单.csv", content)}, data={"object": "book"}
    )

    for _ in range(3):
        whole = client.get(at)
        errors = client.get(f"{draft.headers['location']}/errors.xlsx")
        assert (whole.status_code, errors.status_code) == (200, 200)
        assert whole.content == content
        assert errors.content.startswith(b"PK")
        for answer in (whole, errors):
            assert answer.headers["x-content-type-options"] == "nosniff"
            assert answer.headers["content-disposition"].startswith("attachment;")
    ranges = {"bytes=2-5": 206, "bytes=99999999-": 200, "bytes=": 200, "lines=1-2": 200}
    for asked, status in ranges.items():
        assert client.get(at, headers={"range": asked}).status_code == status


def test_the_shipped_app_is_served_too(address: str) -> None:
    with httpx.Client(base_url=address) as client:
        given = {"login": "admin", "password": PASSWORD}
        assert client.post("/api/v1/auth/login", json=given).status_code == 200

        document = client.get("/api/v1/openapi.json").json()
        page = client.get("/api/v1/records/customer", params={"count": "exact"}).json()

    assert "/api/v1/records/customer/{id}" in document["paths"]
    assert "annual_revenue" in document["components"]["schemas"]["customer"]["properties"]
    assert page["count"] == {"value": 0, "exact": True}
