"""
Secrets are never in logs, errors, answers or the operation log: everything the product says while
people sign in, change passwords, make keys and get things wrong is caught and searched.
"""

import logging
from collections.abc import Iterator
from io import StringIO
from typing import Any

import httpx
import pytest
from tests.served import PASSWORD, Served

from zhike.kernel.sql import vetted
from zhike.kernel.viewer import platform

SECRET = "Correct-Horse-42-battery"
WRONG = "Wrong-Horse-43-battery"
LOGS = ("/api/v1/logs/operations", "/api/v1/logs/sign-ins", "/api/v1/logs/changes")
TABLES = (
    "zk_operation",
    "zk_sign_in",
    "zk_user",
    "zhike.account",
    "zhike.session",
    "zhike.api_key",
)
EVIL = "evil\r\nERROR forged line \x1b[31m"


@pytest.fixture
def caught() -> Iterator[StringIO]:
    """Everything that is logged, at the most talkative level, with tracebacks."""
    told = StringIO()
    handler = logging.StreamHandler(told)
    handler.setFormatter(logging.Formatter("%(name)s %(levelname)s %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield told
    root.removeHandler(handler)
    root.setLevel(before)


async def test_no_secret_is_told_to_anybody(library: Served, caught: StringIO) -> None:
    ada = await library.signed_in("ada")
    token = ada.cookies["zhike_session"]
    key = (await ada.post("/api/v1/api-keys", json={"name": "robot"})).json()["key"]

    answers = await _everything(library, ada, key=key, token=token)
    kept = await _kept(library)

    said = [one.text + str(one.headers) for one in answers]
    secrets = (SECRET, WRONG, PASSWORD, key, key[8:], token)
    for what, texts in {"answers": said, "logs": [caught.getvalue()], "tables": kept}.items():
        for text in texts:
            found = [one for one in secrets if one in text]
            assert found == [], (what, text[:500])
    assert not [one for one in answers if one.status_code >= 500]
    assert "\nERROR forged line" not in caught.getvalue()
    assert "$argon2" not in "".join(said)


async def _everything(
    library: Served, ada: httpx.AsyncClient, *, key: str, token: str
) -> list[httpx.Response]:
    """Do what has to do with secrets, right and wrong."""
    user = {"login": "sec", "name": "Sec", "password": SECRET, "roles": ["volunteer"]}
    made = await ada.post("/api/v1/users", json=user)
    assert made.status_code == 201, made.text
    at, login = made.headers["location"], "/api/v1/auth/login"
    transport = httpx.ASGITransport(library.app, client=("198.51.100.98", 5000))
    elsewhere = httpx.AsyncClient(
        transport=transport,
        base_url="http://zhike.test",
        headers={"x-workspace": library.workspace},
    )
    robot = library.client(authorization=f"Bearer {key}")
    near = library.client(authorization=f"Bearer {key}x")
    stolen = library.client(cookie=f"zhike_session={token}x")
    bodies: list[Any] = [
        {"login": "sec", "password": WRONG},
        {"login": "nobody", "password": WRONG},
        {"login": EVIL, "password": WRONG},
        {"login": "sec", "password": SECRET},
        {"login": "sec", "password": SECRET, "colour": "red"},
        {"login": 7, "password": [WRONG]},
    ]
    changes: list[Any] = [{"password": "short"}, {"password": f"{SECRET}-2", "wrong": 1}]
    paths = ("/api/v1/api-keys", at, "/api/v1/users", "/api/v1/me", "/metrics", *LOGS)
    return [
        made,
        await robot.get("/api/v1/me"),
        await robot.post("/api/v1/records/book", content=b"{", headers={"x": key}),
        await near.get("/api/v1/me"),
        await stolen.get("/api/v1/me"),
        *[await elsewhere.post(login, json=body) for body in bodies],
        *[await ada.patch(at, json=body) for body in changes],
        *[await ada.get(path) for path in paths],
    ]


async def _kept(library: Served) -> list[str]:
    """Give everything that the tables of people and logs hold."""
    async with library.system.db.reading(platform(), library.workspace) as tx:
        return [
            str(await tx.rows(vetted(f"SELECT row_to_json(t)::text FROM {table} t")))  # noqa: S608
            for table in TABLES
        ]


async def test_a_mistake_of_ours_tells_the_caller_nothing(
    library: Served, caught: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks is told by its number; what it was about stays inside."""
    ada = await library.signed_in("ada")

    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError(f"password={SECRET} at /home/zhike/data")

    monkeypatch.setattr(library.system.catalog, "snapshot", broken)
    answer = await ada.get("/api/v1/records/book", headers={"x-request-id": "abc-1"})

    assert answer.status_code == 500
    assert SECRET not in answer.text
    assert "/home" not in answer.text
    assert "abc-1" in answer.text
    assert "request abc-1 failed" in caught.getvalue()
